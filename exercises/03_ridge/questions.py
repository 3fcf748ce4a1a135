"""Ridge regression: the fit, what it shrinks, and how much of it is left.

Throughout, alpha = n·lam is what stands beside XᵀX. Each mistake has its formula in a comment;
right is w = (XᵀX + alpha I)⁻¹ Xᵀy on centred data, and b = ȳ − x̄ᵀw.
"""

import numpy as np

from regcourse.checks import Exercise

ex = Exercise("03_ridge", title="Ridge regression", packages=["numpy", "matplotlib"])


def _problem(rng, n, scales, centre=2.0):
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
    y = 150 + X @ [2, 14, 6, 4, 2, 8] + 40 * rng.normal(size=60)
    return X, y


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
    few = _problem(rng, 14, [0.5, 1, 4])
    many = _problem(rng, 35, [2, 0.6, 5, 1])
    return [(*few, 0.3), (*many, 2.0)]


@ridge_fit.cases("more columns than rows", points=1)
def wide(rng):
    return [
        (*_problem(rng, 6, [0.5, 1, 2, 0.8, 1.5, 3, 0.7, 1]), 0.4),
        (*_problem(rng, 9, np.linspace(0.5, 3, 13)), 1.5),
    ]


@ridge_fit.cases("data far from the origin", points=1)
def far_away(rng):
    return [
        (*_problem(rng, 16, [1, 3, 0.6], centre=10.0), 0.5),
        (*_problem(rng, 24, [0.8, 2, 5, 1], centre=-8.0), 0.2),
    ]


@ridge_fit.cases("a small strength", points=1, public=False)
def small_strength(rng):
    return [
        (*_problem(rng, 15, [0.5, 1, 2]), 0.02),
        (*_problem(rng, 28, [1, 0.4, 3, 2]), 0.01),
    ]


@ridge_fit.mistake("J divides the loss by n. Where does that n go when you solve for w?")
def forgets_n(X, y, lam):
    return ridge_fit(X, y, lam / len(y))  # alpha = lam


@ridge_fit.mistake("How often does n stand in J, and how often in your equation?")
def multiplies_by_n_twice(X, y, lam):
    return ridge_fit(X, y, len(y) * lam)  # alpha = n² lam


@ridge_fit.mistake("What is the derivative of the penalty, with its ½?")
def leaves_out_the_half_of_the_penalty(X, y, lam):
    return ridge_fit(X, y, 2 * lam)  # alpha = 2n lam, from lam ‖w‖²


@ridge_fit.mistake("Loss and penalty are both halved. What is left of the two ½ after deriving?")
def halves_the_penalty_twice(X, y, lam):
    return ridge_fit(X, y, lam / 2)  # alpha = n lam / 2, also from a loss without its ½


@ridge_fit.mistake("Does your penalty make long weights dearer or cheaper?")
def subtracts_the_penalty(X, y, lam):
    return ridge_fit(X, y, -lam)  # alpha = −n lam


@ridge_fit.mistake("Add 100 to every y. Which of b and w should change, and what does yours do?")
def penalises_the_intercept(X, y, lam):
    # b joins w: (AᵀA + n lam I)⁻¹ Aᵀy with A = [1 X]
    A = np.column_stack([np.ones(len(y)), X])
    bw = np.linalg.solve(A.T @ A + len(y) * lam * np.eye(A.shape[1]), A.T @ y)
    return bw[0], bw[1:]


@ridge_fit.mistake("What does your fit predict at x = 0, whatever the data?")
def leaves_out_the_intercept(X, y, lam):
    # b = 0 and nothing centred
    w = np.linalg.solve(X.T @ X + len(y) * lam * np.eye(X.shape[1]), X.T @ y)
    return 0.0, w


@ridge_fit.mistake("The fit passes through the centre of the data. Where is that centre in X?")
def takes_the_mean_of_y_as_intercept(X, y, lam):
    return y.mean(), ridge_fit(X, y, lam)[1]  # b = ȳ: right for centred columns only


@ridge_fit.mistake("What does your answer do when lam changes?")
def ignores_lam(X, y, lam):
    # alpha = 0: least squares, of minimum norm if p > n
    w = np.linalg.lstsq(X - X.mean(axis=0), y - y.mean())[0]
    return y.mean() - X.mean(axis=0) @ w, w


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


@ex.function(strength="alpha")
def filter_factors(s, alpha):
    """Return the factor by which ridge shrinks each singular direction.

    Along direction k, ridge takes the least squares solution times a factor between
    0 and 1, which depends on the singular value s[k] of the centred X.

    Parameters
    ----------
    s : array of shape (k,), the singular values, >= 0
    alpha : float, > 0
        The strength beside XᵀX: alpha = n·lam.

    Returns
    -------
    array of shape (k,), the factors in the order of s

    Example
    -------
    >>> filter_factors(np.array([3.0, 1.0]), 3.0)
    array([0.75, 0.25])
    """
    return s**2 / (s**2 + alpha)


