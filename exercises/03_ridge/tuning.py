"""The best strength for a student's own patients."""

import numpy as np

from .sheet import ex, patients


@ex.value(points=2, rtol=1e-3, data=patients)
def best_lam(X, y):
    """Which strength is best for patients whom the fit has not seen? Set `best_lam` to the entry
    of `np.logspace(-3, 2, 21)` with the smallest leave-one-out error (the mean of the squared
    errors) on your own `X` and `y`.

    When one patient is left out, keep alpha = n·lam with n = 60, as lesson 03 does in section
    11: then its shortcut is exact, and refitting without each patient gives the same.
    """
    lams, n = np.logspace(-3, 2, 21), len(y)
    U, s, _ = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    errors = []
    for lam in lams:
        f = s**2 / (s**2 + n * lam)
        residual = y - y.mean() - U @ (f * (U.T @ (y - y.mean())))
        errors.append(np.mean((residual / (1 - 1 / n - U**2 @ f)) ** 2))
    return lams[np.argmin(errors)]


@best_lam.mistake("Has the model seen the patients on whom you measure its error?")
def minimises_the_training_error(X, y):
    """this strength is best on the very rows that the fit has seen"""
    # residuals not divided by 1 − h
    lams, n = np.logspace(-3, 2, 21), len(y)
    U, s, _ = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    errors = []
    for lam in lams:
        residual = y - y.mean() - U @ (s**2 / (s**2 + n * lam) * (U.T @ (y - y.mean())))
        errors.append(np.mean(residual**2))
    return lams[np.argmin(errors)]


@best_lam.mistake("Which strength do the entries of the grid stand for?")
def takes_lam_for_alpha(X, y):
    """the entries of the grid were used as alpha"""
    # alpha = lam
    lams, n = np.logspace(-3, 2, 21), len(y)
    U, s, _ = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    errors = []
    for lam in lams:
        f = s**2 / (s**2 + lam)
        residual = y - y.mean() - U @ (f * (U.T @ (y - y.mean())))
        errors.append(np.mean((residual / (1 - 1 / n - U**2 @ f)) ** 2))
    return lams[np.argmin(errors)]


@best_lam.mistake("Is your number an entry of the grid?")
def reports_alpha(X, y):
    """this is the best alpha, not the best lam"""
    return len(y) * best_lam(X, y)


@best_lam.mistake("What does np.argmin return?")
def reports_the_position(X, y):
    """this is the place in the grid, not the strength that stands there"""
    return int(np.argmin(np.abs(np.logspace(-3, 2, 21) - best_lam(X, y))))
