"""The exercise 03_ridge: its references agree with library and peers, its slips are named."""

import doctest
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from regcourse.grading.cases import CaseStore
from regcourse.linear import effective_dof, filter_factors, ridge, ridge_path
from regcourse.questions import cases_of, load_exercise, rng_of, run

FOLDER = Path(__file__).parents[2] / "exercises" / "03_ridge"
EX = load_exercise(FOLDER)
FIT, DF, FACTORS = (EX.questions[name] for name in ("ridge_fit", "ridge_df", "filter_factors"))
BEST = EX.questions["best_lam"]
STUDENTS = [f"student-{i}" for i in range(20)]


def draws(question):
    """Every case of a question, from three seeds."""
    return [
        pytest.param(*args, id=f"{group.title}, seed {seed}, case {i}")
        for group in question.groups
        for seed in (1, 2, 3)
        for i, args in enumerate(cases_of(question, group, seed))
    ]


@pytest.fixture(scope="module")
def verdicts():
    """A function that grades a function on the hidden cases: one verdict for each group."""
    store = CaseStore(EX, b"not so secret")

    def grade(question, function):
        hidden = [store.hidden(question, group, "ada") for group in question.groups]
        return [
            store.judge(cases, [run(function, args, question.vocabulary) for args in cases.args])
            for cases in hidden
        ]

    return grade


def named(verdicts):
    """The mistakes that were named in some group."""
    return {verdict.mistake for verdict in verdicts} - {""}


def test_it_is_worth_18_points():
    assert EX.points == 18


@pytest.mark.parametrize("question", [FIT, DF, FACTORS], ids=lambda q: q.name)
def test_the_example_in_the_docstring_is_true(question):
    function = question.reference
    test = doctest.DocTestFinder().find(function, globs={function.__name__: function, "np": np})
    assert doctest.DocTestRunner().run(test[0]).failed == 0
    assert len(test[0].examples) == 1


@pytest.mark.parametrize(("X", "y", "lam"), draws(FIT))
def test_ridge_fit_is_a_stationary_point_of_its_objective(X, y, lam):
    b, w = FIT(X, y, lam)
    residual = y - b - X @ w
    # Gradients of the objective in the docstring, beside the terms that cancel in them.
    scale = np.abs(X).T @ np.abs(y) / len(y)
    assert abs(residual.mean()) <= 1e-10 * np.abs(y).max()
    assert (np.abs(-X.T @ residual / len(y) + lam * w) <= 1e-10 * scale).all()


@pytest.mark.parametrize(("X", "y", "lam"), draws(FIT))
def test_ridge_fit_equals_scikit_learn_with_alpha_n_times_lam(X, y, lam):
    b, w = FIT(X, y, lam)
    theirs = Ridge(alpha=len(y) * lam, solver="svd").fit(X, y)
    # Both solve systems of condition <= 1e5 in double precision.
    np.testing.assert_allclose(w, theirs.coef_, rtol=1e-9, atol=1e-9 * np.abs(w).max())
    np.testing.assert_allclose(b, theirs.intercept_, rtol=1e-9)


@pytest.mark.parametrize(("X", "y", "lam"), draws(FIT))
def test_ridge_fit_equals_the_library(X, y, lam):
    b, w = FIT(X, y, lam)
    ours = ridge(X, y, lam)
    np.testing.assert_allclose(w, ours.w, rtol=1e-9, atol=1e-9 * np.abs(w).max())
    np.testing.assert_allclose(b, ours.b, rtol=1e-9)


@pytest.mark.parametrize(("X", "alpha"), draws(DF))
def test_factors_and_degrees_of_freedom_equal_the_librarys(X, alpha):
    s = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    np.testing.assert_allclose(FACTORS(s, alpha), filter_factors(s, alpha), rtol=1e-12)
    assert DF(X, alpha) == pytest.approx(effective_dof(X, alpha), rel=1e-9)


@pytest.mark.parametrize(("X", "alpha"), draws(DF))
def test_ridge_df_is_the_trace_of_scikit_learns_hat_matrix(X, alpha):
    ridge = Ridge(alpha=alpha, solver="svd")
    n = len(X)
    # One column of the hat matrix for each unit vector; the intercept's share of the trace is 1.
    trace = sum(ridge.fit(X, unit).predict(X)[i] for i, unit in enumerate(np.eye(n)))
    assert DF(X, alpha) == pytest.approx(trace - 1, rel=1e-9)


