"""One example or more of every figure function: the loops in this folder run over them."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from regcourse import figures

LAMS = np.logspace(-3, 2, 41)
H = np.array([[2.0, 0.6], [0.6, 1.0]])
W = np.column_stack([np.exp(-LAMS), -0.5 / (1 + LAMS)])
PATH = SimpleNamespace(lams=LAMS, W=W, loo=(np.log(LAMS) + 1) ** 2 + 3, gcv=np.log(LAMS) ** 2 + 3)
TEN = SimpleNamespace(
    lams=LAMS, W=np.exp(-np.outer(LAMS, np.arange(1, 11))) * np.cos(np.arange(10))
)
LINES = {"<bias>": 2 * LAMS / (1 + LAMS), "error": 3 / (1 + LAMS) + 2 * LAMS / (1 + LAMS)}
COMPARED = {
    "bands": {"error": np.array([LINES["error"] - 0.5, LINES["error"] + 0.7])},
    "levels": {"always": 2.4},
    "marks": {"theirs": 0.02, "ours": 0.7},
    "log": "xy",
    "limits": (0.5, 20.0),
    "colour": "loss",
    "title": "Errors",
}
RANGES = {"$before$": [1.0, 2.5, 4.0], "after <it>": [-2.0, 3.0, 9.0]}


def geometry(axes=None, *, path=PATH, hessian=H, **changed):
    named = {"centre": (1.1, -0.6), "lam": 0.3, "n": 40, **changed}
    return figures.ridge_geometry(path, hessian, [0.9, 0.3], [0.6, -0.3], axes, **named)


def budget(axes=None, *, path=PATH, lam=0.3, **changed):
    named = {"centre": (1.1, -0.6), "lam": lam, **changed}
    return figures.penalty_and_budget(path, H, [0.6, -0.3], axes, **named)


def curves(ax=None, *, x=LAMS, lines=LINES, **changed):
    words = {"across": "strength lam →", "up": "error", "caption": "Look."}
    return figures.curves(x, lines, ax, **words | changed)


def ranges(ax=None, *, groups=RANGES, **changed):
    words = {"across": "error", "caption": "Look."}
    return figures.ranges(groups, ax, **words | changed)


# The name of the function, then what is special; how many Axes it takes; and a call on such Axes.
EXAMPLES = {
    "unit_balls": (4, lambda axes=None: figures.unit_balls(axes=axes)),
    "unit_balls, measuring": (
        4,
        lambda axes=None: figures.unit_balls(axes=axes, arrow=[0.6, -1.8]),
    ),
    "unit_balls, touched": (
        2,
        lambda axes=None: figures.unit_balls([1, 2], axes, touches=[[1, 0], [0.93, 0.36]]),
    ),
    "loss_and_path": (
        1,
        lambda ax=None: figures.loss_and_path(H, [1.6, 0.5], W, ax, touch=[0.8, 0.2], radius=0.82),
    ),
    "factor_bars": (
        1,
        lambda ax=None: figures.factor_bars([0.9, 0.4, 0.1], ax, variances=[3, 0.5, 0.01], lam=0.3),
    ),
    "condition_curve": (
        1,
        lambda ax=None: figures.condition_curve(LAMS, 1 + 400 / (1 + 300 * LAMS), ax),
    ),
    "ridge_trace": (1, lambda ax=None: figures.ridge_trace(PATH, ax, lam=0.3)),
    "ridge_trace, of ten": (1, lambda ax=None: figures.ridge_trace(TEN, ax)),
    "ridge_choice": (2, lambda axes=None: figures.ridge_choice(PATH, axes, names=["age", "<b>"])),
    "ridge_geometry": (3, geometry),
    "penalty_and_budget": (2, budget),
    "weight_clouds": (
        1,
        lambda ax=None: figures.weight_clouds(
            {"first": W[:9] * [3, 2], "second": W[:5] + 1}, ax, truth=[0.5, 0.7]
        ),
    ),
    "curves": (1, lambda ax=None: curves(ax)),
    "curves, compared": (1, lambda ax=None: curves(ax, **COMPARED)),
    "ranges": (1, ranges),
}


@pytest.fixture(scope="session")
def examples():
    """A picture of each example, by name."""
    return {name: draw() for name, (_, draw) in EXAMPLES.items()}


@pytest.fixture(params=EXAMPLES)
def example(request, examples):
    """Each example in turn: its `picture`, `draw(axes)` to draw it anew, and how many `axes`."""
    count, draw = EXAMPLES[request.param]
    return SimpleNamespace(picture=examples[request.param], draw=draw, axes=count)


@pytest.fixture(scope="session")
def problem():
    """What the examples draw, and `geometry` to draw it with changes."""
    return SimpleNamespace(
        lams=LAMS, hessian=H, W=W, path=PATH, ten=TEN, geometry=geometry, budget=budget,
        curves=curves, lines=LINES, compared=COMPARED, ranges=ranges,
    )  # fmt: skip
