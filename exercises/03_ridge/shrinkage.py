"""What ridge shrinks, and how much is left of it.

Throughout, alpha = n·lam is what stands beside XᵀX.
"""

import numpy as np

from .sheet import ex, problem


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
    """the singular values are not squared"""
    return s / (s + alpha)


@filter_factors.mistake("What should the factor be when there is no penalty at all?")
def gives_the_part_that_is_lost(s, alpha):
    """this is what ridge takes away, not what it keeps"""
    return 1 - filter_factors(s, alpha)  # alpha / (s² + alpha)


@filter_factors.mistake("What exactly is added to the diagonal of XᵀX?")
def takes_the_root_of_alpha(s, alpha):
    """the square root of alpha stands where alpha should"""
    return filter_factors(s, np.sqrt(alpha))  # s² / (s² + √alpha)


@filter_factors.mistake("How often is the filter applied on the way from y to w?")
def squares_the_factor(s, alpha):
    """every factor is squared"""
    return filter_factors(s, alpha) ** 2


@filter_factors.mistake("Can a factor that shrinks be larger than 1?")
def turns_the_ratio_over(s, alpha):
    """every ratio is upside down"""
    return 1 / filter_factors(s, alpha)  # (s² + alpha) / s²


@filter_factors.mistake("Is this the factor on the least squares solution, or the solution itself?")
def gives_the_regularised_inverse(s, alpha):
    """this is what multiplies Uᵀy, not the least squares solution"""
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
        (problem(rng, 12, [0.5, 1, 3])[0], 7.0),
        (problem(rng, 20, [1, 0.4, 2, 0.7])[0], 3.0),
        (problem(rng, 30, [0.3, 2, 1])[0], 20.0),
    ]


@ridge_df.cases("more columns than rows", points=1, public=False)
def wide_designs(rng):
    return [
        (problem(rng, 5, [0.5, 1, 2, 0.8, 1.2, 0.6, 1])[0], 2.5),
        (problem(rng, 7, np.linspace(0.4, 2, 10))[0], 6.0),
        (problem(rng, 8, np.linspace(2, 0.5, 9))[0], 1.5),
    ]


@ridge_df.mistake("What are the units of a singular value, and what are those of alpha?")
def forgets_to_square_s(X, alpha):
    """the singular values are not squared"""
    s = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    return np.sum(s / (s + alpha))


@ridge_df.mistake("Add 100 to every entry of X. Should the answer change?")
def forgets_to_centre(X, alpha):
    """X is not centred, so that its mean counts as a direction"""
    s = np.linalg.svd(X, compute_uv=False)
    return np.sum(filter_factors(s, alpha))


@ridge_df.mistake("What should the answer tend to as alpha grows without end?")
def counts_the_intercept(X, alpha):
    """the intercept is counted as well"""
    return 1 + ridge_df(X, alpha)


@ridge_df.mistake("Is the argument lam, or already the strength beside XᵀX?")
def multiplies_alpha_by_n(X, alpha):
    """alpha is multiplied by n once more"""
    return ridge_df(X, len(X) * alpha)


@ridge_df.mistake("The trace of which matrix do you take: of the hat matrix, or of its square?")
def sums_the_squared_factors(X, alpha):
    """the factors are squared before they are added up"""
    s = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    return np.sum(filter_factors(s, alpha) ** 2)  # the trace of HᵀH


@ridge_df.mistake("Should the answer change with alpha? Does yours?")
def counts_the_columns(X, alpha):
    """the columns are counted, whatever alpha is"""
    return float(X.shape[1])


@ridge_df.also_right
def trace_of_the_hat_matrix(X, alpha):
    Xc = X - X.mean(axis=0)
    return np.trace(Xc @ np.linalg.solve(Xc.T @ Xc + alpha * np.eye(X.shape[1]), Xc.T))


@ridge_df.also_right
def eigenvalues(X, alpha):
    values = np.linalg.eigvalsh(np.cov(X.T, bias=True) * len(X))
    return float((values / (values + alpha)).sum())