@pytest.mark.parametrize(("X", "alpha"), draws(DF))
def test_filter_factors_are_ridge_over_least_squares_in_each_direction(X, alpha):
    X = X - X.mean(axis=0)
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    seen = s > 1e-9 * s[0]
    ridge = Vt @ Ridge(alpha=alpha, solver="svd", fit_intercept=False).fit(X, U.sum(axis=1)).coef_
    np.testing.assert_allclose(FACTORS(s, alpha)[seen], (ridge * s)[seen], rtol=1e-8)


def test_every_mistake_costs_the_points_of_every_group(verdicts):
    passed = [
        (question.name, mistake.name)
        for question in EX.functions
        for mistake in question.mistakes
        if "passed" in {verdict.status for verdict in verdicts(question, mistake.function)}
    ]
    assert passed == []


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (lambda n: 3.0, " 3 times the one"),
        (lambda n: n / 7, " 1/7 · n times the one"),
        (lambda n: 1 / n**2, " 1/n² times the one"),
        (lambda n: 2 / n, " 2 · 1/n times the one"),
        (lambda n: n**2, " n² times the one"),
    ],
    ids=["3", "n over 7", "1 over n squared", "2 over n", "n squared"],
)
def test_a_strength_that_nobody_listed_is_recognised(verdicts, factor, words):
    found = verdicts(FIT, lambda X, y, lam: FIT(X, y, factor(len(y)) * lam))
    assert named(found) == {"another_strength"}
    assert all(words in verdict.said for verdict in found)


@pytest.mark.parametrize(
    ("function", "mistake"),
    [
        (lambda X, y, lam: FIT(X, y, lam)[::-1], "exchanged_parts"),
        (lambda X, y, lam: tuple(-part for part in FIT(X, y, lam)), "opposite_sign"),
        (lambda X, y, lam: tuple(2.5 * part for part in FIT(X, y, lam)), "constant_factor"),
        (lambda X, y, lam: None, "returns_nothing"),
    ],
    ids=["exchanged", "sign", "factor", "nothing"],
)
def test_a_general_slip_in_ridge_fit_is_recognised(verdicts, function, mistake):
    assert named(verdicts(FIT, function)) == {mistake}


def test_another_formula_is_not_taken_for_a_strength(verdicts):
    def lasso_like(X, y, lam):
        b, w = FIT(X, y, lam)
        return b, np.sign(w) * np.maximum(np.abs(w) - lam / 100, 0)

    assert named(verdicts(FIT, lasso_like)) == set()


@pytest.mark.parametrize(("X", "y", "lam"), draws(FIT))
def test_every_case_of_ridge_fit_is_well_conditioned(X, y, lam):
    # The intercept as a column of its own, unpenalised: the worst of the sound ways to solve it.
    A = np.column_stack([np.ones(len(y)), X])
    system = A.T @ A + np.diag([0.0] + [len(y) * lam] * X.shape[1])
    assert np.linalg.cond(system) <= 1e6


@pytest.mark.parametrize("student", STUDENTS[:5])
def test_best_lam_is_what_refitting_without_each_patient_finds(student):
    X, y = BEST.data(rng_of(student))
    lams, n = np.logspace(-3, 2, 21), len(y)
    errors = []
    for i in range(n):
        rest = np.delete(np.arange(n), i)
        # One target for each strength: each is fitted by itself, with its own alpha.
        many = Ridge(alpha=n * lams).fit(X[rest], np.tile(y[rest, None], len(lams)))
        errors.append(y[i] - many.predict(X[[i]])[0])
    assert BEST(X, y) == lams[np.mean(np.square(errors), axis=0).argmin()]


@pytest.mark.parametrize("student", STUDENTS)
def test_best_lam_is_that_of_the_librarys_path(student):
    X, y = BEST.data(rng_of(student))
    lams = np.logspace(-3, 2, 21)
    assert BEST(X, y) == lams[ridge_path(X, y, lams).loo.argmin()]


def test_the_best_strength_is_inside_the_grid_and_differs_between_students():
    found = [BEST(*BEST.data(rng_of(student))) for student in STUDENTS]
    assert min(found) > 0.001
    assert max(found) < 100
    assert len(set(found)) >= 5
