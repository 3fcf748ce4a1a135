"""Statisticians' strengths: statsmodels, R, a prior, noise on the inputs, and the books."""

from __future__ import annotations

import math

from regcourse._arrays import as_count, as_real, as_strength


def to_statsmodels(lam: float, *, p: int) -> list[float]:
    """Return alpha of OLS.fit_regularized with L1_wt=0, for a design with the constant first.

        ‖y - Zβ‖² / (2n) + Σ_j alpha_j β_j² / 2        alpha = [0, lam, ..., lam]

    One number instead of the list would penalise the constant too.

    Parameters
    ----------
    lam : float, >= 0
    p : int, >= 1
        Number of columns besides the constant.

    Raises
    ------
    InvalidInput
        If lam < 0 or p is not a whole number >= 1.

    Examples
    --------
    >>> to_statsmodels(0.3, p=2)
    [0.0, 0.3, 0.3]
    """
    return [0.0] + [as_strength(lam)] * as_count(p, "p")


def from_statsmodels(alpha: float) -> float:
    """Return lam from the entry of alpha that belongs to a weight; see `to_statsmodels`."""
    return as_strength(alpha, "alpha")


def to_glmnet(lam: float, *, sd_y: float) -> float:
    """Return lambda of R's glmnet (gaussian, alpha = 0), for columns of 1/n deviation 1.

        ‖y/sd_y - b - Xβ‖² / (2n) + (lambda / sd_y) ‖β‖² / 2,    w = sd_y β    lambda = sd_y·lam

    glmnet divides y by its 1/n standard deviation before it fits. A lasso does not notice,
    because its penalty scales with y as well; ridge does. It standardises X too, and reports w
    for the raw columns.

    Parameters
    ----------
    lam : float, >= 0
        For the standardised columns.
    sd_y : float, > 0

    Raises
    ------
    InvalidInput
        If lam < 0 or sd_y is not > 0.

    Examples
    --------
    >>> to_glmnet(0.5, sd_y=77.0)
    38.5
    """
    return as_strength(lam) * as_real(sd_y, "sd_y", above=0.0)


def from_glmnet(strength: float, *, sd_y: float) -> float:
    """Return lam = lambda / sd_y; the inverse of `to_glmnet`."""
    return as_strength(strength, "strength") / as_real(sd_y, "sd_y", above=0.0)


def to_lm_ridge(lam: float, *, n: float) -> float:
    """Return lambda of lm.ridge (R, package MASS), for columns of 1/n deviation 1.

        ‖y - b - Xw‖² + lambda ‖w‖²        lambda = n·lam

    It standardises X, and not y.

    Raises InvalidInput if lam < 0 or n is not > 0.
    """
    return as_strength(lam) * as_real(n, "n", above=0.0)


def from_lm_ridge(strength: float, *, n: float) -> float:
    """Return lam = lambda / n; the inverse of `to_lm_ridge`."""
    return as_strength(strength, "strength") / as_real(n, "n", above=0.0)


def to_gaussian_prior(lam: float, *, n: float, sigma2: float) -> float:
    """Return the variance tau2 of the prior under which ridge is the most probable answer.

        y = b + Xw + N(0, sigma2),  w ~ N(0, tau2 I),  b flat:      tau2 = sigma2 / (n·lam)

    -log posterior = ‖y - b - Xw‖² / (2 sigma2) + ‖w‖² / (2 tau2) + constant; times sigma2 / n
    it is J. A fixed prior therefore means a lam that falls as n grows.

    Parameters
    ----------
    lam : float, > 0
    n : float, > 0
    sigma2 : float, > 0
        Variance of the noise.

    Raises
    ------
    InvalidInput
        If one of them is not > 0.

    Examples
    --------
    >>> to_gaussian_prior(0.5, n=100, sigma2=4.0)
    0.08
    """
    lam, n = as_real(lam, "lam", above=0.0), as_real(n, "n", above=0.0)
    return as_real(sigma2, "sigma2", above=0.0) / (n * lam)


def from_gaussian_prior(tau2: float, *, n: float, sigma2: float) -> float:
    """Return lam = sigma2 / (n·tau2); the inverse of `to_gaussian_prior`."""
    tau2, n = as_real(tau2, "tau2", above=0.0), as_real(n, "n", above=0.0)
    return as_real(sigma2, "sigma2", above=0.0) / (n * tau2)


def to_input_noise(lam: float) -> float:
    """Return the standard deviation of fresh noise on every input that acts like ridge.

        E ‖y - b - (X + N)w‖² / (2n) = ‖y - b - Xw‖² / (2n) + sd² ‖w‖² / 2        sd = √lam

    Exact in expectation, for a linear model; `N` is drawn anew at every look.

    Raises InvalidInput if lam < 0.

    Source
    ------
    Bishop (1995), Training with noise is equivalent to Tikhonov regularization, Neural
    Computation 7(1), 108-116.
    """
    return math.sqrt(as_strength(lam))


def from_input_noise(sd: float) -> float:
    """Return lam = sd²; the inverse of `to_input_noise`."""
    return as_strength(sd, "sd") ** 2


def to_dropout(lam: float) -> float:
    """Return the probability of dropping an input that acts like ridge on standardised columns.

        E ‖y - b - (X ∘ mask / (1 - drop)) w‖² / (2n) = ‖y - b - Xw‖² / (2n) + Σ_j c_j w_j² / 2
        c_j = drop / (1 - drop) · ‖x_j‖² / n        drop = lam / (1 + lam)

    With columns of mean 0 and 1/n deviation 1, ‖x_j‖² / n is 1. Other columns are penalised by
    their size: that is what standardising would have undone.

    Raises InvalidInput if lam < 0.

    Source
    ------
    Srivastava et al. (2014), Journal of Machine Learning Research 15, section 9.1.
    """
    lam = as_strength(lam)
    return lam / (1 + lam)


def from_dropout(drop: float) -> float:
    """Return lam = drop / (1 - drop); the inverse of `to_dropout`."""
    drop = as_real(drop, "drop", at_least=0.0, below=1.0)
    return drop / (1 - drop)


def to_esl(lam: float, *, n: float) -> float:
    """Return λ of the ridge chapters of ESL and ISLP, which add up without halves.

        ‖y - b - Xw‖² + λ ‖w‖²        λ = n·lam

    Raises InvalidInput if lam < 0 or n is not > 0.

    Source
    ------
    Hastie, Tibshirani & Friedman (2009), The Elements of Statistical Learning, eq. (3.41).
    """
    return as_strength(lam) * as_real(n, "n", above=0.0)


def from_esl(strength: float, *, n: float) -> float:
    """Return lam = λ / n; the inverse of `to_esl`."""
    return as_strength(strength, "strength") / as_real(n, "n", above=0.0)


def to_ng(lam: float, *, n: float) -> float:
    """Return λ of Ng's and Nielsen's courses, which divide the penalty by n (their m) as well.

        Σ (y_i - b - x_i'w)² / (2n) + λ ‖w‖² / (2n)        λ = n·lam

    Raises InvalidInput if lam < 0 or n is not > 0.
    """
    return as_strength(lam) * as_real(n, "n", above=0.0)


def from_ng(strength: float, *, n: float) -> float:
    """Return lam = λ / n; the inverse of `to_ng`."""
    return as_strength(strength, "strength") / as_real(n, "n", above=0.0)
