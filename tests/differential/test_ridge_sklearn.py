"""scikit-learn fits the same weights, once its strength is translated: what loops leave out."""

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import BayesianRidge, LogisticRegression, Ridge, RidgeCV, SGDRegressor
from sklearn.neural_network import MLPRegressor

from regcourse import data
from regcourse.conventions import convert
from regcourse.linear import kkt_violation, ridge, ridge_path


def alpha_of(lam, name="sklearn.Ridge", **quantities):
    return convert({"lam": lam, "rho": 0}, "regcourse", name, **quantities)["alpha"]


@pytest.mark.parametrize("solver", ["svd", "cholesky", "lsqr", "sparse_cg"])
def test_ridge(fitted, solver):
    alpha = alpha_of(fitted.lam, n=fitted.n)
    theirs = Ridge(alpha=alpha, solver=solver, tol=1e-14).fit(fitted.X, fitted.y)
    # The iterative solvers stop at a relative residual of 1e-14.
    fitted.assert_same(theirs.intercept_, theirs.coef_, atol=1e-11)


def test_ridge_with_the_strength_untranslated_is_another_model(fitted):
    theirs = Ridge(alpha=fitted.lam).fit(fitted.X, fitted.y)
    assert fitted.distance(theirs.intercept_, theirs.coef_) > 0.1


@pytest.mark.parametrize("lam", [1e-4, 0.3, 10.0])
def test_ridge_on_a_real_table_in_raw_units(lam):
    X, y = data.diabetes()
    theirs = Ridge(alpha=alpha_of(lam, n=len(y)), solver="svd").fit(X, y)
    ours = ridge(X, y, lam)
    # Columns of size 100 and a condition number of X of about 1e3.
    np.testing.assert_allclose(ours.w, theirs.coef_, rtol=1e-9)
    assert ours.b == pytest.approx(theirs.intercept_, rel=1e-9)


def test_ridge_on_more_columns_than_rows():
    problem = data.problem_from_svd([4.0, 2.0, 1.0, 0.5], n=6, p=30, noise=0.3, seed=52)
    theirs = Ridge(alpha=6 * 0.2, solver="svd").fit(problem.X, problem.y)
    ours = ridge(problem.X, problem.y, 0.2)
    np.testing.assert_allclose(ours.w, theirs.coef_, rtol=0, atol=1e-11 * np.abs(ours.w).max())


def test_ridge_with_sample_weights(fitted):
    weights = np.random.default_rng(53).uniform(0.2, 3, size=fitted.n)
    alpha = alpha_of(fitted.lam, n=weights.sum())
    theirs = Ridge(alpha=alpha).fit(fitted.X, fitted.y, sample_weight=weights)
    ours = ridge(fitted.X, fitted.y, fitted.lam, sample_weight=weights)
    np.testing.assert_allclose(ours.w, theirs.coef_, rtol=1e-11)
    assert ours.b == pytest.approx(theirs.intercept_, rel=1e-11)


def network(fitted, *, copies, batch, alpha, step, epochs):
    """Return (b, w) of a linear MLPRegressor, trained on the same rows several times in order.

    Every batch of whole copies is all of the data, so that no chance is involved.
    """
    theirs = MLPRegressor(
        hidden_layer_sizes=(), solver="sgd", batch_size=batch, shuffle=False, momentum=0.0,
        alpha=alpha, learning_rate_init=step, max_iter=epochs, tol=0.0,
        n_iter_no_change=epochs, random_state=0,
    )  # fmt: skip
    with pytest.warns(ConvergenceWarning, match=rf"Maximum iterations \({epochs}\) reached"):
        theirs.fit(np.tile(fitted.X, (copies, 1)), np.tile(fitted.y, copies))
    return theirs.intercepts_[0], theirs.coefs_[0]


def test_mlp_regressor_penalises_a_shorter_last_batch_harder(fitted):
    n = fitted.n
    steps = {"copies": 5, "batch": 2 * n, "step": 0.005, "epochs": 2800}  # batches 2n, 2n and n
    alpha = alpha_of(fitted.lam, "sklearn.MLPRegressor", n=5 * n, batch=2 * n)
    b, w = network(fitted, alpha=alpha, **steps)
    # It circles around the answer, since each batch pulls to its own: by 0.1 steps.
    fitted.assert_same(b, w, atol=1e-3)
    b, w = network(fitted, alpha=2 * n * fitted.lam, **steps)
    assert fitted.distance(b, w) > 0.05


