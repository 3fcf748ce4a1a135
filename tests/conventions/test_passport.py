"""The passport: one strength in every dialect, as text and as a table that fits a narrow page."""

import re
from html import escape, unescape

import numpy as np
import pytest

from regcourse.conventions import convert, dialects, passport
from regcourse.errors import InvalidInput

KNOWN = {"batch": 125, "sd_y": 7.5, "sigma2": 2.0, "p": 4}


def test_the_passport_of_ridge():
    card = passport(0.3, 500, **KNOWN)
    expected = {
        "regcourse": 0.3,
        "sklearn.Ridge": 150.0,
        "sklearn.KernelRidge": 150.0,
        "sklearn.RidgeClassifier": 150.0,
        "sklearn.ElasticNet": 0.3,
        "sklearn.SGDRegressor": 0.3,
        "sklearn.MLPRegressor": 37.5,
        "sklearn.MLPRegressor.lbfgs": 150.0,
        "sklearn.BayesianRidge": 150.0,
        "statsmodels.OLS": 0.3,
        "torch.SGD": 0.6,
        "torch.Adam": 0.6,
        "torch.AdamW": None,
        "keras.L1L2": 0.0,
        "keras.L2": 0.3,
        "keras.SGD": 0.6,
        "keras.Adam": None,
        "keras.AdamW": None,
        "skglm.ElasticNet": 0.3,
        "adelie.grpnet": 0.3,
        "xgboost.gblinear": 0.0,
        "glmnet": 2.25,
        "MASS.lm.ridge": 150.0,
        "prior.Gaussian": pytest.approx(2.0 / 150),
        "noise.inputs": pytest.approx(np.sqrt(0.3)),
        "dropout.inputs": pytest.approx(3 / 13),
        "early.stopping": pytest.approx(1 / 0.3),
        "ESL.ridge": 150.0,
        "ISLP.ridge": 150.0,
        "Ng.L2": 150.0,
        "Nielsen.L2": 150.0,
        "Goodfellow.L2": 0.3,
        "ZouHastie.naive": 0.0,
    }
    assert {name: card[name].value for name in expected} == expected


def test_a_passport_of_chosen_dialects_keeps_their_order():
    card = passport(0.3, 50, only=["torch.AdamW", "sklearn.Ridge"])
    assert [row.dialect.name for row in card.rows] == ["torch.AdamW", "sklearn.Ridge"]
    assert str(card).splitlines()[4:] == [
        "torch.AdamW    weight_decay: none",
        "    its decay is not the gradient of a penalty",
        "sklearn.Ridge  alpha = 15",
        "    n·lam: a sum without its ½; also for RidgeCV's alphas",
    ]
    assert passport(0.3, 50, only=[]).rows == ()
    assert str(passport(0.3, 50, only=[])).endswith("(1 - rho)\n")


@pytest.mark.parametrize("loss", ["squared", "logistic"])
@pytest.mark.parametrize("rho", [0.0, 0.5, 1.0])
def test_a_passport_has_every_dialect_that_holds_the_penalty_and_says_what_convert_says(rho, loss):
    card = passport(0.3, 500, rho=rho, loss=loss, **KNOWN)
    holds = [d for d in dialects() if d.loss == loss and d.holds(rho)]
    assert [row.dialect for row in card.rows] == holds
    for row in [row for row in card.rows if row.dialect.to]:
        there = convert({"lam": 0.3, "rho": rho}, "regcourse", row.dialect.name, loss=loss,
                        n=500, **KNOWN)  # fmt: skip
        read = [limits.read(there[name], name) for name, limits in row.dialect.write.items()]
        assert read == list(row.numbers)


def test_a_lasso_needs_no_deviation_for_glmnet():
    assert passport(0.3, 50, rho=1.0)["glmnet"].words == "lambda = 0.3, alpha = 1"
    assert passport(0.3, 50, rho=0.5)["glmnet"].words == "lambda: needs sd_y"


