"""The fit itself, and why centring takes the intercept out of it.

Right is w = (XᵀX + alpha I)⁻¹ Xᵀy on centred data with alpha = n·lam, and b = ȳ − x̄ᵀw.
Each mistake has its formula in a comment, or is itself the formula.
"""

import numpy as np

from .sheet import ex, problem


@ex.function(strength="lam", returns=("b", "w"))
def ridge_fit(X, y, lam):
    """Fit ridge regression and return its intercept and weights, (b, w).

    They minimise the objective of the course,

        J(w, b) = ‖y − b − Xw‖² / (2n) + lam ‖w‖² / 2

    The loss is an average over the n rows, halved; the penalty is halved too. The
    intercept b is free: it is not penalised. X and y are not centred for you, and
    must stay as they are.

    Parameters
    ----------
    X : array of shape (n, p); p may be larger than n
    y : array of shape (n,)
    lam : float, > 0

    Returns
    -------
    b : float
        The intercept: a row x is predicted as b + x @ w.
    w : array of shape (p,)
        The weights, one for each column.

    Example
    -------
    >>> ridge_fit(np.array([[-1.0], [0.0], [4.0]]), np.array([0.0, 1.0, 11.0]), 6.0)
    (3.0, array([1.]))
    """
    n, p = X.shape
    Xc, yc = X - X.mean(axis=0), y - y.mean()
    w = np.linalg.solve(Xc.T @ Xc + n * lam * np.eye(p), Xc.T @ yc)
    return float(y.mean() - X.mean(axis=0) @ w), w


@ridge_fit.cases("a tall design, columns of unequal scale", points=2)
def tall(rng):
    few = problem(rng, 14, [0.5, 1, 4])
    many = problem(rng, 35, [2, 0.6, 5, 1])
    return [(*few, 0.3), (*many, 2.0)]


@ridge_fit.cases("more columns than rows", points=1)
def wide(rng):
    return [
        (*problem(rng, 6, [0.5, 1, 2, 0.8, 1.5, 3, 0.7, 1]), 0.4),
        (*problem(rng, 9, np.linspace(0.5, 3, 13)), 1.5),
    ]


@ridge_fit.cases("data far from the origin", points=1)
def far_away(rng):
    return [
        (*problem(rng, 16, [1, 3, 0.6], centre=10.0), 0.5),
        (*problem(rng, 24, [0.8, 2, 5, 1], centre=-8.0), 0.2),
    ]


@ridge_fit.cases("a small strength", points=1, public=False)
def small_strength(rng):
    return [
        (*problem(rng, 15, [0.5, 1, 2]), 0.02),
        (*problem(rng, 28, [1, 0.4, 3, 2]), 0.01),
    ]


@ridge_fit.mistake("J divides the loss by n. Where does that n go when you solve for w?")
def forgets_n(X, y, lam):
    """the loss counts as a sum, though J takes an average"""
    return ridge_fit(X, y, lam / len(y))  # alpha = lam


@ridge_fit.mistake("How often does n stand in J, and how often in your equation?")
def multiplies_by_n_twice(X, y, lam):
    """n is counted twice"""
    return ridge_fit(X, y, len(y) * lam)  # alpha = n² lam


@ridge_fit.mistake("What is the derivative of the penalty, with its ½?")
def leaves_out_the_half_of_the_penalty(X, y, lam):
    """the penalty has lost its ½"""
    return ridge_fit(X, y, 2 * lam)  # alpha = 2n lam, from lam ‖w‖²


@ridge_fit.mistake("Loss and penalty are both halved. What is left of the two ½ after deriving?")
def halves_the_penalty_twice(X, y, lam):
    """the penalty has one ½ too many, or the loss one too few"""
    return ridge_fit(X, y, lam / 2)  # alpha = n lam / 2, also from a loss without its ½


@ridge_fit.mistake("Does your penalty make long weights dearer or cheaper?")
def subtracts_the_penalty(X, y, lam):
    """the penalty is subtracted, not added"""
    return ridge_fit(X, y, -lam)  # alpha = −n lam


@ridge_fit.mistake("Add 100 to every y. Which of b and w should change, and what does yours do?")
def penalises_the_intercept(X, y, lam):
    """the intercept is penalised too"""
    # b joins w: (AᵀA + n lam I)⁻¹ Aᵀy with A = [1 X]
    A = np.column_stack([np.ones(len(y)), X])
    bw = np.linalg.solve(A.T @ A + len(y) * lam * np.eye(A.shape[1]), A.T @ y)
    return bw[0], bw[1:]


@ridge_fit.mistake("What does your fit predict at x = 0, whatever the data?")
def leaves_out_the_intercept(X, y, lam):
    """there is no intercept, and nothing is centred"""
    # b = 0 and nothing centred
    w = np.linalg.solve(X.T @ X + len(y) * lam * np.eye(X.shape[1]), X.T @ y)
    return 0.0, w


@ridge_fit.mistake("The fit passes through the centre of the data. Where is that centre in X?")
def takes_the_mean_of_y_as_intercept(X, y, lam):
    """b is the mean of y, as if X were centred; w is right"""
    return y.mean(), ridge_fit(X, y, lam)[1]  # b = ȳ: right for centred columns only


@ridge_fit.mistake("What does your answer do when lam changes?")
def ignores_lam(X, y, lam):
    """the penalty plays no part: these are least squares"""
    # alpha = 0: least squares, of minimum norm if p > n
    w = np.linalg.lstsq(X - X.mean(axis=0), y - y.mean())[0]
    return y.mean() - X.mean(axis=0) @ w, w


