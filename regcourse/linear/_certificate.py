"""How far above the minimum a point can be: for any loss and penalty, and for whole paths.

Whatever θ is, if it sums to zero, J is nowhere below -F*(θ) - Ω*(-X'θ). So for a point (w, b)
with the predictions η, and with u = -X'θ,

    J(w, b) - min J  <=  [F(η) + F*(θ) - θ'η]  +  [Ω(w) + Ω*(u) - u'w]

where both brackets vanish at a minimum if θ is the gradient of the loss there. Parts of that
gradient are tried too, down to θ = 0, whose bound is J itself.

A certificate may not rest on luck. θ is chosen, so that its rounding is no matter; but η and u
are computed, and are taken as bad as rounding can have made them. In whatever order it was
added, a sum of k terms is good to k·eps / 2 of their sizes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from regcourse._arrays import Floats
from regcourse.linear._centring import Centred, centre
from regcourse.linear._composite import Point
from regcourse.linear._directions import span
from regcourse.linear._qr import blocks
from regcourse.penalties import ElasticNet, Penalty

EPS = float(np.finfo(float).eps)
# More than underflow can have taken from a bound.
TINY = float(np.finfo(float).tiny)
# An answer found by a quick way is kept if its weights miss no more than this share of J.
TRUSTED = 1e-13


def gap(point: Point) -> float:
    """Return the duality gap at a point, for any loss and penalty."""
    loss, penalty, b, w = point.loss, point.penalty, point.b, point.w
    counted = point.v > 0
    y, v = point.y[counted], point.v[counted]
    data = centre(point.X if counted.all() else point.X[counted], y, v)
    root = data.root_weight
    # Taken from centred targets, residuals keep the digits of what is small beside the mean.
    mean, targets = (data.y_mean, data.y / root) if loss.of_residuals else (0.0, y)
    offset = float(b + data.x_mean @ w - mean)
    eta = data.X @ w / root + offset
    sizes, share = _sizes(data), _share(data)
    moved = share * (np.sqrt(v @ targets**2 / data.n) + abs(offset) + np.abs(w) @ sizes)
    moved += _offset_slack(data, b, w)

    def bound(theta: Floats, u: Floats, slack: Floats) -> float:
        missed = np.sqrt(loss.fenchel_young(eta, theta, targets, v))
        # A smooth loss moves so much if predictions do, and no more.
        worst = (missed + np.sqrt(loss.smoothness / 2) * moved) ** 2
        return float(worst + penalty.fenchel_young(w, u, slack))

    theta = loss.balanced(loss.gradient(eta, targets, v), targets, v)
    u = -(theta / root) @ data.X
    slack = share * sizes * np.sqrt(data.n * (theta**2 / v).sum())
    free = _free_part(penalty, u, slack)
    bounds = [bound(part * theta, part * u, part * slack) for part in (1.0, free, 0.0)]
    if free == 0 and np.isinf(bounds[0]):
        # The penalty bears no pull at all, so take the part of θ that has none.
        U = span(data)
        aside = theta - root * (U @ (U.T @ (theta / root)))
        bounds.append(bound(loss.balanced(aside, targets, v), 0 * u, 0 * slack))
    return min(bounds) * (1 + share) + TINY


def _free_part(penalty: Penalty, u: Floats, slack: Floats) -> float:
    """The largest part of u, from 0 to 1, that costs nothing in the dual: Ω*(part u) = 0."""
    low, high = 0.0, 2.0
    for _ in range(60):
        middle = (low + high) / 2
        # As rounded as it will be when it is used: not a digit may be beyond what is feasible.
        worst = middle * u + np.copysign(middle * slack, u)
        low, high = (middle, high) if penalty.dual(worst) == 0 else (low, middle)
        if low == 1:
            break
    return low


def gaps(data: Centred, b: Floats, W: Floats, lams: Floats, *, rho: float = 0.0) -> Floats:
    """Return the gap of the squared loss for m strengths: b (m,), W (m, p), lams (m,).

    The same as by `gap`, where θ is a part of the residuals less their mean r̄, and

        F(η) + F*(θ) - θ'η = r̄² / 2 + (1 - part)² ‖r - r̄‖² / (2n)
    """
    if rho == 0:
        return ridge_gaps(data, b, W, lams)[0]
    sizes, share = _sizes(data), _share(data)
    explained, bounds = _explained(data, W, lams), np.empty_like(lams)
    for some in _few(data, lams):
        offset, moved = _offset(data, b[some], W[some], sizes)
        u, spread = _pulls(data, W[some])
        slack = share * np.multiply.outer(spread, sizes)
        bounds[some] = _missed(offset, explained[some], moved)
        for k, lam in enumerate(lams[some]):
            penalty = ElasticNet(lam, rho)
            held = (np.abs(u[k]) + slack[k]).max()
            free = (1 - 4 * EPS) * penalty.l1 / held if held > penalty.l1 else 1.0
            bounds[some][k] = min(
                bounds[some][k],
                *(
                    _missed(offset[k], (1 - part) * spread[k], moved[k])
                    + penalty.fenchel_young(W[some][k], part * u[k], part * slack[k])
                    for part in (1.0, free, 0.0)
                ),
            )
    certified: Floats = bounds * (1 + share) + TINY
    return certified


def ridge_gaps(
    data: Centred, b: Floats, W: Floats, lams: Floats, *, duals: Floats | None = None
) -> tuple[Floats, Floats]:
    """Return the gaps of ridge, and what share of J the weights miss if nothing was rounded here.

    `duals` is A (m, n) if W was made as A X. θ = lam a then spares a product with X', and does
    not divide rounding by lam.
    """
    sizes, share = _sizes(data), _share(data)
    explained, bounds, missing = _explained(data, W, lams), np.empty_like(lams), np.empty_like(lams)
    for some in _few(data, lams):
        lam, w = lams[some], W[some]
        offset, moved = _offset(data, b[some], w, sizes)
        penalty = lam * np.einsum("ij,ij->i", w, w) / 2
        if duals is None:
            off, spread = _pulls(data, w)
            theta, left = spread, 0.0 * spread
            off -= lam[:, None] * w
            raw = np.einsum("ij,ij->i", off, off)
            np.abs(off, out=off)
            off += share * np.multiply.outer(theta, sizes)
            cost = np.einsum("ij,ij->i", off, off)
        else:
            spread, theta, left = _by_rows(data, w, data.n * lam[:, None] * duals[some])
            raw, cost = 0.0 * lam, (share * theta) ** 2 * (sizes @ sizes)
        # With a strength of 0 this is infinite, or not a number, and others are the bound.
        with np.errstate(divide="ignore", invalid="ignore"):
            near = _missed(offset, left, moved) + cost / (2 * lam)
            missed = np.fmin(left**2 + raw / lam, explained[some] ** 2) / 2
        near = np.fmin(near, _missed(offset, explained[some], moved))
        bounds[some] = np.fmin(near, _missed(offset, spread, moved) + penalty)
        missing[some] = missed / np.maximum(spread**2 / 2 + penalty, TINY)
    return bounds * (1 + share) + TINY, missing


def _explained(data: Centred, W: Floats, lams: Floats) -> Floats:
    """The root mean square of the residuals along the columns, where no strength holds them."""
    explained = np.full_like(lams, np.inf)
    for k in np.flatnonzero(lams == 0):
        along = span(data).T @ (data.y - data.X @ W[k])
        explained[k] = np.linalg.norm(along) / np.sqrt(data.n)
    return explained


def _missed(offset: Any, left: Any, moved: Any) -> Any:
    """At most this is F(η) + F*(θ) - θ'η, where so much of the residuals is left."""
    return (np.hypot(offset, left) + moved) ** 2 / 2


