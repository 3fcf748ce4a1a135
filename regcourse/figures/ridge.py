"""Pictures of ridge regression: factors, traces, criteria and condition numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_array, as_strengths, as_vector
from regcourse.errors import InvalidInput
from regcourse.figures import _svg
from regcourse.figures.balls import plane, plane_body
from regcourse.figures.picture import Picture

_STRENGTH = "strength lam →"


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


def factor_bars(
    factors: ArrayLike,
    *,
    variances: ArrayLike | None = None,
    lam: float | None = None,
    caption: str | None = None,
) -> Picture:
    """Draw one bar for each principal direction: the share of it that ridge keeps.

    Parameters
    ----------
    factors : array (p,)
        s²/(s² + alpha), each between 0 and 1.
    variances : array (p,), optional
        s²/n, written under the bars.
    lam : float, optional
        The strength, written above.
    caption : str, optional

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If a factor is not between 0 and 1, or `variances` has another length.

    Examples
    --------
    >>> from regcourse import figures
    >>> figures.factor_bars([0.9, 0.2], lam=0.3)
    Picture: Filter factors of 2 directions: 0.90, 0.20.
    """
    f = as_vector(factors, "factors")
    if f.min() < 0 or f.max() > 1:
        raise InvalidInput(f"factors must be between 0 and 1, got {f.min():g} to {f.max():g}")
    h = None if variances is None else as_vector(variances, "variances", length=f.size)
    width = 56 * f.size
    panel = _svg.Panel(44, 30, width, 200, (0.0, float(f.size)), (0.0, 1.0))
    body = panel.frame("", "", [], [0, 0.25, 0.5, 0.75, 1])
    top = "share of the least squares solution kept"
    body += _svg.text(44, 16, top if lam is None else f"{top}, lam = {lam:g}", anchor="start")
    body += _bars(panel, f, [_svg.GREEN] * f.size)
    for k in range(f.size):
        across = panel.spot(k + 0.5, 0)[0]
        body += _svg.text(across, 248, str(k + 1))
        if h is not None:
            body += _svg.text(across, 264, f"{h[k]:.2f}", size=11)
    label = "principal direction" if h is None else "principal direction, and the variance along it"
    body += _svg.text(44, 284, label, anchor="start")
    return Picture(
        body, max(56 + width, 340), 292,
        caption or "Each direction is multiplied by its own factor: where the data vary little, "
        "ridge keeps little.",
        f"Filter factors of {f.size} directions: " + ", ".join(f"{x:.2f}" for x in f) + ".",
    )  # fmt: skip


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
        As `regcourse.linear.ridge.ridge_path` returns it; strengths > 0, increasing.
    lam : float, optional
        Where to draw a cursor.
    names : sequence of p strings, optional
        Names of the weights, w₁, w₂, ... if not given.
    caption : str, optional

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If strengths are not > 0 and increasing, or the shapes of `lams`, `W`, `names` differ.
    """
    lams, W, labels = _path(path, names)
    panel, body = _trace(lams, W, labels, (52, 30, 520, 260))
    return Picture(
        body + _cursor(panel, lam), 660, 334,
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
    lams, W, labels = _path(path, names)
    loo = as_vector(path.loo, "loo", length=lams.size)
    gcv = as_vector(path.gcv, "gcv", length=lams.size)
    # The wide range at large lam would flatten the valley, which is what one wants to see.
    low = min(loo.min(), gcv.min())
    high = (
        low + 0.5 * (max(loo.max(), gcv.max()) - low)
        if loo[0] < np.median(loo)
        else max(loo.max(), gcv.max())
    )
    pad = 0.12 * (high - low)
    upper = _svg.Panel(52, 30, 520, 170, (lams[0], lams[-1]), (low - pad, high), log_x=True)
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
        y = 42 + 18 * k
        body += _svg.line(np.array([[70, y], [102, y]]), colour, dash=dash)
        words = f"{name}: smallest at lam = {best_lam:.2g}"
        body += _svg.text(110, y + 4, words, anchor="start")
    panel, trace = _trace(lams, W, labels, (52, 260, 520, 230))
    for _, colour, dash, best_lam in ends:
        where = panel.spot(best_lam, 0)[0]
        body += _svg.line(np.array([[where, 490], [where, 260]]), colour, width=1.5, dash=dash)
    return Picture(
        body + trace, 660, 534,
        caption or "Above: the error on an unseen row, by leave-one-out (solid) and by GCV "
        "(dashed), each with its minimum. Below: the weights; vertical lines mark both minima.",
        f"Leave-one-out error is smallest at lam = {lams[loo.argmin()]:.2g}, "
        f"GCV at lam = {lams[gcv.argmin()]:.2g}; below, the trace of {W.shape[1]} weights.",
    )  # fmt: skip


def condition_curve(
    lams: ArrayLike, conditions: ArrayLike, *, caption: str | None = None
) -> Picture:
    """Draw the condition number of X'X + n lam I against lam, both axes logarithmic.

    Parameters
    ----------
    lams : array (m,), > 0
    conditions : array (m,), >= 1
    caption : str, optional

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If strengths are not > 0 and increasing, or a condition number is below 1.
    """
    strengths = _increasing(as_strengths(lams))
    numbers = as_vector(conditions, "conditions", length=strengths.size)
    if numbers.min() < 1:
        raise InvalidInput(f"conditions must be >= 1, got {numbers.min():g}")
    top = 10.0 ** np.ceil(np.log10(max(numbers.max(), 10)))
    panel = _svg.Panel(
        58, 30, 500, 240, (strengths[0], strengths[-1]), (1, top), log_x=True, log_y=True
    )
    body = panel.frame(
        _STRENGTH, "condition number", _svg.decades(*panel.x), _svg.decades(*panel.y)
    )
    body += _svg.line(panel.at(np.column_stack([strengths, numbers])), _svg.BLUE, width=2.5)
    return Picture(
        body, 580, 314,
        caption or "A little strength calms the equations most: it lifts the smallest "
        "eigenvalue long before the largest notices.",
        f"Condition number from {numbers[0]:.3g} at lam = {strengths[0]:g} "
        f"to {numbers[-1]:.3g} at lam = {strengths[-1]:g}.",
    )  # fmt: skip


def ridge_geometry(
    path: Path, hessian: ArrayLike, factors: ArrayLike, w: ArrayLike, *, lam: float, n: int
) -> Picture:
    """Draw one strength three times: in the plane of two weights, as factors, on the trace.

    Parameters
    ----------
    path : a path of two weights
    hessian : array (2, 2)
        X'X / n of the centred columns.
    factors, w : arrays (2,)
        Filter factors and weights at `lam`.
    lam : float, > 0
    n : int
        Number of rows, so that alpha = n lam.

    Returns
    -------
    Picture

    Raises
    ------
    InvalidInput
        If shapes do not fit, or strengths are not > 0 and increasing.
    """
    lams, W, labels = _path(path, None)
    H, f = as_array(hessian, "hessian", ndim=2), as_vector(factors, "factors", length=2)
    mark = as_vector(w, "w", length=2)
    flat = plane(np.vstack([W, [0.0, 0.0]]), left=4, top=28, side=250)
    centre = W[0]
    body = _svg.text(4, 16, "loss ellipse and penalty circle", anchor="start")
    body += flat.clipped(plane_body(flat, H, centre, W, mark, float(np.linalg.norm(mark))))
    bars = _svg.Panel(300, 28, 130, 250, (0.0, 2.0), (0.0, 1.0))
    body += bars.frame("principal direction", "", [], [0, 0.5, 1])
    body += _svg.text(296, 16, "filter factors", anchor="start")
    body += _bars(bars, f, [_svg.GREEN, _svg.PURPLE])
    for k in range(2):
        body += _svg.text(bars.spot(k + 0.5, 0)[0], 294, str(k + 1), size=11)
    panel, trace = _trace(lams, W, labels, (474, 28, 220, 250))
    return Picture(
        body + trace + _cursor(panel, lam), 752, 322,
        f"One strength, three pictures: lam = {lam:.3g}, alpha = n lam = {n * lam:.3g}, effective "
        f"degrees of freedom {f.sum():.2f}. Left: the ellipse of the loss (dashed) touches the "
        "circle of the penalty in the ridge solution. Middle: what is kept of each principal "
        "direction. Right: both weights over all strengths.",
        f"Ridge with two weights at lam = {lam:.3g}: w = ({mark[0]:.2f}, {mark[1]:.2f}), "
        f"factors {f[0]:.2f} and {f[1]:.2f}.",
    )  # fmt: skip


def _trace(
    lams: Floats, W: Floats, labels: Sequence[str], box: tuple[float, float, float, float]
) -> tuple[_svg.Panel, str]:
    """The panel of a trace in `box` (left, top, width, height), with its key at the right."""
    low, high = min(float(W.min()), 0.0), max(float(W.max()), 0.0)
    pad = 0.06 * (high - low) or 1.0
    panel = _svg.Panel(*box, (lams[0], lams[-1]), (low - pad, high + pad), log_x=True)
    body = panel.frame(_STRENGTH, "weights", _svg.decades(*panel.x), _svg.nice_ticks(*panel.y))
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


def _cursor(panel: _svg.Panel, lam: float | None) -> str:
    if lam is None:
        return ""
    x = panel.spot(lam, panel.y[0])[0]
    ends = np.array([[x, panel.top], [x, panel.top + panel.height]])
    return _svg.line(ends, width=1.5, dash="4 3")


def _bars(panel: _svg.Panel, factors: Floats, colours: Sequence[str]) -> str:
    """Bars in front of the full length that least squares keeps."""
    body = ""
    for k, (factor, colour) in enumerate(zip(factors, colours, strict=True)):
        for top, opacity, width in ((1.0, 0.08, 0.8), (factor, 0.6, 1.0)):
            low, high = k + 0.18, k + 0.82
            bar = np.array([[low, 0], [high, 0], [high, top], [low, top]])
            body += _svg.area(panel.at(bar), colour, opacity=opacity, width=width)
        x, y = panel.spot(k + 0.5, factor)
        body += _svg.text(x, max(y - 5, panel.top + 14), f"{factor:.2f}", bold=True)
    return body


def _path(path: Path, names: Sequence[str] | None) -> tuple[Floats, Floats, Sequence[str]]:
    lams, W = _increasing(as_strengths(path.lams)), as_array(path.W, "W", ndim=2)
    if W.shape[0] != lams.size:
        raise InvalidInput(f"W must have a row for each of {lams.size} strengths, got {W.shape}")
    labels = [_numbered(k + 1) for k in range(W.shape[1])] if names is None else list(names)
    if len(labels) != W.shape[1]:
        raise InvalidInput(f"names must have {W.shape[1]} entries, got {len(labels)}")
    return lams, W, labels


def _increasing(lams: Floats) -> Floats:
    if lams.size < 2 or lams[0] <= 0 or not (np.diff(lams) > 0).all():
        raise InvalidInput(f"lams must be > 0 and increasing, got {lams.size} from {lams[0]:g}")
    return lams


def _numbered(k: int) -> str:
    return "w" + "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(k))
