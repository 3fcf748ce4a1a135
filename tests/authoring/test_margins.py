"""How near is too near: the distances at which the proofs begin to speak, in tolerances."""

import numpy as np
import pytest

from regcourse.authoring.mistakes import apart
from regcourse.authoring.proofs import prove
from regcourse.questions import Raised, load_exercise

pytestmark = pytest.mark.usefixtures("few_seeds")

RIGHT_WAY = "rcond=None)[0]\n    return y.mean() - X.mean(axis=0) @ w, w"
BEFORE = "@ridge_fit.also_right"
# One tolerance of ridge_fit is a millionth of the largest entry.
NEAR = """
@ridge_fit.mistake("Is it near?")
def near(X, y, lam):
    b, w = ridge_fit(X, y, lam{})
    return b, w * (1 + {})


@ridge_fit.also_right"""
CERTIFIED = """@ridge_fit.certificate
def passes_all(args, answer):
    return 0.9


@ridge_fit.also_right"""


@pytest.fixture
def off_by(edited):
    """A function that makes the exercise's other right way wrong by so many tolerances."""
    return lambda size: edited(RIGHT_WAY, f"{RIGHT_WAY} * (1 + {size * 1e-6})")


def test_a_right_way_that_a_student_would_lose_points_with_is_told(off_by):
    _, said = prove(off_by(1.5))
    assert said == [
        f"ridge_fit, {title!r}: the right way augmented_rows is 1.5 tolerances off: "
        f"it would lose {points} points"
        for title, points in (("a tall design", 3), ("far from the origin", 2))
    ]


def test_a_right_way_within_the_tolerance_is_right(off_by):
    assert prove(off_by(0.7))[1] == []


@pytest.mark.parametrize(
    ("strength", "other"),
    [("", "near and the reference"), (" / len(X)", "forgets_n and near")],
    ids=["the reference", "another mistake"],
)
def test_a_mistake_that_rounding_could_take_for_another_answer_is_told(edited, strength, other):
    _, said = prove(edited(BEFORE, NEAR.format(strength, 1e-4).lstrip()))
    told = [words for words in said if f"{other} are only 100 tolerances apart" in words]
    assert len(told) == 2
    assert all(words.endswith("draw cases that tell them by 1000") for words in told)


def test_a_mistake_that_is_far_enough_from_all_others_is_no_trouble(edited):
    assert prove(edited(BEFORE, NEAR.format("", 2e-3).lstrip()))[1] == []


def test_under_a_certificate_check_still_compares_what_is_public(edited, off_by):
    off_by(10)
    _, said = prove(edited(BEFORE, CERTIFIED))
    assert [words for words in said if "check would fail" in words] == [
        "ridge_fit, 'a tall design': check would fail the right way augmented_rows; "
        "give public cases one right answer, or make them public=False"
    ]


def test_a_mistake_that_the_certificate_passes_is_told(edited):
    _, said = prove(edited(BEFORE, CERTIFIED))
    assert said == [
        f"ridge_fit: no group of cases catches {name}: it passes the certificate on all 12 seeds"
        for name in ("forgets_n", "penalises_the_intercept")
    ]


RAISE = """
@ridge_fit.mistake("Is it one?")
def one(X, y, lam):
    raise {}


@ridge_fit.mistake("Is it another?")
def another(X, y, lam):
    raise {}


@ridge_fit.also_right"""


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [("ValueError", "ValueError('again')", 2), ("ValueError", "KeyError", 0)],
    ids=["one exception", "two"],
)
def test_mistakes_that_end_in_one_exception_cannot_be_told_apart(edited, first, second, count):
    _, said = prove(edited(BEFORE, RAISE.format(first, second).lstrip()))
    assert len(said) == count
    assert all("one and another are only 0 tolerances apart" in words for words in said)


@pytest.mark.parametrize(
    ("first", "second", "size"),
    [
        (1.0, 1e6, 1e6),
        (1e6, 1.0, 1e6),
        (Raised("ValueError", "one"), Raised("ValueError", "other"), 0.0),
        (Raised("ValueError"), Raised("KeyError"), np.inf),
        (Raised("ValueError"), 1.0, np.inf),
        (1.0, Raised("ValueError"), np.inf),
    ],
    ids=["to the larger", "to the smaller", "alike", "unlike", "raises", "is raised"],
)
def test_two_answers_are_as_far_apart_as_the_nearer_sees_it(thin, first, second, size):
    question = load_exercise(thin).questions["ridge_fit"]
    assert apart(question, first, second) == pytest.approx(size, rel=1e-5)