def _few(data: Centred, lams: Floats) -> Iterator[slice]:
    """A few strengths at a time: all at once would take more memory than X."""
    return blocks(len(lams), len(data.y) // 8)


def _pulls(data: Centred, W: Floats) -> tuple[Floats, Floats]:
    """Return Xc'r / n for each fit, and the root mean square of its residuals."""
    pulls, squares = np.zeros_like(W), np.zeros(len(W))
    for rows in blocks(*data.room(len(W))):
        r = data.X[rows] @ W.T
        np.subtract(data.y[rows, None], r, out=r)
        pulls += r.T @ data.X[rows]
        squares += np.square(r, out=r).sum(axis=0)
    pulls /= data.n
    return pulls, np.sqrt(squares / data.n)


def _by_rows(data: Centred, W: Floats, theta: Floats) -> tuple[Floats, Floats, Floats]:
    """The root mean squares of residuals, of n·θ and of their difference, for each fit."""
    r = data.y - W @ data.X.T
    spread = np.einsum("ij,ij->i", r, r)
    r -= theta
    left, size = np.einsum("ij,ij->i", r, r), np.einsum("ij,ij->i", theta, theta)
    return np.sqrt(spread / data.n), np.sqrt(size / data.n), np.sqrt(left / data.n)


def _offset(data: Centred, b: Floats, W: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """The mean of the residuals, and how far rounding can have moved predictions."""
    moved = _share(data) * (np.sqrt(data.y @ data.y / data.n) + np.abs(W) @ sizes)
    return data.y_mean - b - W @ data.x_mean, moved + _offset_slack(data, b, W)


def _sizes(data: Centred) -> Floats:
    """The root mean square of each centred column."""
    sizes: Floats = np.sqrt(np.einsum("ij,ij->j", data.X, data.X) / data.n)
    return sizes


def _share(data: Centred) -> float:
    """What rounding can do to a sum over rows and one over columns, and 16 times more."""
    return (sum(data.X.shape) + 16) * EPS


def _offset_slack(data: Centred, b: Any, W: Floats) -> Any:
    """What rounding can do to ȳ - b - x̄'w."""
    terms = abs(data.y_mean) + np.abs(b) + np.abs(W) @ np.abs(data.x_mean)
    return (data.x_mean.size + 8) * EPS * terms
