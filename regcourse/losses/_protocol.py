"""What a loss offers to solvers and certificates."""

from __future__ import annotations

from typing import Protocol

from numpy.typing import ArrayLike

from regcourse._arrays import Floats

__all__ = ["Loss"]


class Loss(Protocol):
    """A convex, smooth function F of the predictions t, never below 0: an average over rows.

        F(t) = Σ v_i f(t_i, y_i) / n,        n = Σ v_i

    The v_i are the sample weights, 1 unless given. A frozen dataclass that has these members is
    a loss; it inherits nothing. Its file names it in `__all__`, so that it is found, and gives
    the laws that every loss obeys something to try: `EXAMPLES`, pairs of an instance and three
    targets that it takes.
    """

    @property
    def smoothness(self) -> float:
        """The L with |f'(t) - f'(s)| <= L |t - s|: no row curves more."""

    @property
    def of_residuals(self) -> bool:
        """Does F depend on y - t alone, so that adding one number to both changes nothing?"""

    def value(self, t: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """What the predictions cost, F(t)."""

    def gradient(
        self, t: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> Floats:
        """∂F/∂t_i for each row: v_i f'(t_i, y_i) / n."""

    def dual(self, theta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """The convex conjugate, F*(θ) = max_t θ't - F(t); may be infinite."""

    def balanced(
        self, theta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> Floats:
        """A θ near this gradient that sums to zero, and whose conjugate is finite.

        Where the intercept is free, the minimum is bounded by such θ alone: at the best intercept
        the gradient itself sums to zero.
        """

    def fenchel_young(
        self, t: ArrayLike, theta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> float:
        """F(t) + F*(θ) - θ't without its cancellation: >= 0, and 0 where θ is the gradient."""
