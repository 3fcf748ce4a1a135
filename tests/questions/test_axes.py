import numpy as np
import pytest
from matplotlib.figure import Figure

from regcourse.compare import difference
from regcourse.questions import VOCABULARY, axes_facts, figure_facts

X = np.array([0.1, 1.0, 10.0])


@pytest.fixture
def ax():
    return Figure().subplots()


def test_an_empty_axes_has_every_fact(ax):
    assert axes_facts(ax, VOCABULARY) == {
        "lines": [],
        "legend": [],
        "title": "",
        "xlabel": "",
        "xscale": "linear",
        "ylabel": "",
        "yscale": "linear",
    }


def test_only_what_is_asked_for_is_read(ax):
    assert list(axes_facts(ax, ["title", "lines"])) == ["title", "lines"]


def test_words_lose_case_and_extra_blanks(ax):
    ax.set(title="  The  Ridge\nTrace ", xlabel="LAM")
    assert axes_facts(ax, ["title", "xlabel"]) == {"title": "the ridge trace", "xlabel": "lam"}


def test_the_order_of_drawing_makes_no_difference():
    one, other = Figure().subplots(), Figure().subplots()
    one.plot(X, X)
    one.plot(X, -X)
    other.plot(X, np.stack([-X, X], axis=1), "--")
    assert difference(axes_facts(other, ["lines"]), axes_facts(one, ["lines"])) is None


def test_lines_hold_both_coordinates_of_every_point(ax):
    ax.plot(X, 2 * X)
    (line,) = axes_facts(ax, ["lines"])["lines"]
    np.testing.assert_array_equal(line["x"], X)
    np.testing.assert_array_equal(line["y"], 2 * X)


def test_a_line_across_the_whole_picture_is_a_help_and_no_data(ax):
    ax.axhline(0.0)
    ax.axvline(1.0)
    ax.plot(X, X)
    assert len(axes_facts(ax, ["lines"])["lines"]) == 1


def test_scale_and_legend_are_read(ax):
    ax.semilogx(X, X, label="Age")
    ax.legend()
    assert axes_facts(ax, ["xscale", "legend"]) == {"xscale": "log", "legend": ["age"]}


def test_a_function_draws_on_an_axes_of_its_own():
    def line(ax, x):
        ax.plot(x, x)

    assert len(figure_facts(line, (X,), ["lines"])["lines"]) == 1
    assert len(figure_facts(line, (X,), ["lines"])["lines"]) == 1