def _singular_values(rng, k):
    """Draw falling singular values around 1, so that alpha near 1 touches all of them."""
    return np.round(np.geomspace(6.0, 0.3, k) * rng.uniform(0.9, 1.1, k), 4)


@filter_factors.cases("falling singular values", points=1)
def falling(rng):
    alphas = rng.uniform(0.8, 1.2, 3) * [3.0, 0.4, 20.0]
    return [(_singular_values(rng, k), float(a)) for k, a in zip([3, 4, 6], alphas, strict=True)]


@filter_factors.cases("a direction that the data do not see, s = 0", points=1, public=False)
def unseen_direction(rng):
    return [(np.append(_singular_values(rng, k), 0.0), a) for k, a in [(3, 2.5), (5, 0.3)]]


@filter_factors.mistake("What are the units of s, and what are those of alpha?")
def forgets_the_squares(s, alpha):
    return s / (s + alpha)


@filter_factors.mistake("What should the factor be when there is no penalty at all?")
def gives_the_part_that_is_lost(s, alpha):
    return 1 - filter_factors(s, alpha)  # alpha / (s² + alpha)


@filter_factors.mistake("What exactly is added to the diagonal of XᵀX?")
def takes_the_root_of_alpha(s, alpha):
    return filter_factors(s, np.sqrt(alpha))  # s² / (s² + √alpha)


@filter_factors.mistake("How often is the filter applied on the way from y to w?")
def squares_the_factor(s, alpha):
    return filter_factors(s, alpha) ** 2


@filter_factors.mistake("Can a factor that shrinks be larger than 1?")
def turns_the_ratio_over(s, alpha):
    return 1 / filter_factors(s, alpha)  # (s² + alpha) / s²


@filter_factors.mistake("Is this the factor on the least squares solution, or the solution itself?")
def gives_the_regularised_inverse(s, alpha):
    return s / (s**2 + alpha)  # f / s: what multiplies Uᵀy to give w


@filter_factors.also_right
def one_by_one(s, alpha):
    return [1 - alpha / (value * value + alpha) for value in s]


ex.choice(
    "shrinks_most",
    "Compare ridge with least squares along each singular direction of X. Along which one is "
    "the least squares solution multiplied by the smallest factor?",
    points=1,
    right="b",
    options={
        "a": (
            "the direction along which the patients differ most",
            "That direction has the largest s. Put a large s into your factors and look again.",
        ),
        "b": (
            "the direction along which the patients differ least",
            "Yes: a small s says that the data know little there, and the penalty decides.",
        ),
        "c": (
            "none: every direction is multiplied by the same factor",
            "That is so if all s are equal. Are they, for your patients?",
        ),
        "d": (
            "the direction along which least squares has its largest weight",
            "Does y take part in the factors at all?",
        ),
    },
)


@ex.function(strength="alpha", needs=["filter_factors"])
def ridge_df(X, alpha):
    """Return the effective degrees of freedom of ridge: how many weights are in use.

    They are the sum of the filter factors of the centred X, which is also the trace of
    the matrix that turns centred y into fitted values. The intercept is not counted.
    X is not centred for you. You may call your filter_factors.

    Parameters
    ----------
    X : array of shape (n, p); p may be larger than n
    alpha : float, > 0
        The strength beside XᵀX: alpha = n·lam.

    Returns
    -------
    float, between 0 and the smaller of p and n − 1

    Example
    -------
    >>> round(ridge_df(np.array([[0.0], [1.0], [5.0]]), 7.0), 4)
    0.6667
    """
    s = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    return float(np.sum(s**2 / (s**2 + alpha)))


@ridge_df.cases("a tall design", points=2)
def tall_designs(rng):
    return [
        (_problem(rng, 12, [0.5, 1, 3])[0], 7.0),
        (_problem(rng, 20, [1, 0.4, 2, 0.7])[0], 3.0),
        (_problem(rng, 30, [0.3, 2, 1])[0], 20.0),
    ]


@ridge_df.cases("more columns than rows", points=1, public=False)
def wide_designs(rng):
    return [
        (_problem(rng, 5, [0.5, 1, 2, 0.8, 1.2, 0.6, 1])[0], 2.5),
        (_problem(rng, 7, np.linspace(0.4, 2, 10))[0], 6.0),
        (_problem(rng, 8, np.linspace(2, 0.5, 9))[0], 1.5),
    ]


