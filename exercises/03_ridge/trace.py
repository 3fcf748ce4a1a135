"""The ridge trace: each weight against the strength."""

import numpy as np

from .sheet import ex


@ex.figure(compare=("lines", "xlabel", "xscale", "ylabel"))
def draw_trace(ax, lams, W):
    """Draw a ridge trace on ax: one line for each weight, against the strength.

    The x axis is logarithmic and called "lam", the y axis "weight". Colours, styles, title
    and legend are yours to choose. Draw on the ax that you are given; return nothing.

    Parameters
    ----------
    ax : matplotlib Axes
    lams : array of shape (m,), the strengths
    W : array of shape (m, p); the row W[i] holds the weights at lams[i]
    """
    for weight in W.T:
        ax.plot(lams, weight)
    ax.set(xscale="log", xlabel="lam", ylabel="weight")


def _trace(rng, m, p):
    lams = np.geomspace(0.01, 20.0, m)
    start = np.round(rng.normal(size=p) * np.linspace(1, 4, p), 3)
    return lams, start / (1 + np.outer(lams, rng.uniform(0.2, 3.0, p)))


@draw_trace.cases("three weights", points=1)
def three_weights(rng):
    return [_trace(rng, 7, 3)]


@draw_trace.cases("other numbers of weights and strengths", points=1, public=False)
def other_traces(rng):
    return [_trace(rng, 9, 5), _trace(rng, 12, 2)]


@draw_trace.mistake("Where on your axis do the small strengths end up?")
def draws_on_a_linear_axis(ax, lams, W):
    """the x axis is not logarithmic"""
    ax.plot(lams, W)
    ax.set(xlabel="lam", ylabel="weight")


@draw_trace.mistake("What belongs to one line: the rows of W or its columns?")
def draws_a_line_for_each_strength(ax, lams, W):
    """there is a line for each strength, not for each weight"""
    ax.plot(W.T)
    ax.set(xscale="log", xlabel="lam", ylabel="weight")


@draw_trace.mistake("Which numbers would a reader take from your x axis?")
def draws_against_the_logarithm(ax, lams, W):
    """the lines run over the logarithm of lam, on a linear axis"""
    ax.plot(np.log10(lams), W)
    ax.set(xlabel="lam", ylabel="weight")


@draw_trace.mistake("What does a reader need to know about the two axes?")
def leaves_out_the_labels(ax, lams, W):
    """the axes have no names"""
    ax.plot(lams, W)
    ax.set_xscale("log")


@draw_trace.also_right
def in_one_call(ax, lams, W):
    ax.semilogx(lams, W, "k.--", label="weights")
    ax.set_xlabel("lam")
    ax.set_ylabel("weight")
    ax.legend()
