"""What every loss obeys. Those behind the door are found, and each law runs over all of them."""

import copy
import dataclasses
import inspect
import re
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from regcourse import losses
from regcourse.errors import InvalidInput
from regcourse.losses import Loss

METHODS = {
    "value": ["eta"],
    "gradient": ["eta"],
    "dual": ["theta"],
    "balanced": ["theta"],
    "fenchel_young": ["eta", "theta"],
}
FORMULAS = ["value", "gradient", "dual", "balanced", "Fenchel-Young"]
KINDS = [
    thing
    for thing in (getattr(losses, name) for name in losses.__all__)
    if inspect.isclass(thing) and thing is not Loss
]


def examples(kind):
    """Instances of a loss, each with targets that it takes, as its own file offers them."""
    offered = getattr(sys.modules[kind.__module__], "EXAMPLES", ())
    return [(loss, np.array(y)) for loss, y in offered if type(loss) is kind]


def lacks(kind, offered):
    """What is missing before a loss can be proved, in words."""
    doc = inspect.getdoc(kind) or ""
    rows = re.findall(r"^    ([\w-]+) {2,}\S", doc, re.MULTILINE)
    sections = re.findall(r"^(\w+)\n-{3,}$", doc, re.MULTILINE)
    frozen = dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen
    needed = [*METHODS, "smoothness", "of_residuals"]
    return [
        *(f"no member {name}" for name in needed if not hasattr(kind, name)),
        *(["it is no frozen dataclass"] if not frozen else []),
        *(f"its docstring has no line for {row}" for row in FORMULAS if row not in rows),
        *(
            f"its docstring has no section {section}"
            for section in ("Raises", "Examples")
            if section not in sections
        ),
        *(["its file has no EXAMPLES of it for the laws to try"] if not offered else []),
        *(["its EXAMPLES are not of three targets"] if {len(y) for _, y in offered} - {3} else []),
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_loss_is_complete(kind):
    assert lacks(kind, examples(kind)) == []


def test_what_a_loss_lacks_is_told_in_words():
    class Half:
        """Half a loss."""

        smoothness = 1.0

        def value(self, eta, y, sample_weight=None):
            return 0.0

    assert lacks(Half, []) == [
        *(f"no member {name}" for name in METHODS if name != "value"),
        "no member of_residuals",
        "it is no frozen dataclass",
        *(f"its docstring has no line for {row}" for row in FORMULAS),
        *(f"its docstring has no section {name}" for name in ("Raises", "Examples")),
        "its file has no EXAMPLES of it for the laws to try",
    ]
    assert lacks(Half, [(Half(), [1.0])])[-1] == "its EXAMPLES are not of three targets"


# ---------- laws
PROVABLE = [kind for kind in KINDS if lacks(kind, examples(kind)) == []]
vectors = arrays(float, 3, elements=st.floats(-50, 50, allow_subnormal=False))
weights = st.sampled_from([(1, 1, 1), (2, 1, 3), (0.5, 4, 0.25)])
# Values reach 80² / 2; in a conjugate they are divided by weights down to 1/16 of the largest.
ROUNDING = 1e-9


def law(**drawn):
    """Run a test over every loss: over its EXAMPLES with their targets, and sample weights."""

    def decorate(test):
        def prove(kind, data, v, **vectors_drawn):
            loss, y = data.draw(st.sampled_from(examples(kind)), label="loss and targets")
            test(loss, y, np.array(v, dtype=float), **vectors_drawn)

        prove.__name__, prove.__doc__ = test.__name__, test.__doc__
        proved = settings(max_examples=30)(given(data=st.data(), v=weights, **drawn)(prove))
        return pytest.mark.parametrize("kind", PROVABLE, ids=lambda kind: kind.__name__)(proved)

    return decorate


@law(eta=vectors, s=vectors)
def test_it_lies_above_its_tangents_and_curves_no_more_than_it_says(loss, y, v, eta, s):
    tangent = loss.value(eta, y, v) + loss.gradient(eta, y, v) @ (s - eta)
    bend = loss.smoothness / 2 * (v @ np.square(s - eta)) / v.sum()
    assert tangent - ROUNDING <= loss.value(s, y, v) <= tangent + bend + ROUNDING
    assert loss.value(eta, y, v) >= 0


@law(eta=vectors, other=vectors)
def test_nothing_earns_more_than_the_conjugate(loss, y, v, eta, other):
    theta = loss.gradient(other, y, v)
    assert theta @ eta - loss.value(eta, y, v) <= loss.dual(theta, y, v) + ROUNDING


@law(eta=vectors)
def test_predictions_earn_the_conjugate_of_their_own_gradient(loss, y, v, eta):
    theta = loss.gradient(eta, y, v)
    assert loss.dual(theta, y, v) == pytest.approx(
        theta @ eta - loss.value(eta, y, v), abs=ROUNDING
    )
    assert loss.fenchel_young(eta, theta, y, v) < ROUNDING


@law(eta=vectors, other=vectors)
def test_fenchel_young_is_the_sum_of_its_three_terms(loss, y, v, eta, other):
    theta = loss.gradient(other, y, v)
    terms = loss.value(eta, y, v) + loss.dual(theta, y, v) - theta @ eta
    assert 0 <= loss.fenchel_young(eta, theta, y, v) == pytest.approx(terms, abs=ROUNDING)


@law(eta=vectors, share=st.floats(0, 1))
def test_a_balanced_gradient_sums_to_zero_and_has_a_finite_conjugate(loss, y, v, eta, share):
    balanced = loss.balanced(loss.gradient(eta, y, v), y, v)
    assert balanced.sum() == pytest.approx(0, abs=ROUNDING)
    np.testing.assert_allclose(loss.balanced(balanced, y, v), balanced, atol=ROUNDING)
    # So have all parts of it, which certificates try.
    assert np.isfinite(loss.dual(share * balanced, y, v))


@law(eta=vectors)
def test_a_row_of_weight_k_counts_like_k_rows(loss, y, v, eta):
    whole = (4 * v).astype(int)
    eta_long, y_long = np.repeat(eta, whole), np.repeat(y, whole)
    assert loss.value(eta, y, v) == pytest.approx(loss.value(eta_long, y_long), rel=1e-12)
    theta, theta_long = loss.gradient(eta, y, v), loss.gradient(eta_long, y_long)
    starts = np.cumsum(whole) - whole
    np.testing.assert_allclose(theta, np.add.reduceat(theta_long, starts), atol=1e-12)
    assert loss.dual(theta, y, v) == pytest.approx(loss.dual(theta_long, y_long), abs=ROUNDING)
    balanced = loss.balanced(theta_long, y_long)
    np.testing.assert_allclose(
        loss.balanced(theta, y, v), np.add.reduceat(balanced, starts), atol=1e-12
    )


@law(eta=vectors, other=vectors, gone=st.integers(0, 2))
def test_a_row_of_weight_zero_is_not_there(loss, y, v, eta, other, gone):
    rest = np.arange(3) != gone
    v = np.where(rest, v, 0.0)
    theta = loss.gradient(other, y, v)
    assert theta[gone] == 0.0
    pairs = [
        (loss.value(eta, y, v), loss.value(eta[rest], y[rest], v[rest])),
        (loss.dual(theta, y, v), loss.dual(theta[rest], y[rest], v[rest])),
        (
            loss.fenchel_young(eta, theta, y, v),
            loss.fenchel_young(eta[rest], theta[rest], y[rest], v[rest]),
        ),
    ]
    np.testing.assert_allclose(*np.transpose(pairs), rtol=1e-12, atol=ROUNDING)
    theta[gone] = 0.1
    assert loss.dual(theta, y, v) == loss.fenchel_young(eta, theta, y, v) == np.inf


@law(eta=vectors, shift=st.sampled_from([-7.0, 0.25, 32.0]))
def test_a_loss_of_residuals_depends_on_nothing_else(loss, y, v, eta, shift):
    moved = shift * loss.of_residuals
    assert loss.value(eta + moved, y + moved, v) == pytest.approx(loss.value(eta, y, v), rel=1e-9)


# ---------- how it takes its arguments
every_example = pytest.mark.parametrize(
    ("loss", "y"), [pair for kind in PROVABLE for pair in examples(kind)], ids=str
)


@every_example
def test_without_weights_every_row_counts_once(loss, y):
    eta, theta = np.array([2.0, -1.0, 0.5]), loss.gradient([0.3, 1.0, -2.0], y)
    given_names = {"eta": eta, "theta": theta}
    for name, needed in METHODS.items():
        arguments = [*(given_names[one] for one in needed), y]
        plain = getattr(loss, name)(*arguments)
        np.testing.assert_array_equal(plain, getattr(loss, name)(*arguments, [1, 1, 1]))
    np.testing.assert_array_equal(eta, [2.0, -1.0, 0.5])


@every_example
def test_equal_losses_are_one_key(loss, y):
    assert {loss: "found"}[copy.deepcopy(loss)] == "found"


@every_example
@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize(
    ("position", "wrong", "message"),
    [
        (0, [1.0, np.nan, 0.0], "must be finite"),
        (0, [1.0, 2.0], "must have 3 entries, got 2"),
        (-2, [np.inf, 0.0, 1.0], "must be finite"),
        (-1, [1.0, -1.0, 0.0], "must be >= 0, got -1"),
        (-1, [1.0, 1.0], "must have 3 entries, got 2"),
    ],
)
def test_a_wrong_vector_is_named(loss, y, name, position, wrong, message):
    names = [*METHODS[name], "y", "sample_weight"]
    arguments = [*([0.1, -0.1, 0.0] for _ in METHODS[name]), y, [1.0, 2.0, 1.0]]
    arguments[position] = wrong
    with pytest.raises(InvalidInput, match=f"^{names[position]} {message}"):
        getattr(loss, name)(*arguments)
