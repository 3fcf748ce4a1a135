"""What a fit would have said of each row, had it not seen it: without a refit.

Residuals and 1 - h consist of a part outside the span of X, which no strength reaches, and of one
along it, where both carry the factor alpha:

    r_i      =  outside_i  +  alpha Σ_k U_ik (u_k'y) / (s_k² + alpha)
    1 - h_i  =  outside_ii +  alpha Σ_k U_ik² / (s_k² + alpha)

A row without the first part (every row, if p >= n) has the ratio of the second parts, and there
alpha cancels: so it is never multiplied in for such a row, and lam = 0 needs no limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from regcourse._arrays import Floats
from regcourse.linear._centring import sum_of_others
from regcourse.linear._qr import blocks
from regcourse.linear._spectrum import Spectrum

# Where less than this share of a row is outside the span, 1 - Σ U² has lost digits.
NEAR = 1e-2
# Where the root of the share is less, rounding of U left it, and the row is inside.
INSIDE = 1e-13


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of weight > 0, as the singular directions see them.

    `outside_r` (n,) is what of y no weights can reach, `outside_h` (n,) the square of what of
    each row's unit vector no weights can reach: exact zeros for a row that is inside the span.
    """

    seen: Spectrum
    outside_r: Floats
    outside_h: Floats

    @property
    def free(self) -> int:
        """How many directions there are outside the span."""
        return len(self.outside_h) - 1 - len(self.seen.s)

    def scores(self, alphas: Floats) -> tuple[Floats, Floats]:
        """The mean squares of rows left out, and generalised cross-validation: (m,) each."""
        data = self.seen.data
        loo, errors = np.zeros_like(alphas), np.zeros_like(alphas)
        for r, left_out in self.left_out(alphas):
            loo += np.square(left_out, out=left_out).sum(axis=0)
            errors += np.square(r, out=r).sum(axis=0)
        kept = self.free + self._damped(alphas).sum(axis=0)
        return loo / data.n, errors / data.n / (kept / len(data.y)) ** 2

    def left_out(self, alphas: Floats) -> Iterator[tuple[Floats, Floats]]:
        """Yield r and r / (1 - h), times root weights, for a few rows at a time: (rows, m) each.

        Where no direction is outside, r is divided by alpha. The memory is used again for the
        next rows.
        """
        data, signal = self.seen.data, self.seen.signal[:, None]
        damped, ones = self._damped(alphas), np.ones((1, len(alphas)))
        # The part outside is one more column, which no strength damps.
        pull, damped = np.vstack([signal * damped, ones]), np.vstack([damped, ones])
        parts = list(blocks(*data.room(2 * len(alphas))))
        memory = np.empty((2, max(rows.stop - rows.start for rows in parts), len(alphas)))
        for rows in parts:
            U = self.seen.left(rows)
            squares = U**2
            r, left_out = memory[:, : len(U)]
            np.matmul(np.column_stack([U, self.outside_r[rows]]), pull, out=r)
            np.matmul(np.column_stack([squares, self.outside_h[rows]]), damped, out=left_out)
            with np.errstate(divide="ignore", invalid="ignore"):
                np.divide(r, left_out, out=left_out)
            inside = np.flatnonzero(self.outside_h[rows] == 0)
            if self.free and inside.size:
                inverse = 1 / (self.seen.s[:, None] ** 2 + alphas)
                left_out[inside] = (U[inside] @ (signal * inverse)) / (squares[inside] @ inverse)
            yield r, left_out

    def _damped(self, alphas: Floats) -> Floats:
        """alpha / (s² + alpha) for each direction, (r, m); divided by alpha if none is outside."""
        damped: Floats = self.seen.s[:, None] ** 2 + alphas
        return np.divide(alphas if self.free else 1.0, damped, out=damped)


def look(seen: Spectrum) -> Rows | None:
    """Return the rows as `seen` sees them; None if it must see sharper, a decomposition of X."""
    data, signal = seen.data, seen.signal
    outside_r, outside_h = np.zeros_like(data.y), np.zeros_like(data.y)
    found = Rows(seen, outside_r, outside_h)
    if not found.free:
        return found
    others = sum_of_others(data.root_weight**2) / data.n
    for rows in blocks(*data.room(len(signal))):
        U = seen.left(rows)
        outside_r[rows] = data.y[rows] - U @ signal
        outside_h[rows] = others[rows] - np.einsum("ij,ij->i", U, U)
    near = np.flatnonzero(outside_h < NEAR * others)
    if not near.size:
        return found
    if not seen.exact:
        return None
    for some in blocks(near.size, data.X.shape[1] // 4):
        i = near[some]
        # A unit vector less its projection: the square of its length has twice the digits.
        out = -(seen.left() @ seen.left(i).T) - np.outer(data.unit, data.unit[i])
        out[i, np.arange(i.size)] = outside_h[i]
        outside_h[i], outside_r[i] = np.einsum("ij,ij->j", out, out), outside_r @ out
        inside = i[outside_h[i] < INSIDE**2 * others[i]]
        outside_h[inside] = outside_r[inside] = 0.0
    return found
