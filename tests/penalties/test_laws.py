"""What every penalty obeys. Those behind the door are found, and each law runs over all of them."""

import copy
import dataclasses
import inspect
import itertools
import re
import sys
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from regcourse import penalties
from regcourse.errors import InvalidInput
from regcourse.penalties import Penalty

METHODS = {
    "value": ["w"],
    "subgradient": ["w"],
    "subdifferential_distance": ["w", "g"],
    "prox": ["v"],
    "dual": ["u"],
    "fenchel_young": ["w", "u"],
}
FORMULAS = ["value", "subgradient", "distance", "prox", "dual", "Fenchel-Young"]
KINDS = [
    thing
    for thing in (getattr(penalties, name) for name in penalties.__all__)
    if inspect.isclass(thing) and thing is not Penalty
]


def examples(kind):
    """The instances of a penalty that its own file offers."""
    offered = getattr(sys.modules[kind.__module__], "EXAMPLES", ())
    return [example for example in offered if type(example) is kind]


def lacks(kind, offered):
    """What is missing before a penalty can be proved, in words."""
    doc = inspect.getdoc(kind) or ""
    rows = re.findall(r"^    ([\w-]+) {2,}\S", doc, re.MULTILINE)
    sections = re.findall(r"^(\w+)\n-{3,}$", doc, re.MULTILINE)
    fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else []
    frozen = fields and kind.__dataclass_params__.frozen
    constant = [f.name for f in fields if len({getattr(e, f.name) for e in offered}) < 2]
    return [
        *(f"no method {name}" for name in METHODS if not callable(getattr(kind, name, None))),
        *(["it is no frozen dataclass"] if not frozen else []),
        *(f"its docstring has no line for {row}" for row in FORMULAS if row not in rows),
        *(
            f"its docstring has no section {section}"
            for section in ("Parameters", "Raises", "Examples")
            if section not in sections
        ),
        *(["its file has no EXAMPLES of it for the laws to try"] if not offered else []),
        *(f"all of its EXAMPLES have the same {name}" for name in constant if offered),
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_penalty_is_complete(kind):
    assert lacks(kind, examples(kind)) == []


def test_what_a_penalty_lacks_is_told_in_words():
    @dataclasses.dataclass
    class Half:
        """Half a penalty."""

        lam: float

        def value(self, w):
            return 0.0

    assert lacks(Half, []) == [
        *(f"no method {name}" for name in METHODS if name != "value"),
        "it is no frozen dataclass",
        *(f"its docstring has no line for {row}" for row in FORMULAS),
        *(f"its docstring has no section {name}" for name in ("Parameters", "Raises", "Examples")),
        "its file has no EXAMPLES of it for the laws to try",
    ]
    assert lacks(Half, [Half(1.0), Half(1.0)])[-1] == "all of its EXAMPLES have the same lam"


# ---------- laws
PROVABLE = [kind for kind in KINDS if lacks(kind, examples(kind)) == []]
# Zeros are where kinks are.
numbers = st.just(0.0) | st.floats(-100, 100, allow_subnormal=False)
vectors = st.just(np.zeros(3)) | arrays(float, 3, elements=numbers)
# A pull times this is well inside of what the penalty can hold, at its edge, or outside.
factors = st.sampled_from([0.0, 0.4, 1 - 1e-14, 1.01, 2.5])
# Values reach 2 * 3 * 100² / 2, and sums of such numbers round to about 1e-11.
ROUNDING = 1e-9
# A pull of exactly the strength may be rounded out of what the penalty can pull with.
INSIDE = 1 - 1e-14


def law(**drawn):
    """Run a test over every penalty: over its EXAMPLES, and vectors of three weights."""

    def decorate(test):
        def prove(kind, data, **vectors_drawn):
            test(data.draw(st.sampled_from(examples(kind)), label="penalty"), **vectors_drawn)

        prove.__name__, prove.__doc__ = test.__name__, test.__doc__
        proved = settings(max_examples=30)(given(data=st.data(), **drawn)(prove))
        return pytest.mark.parametrize("kind", PROVABLE, ids=lambda kind: kind.__name__)(proved)

    return decorate


@law(a=vectors, b=vectors, t=st.floats(0, 1))
def test_it_is_convex_and_smallest_at_zero(penalty, a, b, t):
    chord = t * penalty.value(a) + (1 - t) * penalty.value(b)
    assert 0 <= penalty.value(t * a + (1 - t) * b) <= chord + ROUNDING
    assert penalty.value(np.zeros(3)) == 0


@law(w=vectors, rival=vectors)
def test_a_subgradient_supports_it_from_below(penalty, w, rival):
    support = penalty.value(w) + penalty.subgradient(w) @ (rival - w)
    assert penalty.value(rival) >= support - ROUNDING


@law(w=vectors)
def test_the_subgradient_is_one_and_the_shortest(penalty, w):
    g = penalty.subgradient(w)
    np.testing.assert_allclose(penalty.subdifferential_distance(w, g), 0, atol=ROUNDING)
    np.testing.assert_allclose(penalty.subdifferential_distance(w, [0, 0, 0]), np.abs(g))


@law(w=vectors, g=vectors, t=st.floats(0, 1))
def test_a_gradient_moved_by_its_distance_is_a_subgradient(penalty, w, g, t):
    # Subgradients are a convex set: the nearest one lies towards any other of them. Had the
    # gradient to move further, the penalty would be least supported in the opposite direction.
    away = g - penalty.subgradient(w)
    nearest = g - np.sign(away) * penalty.subdifferential_distance(w, g)
    assert penalty.value(w + t * away) >= penalty.value(w) + nearest @ (t * away) - ROUNDING


@law(w=vectors, g=vectors, h=vectors)
def test_the_distance_to_the_subdifferential_changes_no_faster_than_the_gradient(penalty, w, g, h):
    change = penalty.subdifferential_distance(w, g) - penalty.subdifferential_distance(w, h)
    assert np.linalg.norm(change) <= np.linalg.norm(g - h) + ROUNDING


@law(v=vectors, step=st.floats(1e-3, 10))
def test_what_a_prox_takes_away_is_the_step_times_a_subgradient(penalty, v, step):
    w = penalty.prox(v, step)
    off = penalty.subdifferential_distance(w, (v - w) / step)
    np.testing.assert_allclose(step * off, 0, atol=ROUNDING)


@law(v=vectors)
def test_a_prox_of_step_zero_is_a_copy_and_of_step_one_the_default(penalty, v):
    still = penalty.prox(v, 0.0)
    np.testing.assert_array_equal(still, v)
    assert not np.shares_memory(still, v)
    np.testing.assert_array_equal(penalty.prox(v), penalty.prox(v, 1.0))


@law(a=vectors, b=vectors, step=factors)
def test_a_prox_is_firmly_non_expansive(penalty, a, b, step):
    moved = penalty.prox(a, step) - penalty.prox(b, step)
    assert moved @ moved <= moved @ (a - b) + ROUNDING


@law(v=vectors, rival=vectors)
def test_moreau_what_a_prox_takes_away_is_the_prox_of_the_conjugate(penalty, v, rival):
    def cost(u):
        return np.square(u - v).sum() / 2 + penalty.dual(u)

    taken, other = v - penalty.prox(v), penalty.subgradient(rival)
    # By less than INSIDE times 100² / 2 a cost may differ.
    assert cost(INSIDE * taken) <= cost(INSIDE * other) + ROUNDING


@law(w=vectors, other=vectors, t=factors, factor=factors)
def test_nothing_earns_more_than_the_conjugate(penalty, w, other, t, factor):
    u = factor * penalty.subgradient(other)
    assert u @ w - penalty.value(w) <= penalty.dual(u) + ROUNDING
    assert u @ (t * other) - penalty.value(t * other) <= penalty.dual(u) + ROUNDING


@law(w=vectors)
def test_a_weight_earns_the_conjugate_of_its_own_pull(penalty, w):
    pull = INSIDE * penalty.subgradient(w)
    assert penalty.dual(pull) == pytest.approx(pull @ w - penalty.value(w), abs=ROUNDING)


@law(w=vectors, other=vectors)
def test_fenchel_young_is_the_sum_of_its_three_terms(penalty, w, other):
    u = INSIDE * penalty.subgradient(other)
    terms = penalty.value(w) + penalty.dual(u) - u @ w
    assert 0 <= penalty.fenchel_young(w, u) == pytest.approx(terms, abs=ROUNDING)


@law(w=vectors, other=vectors, factor=factors)
def test_fenchel_young_is_infinite_where_the_conjugate_is(penalty, w, other, factor):
    u = factor * penalty.subgradient(other)
    assert np.isinf(penalty.fenchel_young(w, u)) == np.isinf(penalty.dual(u))


@law(w=vectors)
def test_fenchel_young_vanishes_at_the_pull_of_a_weight(penalty, w):
    # Infinite, if rounding carried the pull out of the ball that it must lie in.
    assert penalty.fenchel_young(w, INSIDE * penalty.subgradient(w)) < ROUNDING


@law(w=vectors, other=vectors, slack=arrays(float, 3, elements=st.floats(0, 3)))
def test_with_slack_fenchel_young_is_the_largest_within_it(penalty, w, other, slack):
    u = penalty.subgradient(other)
    corners = [u + slack * signs for signs in itertools.product([-1, 1], repeat=3)]
    largest = max(penalty.fenchel_young(w, corner) for corner in corners)
    assert penalty.fenchel_young(w, u, slack) == pytest.approx(largest, rel=1e-12)
    everywhere = penalty.fenchel_young(w, u, slack.max())
    assert everywhere == penalty.fenchel_young(w, u, np.full(3, slack.max()))


# ---------- how it takes its arguments
every_example = pytest.mark.parametrize(
    "penalty", [example for kind in PROVABLE for example in examples(kind)], ids=str
)


def strengths(penalty):
    """The fields that are numbers, with their values."""
    values = {f.name: getattr(penalty, f.name) for f in dataclasses.fields(penalty)}
    return {name: value for name, value in values.items() if isinstance(value, float)}


@every_example
@pytest.mark.parametrize("number", [Fraction, np.float64, np.array], ids=lambda kind: kind.__name__)
def test_a_strength_of_any_type_is_the_same_float(penalty, number):
    of_type = {name: number(value) for name, value in strengths(penalty).items()}
    other = dataclasses.replace(penalty, **of_type)
    assert {type(value) for value in strengths(other).values()} == {float}
    assert (other, hash(other)) == (penalty, hash(penalty))


@every_example
def test_a_strength_in_single_precision_is_computed_with_in_double(penalty):
    single = {name: np.float32(value) for name, value in strengths(penalty).items()}
    double = {name: float(value) for name, value in single.items()}
    w = [1 / 3, -1 / 7, 0.0]
    np.testing.assert_array_equal(
        dataclasses.replace(penalty, **single).subgradient(w),
        dataclasses.replace(penalty, **double).subgradient(w),
    )


@every_example
def test_equal_penalties_are_one_key_and_none_can_be_changed(penalty):
    assert {penalty: "found"}[copy.deepcopy(penalty)] == "found"
    name = dataclasses.fields(penalty)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot assign to field '{name}'"):
        setattr(penalty, name, 2.0)


@every_example
def test_the_vectors_that_it_is_given_are_left_as_they_were(penalty):
    w, u = np.array([2.0, -0.1, 0.0]), np.array([0.3, 5.0, -0.2])
    for name, given_names in METHODS.items():
        getattr(penalty, name)(*[w, u][: len(given_names)])
    np.testing.assert_array_equal([w, u], [[2.0, -0.1, 0.0], [0.3, 5.0, -0.2]])


@every_example
def test_the_largest_vectors_overflow_nowhere(penalty):
    # Warnings are errors in all tests.
    w, u = np.array([1e100, -1e100, 1e-300]), np.array([-1e100, 1e100, 1e-300])
    results = [
        getattr(penalty, name)(*[w, u][: len(given_names)]) for name, given_names in METHODS.items()
    ]
    assert not np.isnan(np.concatenate([np.atleast_1d(result) for result in results])).any()
    assert np.isfinite(penalty.prox(w, 1e100)).all()


@every_example
@pytest.mark.parametrize(
    ("name", "position"),
    [(name, k) for name, given_names in METHODS.items() for k in range(len(given_names))],
)
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ([1.0, np.nan, 0.0], "must be finite"),
        ([[1.0, 2.0, 3.0]], r"must have 1 dimension\(s\)"),
        ([1e101, 1.0, 1.0], "must be at most"),
    ],
)
def test_a_wrong_vector_is_named(penalty, name, position, wrong, message):
    arguments = [[1.0, 2.0, 3.0] for _ in METHODS[name]]
    arguments[position] = wrong
    with pytest.raises(InvalidInput, match=f"^{METHODS[name][position]} {message}"):
        getattr(penalty, name)(*arguments)


@every_example
@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda p: p.prox([1.0, 2.0, 3.0], -1), "step must be >= 0, got -1.0"),
        (lambda p: p.prox([1.0, 2.0, 3.0], 1e101), r"step must be <= 1e\+100"),
        (lambda p: p.subdifferential_distance([1.0, 2.0, 3.0], [1.0]), "g must have 3 entries"),
        (lambda p: p.fenchel_young([1.0, 2.0, 3.0], [1.0]), "u must have 3 entries, got 1"),
        (lambda p: p.fenchel_young([1.0] * 3, [1.0] * 3, -1), "slack must be >= 0, got -1"),
        (lambda p: p.fenchel_young([1.0] * 3, [1.0] * 3, [0, 1]), "slack must have 3 entries"),
    ],
)
def test_other_wrong_arguments_are_named(penalty, call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call(penalty)
