"""The sizes of a matrix: all of its entries, or the most that it stretches."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regcourse._arrays import Floats, as_count, as_generator, as_matrix, refuse_overflow
from regcourse.errors import DidNotConverge
from regcourse.norms._vectors import measured

__all__ = ["frobenius_norm", "spectral_norm"]

_ROUNDS = 10_000  # of power iteration, before it gives up
_NEAR = 1e-6  # how far below the largest singular value, in units of it, a result may lie


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
        If W is not a finite matrix, or its norm is beyond every float.

    Examples
    --------
    >>> frobenius_norm([[3, 0], [0, -4]])
    5.0
    """
    return measured(as_matrix(W, "W").ravel(), 2.0, "W")


def spectral_norm(W: ArrayLike, *, iters: int | None = None, seed: int = 0) -> float:
    r"""Return the spectral norm by power iteration: the largest stretch of a vector.

        ‖W‖_2 = max { ‖Wx‖_2 : ‖x‖_2 = 1 } = s_1,        x <- W'Wx / ‖W'Wx‖_2

    The estimate s = ‖Wx‖_2 comes from below and rises in every round; the error shrinks by about
    (s_2 / s_1)^4 per round. A full SVD would give all s_k; this road needs only products with W,
    and one Cholesky factorisation that tells when it has arrived.

    How near s_2 may lie to s_1: where they are equal, or differ by less than 1e-6 of s_1, either
    is the answer. From about 1e-6 to 4e-4 of s_1 apart, 10000 rounds may be too few.

    Parameters
    ----------
    W : array (m, n)
    iters : int, >= 1, optional
        Stop after so many rounds, or earlier if one no longer changes the estimate. What is
        returned is then a lower bound, however far it has come. If not given, rounds go on until
        s no longer rises and (1 + 1e-6)² s² I - W'W is positive definite: then s_1 lies between
        s and (1 + 1e-6) s.
    seed : int, >= 0
        Draws the first x: a fixed one could be orthogonal to the direction looked for.

    Returns
    -------
    float, >= 0

    Raises
    ------
    InvalidInput
        If W is not a finite matrix, `iters` or `seed` is not such a number, or the norm is
        beyond every float.
    DidNotConverge
        If `iters` is not given and s_1 is not found in 10000 rounds. It says what was reached,
        and how far above it s_1 may lie.

    Examples
    --------
    >>> round(spectral_norm([[3, 0], [0, -4]]), 6)
    4.0
    """
    matrix = as_matrix(W, "W")
    rounds = _ROUNDS if iters is None else as_count(iters, "iters")
    rng = as_generator(seed)
    x: Floats = rng.normal(size=(matrix.shape[1],))
    unit = float(np.abs(matrix).max())
    if unit == 0:
        return 0.0
    matrix = matrix / unit  # or the product W'W of a tiny or huge W would under- or overflow
    stretch, look_at = 0.0, 1
    for done in range(1, rounds + 1):
        x = matrix.T @ (matrix @ x)
        x = x / float(np.linalg.norm(x))
        before, stretch = stretch, max(stretch, float(np.linalg.norm(matrix @ x)))
        if stretch > before:
            continue
        if iters is not None:
            break
        if done >= look_at:
            if _bounds(stretch * (1 + _NEAR), matrix):
                break
            # It rests at s_2, x having next to nothing of the direction of s_1: a little of each.
            x = x + 1e-3 * rng.normal(size=x.shape) / np.sqrt(x.size)
            look_at = 2 * done
    else:
        if iters is None and not _bounds(stretch * (1 + _NEAR), matrix):
            wider = (a for a in 10.0 ** np.arange(-5, 2) if _bounds(stretch * (1 + a), matrix))
            above = next(wider, np.inf)
            raise DidNotConverge(
                f"power iteration has reached {unit * stretch:.9g} in {_ROUNDS} rounds, and the "
                f"largest singular value may lie up to {above:.0e} of that above it: others are "
                "as near to it as that; give iters for a lower bound"
            )
    size = unit * stretch
    refuse_overflow(size, "the spectral norm of W")
    return size


def _bounds(size: float, matrix: Floats) -> bool:
    """Do all singular values lie below `size`?"""
    m, n = matrix.shape
    gram = matrix.T @ matrix if m >= n else matrix @ matrix.T
    try:
        np.linalg.cholesky(size**2 * np.eye(len(gram)) - gram)
    except np.linalg.LinAlgError:
        return False
    return True