@pytest.mark.parametrize(
    ("lam", "n", "words"),
    [(0.3, 442, "132.6"), (0.5, 24690, "12345"), (1 / 3, 10, "3.33"), (0.0123456, 100, "1.23"),
     (1 / 3, 10_000, "3333"), (1 / 3, 10_000_000, "3.33e+06"), (0.0, 5, "0")],
)  # fmt: skip
def test_a_number_shows_in_full_if_it_is_short_and_else_to_three_digits(lam, n, words):
    row = passport(lam, n)["sklearn.Ridge"]
    assert row.words == f"alpha = {words}"
    assert row.value == n * lam


@pytest.mark.parametrize(
    ("where", "words"),
    [("torch.AdamW", "weight_decay: none"), ("glmnet", "lambda: needs sd_y"),
     ("prior.Gaussian", "tau2: needs sigma2"), ("early.stopping", "lr · steps ≈ 3.33"),
     ("statsmodels.OLS", "alpha = [0, 0.3, ...], L1_wt = 0")],
)  # fmt: skip
def test_what_is_no_plain_number_says_so(where, words):
    assert passport(0.3, 50)[where].words == words


def test_no_strength_means_a_flat_prior_and_no_stopping():
    card = passport(0.0, 50, sigma2=1.0)
    assert card["prior.Gaussian"].words == "tau2: a flat prior"
    assert card["early.stopping"].words == "lr · steps: never"


def test_a_strength_that_a_dialect_cannot_hold_spoils_no_other_row():
    card = passport(1e40, 1e300)
    assert card["sklearn.Ridge"].words == "alpha: out of its range"
    assert card["keras.L2"].value == 1e40


CARDS = [
    passport(0.3, 442),
    passport(1 / 3, 442, sd_y=77.0, sigma2=1 / 7, batch=64, momentum=0.9, outputs=3, p=10),
    passport(1e-12, 10**6, rho=1.0, sigma2=1.0),
    passport(0.1234567, 442, rho=1 / 3, sd_y=77.0),
    passport(0.3, 442, rho=0.5, loss="logistic"),
]


@pytest.mark.parametrize("card", CARDS, ids=range(len(CARDS)))
def test_as_text_it_is_at_most_sixty_characters_wide_and_holds_everything(card):
    text = str(card)
    assert max(map(len, text.splitlines())) <= 60
    words = text.split()
    for row in card.rows:
        assert {row.dialect.name, f"{row.dialect.name},"} & set(words)
        assert set(row.words.split()) | set(row.dialect.because.split()) <= set(words)
    assert repr(card) == text


def test_the_text_of_a_passport():
    lines = str(passport(0.3, 442, sd_y=77.0, batch=100)).splitlines()
    assert lines[:6] == [
        "The strength lam = 0.3, an L2 penalty",
        "n = 442, sd_y = 77, batch = 100",
        "r = y - b - Xw, l1 = lam·rho, l2 = lam·(1 - rho)",
        "",
        "regcourse                   lam = 0.3, rho = 0",
        "    lam and rho: loss a mean with its ½, penalty with its ½",
    ]
    at = lines.index("torch.AdamW                 weight_decay: none")
    assert lines[at + 1] == "    its decay is not the gradient of a penalty"


def test_dialects_that_say_the_same_stand_together():
    text = str(passport(0.3, 442))
    assert "\nkeras.Adam, keras.AdamW     weight_decay: none\n" in text
    assert (
        "\nskglm.ElasticNet, sklearn.ElasticNet\n"
        "                            alpha = 0.3, l1_ratio = 0\n"
    ) in text


def test_what_knows_no_ridge_is_in_no_passport_of_ridge():
    assert passport(0.3, 50, rho=0.1)["celer.ElasticNet"].words == "alpha = 0.3, l1_ratio = 0.1"
    with pytest.raises(KeyError):
        passport(0.3, 50)["celer.ElasticNet"]


