import numpy as np
import pytest

from regcourse.checks import Spec, WrongWay, judge
from regcourse.questions import Missing, Raised, Returned, Stopped, Unusable

SPEC = Spec(1e-6, 1e-12)
EXPECTED = [np.array([1.0, 2.0]), np.array([3.0, 5.0])]
RIGHT = [Returned(value) for value in EXPECTED]
DOUBLED = WrongWay(
    name="doubles",
    sentence="it doubles",
    hint="Is it twice?",
    results=tuple(2 * e for e in EXPECTED),
)
HALF_WRONG = WrongWay(
    name="odd_case", sentence="odd", hint="?", results=(EXPECTED[0], EXPECTED[1] + 1)
)
RAISES = WrongWay(
    name="divides",
    sentence="it divides",
    hint="By what?",
    results=(EXPECTED[0], Raised("ZeroDivisionError")),
)


def verdict(outcomes, ways=(DOUBLED, HALF_WRONG, RAISES), **options):
    return judge(SPEC, EXPECTED, outcomes, wrong_ways=lambda: ways, **options)


def refuse(*args):
    raise AssertionError("asked without need")


def test_right_answers_pass_and_nobody_is_asked_for_mistakes():
    found = judge(SPEC, EXPECTED, RIGHT, wrong_ways=refuse, slips=[refuse], certify=refuse)
    assert (found.status, found.mistake, found.case) == ("passed", "", None)


def test_a_known_mistake_is_named_with_its_hint_and_the_first_case_that_differs():
    found = verdict([Returned(2 * e) for e in EXPECTED])
    assert (found.status, found.mistake, found.hint) == ("failed", "doubles", "Is it twice?")
    assert found.recognised == "Your results are those of a known mistake: it doubles"
    assert found.said == f"the answer differs. {found.recognised}"
    assert found.case == 0


def test_a_mistake_is_named_only_if_it_fits_every_case():
    found = verdict([Returned(2 * EXPECTED[0]), Returned(3 * EXPECTED[1])])
    assert (found.mistake, found.recognised, found.said) == ("", "", "the answer differs")


def test_a_mistake_that_is_right_on_some_cases_is_named_by_the_others():
    found = verdict([RIGHT[0], Returned(EXPECTED[1] + 1)])
    assert (found.mistake, found.case) == ("odd_case", 1)


def test_a_mistake_may_be_an_exception():
    found = verdict([RIGHT[0], Raised("ZeroDivisionError", "division by zero")])
    assert (found.status, found.mistake) == ("crashed", "divides")
    assert verdict([RIGHT[0], Raised("ValueError")]).mistake == ""


def test_a_listed_mistake_wins_over_a_slip():
    twice = [Returned(2 * e) for e in EXPECTED]

    def slip(answers):
        return ("slip", "It slipped")

    assert verdict(twice, slips=[slip]).mistake == "doubles"
    found = verdict(twice, ways=(), slips=[lambda answers: None, slip])
    assert (found.mistake, found.recognised) == ("slip", "It slipped")


def test_slips_see_answers_only_when_every_call_gave_one():
    found = verdict([Returned(0.0), Raised("ValueError")], slips=[refuse])
    assert found.status == "failed"


OUTCOMES = {
    "unwritten": (Raised("NotImplementedError"), "not attempted", "not written yet"),
    "missing": (Missing(), "not attempted", "nothing of this name stands in the notebook"),
    "a number": (Missing("a number"), "failed", "the name stands for a number, not for an answer"),
    "unusable": (Unusable("an open file"), "failed", "the answer is an open file"),
    "exception": (Raised("ValueError", "no", "line 3: x"), "crashed", "raises ValueError"),
    "None": (Returned(None), "failed", "returns None"),
    "changed": (Returned(EXPECTED[0], ("X", "y")), "failed", "changes its arguments X and y"),
    "time": (Stopped("time"), "timed out", ""),
    "memory": (Stopped("memory"), "crashed", ""),
    "exit": (Stopped("exit"), "crashed", ""),
    "forbidden": (Stopped("forbidden"), "refused", ""),
    "output": (Stopped("output"), "crashed", ""),
}


@pytest.mark.parametrize(("outcome", "status", "words"), OUTCOMES.values(), ids=OUTCOMES.keys())
def test_every_outcome_has_its_status_and_its_words(outcome, status, words):
    found = verdict([outcome, outcome])
    assert found.status == status
    assert words in found.reason
    assert found.reason
    assert found.case == 0


def test_the_exception_is_quoted_with_its_line():
    found = verdict([Raised("ValueError", "no", "line 3: x")] * 2)
    assert found.detail == "ValueError: no (line 3: x)"


def test_unwritten_for_some_cases_only_is_an_attempt():
    found = verdict([RIGHT[0], Raised("NotImplementedError")])
    assert found.status == "crashed"
    assert found.reason == "raises NotImplementedError for some of the cases"


def test_changing_an_argument_fails_even_with_the_right_value():
    found = verdict([RIGHT[0], Returned(EXPECTED[1], ("X",))])
    assert (found.status, found.mistake, found.case) == ("failed", "changes_its_arguments", 1)


def test_a_certificate_passes_what_differs_in_value():
    found = verdict([Returned(e + 1) for e in EXPECTED], certify=lambda case, answer: 1.0)
    assert found.status == "passed"


def test_a_certificate_above_one_fails_and_the_mistake_is_still_named():
    found = verdict(
        [Returned(2 * e) for e in EXPECTED], certify=lambda case, answer: 3.0 if case else 0.5
    )
    assert (found.status, found.mistake, found.case) == ("failed", "doubles", 1)
    assert found.detail == "3"


def test_a_certificate_is_never_asked_about_an_answer_of_the_wrong_form():
    found = verdict([Returned(e[:, None]) for e in EXPECTED], certify=refuse)
    assert "a column of shape (n, 1)" in found.reason


def test_a_changed_argument_is_told_before_a_listed_mistake():
    found = verdict([Returned(2 * e, ("X",)) for e in EXPECTED])
    assert found.mistake == "changes_its_arguments"
