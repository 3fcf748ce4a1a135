"""Strengths: there and back for every dialect, each objective as documented, the passport."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regcourse import conventions
from regcourse.data import Standardizer, problem_from_svd
from regcourse.errors import InvalidInput
from regcourse.linear import ridge

laws = settings(max_examples=40)

# What each dialect needs to know besides the strength.
NEEDS = {
    "sklearn_ridge": {"n": 50},
    "sklearn_elastic_net": {},
    "sklearn_sgd": {},
    "sklearn_mlp": {"n": 50, "batch": 32},
    "bayesian_ridge": {"n": 50},
    "torch_sgd": {},
    "torch_adam": {},
    "keras_l2": {},
    "keras_weight_decay": {"momentum": 0.9},
    "glmnet": {"sd_y": 7.5},
    "lm_ridge": {"n": 50},
    "gaussian_prior": {"n": 50, "sigma2": 2.5},
    "input_noise": {},
    "dropout": {},
    "esl": {"n": 50},
    "ng": {"n": 50},
}


def to(dialect):
    return getattr(conventions, f"to_{dialect}")


def back(dialect):
    return getattr(conventions, f"from_{dialect}")


@laws
@given(dialect=st.sampled_from(sorted(NEEDS)), lam=st.floats(1e-6, 1e3))
def test_there_and_back_is_the_same_strength(dialect, lam):
    there = to(dialect)(lam, **NEEDS[dialect])
    # 1 - drop loses the digits by which drop differs from 1: at lam = 1e3, three of them.
    assert back(dialect)(there, **NEEDS[dialect]) == pytest.approx(lam, rel=1e-11)


def test_every_dialect_has_a_way_there_and_a_way_back():
    ways = {name for name in conventions.__all__ if name.startswith(("to_", "from_"))}
    expected = {f"{way}_{dialect}" for way in ("to", "from") for dialect in NEEDS}
    assert ways == expected | {"to_statsmodels", "from_statsmodels"}


@pytest.mark.parametrize(
    ("n", "batch", "mean"),
    [(64, 32, 32), (442, 200, 3 / (2 / 200 + 1 / 42)), (10, 3, 4 / (3 / 3 + 1 / 1)), (20, 64, 20),
     (442, None, 3 / (2 / 200 + 1 / 42)), (150, None, 150), (1000, None, 200)],
)  # fmt: skip
def test_a_network_of_scikit_learn_is_penalised_by_the_harmonic_mean_of_its_batches(n, batch, mean):
    assert conventions.to_sklearn_mlp(0.3, n=n, batch=batch) == pytest.approx(0.3 * mean)
    assert conventions.from_sklearn_mlp(0.3, n=n, batch=batch) == pytest.approx(0.3 / mean)


def test_momentum_makes_the_decay_of_keras_weaker():
    assert conventions.to_keras_weight_decay(0.3) == 0.6
    assert conventions.to_keras_weight_decay(0.3, momentum=0.75) == pytest.approx(2.4)


def test_statsmodels_spares_the_constant():
    assert conventions.to_statsmodels(0.3, p=3) == [0.0, 0.3, 0.3, 0.3]
    assert conventions.from_statsmodels(0.3) == 0.3


# ---------- objectives as they are documented
LAM = 0.4


@pytest.fixture
def fitted():
    """A standardised problem with its ridge solution at LAM: (X, y, b, w, n)."""
    problem = problem_from_svd([5.0, 3.0, 1.0], n=20, noise=0.6, seed=41)
    X = Standardizer.fit(problem.X).apply(problem.X)
    fit = ridge(X, problem.y, LAM)
    return X, problem.y, fit.b, fit.w, len(problem.y)


def slope(function, b, w):
    """The gradient of a quadratic function of (b, w), by central differences: exact."""
    at = np.array([b, *w])
    steps = 1e-3 * np.eye(at.size)
    # Without the constant part, which only rounds: about 1e3 * 1e-16 / 1e-3 is left.
    return np.array([function(at + e) - function(at - e) for e in steps]) / 2e-3


def assert_at_rest(function, b, w):
    steepness = np.abs(slope(function, b, np.asarray(w) + 1.0)).max()
    assert np.abs(slope(function, b, w)).max() < 1e-9 * steepness


def test_a_sum_of_squares_without_halves_rests_at_n_times_lam(fitted):
    X, y, b, w, n = fitted
    for_esl = conventions.to_esl(LAM, n=n)
    assert for_esl == conventions.to_sklearn_ridge(LAM, n=n) == conventions.to_lm_ridge(LAM, n=n)
    assert_at_rest(
        lambda u: np.sum((y - u[0] - X @ u[1:]) ** 2) + for_esl * np.sum(u[1:] ** 2), b, w
    )


def test_a_penalty_divided_by_n_rests_at_n_times_lam(fitted):
    X, y, b, w, n = fitted
    strength = conventions.to_ng(LAM, n=n)
    assert_at_rest(
        lambda u: (np.sum((y - u[0] - X @ u[1:]) ** 2) + strength * np.sum(u[1:] ** 2)) / (2 * n),
        b, w,
    )  # fmt: skip


def test_glmnet_divides_y_by_its_deviation_first(fitted):
    X, y, b, w, n = fitted
    sd = y.std()
    strength = conventions.to_glmnet(LAM, sd_y=sd) / sd
    assert_at_rest(
        lambda u: np.sum((y / sd - u[0] - X @ u[1:]) ** 2) / (2 * n)
        + strength * np.sum(u[1:] ** 2) / 2,
        b / sd, w / sd,
    )  # fmt: skip


def test_a_gaussian_prior_is_most_probable_at_ridge(fitted):
    X, y, b, w, n = fitted
    sigma2 = 2.5
    tau2 = conventions.to_gaussian_prior(LAM, n=n, sigma2=sigma2)
    assert_at_rest(
        lambda u: np.sum((y - u[0] - X @ u[1:]) ** 2) / (2 * sigma2)
        + np.sum(u[1:] ** 2) / (2 * tau2),
        b, w,
    )  # fmt: skip


def test_noise_on_the_inputs_is_ridge_in_expectation(fitted):
    X, y, b, w, _ = fitted
    sd, p = conventions.to_input_noise(LAM), X.shape[1]
    # Six shifts that have mean 0 and covariance sd² I exactly, instead of many draws.
    shifts = np.sqrt(p) * sd * np.vstack([np.eye(p), -np.eye(p)])
    noisy = np.vstack([X + shift for shift in shifts])
    fit = ridge(noisy, np.tile(y, 2 * p), 0.0)
    np.testing.assert_allclose(fit.w, w, rtol=1e-10)
    assert fit.b == pytest.approx(b, rel=1e-12)


def test_dropout_of_standardised_inputs_is_ridge_in_expectation(fitted):
    X, y, b, w, n = fitted
    drop = conventions.to_dropout(LAM)
    masks = np.array(np.meshgrid([0, 1], [0, 1], [0, 1])).reshape(3, -1).T
    chance = np.prod(np.where(masks, 1 - drop, drop), axis=1)
    # Every mask with its probability, instead of many draws.
    dropped = np.vstack([X * mask / (1 - drop) for mask in masks])
    fit = ridge(dropped, np.tile(y, 8), 0.0, sample_weight=np.repeat(chance, n))
    np.testing.assert_allclose(fit.w, w, rtol=1e-10)
    assert fit.b == pytest.approx(b, rel=1e-12)


def test_dropping_half_of_standardised_inputs_is_lam_one():
    assert conventions.from_dropout(0.5) == 1.0


# ---------- the passport
def test_the_passport_says_what_the_converters_say():
    card = conventions.passport(0.3, 500, batch=125, sd_y=7.5, sigma2=2.0)
    values = {row.where: row.value for row in card.rows}
    assert values == {
        "regcourse": 0.3,
        "scikit-learn Ridge": 150.0,
        "scikit-learn RidgeClassifier": 150.0,
        "scikit-learn ElasticNet": 0.3,
        "scikit-learn SGDRegressor": 0.3,
        "scikit-learn MLPRegressor": 150.0,
        "the same, in batches": 37.5,
        "scikit-learn BayesianRidge": 150.0,
        "statsmodels fit_regularized": 0.3,
        "PyTorch SGD": 0.6,
        "PyTorch Adam": 0.6,
        "PyTorch AdamW": None,
        "Keras L2": 0.3,
        "Keras SGD": 0.6,
        "R glmnet": 2.25,
        "R lm.ridge": 150.0,
        "Gaussian prior": pytest.approx(2.0 / 150),
        "noise on the inputs": pytest.approx(np.sqrt(0.3)),
        "dropout of inputs": pytest.approx(3 / 13),
        "early stopping": pytest.approx(1 / 0.3),
        "ESL, ISLP": 150.0,
        "Ng, Nielsen": 150.0,
        "Goodfellow et al.": 0.3,
    }


@pytest.mark.parametrize(("n", "batch"), [(50, 50), (1000, 200)])
def test_a_batch_not_given_is_the_default_of_scikit_learn(n, batch):
    row = conventions.passport(0.3, n)["the same, in batches"]
    assert row.value == pytest.approx(0.3 * batch)
    assert row.because == f"batch·lam, here with batch = {batch}"


def test_a_batch_larger_than_the_data_is_cut_as_scikit_learn_does():
    row = conventions.passport(0.3, 50, batch=64)["the same, in batches"]
    assert (row.value, row.because) == (15.0, "batch·lam, here with batch = 50")


def test_a_last_batch_that_is_smaller_is_counted():
    row = conventions.passport(0.3, 442, batch=200)["the same, in batches"]
    assert row.cells[2] == "26.6"
    assert row.because == "lam · harmonic mean of batches: 2 of 200, one of 42"


@pytest.mark.parametrize(
    ("lam", "n", "words"),
    [(0.3, 442, "132.6"), (0.5, 24690, "12345"), (1 / 3, 10, "3.33"), (0.0123456, 100, "1.23"),
     (1 / 3, 10_000, "3333"), (1 / 3, 10_000_000, "3.33e+06"), (0.0, 5, "0")],
)  # fmt: skip
def test_a_number_shows_in_full_if_it_is_short_and_else_to_three_digits(lam, n, words):
    row = conventions.passport(lam, n)["scikit-learn Ridge"]
    assert row.cells[2] == words
    assert row.value == n * lam


@pytest.mark.parametrize(
    ("where", "words"),
    [("PyTorch AdamW", "none"), ("R glmnet", "needs sd_y"), ("Gaussian prior", "needs sigma2"),
     ("early stopping", "about 3.33")],
)  # fmt: skip
def test_what_has_no_exact_number_says_so(where, words):
    assert conventions.passport(0.3, 50)[where].cells[2] == words


def test_no_strength_means_a_flat_prior_and_no_stopping():
    card = conventions.passport(0.0, 50, sigma2=1.0)
    assert card["Gaussian prior"].cells[2] == "a flat prior"
    assert card["early stopping"].cells[2] == "never"


def test_the_passport_prints_as_a_table_of_aligned_columns():
    card = conventions.passport(0.3, 442)
    title, empty, heading, rule, *lines = str(card).splitlines()
    assert (title, empty) == ("The strength lam = 0.3 with n = 442 rows", "")
    assert set(rule) == {"-"}
    assert len(lines) == len(card.rows)
    starts = [line.index(row.because) for line, row in zip(lines, card.rows, strict=True)]
    assert starts == [heading.index("because")] * len(lines)
    assert repr(card) == str(card)
    assert max(map(len, str(card).splitlines())) <= 120


def test_the_passport_as_html_shows_the_same_and_never_changes():
    card = conventions.passport(0.3, 50)
    page = card._repr_html_()
    assert page == conventions.passport(0.3, 50)._repr_html_()
    assert page.count("<tr>") == len(card.rows) + 1
    assert page.count('scope="row"') == len(card.rows)
    assert "solver=&quot;lbfgs&quot;" in page


def test_a_row_that_does_not_exist_is_a_key_error():
    with pytest.raises(KeyError, match="TensorFlow"):
        conventions.passport(0.3, 50)["TensorFlow"]


# ---------- what is refused
@pytest.mark.parametrize("dialect", sorted(NEEDS))
def test_a_negative_strength_is_refused_on_the_way_there(dialect):
    with pytest.raises(InvalidInput, match=r"^lam must be >=? 0, got -1.0"):
        to(dialect)(-1.0, **NEEDS[dialect])


@pytest.mark.parametrize("dialect", sorted(NEEDS))
def test_a_negative_strength_is_refused_on_the_way_back(dialect):
    with pytest.raises(InvalidInput, match=r"^\w+ must be >=? 0, got -1.0"):
        back(dialect)(-1.0, **NEEDS[dialect])


@pytest.mark.parametrize(
    ("dialect", "need"),
    [
        (dialect, need)
        for dialect, needs in sorted(NEEDS.items())
        for need in sorted(needs.keys() - {"momentum"})
    ],
)
@pytest.mark.parametrize("way", [to, back], ids=["to", "from"])
def test_a_quantity_that_is_not_positive_is_refused(way, dialect, need):
    # Whole numbers begin at 1.
    with pytest.raises(InvalidInput, match=rf"^{need} must be (> 0, got 0.0|>= 1, got 0)$"):
        way(dialect)(0.5, **(NEEDS[dialect] | {need: 0}))


@pytest.mark.parametrize("way", [to, back], ids=["to", "from"])
@pytest.mark.parametrize(("momentum", "bound"), [(1.0, "< 1"), (-0.1, ">= 0")])
def test_a_momentum_out_of_range_is_refused(way, momentum, bound):
    with pytest.raises(InvalidInput, match=rf"^momentum must be {bound}, got {momentum}$"):
        way("keras_weight_decay")(0.5, momentum=momentum)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conventions.from_dropout(1.0), "drop must be < 1, got 1.0"),
        (lambda: conventions.to_gaussian_prior(0, n=2, sigma2=1), "lam must be > 0, got 0.0"),
        (lambda: conventions.to_statsmodels(-1, p=2), "lam must be >= 0, got -1.0"),
        (lambda: conventions.to_statsmodels(1, p=0), "p must be >= 1, got 0"),
        (lambda: conventions.from_statsmodels(-1), "alpha must be >= 0, got -1.0"),
        (lambda: conventions.passport(-1, 5), "lam must be >= 0, got -1.0"),
        (lambda: conventions.passport(1, 0), "n must be >= 1, got 0"),
        (lambda: conventions.passport(1, 5, batch=0), "batch must be >= 1, got 0"),
        (lambda: conventions.passport(1, 5, sd_y=0), "sd_y must be > 0, got 0.0"),
        (lambda: conventions.passport(1, 5, sigma2=0), "sigma2 must be > 0, got 0.0"),
    ],
)
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call()
