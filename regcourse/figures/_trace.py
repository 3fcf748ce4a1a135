"""Weights along a path of strengths, and the criteria that choose one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from regcourse._arrays import Floats, as_array, as_real, as_strengths, as_vector
from regcourse.errors import InvalidInput
from regcourse.figures import _svg
from regcourse.figures._picture import Picture

__all__ = ["ridge_choice", "ridge_trace"]

STRENGTH = "strength lam →"


class Path(Protocol):
    """What a picture reads of a path: one row of weights for each strength."""

    @property
    def lams(self) -> Floats:
        """Strengths, shape (m,)."""

    @property
    def W(self) -> Floats:  # noqa: N802 - the house symbol for the path's weights
        """Weights, shape (m, p)."""


class ScoredPath(Path, Protocol):
    """A path with two criteria by which to choose a strength."""

    @property
    def loo(self) -> Floats:
        """Leave-one-out error, shape (m,)."""

    @property
    def gcv(self) -> Floats:
        """Generalised cross-validation, shape (m,)."""


def ridge_trace(
    path: Path,
    *,
    lam: float | None = None,
    names: Sequence[str] | None = None,
    caption: str | None = None,
) -> Picture:
    """Draw every weight against the strength (logarithmic axis).

    Parameters
    ----------
    path : a path with `lams` (m,) and `W` (m, p)
        As `regcourse.linear.ridge_path` returns it; strengths > 0, increasing.
    lam : float, optional
        Where to draw a cursor: between the smallest and the largest strength.
    names : sequence of p strings, optional
        Names of the weights, w₁, w₂, ... if not given.
    caption : str, optional

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If strengths are not > 0 and increasing, the shapes of `lams`, `W`, `names` differ, or
        lam is out of range.
    """
    lams, W, labels = checked_path(path, names)
    panel, body = trace_panel(lams, W, labels, (52, 30, 520, 260))
    return Picture(
        body + cursor(panel, lam), 660, 334,
        caption or "Each line is one weight. All end at 0, none arrives; on the way single "
        "weights may grow or change sign, while the vector as a whole only shrinks.",
        f"Trace of {W.shape[1]} weights over lam from {lams[0]:g} to {lams[-1]:g}.",
    )  # fmt: skip


def ridge_choice(
    path: ScoredPath, *, names: Sequence[str] | None = None, caption: str | None = None
) -> Picture:
    """Draw leave-one-out error and GCV with their minima, and the trace under the same axis.

    Parameters
    ----------
    path : a path with `lams`, `W`, `loo` and `gcv`
    names : sequence of p strings, optional
    caption : str, optional

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If strengths are not > 0 and increasing, or shapes differ.
    """
    lams, W, labels = checked_path(path, names)
    loo = as_vector(path.loo, "loo", length=lams.size)
    gcv = as_vector(path.gcv, "gcv", length=lams.size)
    low, high = _valley(np.vstack([loo, gcv]))
    pad = 0.12 * (high - low)
    upper = _svg.Panel(52, 66, 520, 170, (lams[0], lams[-1]), (low - pad, high), log_x=True)
    ticks = _svg.nice_ticks(low - pad, high, 4)
    body = upper.frame("", "mean squared error on the row left out", _svg.decades(*upper.x), ticks)
    lines, ends = "", []
    for name, score, colour, dash in (
        ("leave-one-out", loo, _svg.BLUE, _svg.DASHES[0]),
        ("GCV", gcv, _svg.ORANGE, _svg.DASHES[1]),
    ):
        best = int(score.argmin())
        lines += _svg.line(upper.at(np.column_stack([lams, score])), colour, dash=dash)
        lines += _svg.dot(*upper.spot(lams[best], score[best]), colour)
        ends.append((name, colour, dash, lams[best]))
    body += upper.clipped(lines)
    for k, (name, colour, dash, best_lam) in enumerate(ends):
        y = 14 + 18 * k
        body += _svg.line(np.array([[52, y], [84, y]]), colour, dash=dash)
        words = f"{name}: smallest at lam = {best_lam:.2g}"
        body += _svg.text(92, y + 4, words, anchor="start")
    panel, trace = trace_panel(lams, W, labels, (52, 296, 520, 230))
    for _, colour, dash, best_lam in ends:
        where = panel.spot(best_lam, 0)[0]
        body += _svg.line(np.array([[where, 526], [where, 296]]), colour, width=1.5, dash=dash)
    return Picture(
        body + trace, 660, 570,
        caption or "Above: the error on an unseen row, by leave-one-out (solid) and by GCV "
        "(dashed), each with its minimum; the axis shows the valley, and beyond it both curves "
        "climb out of the picture. Below: the weights; vertical lines mark both minima.",
        f"Leave-one-out error is smallest at lam = {lams[loo.argmin()]:.2g}, "
        f"GCV at lam = {lams[gcv.argmin()]:.2g}; below, the trace of {W.shape[1]} weights.",
    )  # fmt: skip


def trace_panel(
    lams: Floats, W: Floats, labels: Sequence[str], box: tuple[float, float, float, float]
) -> tuple[_svg.Panel, str]:
    """The panel of a trace in `box` (left, top, width, height), with its key at the right."""
    low, high = min(float(W.min()), 0.0), max(float(W.max()), 0.0)
    pad = 0.06 * (high - low) or 1.0
    panel = _svg.Panel(*box, (lams[0], lams[-1]), (low - pad, high + pad), log_x=True)
    body = panel.frame(STRENGTH, "weights", _svg.decades(*panel.x), _svg.nice_ticks(*panel.y))
    zero = panel.at(np.array([[lams[0], 0.0], [lams[-1], 0.0]]))
    body += _svg.line(zero, width=1, faint=0.5)
    # All weights end at 0, where labels would cover one another: the key is in the order of
    # the left end instead.
    left, top, width, _ = box
    for place, k in enumerate(np.argsort(-W[0], kind="stable")):
        colour = _svg.COLOURS[k % len(_svg.COLOURS)]
        dash = _svg.DASHES[(k + k // len(_svg.COLOURS)) % len(_svg.DASHES)]
        body += _svg.line(panel.at(np.column_stack([lams, W[:, k]])), colour, dash=dash)
        x, y = left + width + 10, top + 10 + 18 * place
        body += _svg.line(np.array([[x, y], [x + 28, y]]), colour, dash=dash)
        body += _svg.text(x + 34, y + 4, labels[k], anchor="start")
    return panel, body


def cursor(panel: _svg.Panel, lam: float | None) -> str:
    if lam is None:
        return ""
    lam = as_real(lam, "lam", at_least=float(panel.x[0]), at_most=float(panel.x[1]))
    x = panel.spot(lam, panel.y[0])[0]
    ends = np.array([[x, panel.top], [x, panel.top + panel.height]])
    return _svg.line(ends, width=1.5, dash="4 3")


def _valley(scores: Floats) -> tuple[float, float]:
    """Ends of an axis on which the minimum shows, even if a far larger error stands beside it."""
    low, high = float(scores.min()), float(scores.max())
    shore = 3 * (float(scores[:, 0].max()) - low)
    return low, min(high, low + shore) if shore > 0.002 * (high - low) else high


def checked_path(path: Path, names: Sequence[str] | None) -> tuple[Floats, Floats, Sequence[str]]:
    lams, W = increasing(as_strengths(path.lams)), as_array(path.W, "W", ndim=2)
    if W.shape[0] != lams.size:
        raise InvalidInput(f"W must have a row for each of {lams.size} strengths, got {W.shape}")
    labels = [_numbered(k + 1) for k in range(W.shape[1])] if names is None else list(names)
    if len(labels) != W.shape[1]:
        raise InvalidInput(f"names must have {W.shape[1]} entries, got {len(labels)}")
    return lams, W, labels


def increasing(lams: Floats) -> Floats:
    if lams.size < 2 or lams[0] <= 0 or not (np.diff(lams) > 0).all():
        raise InvalidInput(f"lams must be > 0 and increasing, got {lams.size} from {lams[0]:g}")
    return lams


def _numbered(k: int) -> str:
    return "w" + "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(k))
