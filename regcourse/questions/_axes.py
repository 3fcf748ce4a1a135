"""A drawn figure as data: what a figure question compares.

This is the one file of the checking wing that touches matplotlib, and only when a
figure question is run: a figure cannot be read without it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

__all__ = ["VOCABULARY", "axes_facts", "figure_facts"]

VOCABULARY = ("lines", "legend", "title", "xlabel", "xscale", "ylabel", "yscale")


def figure_facts(
    function: Callable[..., Any], args: tuple[Any, ...], vocabulary: Sequence[str]
) -> dict[str, Any]:
    """Call ``function(ax, *args)`` on a fresh Axes and return the facts of what it shows then."""
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    function(ax, *args)
    return axes_facts(ax, vocabulary)


def axes_facts(ax: Any, vocabulary: Sequence[str]) -> dict[str, Any]:
    """Return the named facts of an Axes, without rendering it.

    Lines have an x and a y, and are sorted so that their order makes no difference;
    texts are compared without letter case and extra blanks.
    """
    readers: dict[str, Callable[[], Any]] = {
        "lines": lambda: _lines(ax),
        "legend": lambda: _legend(ax),
        "title": lambda: _folded(ax.get_title()),
        "xlabel": lambda: _folded(ax.get_xlabel()),
        "ylabel": lambda: _folded(ax.get_ylabel()),
        "xscale": lambda: str(ax.get_xscale()),
        "yscale": lambda: str(ax.get_yscale()),
    }
    return {fact: readers[fact]() for fact in vocabulary}


def _lines(ax: Any) -> list[Any]:
    # Lines across the whole picture, as axhline draws, are not of the data: they only help.
    drawn = [line for line in ax.get_lines() if line.get_transform() is ax.transData]
    lines = [np.array(line.get_data(orig=False), dtype=np.float64) for line in drawn]
    lines.sort(key=lambda line: tuple(np.round(line[::-1].ravel(), 9)))
    return [{"x": x, "y": y} for x, y in lines]


def _legend(ax: Any) -> list[str]:
    legend = ax.get_legend()
    return [] if legend is None else [_folded(text.get_text()) for text in legend.get_texts()]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
