"""What the questions share: the exercise, its data, and problems to draw."""

import numpy as np

from regcourse.questions import Exercise

ex = Exercise("03_ridge", title="Ridge regression", packages=["numpy", "matplotlib"])


def problem(rng, n, scales, centre=2.0):
    """Draw correlated columns of unequal scale, away from the origin, and y with an offset."""
    scales = np.asarray(scales, dtype=float)
    p = scales.size
    Z = rng.normal(size=(n, p)) + 0.7 * rng.normal(size=(n, 1))
    X = np.round(scales * (Z + centre * rng.uniform(0.7, 1.3, p)), 3)
    # Weights of both signs that do not cancel: b stays away from the mean of y.
    w = np.resize([1.5, -0.5, 1.0, -0.8], p) * rng.uniform(0.8, 1.2, p) / scales
    y = np.round(3.0 + X @ w + 0.5 * rng.normal(size=n), 3)
    return X, y


@ex.data
def patients(rng):
    """Return (X, y): 60 made-up patients, six standardised measurements, one score.

    The columns are age, body mass index, blood pressure, total cholesterol, LDL
    cholesterol and blood sugar. Some of them say nearly the same.
    """
    habits = rng.normal(size=(60, 3))
    mixing = np.array([[1, 1, 1, 0, 0, 0], [0, 1, 0, 1, 1, 1], [1, 0, 1, 1, 1, 0]])
    X = habits @ mixing + 0.3 * rng.normal(size=(60, 6))
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    y = 150 + X @ [2, 14, 6, 4, 2, 8] + 30 * rng.normal(size=60)
    return X, y
