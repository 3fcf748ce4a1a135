"""An instructor's own exercise: sparsity from a threshold, and noise from a mask."""

import numpy as np

from regcourse.questions import Exercise, Rng

ex = Exercise("10_outside", title="Thresholds and masks")


@ex.function()
def soft_threshold(z, t):
    """Shrink every entry of z towards zero by t, and stop at zero.

    Parameters
    ----------
    z : array of any shape
    t : float, >= 0

    Returns
    -------
    array shaped like z

    Example
    -------
    >>> soft_threshold(np.array([3.0, -0.5]), 1.0)
    array([2., 0.])
    """
    return z - np.clip(z, -t, t)


@soft_threshold.cases("vectors with entries on both sides of t", points=1)
def vectors(rng):
    return [(rng.normal(size=n) * 2, t) for n, t in [(8, 0.7), (13, 1.3)]]


@soft_threshold.cases("a matrix", points=1, public=False)
def matrix(rng):
    return [(rng.normal(size=(4, 6)) * 3, 0.9)]


@soft_threshold.mistake("Is your function continuous at t?")
def keeps_what_is_large(z, t):
    return np.where(np.abs(z) > t, z, 0)


@soft_threshold.mistake("What happened to the negative entries?")
def forgets_the_sign(z, t):
    return np.maximum(np.abs(z) - t, 0)


@soft_threshold.mistake("What happened to the negative entries?")
def is_a_shifted_relu(z, t):
    return np.maximum(z - t, 0)


@soft_threshold.mistake("What is left of an entry that is smaller than t?")
def clips_to_the_threshold(z, t):
    return np.clip(z, -t, t)


@soft_threshold.also_right
def by_sign(z, t):
    return np.sign(z) * np.maximum(np.abs(z) - t, 0)


@ex.function(needs=["soft_threshold"], strength="lam", returns=("b", "w"), public_rtol=1e-3)
def lasso_fit(X, y, lam):
    """Fit the lasso and return (b, w), the minimum of

        J(w, b) = ‖y − b − Xw‖² / (2n) + lam ‖w‖₁

    to a duality gap of at most 1e-8 times the variance of y. Any algorithm will do.

    Parameters
    ----------
    X : array of shape (n, p), not centred
    y : array of shape (n,)
    lam : float, > 0
    """
    n, p = X.shape
    Xc = X - X.mean(axis=0)
    w, r = np.zeros(p), y - y.mean()
    size = np.sum(Xc**2, axis=0) / n
    for _ in range(2000):
        before = w.copy()
        for j in range(p):
            z = Xc[:, j] @ r / n + size[j] * w[j]
            new = (z - min(max(z, -lam), lam)) / size[j]
            r += Xc[:, j] * (w[j] - new)
            w[j] = new
        if np.abs(w - before).max() < 1e-12:
            break
    return float(y.mean() - X.mean(axis=0) @ w), w


@lasso_fit.certificate
def gap_over_tolerance(args, answer):
    X, y, lam = args
    b, w = answer
    n = len(y)
    r = y - b - X @ w
    primal = r @ r / (2 * n) + lam * np.abs(w).sum()
    # A feasible dual point: residuals of mean zero, scaled until no column exceeds lam.
    u = r - r.mean()
    u = u * min(1.0, lam * n / np.abs(X.T @ u).max())
    dual = (y - y.mean()) @ u / n - u @ u / (2 * n)
    return (primal - dual) / (1e-8 * y.var())


def _sparse(rng, n, p):
    X = rng.normal(size=(n, p)) * rng.uniform(0.5, 2, p) + rng.uniform(1, 3, p)
    w = np.zeros(p)
    w[:2] = 2.0, -1.5
    return X, X @ w + 0.5 * rng.normal(size=n) + 4.0


@lasso_fit.cases("few columns", points=2)
def few_columns(rng):
    return [(*_sparse(rng, n, p), lam) for n, p, lam in [(20, 4, 0.2), (31, 6, 0.1)]]


@lasso_fit.cases("more columns than rows", points=2, public=False)
def many_columns(rng):
    return [(*_sparse(rng, 15, 20), 0.3)]


@lasso_fit.mistake("Where did the n of the average go?")
def forgets_n(X, y, lam):
    return lasso_fit(X, y, lam / len(y))


@lasso_fit.mistake("Can a fit with this penalty have weights that are exactly zero?")
def penalises_the_squares(X, y, lam):
    n, p = X.shape
    Xc, yc = X - X.mean(axis=0), y - y.mean()
    w = np.linalg.solve(Xc.T @ Xc + n * lam * np.eye(p), Xc.T @ yc)
    return y.mean() - X.mean(axis=0) @ w, w


@lasso_fit.mistake("What does your fit predict for a row of zeros?")
def leaves_out_the_intercept(X, y, lam):
    Z, z = np.vstack([X, -X]), np.concatenate([y, -y])
    return 0.0, lasso_fit(Z, z, lam)[1]


