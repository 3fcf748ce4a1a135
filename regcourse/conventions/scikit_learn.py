"""scikit-learn: `alpha` means four different things, by estimator.

Each formula is that of the estimator's documentation, and is proven by fitting it
(tests/differential).
"""

from __future__ import annotations

from regcourse._arrays import as_count, as_real, as_strength


def to_sklearn_ridge(lam: float, *, n: float) -> float:
    """Return alpha of Ridge, RidgeCV and KernelRidge: they add up where J averages.

        ‖y - b - Xw‖² + alpha ‖w‖²        alpha = n·lam

    KernelRidge (linear kernel) has no intercept: centre X and y first. RidgeClassifier is this
    Ridge on labels -1 and +1, not logistic regression, and takes the same alpha.

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


def to_sklearn_mlp(lam: float, *, n: int, batch: int | None = None) -> float:
    """Return alpha of MLPRegressor, which divides its penalty by the size of each batch.

        Σ (y_i - f(x_i))² / (2 n_k) + alpha ‖W‖² / (2 n_k)    for the n_k rows of batch k
        alpha = lam times the harmonic mean of n_1, n_2, ...

    If `batch` divides n, that is batch·lam. If not, the last batch is smaller and penalised
    harder: 442 rows in batches of 200, 200 and 42 have the harmonic mean 88.7.

    Parameters
    ----------
    lam : float, >= 0
    n : int, >= 1
        Number of rows.
    batch : int, >= 1, optional
        As `batch_size` there: min(200, n) if not given, cut to n if larger. With
        solver="lbfgs" the only batch is all rows: give n.

    Raises
    ------
    InvalidInput
        If lam < 0, or n or batch is not a whole number >= 1.

    Examples
    --------
    >>> to_sklearn_mlp(0.5, n=96, batch=32)
    16.0
    >>> to_sklearn_mlp(0.5, n=48, batch=32)
    10.666666666666666
    """
    return as_strength(lam) * _mean_batch(n, batch)


def from_sklearn_mlp(alpha: float, *, n: int, batch: int | None = None) -> float:
    """Return lam = alpha / (harmonic mean of the batches); the inverse of `to_sklearn_mlp`."""
    return as_strength(alpha, "alpha") / _mean_batch(n, batch)


def _mean_batch(n: int, batch: int | None) -> float:
    """The harmonic mean of the sizes of the batches that n rows are dealt into."""
    n = as_count(n, "n")
    size = min(200 if batch is None else as_count(batch, "batch"), n)
    full, rest = divmod(n, size)
    return float(size) if rest == 0 else (full + 1) / (full / size + 1 / rest)


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
