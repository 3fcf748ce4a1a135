import pytest
from hypothesis import given
from hypothesis import strategies as st

from regcourse.questions import hidden_seed, public_seed, rng_of

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
