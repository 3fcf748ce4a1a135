"""scikit-learn: `alpha` means four different things, by estimator.

Each formula is that of the estimator's documentation, and is proven by fitting it
(tests/differential).
"""

from __future__ import annotations

from regcourse._arrays import as_real, as_strength


def to_sklearn_ridge(lam: float, *, n: float) -> float:
    """Return alpha of Ridge, RidgeCV and KernelRidge: they add up where J averages.

        ‖y - b - Xw‖² + alpha ‖w‖²        alpha = n·lam

    KernelRidge (linear kernel) has no intercept: centre X and y first.

    Parameters
    ----------
    lam : float, >= 0
    n : float, > 0
        Number of rows; with sample weights, their sum.

    Raises
    ------
    InvalidInput
        If lam < 0 or n is not > 0.

    Examples
    --------
    >>> to_sklearn_ridge(0.3, n=50)
    15.0
    """
    return as_strength(lam) * as_real(n, "n", above=0.0)


def from_sklearn_ridge(alpha: float, *, n: float) -> float:
    """Return lam = alpha / n; the inverse of `to_sklearn_ridge`."""
    return as_strength(alpha, "alpha") / as_real(n, "n", above=0.0)


def to_sklearn_elastic_net(lam: float) -> float:
    """Return alpha of ElasticNet with l1_ratio=0, whose objective is J.

        ‖y - b - Xw‖² / (2n) + alpha (l1_ratio ‖w‖₁ + (1 - l1_ratio) ‖w‖² / 2)        alpha = lam

    Raises InvalidInput if lam < 0.
    """
    return as_strength(lam)


def from_sklearn_elastic_net(alpha: float) -> float:
    """Return lam = alpha; the inverse of `to_sklearn_elastic_net`."""
    return as_strength(alpha, "alpha")


def to_sklearn_sgd(lam: float) -> float:
    """Return alpha of SGDRegressor with penalty="l2", an average with both halves.

        Σ (y_i - b - x_i'w)² / (2n) + alpha ‖w‖² / 2        alpha = lam

    Raises InvalidInput if lam < 0.
    """
    return as_strength(lam)


def from_sklearn_sgd(alpha: float) -> float:
    """Return lam = alpha; the inverse of `to_sklearn_sgd`."""
    return as_strength(alpha, "alpha")


def to_sklearn_mlp(lam: float, *, batch: float) -> float:
    """Return alpha of MLPRegressor, which divides its penalty by the size of the batch.

        Σ (y_i - f(x_i))² / (2 batch) + alpha ‖W‖² / (2 batch)        alpha = batch·lam

    With solver="lbfgs" the batch is all n rows; otherwise it is min(200, n) unless set.

    Parameters
    ----------
    lam : float, >= 0
    batch : float, > 0

    Raises
    ------
    InvalidInput
        If lam < 0 or batch is not > 0.

    Examples
    --------
    >>> to_sklearn_mlp(0.5, batch=32)
    16.0
    """
    return as_strength(lam) * as_real(batch, "batch", above=0.0)


def from_sklearn_mlp(alpha: float, *, batch: float) -> float:
    """Return lam = alpha / batch; the inverse of `to_sklearn_mlp`."""
    return as_strength(alpha, "alpha") / as_real(batch, "batch", above=0.0)


def to_bayesian_ridge(lam: float, *, n: float) -> float:
    """Return the ratio lambda_ / alpha_ of a BayesianRidge that fits the same weights.

    It estimates the precision alpha_ of the noise and lambda_ of the weights from the data;
    its weights are those of Ridge(alpha=lambda_ / alpha_), so the ratio is n·lam.

    Raises InvalidInput if lam < 0 or n is not > 0.
    """
    return to_sklearn_ridge(lam, n=n)


def from_bayesian_ridge(ratio: float, *, n: float) -> float:
    """Return lam = (lambda_ / alpha_) / n; the inverse of `to_bayesian_ridge`."""
    return as_strength(ratio, "ratio") / as_real(n, "n", above=0.0)
