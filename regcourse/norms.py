"""Sizes of vectors and matrices: p-norms, their duals, their balls."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_count, as_generator, as_matrix, as_real, as_vector
from regcourse.errors import DidNotConverge, InvalidInput

_ROUNDS = 10_000  # of power iteration, before it gives up
_SETTLED = 1e-6  # the largest ‖W'Wx - s² x‖ / s² that counts as having found s


def lp_norm(x: ArrayLike, p: float) -> float:
    r"""Return the p-norm of a vector.

        ‖x‖_p = (Σ |x_j|^p)^(1/p),        ‖x‖_∞ = max |x_j|

    For p < 1 this is a quasi-norm: it breaks the triangle inequality, and its ball has dents.
    It is allowed, because seeing that is half of understanding p >= 1.

    Parameters
    ----------
    x : array (n,)
    p : float, > 0; infinity included

    Returns
    -------
    float, >= 0, in the units of `x`

    Raises
    ------
    InvalidInput
        If p is not > 0, or x is not a finite vector.

    Examples
    --------
    >>> [round(lp_norm([3, -4], p), 3) for p in (0.5, 1, 2, np.inf)]
    [13.928, 7.0, 5.0, 4.0]
    """
    return _length(as_vector(x, "x"), _exponent(p))


def _length(x: Floats, p: float) -> float:
    size = np.abs(x)
    largest = float(size.max())
    if np.isinf(p) or largest == 0:
        return largest
    # Divided by the largest entry first: the power of a large or tiny one would over- or underflow.
    return float(largest * ((size / largest) ** p).sum() ** (1 / p))


def dual_exponent(p: float) -> float:
    r"""Return q with 1/p + 1/q = 1: the exponent of the dual norm.

    Parameters
    ----------
    p : float, >= 1; infinity included

    Returns
    -------
    float, >= 1; infinity for p = 1

    Raises
    ------
    InvalidInput
        If p < 1: a quasi-norm has no dual of this kind.

    Examples
    --------
    >>> [dual_exponent(p) for p in (1, 1.5, 2, np.inf)]
    [inf, 3.0, 2.0, 1.0]
    """
    p = _exponent(p)
    if p < 1:
        raise InvalidInput(f"p must be >= 1 to have a dual exponent, got {p:g}")
    if p == 1:
        return np.inf
    return 1.0 if np.isinf(p) else p / (p - 1)


def dual_norm(u: ArrayLike, p: float) -> float:
    r"""Return the dual norm of u for the p-norm: the most that a budget of 1 can earn.

        ‖u‖_p* = max { x'u : ‖x‖_p <= 1 } = ‖u‖_q,        1/p + 1/q = 1

    Parameters
    ----------
    u : array (n,)
    p : float, >= 1; infinity included
        The norm of the budget, not of the result.

    Returns
    -------
    float, >= 0

    Raises
    ------
    InvalidInput
        If p < 1, or u is not a finite vector.

    Examples
    --------
    >>> dual_norm([3, -4], 1), dual_norm([3, -4], np.inf)
    (4.0, 7.0)
    """
    return _length(as_vector(u, "u"), dual_exponent(p))


def frobenius_norm(W: ArrayLike) -> float:
    r"""Return the Frobenius norm: the 2-norm of all entries, read as one vector.

        ‖W‖_F = sqrt(Σ W_ij²) = sqrt(Σ s_k²)        with the singular values s_k

    Weight decay penalises half its square. It is not "the matrix 2-norm", which is the
    spectral norm and never larger.

    Parameters
    ----------
    W : array (m, n)

    Returns
    -------
    float, >= 0

    Raises
    ------
    InvalidInput
        If W is not a finite matrix.

    Examples
    --------
    >>> frobenius_norm([[3, 0], [0, -4]])
    5.0
    """
    return _length(as_matrix(W, "W").ravel(), 2.0)


def spectral_norm(W: ArrayLike, *, iters: int | None = None, seed: int = 0) -> float:
    r"""Return the spectral norm by power iteration: the largest stretch of a vector.

        ‖W‖_2 = max { ‖Wx‖_2 : ‖x‖_2 = 1 } = s_1,        x <- W'Wx / ‖W'Wx‖_2

    The estimate s = ‖Wx‖_2 comes from below and rises in every round; the error shrinks by about
    (s_2 / s_1)^4 per round. A full SVD would give all s_k; this road needs only products with W.

    Parameters
    ----------
    W : array (m, n)
    iters : int, >= 1, optional
        Stop after so many rounds, or earlier if one no longer changes the estimate. What is
        returned is then a lower bound, however far it has come. If not given, rounds go on until
        x has settled: ‖W'Wx - s² x‖_2 <= 1e-6 s², so that a singular value lies within 1e-6 of
        s, and from a random start it is almost surely the largest.
    seed : int, >= 0
        Draws the first x: a fixed one could be orthogonal to the direction looked for.

    Returns
    -------
    float, >= 0

    Raises
    ------
    InvalidInput
        If W is not a finite matrix, or `iters` or `seed` is not such a number.
    DidNotConverge
        If `iters` is not given and x has not settled after 10000 rounds: the largest singular
        values lie too close together.

    Examples
    --------
    >>> round(spectral_norm([[3, 0], [0, -4]]), 6)
    4.0
    """
    matrix = as_matrix(W, "W")
    rounds = _ROUNDS if iters is None else as_count(iters, "iters")
    x: Floats = as_generator(seed).normal(size=(matrix.shape[1],))
    unit = float(np.abs(matrix).max())
    if unit == 0:
        return 0.0
    matrix = matrix / unit  # or the product W'W of a tiny or huge W would under- or overflow
    stretch, before = 0.0, -1.0
    for _ in range(rounds):
        x = matrix.T @ (matrix @ x)
        x = x / float(np.linalg.norm(x))
        stretch, before = float(np.linalg.norm(matrix @ x)), stretch
        if stretch <= before:
            break
    if iters is None:
        # Some singular value of W'W is no further from s² than this.
        off = float(np.linalg.norm(matrix.T @ (matrix @ x) - stretch**2 * x)) / stretch**2
        if off > _SETTLED:
            raise DidNotConverge(
                f"power iteration has not settled after {_ROUNDS} rounds: "
                f"‖W'Wx - s² x‖ is {off:.1e} s², not <= {_SETTLED:g} s²; "
                "give iters for a lower bound"
            )
    return unit * max(stretch, before)


def unit_ball_boundary(p: float, points: int = 400) -> Floats:
    r"""Return points on the edge of the plane's unit ball, { x : ‖x‖_p = 1 }, once around.

    They run counterclockwise from (1, 0), without repeating it at the end, and divide each
    eighth of the turn evenly along a parameter that keeps corners, tips and flat sides covered:

        p <= 2:  |x| = cos(t)^(2/p), |y| = sin(t)^(2/p)        p > 2:  (cos t, sin t) / ‖·‖_p

    Even steps of the angle would leave gaps in the tips of p < 1, the first formula in the
    flat sides of p = inf; at p = 2 they agree.

    Parameters
    ----------
    p : float, > 0; infinity included
    points : int, >= 4
        With a multiple of 8, the tips on the axes and the diagonals are among the points, exactly.

    Returns
    -------
    array (points, 2)

    Raises
    ------
    InvalidInput
        If p is not > 0, or `points` is not a whole number >= 4.

    Examples
    --------
    >>> unit_ball_boundary(1, points=8)[:3]
    array([[1. , 0. ],
           [0.5, 0.5],
           [0. , 1. ]])
    """
    p, points = _exponent(p), as_count(points, "points", at_least=4)
    eighths = 8 * np.arange(points) / points
    cos, sin = _cosine(eighths), _cosine(eighths - 2)
    if p <= 2:
        bent = [np.sign(c) * np.abs(c) ** (2 / p) for c in (cos, sin)]
        return np.column_stack(bent)
    direction = np.column_stack([cos, sin])
    length = np.array([_length(d, p) for d in direction])
    edge: Floats = direction / length[:, None]
    return edge


def _cosine(eighths: Floats) -> Floats:
    """The cosine of eighths of a turn: exact 0 and ±1 on the axes, equal on the diagonals."""
    t = np.abs((eighths + 4) % 8 - 4)  # even and periodic: 0 <= t <= 4
    near = np.minimum(t, 4 - t)  # mirrored at the vertical axis: 0 <= near <= 2
    # Either side of the diagonal by its own series, so that cos and sin meet there exactly.
    value = np.where(near == 1, np.sqrt(0.5), np.where(
        near < 1, np.cos(np.pi / 4 * near), np.sin(np.pi / 4 * (2 - near))))  # fmt: skip
    mirrored: Floats = np.where(t <= 2, value, -value)  # 0 at t = 2 alone, never -0
    return mirrored


def project_onto_ball(v: ArrayLike, p: float, radius: float = 1.0) -> Floats:
    r"""Return the nearest point (in ‖·‖_2) of the ball { x : ‖x‖_p <= radius }.

        p = 2:    v min(1, radius / ‖v‖_2)
        p = inf:  every entry clipped to [-radius, radius]
        p = 1:    sign(v) max(|v| - t, 0), with t such that the result has 1-norm `radius`

    Parameters
    ----------
    v : array (n,)
    p : 1, 2 or infinity
    radius : float, >= 0

    Returns
    -------
    array (n,): `v` itself, copied, if it lies inside

    Raises
    ------
    InvalidInput
        If p is none of the three, radius < 0, or v is not a finite vector.

    Source
    ------
    p = 1: Duchi, Shalev-Shwartz, Singer & Chandra (2008), ICML, 272-279.

    Examples
    --------
    >>> project_onto_ball([3, -1, 0.5], 1)
    array([1., 0., 0.])
    """
    point, p = as_vector(v, "v"), _exponent(p)
    radius = as_real(radius, "radius", at_least=0.0)
    if p not in (1, 2, np.inf):
        raise InvalidInput(f"p must be 1, 2 or inf to project onto its ball, got {p:g}")
    if _length(point, p) <= radius:
        return point.copy()
    if np.isinf(p):
        return np.clip(point, -radius, radius)
    if p == 2:
        return point * (radius / _length(point, 2.0))
    shrunk: Floats = np.sign(point) * np.maximum(np.abs(point) - _threshold(point, radius), 0.0)
    return shrunk + 0.0  # -0.0 becomes 0.0


def _threshold(v: Floats, radius: float) -> float:
    """The t at which Σ max(|v_j| - t, 0) = radius, for ‖v‖_1 > radius."""
    size = np.sort(np.abs(v))[::-1]
    # If exactly the k largest survive, their mean excess over t fixes t.
    t = (np.cumsum(size) - radius) / np.arange(1, size.size + 1)
    return float(t[np.flatnonzero(size >= t)[-1]])


def _exponent(p: Any) -> float:
    """Return p as a float, which must be a number > 0 or infinity."""
    if isinstance(p, Real) and np.isposinf(float(p)):
        return float("inf")
    return as_real(p, "p", above=0.0)