@ridge_df.mistake("What are the units of a singular value, and what are those of alpha?")
def forgets_to_square_s(X, alpha):
    s = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    return np.sum(s / (s + alpha))


@ridge_df.mistake("Add 100 to every entry of X. Should the answer change?")
def forgets_to_centre(X, alpha):
    s = np.linalg.svd(X, compute_uv=False)
    return np.sum(filter_factors(s, alpha))


@ridge_df.mistake("What should the answer tend to as alpha grows without end?")
def counts_the_intercept(X, alpha):
    return 1 + ridge_df(X, alpha)


@ridge_df.mistake("Is the argument lam, or already the strength beside XᵀX?")
def multiplies_alpha_by_n(X, alpha):
    return ridge_df(X, len(X) * alpha)


@ridge_df.mistake("The trace of which matrix do you take: of the hat matrix, or of its square?")
def sums_the_squared_factors(X, alpha):
    s = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    return np.sum(filter_factors(s, alpha) ** 2)  # the trace of HᵀH


@ridge_df.mistake("How can the answer depend on alpha?")
def counts_the_columns(X, alpha):
    return float(X.shape[1])


@ridge_df.also_right
def trace_of_the_hat_matrix(X, alpha):
    Xc = X - X.mean(axis=0)
    return np.trace(Xc @ np.linalg.solve(Xc.T @ Xc + alpha * np.eye(X.shape[1]), Xc.T))


@ridge_df.also_right
def eigenvalues(X, alpha):
    values = np.linalg.eigvalsh(np.cov(X.T, bias=True) * len(X))
    return float((values / (values + alpha)).sum())


@ex.figure(compare=("lines", "xlabel", "xscale", "ylabel"))
def draw_trace(ax, lams, W):
    """Draw a ridge trace on ax: one line for each weight, against the strength.

    The x axis is logarithmic and called "lam", the y axis "weight". Colours, styles, title
    and legend are yours to choose. Draw on the ax that you are given; return nothing.

    Parameters
    ----------
    ax : matplotlib Axes
    lams : array of shape (m,), the strengths
    W : array of shape (m, p); the row W[i] holds the weights at lams[i]
    """
    for weight in W.T:
        ax.plot(lams, weight)
    ax.set(xscale="log", xlabel="lam", ylabel="weight")


def _trace(rng, m, p):
    lams = np.geomspace(0.01, 20.0, m)
    start = np.round(rng.normal(size=p) * np.linspace(1, 4, p), 3)
    return lams, start / (1 + np.outer(lams, rng.uniform(0.2, 3.0, p)))


@draw_trace.cases("three weights", points=1)
def three_weights(rng):
    return [_trace(rng, 7, 3)]


@draw_trace.cases("other numbers of weights and strengths", points=1, public=False)
def other_traces(rng):
    return [_trace(rng, 9, 5), _trace(rng, 12, 2)]


@draw_trace.mistake("Where on your axis do the small strengths end up?")
def draws_on_a_linear_axis(ax, lams, W):
    ax.plot(lams, W)
    ax.set(xlabel="lam", ylabel="weight")


@draw_trace.mistake("What belongs to one line: the rows of W or its columns?")
def draws_a_line_for_each_strength(ax, lams, W):
    ax.plot(W.T)
    ax.set(xscale="log", xlabel="lam", ylabel="weight")


@draw_trace.mistake("Which numbers would a reader take from your x axis?")
def draws_against_the_logarithm(ax, lams, W):
    ax.plot(np.log10(lams), W)
    ax.set(xlabel="lam", ylabel="weight")


@draw_trace.mistake("What does a reader need to know about the two axes?")
def leaves_out_the_labels(ax, lams, W):
    ax.plot(lams, W)
    ax.set_xscale("log")


@draw_trace.also_right
def in_one_call(ax, lams, W):
    ax.semilogx(lams, W, "k.--", label="weights")
    ax.set_xlabel("lam")
    ax.set_ylabel("weight")
    ax.legend()


@ex.value(points=2, rtol=1e-3, data=patients)
def best_lam(X, y):
    """Which strength is best for patients whom the fit has not seen? Set `best_lam` to the entry
    of `np.logspace(-3, 2, 21)` with the smallest leave-one-out error (the mean of the squared
    errors) on your own `X` and `y`.

    When one patient is left out, keep alpha = n·lam with n = 60, as lesson 03 does in section
    16: then its shortcut is exact, and refitting without each patient gives the same.
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
    return len(y) * best_lam(X, y)


@best_lam.mistake("What does np.argmin return?")
def reports_the_position(X, y):
    return int(np.argmin(np.abs(np.logspace(-3, 2, 21) - best_lam(X, y))))
