"""What a loss offers to solvers and certificates."""

from __future__ import annotations

from typing import Protocol

from numpy.typing import ArrayLike

from regcourse._arrays import Floats

__all__ = ["Loss"]


class Loss(Protocol):
    """A convex, smooth function F of the predictions η, never below 0: an average over rows.

        F(η) = Σ v_i f(η_i, y_i) / n,        n = Σ v_i

    The v_i are the sample weights, 1 unless given. A frozen dataclass that has these members is
    a loss; it inherits nothing. Its file names it in `__all__`, so that it is found, and gives
    the laws that every loss obeys something to try: `EXAMPLES`, pairs of an instance and three
    targets that it takes.
    """

    @property
    def smoothness(self) -> float:
        """The L with |f'(η) - f'(ζ)| <= L |η - ζ|: no row curves more."""

    @property
    def of_residuals(self) -> bool:
        """Does F depend on y - η alone, so that adding one number to both changes nothing?"""

    def value(self, eta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """What the predictions cost, F(η)."""

    def gradient(
        self, eta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> Floats:
        """∂F/∂η_i for each row: v_i f'(η_i, y_i) / n."""

    def dual(self, theta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """The convex conjugate, F*(θ) = max_η θ'η - F(η); may be infinite."""

    def balanced(
        self, theta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> Floats:
        """A θ near this gradient that sums to zero, and whose conjugate is finite.

        Where the intercept is free, the minimum is bounded by such θ alone: at the best intercept
        the gradient itself sums to zero.
        """

    def fenchel_young(
        self, eta: ArrayLike, theta: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None
    ) -> float:
        """F(η) + F*(θ) - θ'η without its cancellation: >= 0, and 0 where θ is the gradient."""