@ridge_fit.mistake("What do w = (1, 1) and w = (1, −1) cost in J, and what in your equation?")
def adds_alpha_to_every_entry(X, y, lam):
    """alpha is added to every entry of a matrix, not to its diagonal"""
    n, Xc = len(y), X - X.mean(axis=0)
    # For p > n this matrix is singular, and what solve makes of it is rounding.
    w = np.linalg.lstsq(Xc.T @ Xc + n * lam, Xc.T @ (y - y.mean()), rcond=1e-10)[0]
    return y.mean() - X.mean(axis=0) @ w, w


@ridge_fit.mistake("How many means does X have?")
def centres_by_one_mean_for_all_columns(X, y, lam):
    """one mean is taken off all columns, not each column's own"""
    n, p = X.shape
    Xc, yc = X - X.mean(), y - y.mean()
    w = np.linalg.solve(Xc.T @ Xc + n * lam * np.eye(p), Xc.T @ yc)
    return y.mean() - X.mean(axis=0) @ w, w


@ridge_fit.mistake("What does your fit predict at the mean row of X?")
def adds_the_mean_row_to_the_intercept(X, y, lam):
    """the mean row times w is added to the mean of y; w is right"""
    w = ridge_fit(X, y, lam)[1]
    return y.mean() + X.mean(axis=0) @ w, w


@ridge_fit.mistake("In which units does the penalty of J count a weight?")
def standardises_the_columns(X, y, lam):
    """the columns are divided by their standard deviations before they are fitted"""
    mean, scale = X.mean(axis=0), X.std(axis=0)
    w = ridge_fit((X - mean) / scale, y, lam)[1] / scale
    return y.mean() - mean @ w, w


@ridge_fit.mistake("What does a row x of the raw X have to be multiplied by?")
def leaves_weights_for_standardised_columns(X, y, lam):
    """the columns are standardised, and the weights are those for the standardised ones"""
    return ridge_fit((X - X.mean(axis=0)) / X.std(axis=0), y, lam)


@ridge_fit.also_right
def augmented_rows(X, y, lam):
    n, p = X.shape
    A = np.vstack([X - X.mean(axis=0), np.sqrt(n * lam) * np.eye(p)])
    w = np.linalg.lstsq(A, np.concatenate([y - y.mean(), np.zeros(p)]))[0]
    return y.mean() - X.mean(axis=0) @ w, w


@ridge_fit.also_right
def column_of_ones(X, y, lam):
    n, p = X.shape
    A = np.column_stack([np.ones(n), X])
    free = np.diag([0.0] + [n * lam] * p)
    bw = np.linalg.solve(A.T @ A + free, A.T @ y)
    return bw[0], bw[1:]


@ridge_fit.also_right
def singular_values(X, y, lam):
    U, s, Vt = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    w = Vt.T @ (s / (s**2 + len(y) * lam) * (U.T @ (y - y.mean())))
    return y.mean() - X.mean(axis=0) @ w, w


@ridge_fit.also_right
def dual(X, y, lam):
    n, Xc, yc = len(y), X - X.mean(axis=0), y - y.mean()
    w = Xc.T @ np.linalg.solve(Xc @ Xc.T + n * lam * np.eye(n), yc)
    return y.mean() - X.mean(axis=0) @ w, w


@ridge_fit.also_right
def conjugate_gradients(X, y, lam):
    n, p = X.shape
    Xc, yc = X - X.mean(axis=0), y - y.mean()
    w = np.zeros(p)
    r = Xc.T @ yc
    d = r
    for _ in range(10 * p):
        if not r @ r > 1e-30 * (yc @ yc):
            break
        Ad = Xc.T @ (Xc @ d) + n * lam * d
        step = (r @ r) / (d @ Ad)
        w, new = w + step * d, r - step * Ad
        d, r = new + (new @ new) / (r @ r) * d, new
    return y.mean() - X.mean(axis=0) @ w, w


@ridge_fit.also_right
def one_coordinate_at_a_time(X, y, lam):
    n, p = X.shape
    Xc = X - X.mean(axis=0)
    w, r = np.zeros(p), y - y.mean()
    for _ in range(20_000):
        furthest = 0.0
        for j in range(p):
            new = Xc[:, j] @ (r + Xc[:, j] * w[j]) / (Xc[:, j] @ Xc[:, j] + n * lam)
            r = r + Xc[:, j] * (w[j] - new)
            furthest = max(furthest, abs(new - w[j]))
            w[j] = new
        if furthest <= 1e-13 * np.abs(w).max():
            break
    return y.mean() - X.mean(axis=0) @ w, w


ex.written(
    "why_centre",
    "Many programs centre X and y first, fit w without an intercept, and compute b at the end. "
    "Explain in a few sentences why that gives the minimum of J although b has disappeared, and "
    "what would go wrong if b were penalised like a weight.",
    points=3,
    scheme={
        "setting the derivative of J by b to zero gives b as the mean of y − Xw": 1,
        "putting that b back leaves the same problem in centred X and y, without b": 1,
        "a penalised b would make the predictions depend on where y has its zero": 1,
    },
    sample="For any fixed w the penalty does not see b, so the best b makes the residuals average "
    "to zero: it is the mean of y minus the mean row of X times w. Put back into J, this b turns "
    "every row into its distance from the mean row, and what is left is ridge without intercept "
    "on centred data. Were b penalised, it would be pulled towards zero: adding a constant to "
    "all y, a mere change of units, would change the weights and not just shift the predictions.",
)
