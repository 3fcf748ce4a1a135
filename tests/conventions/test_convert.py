"""From one dialect to another: known numbers, what unpacks, and what is refused in words."""

import numpy as np
import pytest
from sklearn.linear_model import ElasticNet, Ridge, SGDRegressor

from regcourse.conventions import Settings, convert
from regcourse.errors import InvalidInput


@pytest.mark.parametrize(
    ("value", "source", "target", "quantities", "expected"),
    [
        (0.1, "sklearn.Ridge", "glmnet", {"n": 50, "sd_y": 3.2}, {"lambda": 0.0064, "alpha": 0}),
        (0.0064, "glmnet", "sklearn.Ridge", {"n": 50, "sd_y": 3.2}, {"alpha": 0.1}),
        (0.3, "sklearn.Lasso", "glmnet", {}, {"lambda": 0.3, "alpha": 1}),
        (0.3, "keras.L2", "torch.SGD", {}, {"weight_decay": 0.6}),
        (0.3, "keras.L2", "torch.SGD", {"outputs": 3}, {"weight_decay": 0.6}),
        (0.3, "regcourse", "torch.SGD", {"outputs": 3}, {"weight_decay": 0.2}),
        (0.3, "torch.Adam", "regcourse", {}, {"lam": 0.15, "rho": 0}),
        (0.3, "keras.L2", "keras.SGD", {"momentum": 0.75}, {"weight_decay": 2.4}),
        (0.3, "keras.L1", "ISLP.lasso", {"n": 10}, {"λ": 3.0}),
        (0.5, "prior.Gaussian", "sklearn.Ridge", {"n": 9, "sigma2": 2}, {"alpha": 4.0}),
        (0.5, "prior.Laplace", "sklearn.Lasso", {"n": 8, "sigma2": 2}, {"alpha": 0.5}),
        (0.5, "sklearn.LogisticRegression", "prior.Gaussian", {"n": 9}, {"tau2": 0.5}),
        (0.1, "sklearn.LogisticRegression", "torch.SGD", {"n": 50}, {"weight_decay": 0.2}),
        (0.5, "dropout.inputs", "sklearn.Ridge", {"n": 7}, {"alpha": 7.0}),
        (0.5, "noise.inputs", "sklearn.Ridge", {"n": 8}, {"alpha": 2.0}),
        (2, "statsmodels.OLS", "ESL.ridge", {"n": 3}, {"λ": 6.0}),
        ([0, 2, 2], "statsmodels.OLS", "ESL.ridge", {"n": 3}, {"λ": 6.0}),
        (np.array([0, 2.0]), "statsmodels.OLS", "ESL.ridge", {"n": 3}, {"λ": 6.0}),
        ({"lam": 0.4, "rho": 0.25}, "regcourse", "keras.L1L2", {}, {"l1": 0.2, "l2": 0.3}),
        ({"l1": 0.2, "l2": 0.3}, "keras.L1L2", "regcourse", {}, {"lam": 0.4, "rho": 0.25}),
        ({"alpha": 0.4, "l1_ratio": 0.25}, "sklearn.ElasticNet", "glmnet", {"sd_y": 3},
         {"lambda": 1.0, "alpha": 0.1}),
        ({"alpha": 0, "l1_ratio": 0.5}, "sklearn.ElasticNet", "sklearn.Ridge", {"n": 3},
         {"alpha": 0.0}),
    ],
)  # fmt: skip
def test_known_numbers(value, source, target, quantities, expected):
    assert dict(convert(value, source, target, **quantities)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("n", "batch", "mean"),
    [(64, 32, 32), (442, 200, 3 / (2 / 200 + 1 / 42)), (10, 3, 4 / (3 / 3 + 1 / 1)), (20, 64, 20),
     (442, None, 3 / (2 / 200 + 1 / 42)), (150, None, 150), (1000, None, 200), (48.0, 32, 64 / 3)],
)  # fmt: skip
@pytest.mark.parametrize("name", ["sklearn.MLPRegressor", "sklearn.MLPClassifier"])
def test_a_network_is_penalised_by_the_harmonic_mean_of_its_batches(name, n, batch, mean):
    given = {"n": n} | ({} if batch is None else {"batch": batch})
    there = convert({"lam": 0.3, "rho": 0}, "regcourse", name, **given)
    assert there["alpha"] == pytest.approx(0.3 * mean)


def test_where_two_losses_are_known_it_is_the_squared_one_unless_told():
    meant = {"lam": 0.3, "rho": 0}
    assert convert(meant, "regcourse", "torch.SGD")["weight_decay"] == 0.6
    assert convert(meant, "regcourse", "torch.SGD", loss="logistic")["weight_decay"] == 0.3
    # The classifier knows one loss only.
    assert convert(meant, "regcourse", "sklearn.MLPClassifier.lbfgs", n=2)["alpha"] == 0.6


def test_settings_unpack_into_the_estimator():
    meant = {"lam": 0.3, "rho": 0.25}
    assert ElasticNet(**convert(meant, "regcourse", "sklearn.ElasticNet")).l1_ratio == 0.25
    assert (
        SGDRegressor(**convert(meant, "regcourse", "sklearn.SGDRegressor")).penalty == "elasticnet"
    )
    assert Ridge(**convert(0.3, "keras.L2", "sklearn.Ridge", n=10)).alpha == 3.0