@pytest.mark.parametrize(
    ("rho", "loss", "title"),
    [(1.0, "squared", "The strength lam = 0.3, an L1 penalty"),
     (0.25, "squared", "The strength lam = 0.3, an elastic net with rho = 0.25"),
     (0.0, "logistic", "The strength lam = 0.3, an L2 penalty beside a logistic loss")],
)  # fmt: skip
def test_the_title_says_which_penalty_and_which_loss(rho, loss, title):
    assert str(passport(0.3, 50, rho=rho, loss=loss)).splitlines()[0] == title


def test_what_is_known_is_never_broken_inside_a_number():
    known = {"sd_y": 77.123, "sigma2": 5.4321, "batch": 64, "momentum": 0.9, "outputs": 3, "p": 10}
    lines = str(passport(0.3, 442, **known)).splitlines()
    assert lines[1:3] == [
        "n = 442, sd_y = 77.123, sigma2 = 5.4321, batch = 64,",
        "momentum = 0.9, outputs = 3, p = 10",
    ]


def test_as_html_it_shows_the_same_and_never_changes():
    card = passport(0.3, 50)
    page = card._repr_html_()
    assert page == passport(0.3, 50)._repr_html_()
    names = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>', page)
    assert sorted(", ".join(names).split(", ")) == sorted(row.dialect.name for row in card.rows)
    plain = page.replace("\xa0", " ")
    assert all(f">{escape(row.words)}<" in plain for row in card.rows)
    assert all(f">{escape(row.dialect.because)}<" in page for row in card.rows)
    assert "solver=&quot;lbfgs&quot;" in page
    assert page.count("colspan") == len(names)


@pytest.mark.parametrize("card", CARDS, ids=range(len(CARDS)))
def test_as_html_no_word_is_longer_than_half_a_narrow_page(card):
    # 26 letters of 13 pixels take about half of 400; a no-break space keeps a number by its name.
    text = unescape(re.sub(r"<[^>]+>", " ", card._repr_html_()))
    assert max(map(len, text.split(" "))) <= 26
    assert "word-break:normal" in card._repr_html_()


def test_a_row_that_does_not_exist_is_a_key_error():
    with pytest.raises(KeyError, match="TensorFlow"):
        passport(0.3, 50)["TensorFlow"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [((-1, 5), "lam must be >= 0, got -1.0"), ((1, 0), "n must be > 0, got 0.0")],
)
def test_a_wrong_strength_or_size_is_named(arguments, words):
    with pytest.raises(InvalidInput, match=f"^{words}$"):
        passport(*arguments)


@pytest.mark.parametrize(
    ("given", "words"),
    [({"rho": 1.5}, "rho must be <= 1, got 1.5"), ({"batch": 0}, "batch must be >= 1, got 0"),
     ({"loss": "hinge"}, "loss must be squared or logistic, got 'hinge'"),
     ({"only": ["sklearn.Rigde"]},
      "only must be a dialect, perhaps one of sklearn.Ridge; got 'sklearn.Rigde'"),
     ({"only": ["sklearn.Lasso"]},
      "only must be dialects for rho = 0 and a squared loss, got 'sklearn.Lasso'"),
     ({"only": ["keras.L1", "sklearn.Lasso"], "rho": 1, "loss": "logistic"},
      "only must be dialects for rho = 1 and a logistic loss, got 'sklearn.Lasso'"),
     ({"tau2": 1}, "a quantity must be n, p, sd_y, sigma2")],
)  # fmt: skip
def test_whatever_else_is_wrong_is_named(given, words):
    with pytest.raises(InvalidInput, match=f"^{words}"):
        passport(0.3, 50, **given)


def test_passports_compare_by_what_they_show():
    assert passport(0.3, 50) == passport(0.3, 50) != passport(0.3, 51)
    assert len({passport(0.3, 50), passport(0.3, 50)}) == 1
