import numpy as np

from regcourse.questions import Exercise

ex = Exercise("90_thin", title="A thin exercise", packages=["numpy", "matplotlib"])


@ex.data
def patients(rng):
    X = rng.normal(size=(20, 3))
    return X, X @ [1.0, 2.0, 3.0] + rng.normal(size=20)


@ex.function(strength="lam", returns=("b", "w"))
def ridge_fit(X, y, lam):
    """Minimise ‖y − b − Xw‖² / (2n) + lam ‖w‖² / 2 and return (b, w)."""
    n, p = X.shape
    Xc, yc = X - X.mean(axis=0), y - y.mean()
    w = np.linalg.solve(Xc.T @ Xc + n * lam * np.eye(p), Xc.T @ yc)
    return y.mean() - X.mean(axis=0) @ w, w


@ridge_fit.cases("a tall design", points=3)
def tall(rng):
    def one(n, lam):
        X = rng.normal(size=(n, 3)) * [1, 3, 0.3] + [1, -2, 3]
        return X, X @ rng.normal(size=3) + 2 + rng.normal(size=n), lam

    return [one(12, 0.3), one(17, 2.0)]


@ridge_fit.cases("far from the origin", points=2, public=False)
def far(rng):
    def one(n, lam):
        X = rng.normal(size=(n, 3)) * [1, 3, 0.3] + [5, -2, 3]
        return X, X @ rng.normal(size=3) + 20 + rng.normal(size=n), lam

    return [one(11, 0.3), one(18, 2.0)]


@ridge_fit.mistake("What is n doing in the objective?")
def forgets_n(X, y, lam):
    return ridge_fit(X, y, lam / len(X))


@ridge_fit.mistake("Is b penalised too? What is left for it after centring?")
def penalises_the_intercept(X, y, lam):
    n, p = X.shape
    A = np.column_stack([np.ones(n), X])
    v = np.linalg.solve(A.T @ A + n * lam * np.eye(p + 1), A.T @ y)
    return v[0], v[1:]


@ridge_fit.also_right
def augmented_rows(X, y, lam):
    n, p = X.shape
    Xc, yc = X - X.mean(axis=0), y - y.mean()
    A = np.vstack([Xc, np.sqrt(n * lam) * np.eye(p)])
    w = np.linalg.lstsq(A, np.r_[yc, np.zeros(p)], rcond=None)[0]
    return y.mean() - X.mean(axis=0) @ w, w


@ex.value(points=2, rtol=1e-3, data=patients)
def mean_y(X, y):
    """Set `mean_y` to the mean of your y."""
    return y.mean()


ex.choice(
    "pick",
    "Which?",
    points=1,
    right="b",
    options={"a": ("first", "Not the first."), "b": ("second", "Yes, the second.")},
)


@ex.figure(points=2, compare=("xlabel", "xscale", "lines"))
def draw_trace(ax, lams, W):
    """Draw each column of W against lams, log x axis, labelled 'strength'."""
    ax.plot(lams, W)
    ax.set_xscale("log")
    ax.set_xlabel("strength")


@draw_trace.cases("some lines")
def lines(rng):
    return [(np.geomspace(0.1, 10, 5), rng.normal(size=(5, 3)))]


ex.written(
    "why",
    "Why centre?",
    points=3,
    scheme={"b absorbs the means": 2, "more": 1},
    sample="Because the intercept absorbs the means of the columns.",
)