def test_bayesian_ridge_says_the_strength_it_chose(fitted):
    theirs = BayesianRidge(tol=1e-12, max_iter=2000).fit(fitted.X, fitted.y)
    ratio = theirs.lambda_ / theirs.alpha_
    lam = convert(ratio, "sklearn.BayesianRidge", "regcourse", n=fitted.n)["lam"]
    ours = ridge(fitted.X, fitted.y, lam)
    # The last update of the precisions comes after that of the weights.
    np.testing.assert_allclose(ours.w, theirs.coef_, rtol=1e-9)
    assert ours.b == pytest.approx(theirs.intercept_, rel=1e-9)


def test_the_average_of_sgd_goes_wrong_beside_an_l1_part(fitted):
    meant = {"lam": fitted.lam, "rho": 0.6}
    settings = convert(meant, "regcourse", "sklearn.SGDRegressor")
    steps = {"learning_rate": "optimal", "max_iter": 2000, "tol": None, "random_state": 0}
    plain, averaged = (
        SGDRegressor(**settings, **steps, average=average).fit(fitted.X, fitted.y)
        for average in (False, True)
    )
    # One row at a time, ever more slowly: 5e-5 from stationary here.
    broken = [
        kkt_violation(fitted.X, fitted.y, m.intercept_[0], m.coef_, fitted.lam, rho=0.6)
        for m in (plain, averaged)
    ]
    assert broken[0] < 1e-2 < 0.5 < broken[1]


def test_liblinear_penalises_the_intercept_too(fitted):
    labels = fitted.y > 1.0
    settings = convert({"lam": 0.1, "rho": 0}, "regcourse", "sklearn.LogisticRegression", n=24)
    free = LogisticRegression(**settings, tol=1e-8).fit(fitted.X, labels)
    bound = LogisticRegression(**settings, solver="liblinear").fit(fitted.X, labels)
    assert abs(bound.intercept_[0]) < 0.8 * abs(free.intercept_[0])


@pytest.mark.parametrize(("n", "p"), [(40, 5), (12, 30)], ids=["tall", "wide"])
def test_leave_one_out_is_that_of_ridge_cv(n, p):
    rng = np.random.default_rng(54)
    X, y = rng.normal(size=(n, p)) + 2.0, rng.normal(size=n)
    lams = np.logspace(-2, 2, 7)
    path = ridge_path(X, y, lams)
    theirs = RidgeCV(alphas=n * lams, store_cv_results=True).fit(X, y)
    np.testing.assert_allclose(path.loo, theirs.cv_results_.mean(axis=0), rtol=1e-8)
    assert n * lams[path.best] == pytest.approx(theirs.alpha_)


@pytest.mark.parametrize("mode", ["svd", "eigen"])
@pytest.mark.parametrize(("n", "p"), [(60, 7), (30, 25), (20, 45)], ids=["tall", "near", "wide"])
def test_a_path_with_weights_is_that_of_ridge_cv_in_each_of_its_modes(n, p, mode):
    rng = np.random.default_rng(55)
    X, y = rng.normal(size=(n, p)) + 2.0, rng.normal(size=n)
    weights = rng.uniform(0.3, 3, size=n)
    lams = np.logspace(-3, 2, 6)
    path = ridge_path(X, y, lams, sample_weight=weights)
    theirs = RidgeCV(alphas=weights.sum() * lams, gcv_mode=mode, store_cv_results=True)
    theirs.fit(X, y, sample_weight=weights)
    # They average errors that hold the root of a weight, and we divide by the sum of weights.
    squares = theirs.cv_results_.sum(axis=0) / weights.sum()
    np.testing.assert_allclose(path.loo, squares, rtol=1e-8)


@pytest.mark.parametrize("lam", [1e-6, 1e-3, 1.0])
def test_ridge_beside_a_clock_is_that_of_scaled_columns(lam):
    rng = np.random.default_rng(56)
    z, clock = rng.normal(size=400), 1.7e12 + rng.uniform(0, 6e4, size=400).round()
    y = 3 * z + 0.1 * rng.normal(size=400)
    ours = ridge(np.column_stack([clock, z]), y, lam)
    # Nothing is rounded in a clock that starts at 0.
    theirs = Ridge(alpha=400 * lam, solver="svd").fit(np.column_stack([clock - 1.7e12, z]), y)
    np.testing.assert_allclose(ours.w, theirs.coef_, rtol=1e-9)


def test_a_fit_at_any_scale_is_that_of_cholesky():
    rng = np.random.default_rng(57)
    X, y = rng.normal(size=(50, 4)) * [1e-6, 1, 1e3, 1e6], rng.normal(size=50)
    theirs = Ridge(alpha=50 * 1e-3, solver="cholesky").fit(X, y)
    ours = ridge(X, y, 1e-3)
    # Column by column, in units that make them alike.
    np.testing.assert_allclose(ours.w * X.std(axis=0), theirs.coef_ * X.std(axis=0), atol=1e-12)