@lasso_fit.also_right
def proximal_gradient(X, y, lam):
    n, p = X.shape
    Xc, yc = X - X.mean(axis=0), y - y.mean()
    step = n / np.linalg.norm(Xc, 2) ** 2
    w = v = np.zeros(p)
    t = 1.0
    for _ in range(3000):
        z = v - step * Xc.T @ (Xc @ v - yc) / n
        new = np.sign(z) * np.maximum(np.abs(z) - step * lam, 0)
        # Momentum, dropped whenever it points uphill.
        uphill = (v - new) @ (new - w) > 0
        t, before = (1.0, 1.0) if uphill else ((1 + np.sqrt(1 + 4 * t * t)) / 2, t)
        v = new + (before - 1) / t * (new - w)
        w = new
    return y.mean() - X.mean(axis=0) @ w, w


@ex.function()
def inverted_dropout(x, drop, rng):
    """Drop each entry of x with probability drop, and scale what is kept.

    The draw is part of the task: u = rng.random(x.shape), and an entry is dropped where
    u < drop. Scale so that the expected value of every entry stays what it was.

    Parameters
    ----------
    x : array of any shape
    drop : float, 0 <= drop < 1
    rng : numpy.random.Generator
    """
    return np.where(rng.random(x.shape) < drop, 0.0, x / (1 - drop))


@inverted_dropout.cases("some activations", points=2)
def activations(rng):
    return [
        (rng.normal(size=shape), drop, Rng(s)) for s, shape, drop in [(1, 9, 0.3), (2, 14, 0.6)]
    ]


@inverted_dropout.mistake("What is the average of an entry over many draws?")
def forgets_to_scale(x, drop, rng):
    return np.where(rng.random(x.shape) < drop, 0.0, x)


@inverted_dropout.mistake("Does drop = 0.3 keep 30 % of the entries, or 70 %?")
def takes_drop_for_keep(x, drop, rng):
    return np.where(rng.random(x.shape) < drop, x / drop, 0.0)


@inverted_dropout.mistake("Should what is kept grow or shrink?")
def multiplies_by_keep(x, drop, rng):
    return np.where(rng.random(x.shape) < drop, 0.0, x * (1 - drop))


@inverted_dropout.also_right
def by_a_mask(x, drop, rng):
    return x * ((rng.random(x.shape) >= drop) / (1.0 - drop))


@ex.function()
def random_mask(n, drop, rng):
    """Return n independent entries: 0 with probability drop, else 1 / (1 − drop).

    Draw them from rng in any way you like.

    Parameters
    ----------
    n : int, at least 1000
    drop : float, 0 < drop < 1
    rng : numpy.random.Generator
    """
    return (rng.random(n) >= drop) / (1 - drop)


@random_mask.certificate
def looks_independent(args, mask):
    n, drop, _ = args
    kept = np.asarray(mask) * (1 - drop)
    if not np.isin(np.round(kept, 9), [0.0, 1.0]).all():
        return np.inf
    # How far the share of dropped entries is off, in units of five standard deviations.
    off = abs((1 - kept).mean() - drop) / (5 * np.sqrt(drop * (1 - drop) / n))
    # A pattern that repeats shows as a correlation with itself, moved; chance alone keeps the
    # largest of n correlations below 6 / √n. A constant mask has no variance at all.
    centred = kept - kept.mean()
    power = np.abs(np.fft.rfft(centred, 2 * n)) ** 2
    moved = np.fft.irfft(power)[1 : n // 2]
    if not centred @ centred > 0:
        return np.inf
    return max(off, np.abs(moved).max() / (centred @ centred) * np.sqrt(n) / 6)


@random_mask.cases("long masks", points=2, public=False)
def long_masks(rng):
    return [(1000, 0.3, Rng(int(rng.integers(10**6)))), (2000, 0.6, Rng(int(rng.integers(10**6))))]


@random_mask.mistake("What is the average of your mask?")
def leaves_the_mask_unscaled(n, drop, rng):
    return (rng.random(n) >= drop) * 1.0


@random_mask.mistake("Is an entry that you drop independent of its neighbours?")
def repeats_a_pattern(n, drop, rng):
    return (np.arange(n) % 10 >= 10 * drop) / (1 - drop)


@random_mask.also_right
def by_binomial_numbers(n, drop, rng):
    return rng.binomial(1, 1 - drop, size=n) / (1 - drop)


@random_mask.also_right
def one_after_the_other(n, drop, rng):
    return [0.0 if rng.random() < drop else 1 / (1 - drop) for _ in range(n)]


@ex.value(points=1, rtol=1e-3)
def scale_of_the_kept():
    """With drop = 0.2, by what number is an entry multiplied that is kept? Set
    `scale_of_the_kept` to it.
    """
    return 1.25


@scale_of_the_kept.mistake("Should what is kept make up for what is lost?")
def is_the_share_that_is_kept():
    return 0.8