def test_settings_can_be_read_back_with_what_is_fixed():
    there = convert({"lam": 0.3, "rho": 0.25}, "regcourse", "sklearn.SGDRegressor")
    assert dict(convert(there, "sklearn.SGDRegressor", "sklearn.ElasticNet")) == {
        "alpha": 0.3, "l1_ratio": 0.25,
    }  # fmt: skip


def test_statsmodels_spares_the_constant():
    there = convert(0.3, "keras.L2", "statsmodels.OLS", p=3)
    assert dict(there) == {"alpha": (0.0, 0.3, 0.3, 0.3), "L1_wt": 0.0, "zero_tol": 0.0}
    assert repr(there) == "alpha = [0, 0.3, 0.3, 0.3], L1_wt = 0, zero_tol = 0"


def test_settings_say_where_they_come_from():
    mixed = convert({"lam": 0.3, "rho": 0.25}, "regcourse", "sklearn.ElasticNet")
    assert mixed.because.startswith("lam = 0.3, rho = 0.25; sklearn.ElasticNet has lam and rho: ")
    there = convert(0.1, "sklearn.Ridge", "torch.SGD", n=50)
    assert there.because == (
        "lam = 0.002; torch.SGD has 2 lam / outputs: MSELoss has no ½; no decay for b"
    )


def test_a_rule_of_thumb_says_so():
    there = convert(0.3, "keras.L2", "early.stopping")
    assert (there.exact, repr(there)) == (False, "lr · steps ≈ 3.33333333333")
    assert not convert(4, "early.stopping", "keras.L2").exact
    assert convert(0.3, "keras.L2", "keras.L1L2").exact


def test_settings_compare_and_hash_by_what_is_written():
    one, other = (convert(0.3, "keras.L2", "statsmodels.OLS", p=2) for _ in range(2))
    assert one == other
    assert len({one, other, Settings({"alpha": 0.3}, because="")}) == 2


# ---------- what is refused
def refusal(*arguments, **options):
    with pytest.raises(InvalidInput) as refused:
        convert(*arguments, **options)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("sklearn.Rigde", "sklearn.Ridge"),
        ("sklearn.linear_model.Lasso", "sklearn.Lasso"),
        ("pytorch.SGD", "torch.SGD"),
        ("tf.keras.regularizers.L2", "keras.L2"),
        ("ridge", "sklearn.Ridge"),
        ("GLMNET", "glmnet"),
        ("prior.gauss", "prior.Gaussian"),
    ],
)
def test_a_wrong_name_hears_the_nearest_ones(name, near):
    said = refusal(0.1, name, "regcourse")
    assert said.startswith("source must be a dialect, perhaps one of ")
    assert near in said
    assert said.endswith(f"; got {name!r}")
    assert refusal(0.1, "keras.L2", name) == said.replace("source", "target", 1)


@pytest.mark.parametrize(
    ("need", "source", "given", "meaning"),
    [
        ("n", "sklearn.Ridge", {}, "the number of rows; with sample weights, their sum"),
        ("sd_y", "glmnet", {"n": 5}, "the standard deviation of y, with 1/n"),
        ("sigma2", "prior.Gaussian", {"n": 5}, "the variance of the noise in y"),
        ("n", "sklearn.MLPRegressor", {"batch": 5}, "the number of rows; with sample weights"),
    ],
)
def test_a_missing_quantity_is_named_with_what_it_is(need, source, given, meaning):
    assert refusal(0.1, source, "keras.L2", **given).startswith(f"{source} needs {need}, {meaning}")


