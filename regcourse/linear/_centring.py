"""Data without their means, and how large each column was before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regcourse._arrays import Floats


@dataclass(frozen=True, eq=False)
class Centred:
    """Data without their means: what is left when the intercept has been solved for.

    Row i is also multiplied by the root of its weight v_i, so that plain sums of squares are
    the weighted ones. `n` is the sum of the weights.
    """

    X: Floats
    y: Floats
    x_mean: Floats
    y_mean: float
    root_weight: Floats
    n: float

    @property
    def unit(self) -> Floats:
        """The direction (n,) that the intercept takes: X and y have nothing along it."""
        unit: Floats = self.root_weight / np.sqrt(self.n)
        return unit

    def room(self, columns: int) -> tuple[int, int]:
        """How many rows there are, and of how many `columns` numbers each take little memory."""
        step = min(2**15, self.X.size // 8) // max(1, columns)
        return len(self.y), step

    def sizes(self) -> Floats:
        """The length of each column with its mean still in it: what its rounding is relative to.

        A row that outweighs all others takes the mean with it, and its rounding is the others'
        by their weight alone. A constant column, now exact zeros, was never rounded: 0.
        """
        moving = sum_of_others(self.root_weight**2) @ self.root_weight**2 / self.n
        squares = np.einsum("ij,ij->j", self.X, self.X)
        sizes: Floats = np.sqrt(squares + np.where(squares > 0, moving * self.x_mean**2, 0.0))
        return sizes


def centre(X: Floats, y: Floats, weights: Floats) -> Centred:
    """Take the weighted means off."""
    n = float(weights.sum())
    x_mean, y_mean = weights @ X / n, weights @ y / n
    # A constant column becomes exact zeros: the rounding of its mean would look like data.
    constant = _constant(X, weights > 0)
    x_mean[constant] = X[weights.argmax(), constant]
    Xc, yc = X - x_mean, y - y_mean
    # And the mean of what is left: a row that outweighs all others lies so close to the mean
    # that rounding of the first one would be most of its distance.
    x_rest, y_rest = weights @ Xc / n, weights @ yc / n
    Xc -= x_rest
    yc -= y_rest
    root = np.sqrt(weights)
    if (weights != 1).any():
        Xc *= root[:, None]
        yc *= root
    return Centred(Xc, yc, x_mean + x_rest, float(y_mean + y_rest), root, n)


def sum_of_others(weights: Floats) -> Floats:
    """The sum of all weights but one, for each: n - v_i has no digits left if v_i is nearly n."""
    before = np.concatenate([[0.0], np.cumsum(weights)[:-1]])
    after = np.concatenate([np.cumsum(weights[::-1])[-2::-1], [0.0]])
    others: Floats = before + after
    return others


def _constant(X: Floats, counted: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The columns that do not vary over the rows that count."""
    first = counted.argmax()
    # A few rows rule out most columns, and spare the others' rows a second look.
    some = np.flatnonzero(counted)[:: max(1, int(counted.sum()) // 8)]
    columns = np.flatnonzero((X[some] == X[first]).all(axis=0))
    alike = (X[:, columns] == X[first, columns]) | ~counted[:, None]
    constant: NDArray[np.intp] = columns[alike.all(axis=0)]
    return constant
