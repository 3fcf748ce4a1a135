import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regcourse.checks.draws import draw_cases, hidden_seed, public_seed, rng_of
from regcourse.checks.values import Rng, fresh
from regcourse.errors import ExerciseError

SECRET = b"s" * 32
PARTS = ("03_ridge", "ridge_fit", "a tall design")


def test_the_public_seed_never_changes():
    # Released check data were computed from it: another value would contradict every release.
    assert public_seed(*PARTS) == 97542098762714341282739557044338877736


@pytest.mark.parametrize("at", [0, 1, 2])
def test_every_part_of_a_name_changes_the_seed(at):
    other = [*PARTS[:at], "other", *PARTS[at + 1 :]]
    assert public_seed(*other) != public_seed(*PARTS)
    assert hidden_seed(SECRET, *other) != hidden_seed(SECRET, *PARTS)


def test_parts_cannot_be_shifted_into_each_other():
    assert public_seed("a", "bc", "d") != public_seed("ab", "c", "d")


def test_hidden_seeds_depend_on_the_secret_and_on_whose_they_are():
    seeds = {
        hidden_seed(SECRET, *PARTS),
        hidden_seed(SECRET, *PARTS, "student ada"),
        hidden_seed(SECRET, *PARTS, "student bob"),
        hidden_seed(b"t" * 32, *PARTS),
        public_seed(*PARTS),
    }
    assert len(seeds) == 5


@settings(derandomize=True)
@given(st.text(min_size=1))
def test_a_students_data_do_not_depend_on_blanks_around_the_name(name):
    assert rng_of(f"  {name}\t").random() == rng_of(name).random()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada", "aDA"), ("Zoë", "Zoe\u0308"), ("STRASSE", "straße")],
    ids=["case", "accent", "sharp s"],
)
def test_one_student_spelt_in_two_ways_has_one_draw(one, other):
    assert rng_of(one).random() == rng_of(other).random()


def test_two_students_have_two_draws():
    assert rng_of("ada").random() != rng_of("bob").random()


def test_the_same_seed_draws_the_same_cases():
    def draw(rng):
        return [(rng.normal(size=3), 0.5)]

    first, second, other = (draw_cases(draw, seed, "q")[0][0] for seed in (5, 5, 6))
    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(
    ("drawn", "got"),
    [
        ([], "an empty list"),
        ((1, 2), "a tuple"),
        (np.ones((9, 9)), "a matrix"),
        (iter([]), "a list_iterator"),
    ],
    ids=["empty", "tuple", "array", "iterator"],
)
def test_cases_must_be_a_list_of_argument_tuples(drawn, got):
    words = f"^q, 'g' must return a non-empty list of argument tuples, got {got}$"
    with pytest.raises(ExerciseError, match=words):
        draw_cases(lambda rng: drawn, 1, "q, 'g'")


@pytest.mark.parametrize(
    ("drawn", "says"),
    [([1, 2], "case 1 is a number"), ([(1,), np.ones((40, 3))], "case 2 is a matrix")],
    ids=["bare", "array"],
)
def test_a_case_that_is_no_tuple_is_named_and_not_printed(drawn, says):
    words = rf"^q, 'g': {says}, not a tuple of arguments: a single argument is written `\(a,\)`$"
    with pytest.raises(ExerciseError, match=words):
        draw_cases(lambda rng: drawn, 1, "q, 'g'")


def test_cases_that_cannot_be_drawn_are_told_to_the_author():
    with pytest.raises(ExerciseError, match="q, 'g' stops with ZeroDivisionError: division by"):
        draw_cases(lambda rng: [(1 / 0,)], 1, "q, 'g'")


def test_a_generator_argument_is_rebuilt_for_each_call():
    first, second = fresh((Rng(7),)), fresh((Rng(7),))
    assert first[0].random() == second[0].random() == np.random.default_rng(7).random()


def test_fresh_copies_share_nothing_and_can_be_written():
    frozen = np.arange(3.0)
    frozen.setflags(write=False)
    value = {"a": [frozen, (frozen,)], "b": "word"}
    copy = fresh(value)
    copy["a"][0][0] = 9
    copy["a"][1][0][1] = 9
    np.testing.assert_array_equal(frozen, [0, 1, 2])
    assert copy["b"] == "word"