def test_what_is_written_may_need_a_quantity_that_the_number_does_not():
    assert refusal(0.1, "keras.L2", "statsmodels.OLS") == (
        "statsmodels.OLS needs p, the number of columns besides the constant"
    )
    assert convert(0.1, "statsmodels.OLS", "keras.L2")["l2"] == 0.1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0.1, "sklearn.Lasso", "sklearn.Ridge"),
         "sklearn.Ridge holds an L2 strength only, and in sklearn.Lasso this is an L1 strength"),
        ((0.1, "keras.L2", "keras.L1"),
         "keras.L1 holds an L1 strength only, and in keras.L2 this is an L2 strength"),
        (({"alpha": 0.1, "l1_ratio": 0.5}, "sklearn.ElasticNet", "keras.L2"),
         "keras.L2 holds an L2 strength only, "
         "and in sklearn.ElasticNet this is an elastic net with rho = 0.5"),
        ((0.1, "sklearn.Ridge", "celer.ElasticNet"),
         "celer.ElasticNet holds an elastic net strength only, "
         "and in sklearn.Ridge this is an L2 strength"),
        ((0.1, "sklearn.ElasticNet", "glmnet"),
         "sklearn.ElasticNet takes alpha and l1_ratio: give each by its name, got 0.1 alone"),
        ((0.1, "keras.L1L2", "keras.L2"),
         "keras.L1L2 takes l1 and l2: give each by its name, got 0.1 alone"),
        (({"alpha": 0.1}, "sklearn.ElasticNet", "glmnet"),
         "sklearn.ElasticNet takes alpha and l1_ratio, got alpha"),
        (({}, "keras.L2", "glmnet"), "keras.L2 takes l2, got nothing"),
        (({"l2": 1, "l1": 2}, "keras.L2", "glmnet"), "keras.L2 takes l2, got l2 and l1"),
        (({"alpha": 0.1, "l1_ratio": 0.5, "penalty": "l2"}, "sklearn.SGDRegressor", "glmnet"),
         "penalty must be 'elasticnet', got 'l2'"),
        ((0.1, "sklearn.Ridge", "sklearn.LogisticRegression"),
         "sklearn.Ridge is for a squared loss and sklearn.LogisticRegression for a logistic one: "
         "no number of one is a number of the other"),
        ((0.1, "torch.AdamW", "keras.L2"),
         "torch.AdamW has no lam for any number: its decay is not the gradient of a penalty"),
        ((0.1, "keras.L2", "keras.Adam"),
         "keras.Adam has no number for any lam: "
         "no gradient of a penalty: in Keras only SGD's is one"),
        ((0, "keras.L2", "prior.Gaussian"),
         "prior.Gaussian has no number for lam = 0: a flat prior"),
        ((0, "prior.Gaussian", "keras.L2"), "tau2 must be > 0, got 0.0"),
        ((-1, "keras.L2", "torch.SGD"), "l2 must be >= 0, got -1.0"),
        ((1.0, "dropout.inputs", "torch.SGD"), "drop must be < 1, got 1.0"),
        (({"alpha": 0.1, "l1_ratio": 1.5}, "sklearn.ElasticNet", "glmnet"),
         "l1_ratio must be <= 1, got 1.5"),
        (("much", "keras.L2", "torch.SGD"), "l2 must be a number, got 'much'"),
        ((1e20, "keras.L2", "dropout.inputs"),
         "dropout.inputs has no drop for lam = 1e+20: it would be 1"),
        ((5e-324, "sklearn.LogisticRegression", "torch.SGD"),
         "the lam of sklearn.LogisticRegression must be finite, got inf"),
        (([1, 2, 2], "statsmodels.OLS", "keras.L2"),
         "alpha must be 0 for the constant and one number for all weights, got [1, 2, 2]"),
        (([0, 1, 2], "statsmodels.OLS", "keras.L2"),
         "alpha must be 0 for the constant and one number for all weights, got [0, 1, 2]"),
        (([0, -1], "statsmodels.OLS", "keras.L2"), "alpha must be >= 0, got -1.0"),
    ],
)  # fmt: skip
def test_what_cannot_be_converted_is_refused_in_words(arguments, words):
    assert refusal(*arguments, n=100, sd_y=2, sigma2=1) == words


def test_a_number_beyond_the_largest_is_refused():
    assert refusal(1e40, "keras.L2", "ESL.ridge", n=1e300) == (
        "ESL.ridge has no λ for lam = 1e+40: it would be inf"
    )
    assert refusal(
        {"lam": 1e-40, "rho": 0}, "regcourse", "sklearn.LogisticRegression", n=1e-300
    ) == ("sklearn.LogisticRegression has no number this far out: 1e-40, 0")


@pytest.mark.parametrize(
    ("quantities", "words"),
    [
        ({"n": 0}, "n must be > 0, got 0.0"),
        ({"p": 0}, "p must be >= 1, got 0"),
        ({"sd_y": 0}, "sd_y must be > 0, got 0.0"),
        ({"sigma2": -1}, "sigma2 must be > 0, got -1.0"),
        ({"batch": 0}, "batch must be >= 1, got 0"),
        ({"batch": 1.5}, "batch must be a whole number, got 1.5"),
        ({"momentum": 1}, "momentum must be < 1, got 1.0"),
        ({"momentum": -0.1}, "momentum must be >= 0, got -0.1"),
        ({"outputs": 0}, "outputs must be >= 1, got 0"),
        ({"m": 3}, "a quantity must be n, p, sd_y, sigma2, batch, momentum or outputs, got 'm'"),
        ({"loss": "hinge"}, "loss must be squared or logistic, got 'hinge'"),
    ],
)
def test_a_quantity_out_of_range_is_refused_even_if_nobody_needs_it(quantities, words):
    assert refusal(0.1, "keras.L2", "torch.SGD", **quantities) == words


def test_a_name_that_is_no_text_is_refused():
    assert refusal(0.1, 3, "keras.L2").endswith("; got 3")


def test_batches_are_dealt_from_whole_rows():
    assert refusal(0.1, "keras.L2", "sklearn.MLPRegressor", n=7.5) == (
        "n must be a whole number, got 7.5"
    )


def test_a_loss_that_one_of_the_two_does_not_know_is_refused():
    assert refusal(0.1, "sklearn.Ridge", "torch.SGD", loss="logistic") == (
        "sklearn.Ridge is for a squared loss and torch.SGD for a squared or logistic one, "
        "got loss='logistic': no number of one is a number of the other"
    )
