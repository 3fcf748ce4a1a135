from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from regcourse.checks import Spec, data_slips, judge, strength_slip
from regcourse.questions import Raised, Returned

SPEC = Spec(1e-6, 1e-12)
SIZES = [12, 30]


def shrunk(factor, case):
    """Ridge with one direction for each entry: w = z / (1 + strength · factor)."""
    strengths = [np.array([0.3, 0.8, 2.0]), np.array([0.1, 4.0, 1.0])]
    return 1.0, np.array([3.0, -2.0, 5.0]) / (1 + strengths[case] * factor)


FACTORS = {
    "2": (lambda n: 2, "2"),
    "1/2": (lambda n: 0.5, "0.5"),
    "n": (lambda n: n, "n"),
    "1/n": (lambda n: 1 / n, "1/n"),
    "n²": (lambda n: n**2, "n²"),
    "1/n²": (lambda n: 1 / n**2, "1/n²"),
    "twice n": (lambda n: 2 * n, "2 · n"),
    "3": (lambda n: 3, "3"),
    "n over 7": (lambda n: n / 7, "1/7 · n"),
    "an odd one": (lambda n: 1.2341, "1.234"),
}


@pytest.mark.parametrize(("factor", "said"), FACTORS.values(), ids=FACTORS.keys())
def test_another_strength_is_fitted_and_read_as_a_formula(factor, said):
    slip = strength_slip(SPEC, shrunk, SIZES)
    name, sentence = slip([shrunk(factor(n), i) for i, n in enumerate(SIZES)])
    assert name == "another_strength"
    words = f"The answer is right for another strength: {said} times the one that is asked"
    assert sentence == words


def test_an_answer_that_ignores_the_strength_is_not_called_a_millionth_of_it():
    slip = strength_slip(SPEC, shrunk, SIZES)
    name, sentence = slip([shrunk(0.0, i) for i in range(2)])
    assert name == "no_strength"
    assert sentence == "The answer is right for a strength of 0, as if there were no penalty"


@pytest.mark.parametrize("least", [0.0, 1e-8])
def test_a_strength_of_zero_is_said_only_where_zero_gives_the_answer(least):
    # Right for a millionth of the strength, which is far from 0 where the strength is 1e7.
    def large(factor, case):
        return 1.0, np.array([3.0, -2.0]) / (1 + 1e7 * max(factor, least))

    answers = [large(1e-6, 0), large(1e-6, 1)]
    assert strength_slip(SPEC, large, SIZES)(answers) is None


def test_a_strength_of_zero_is_recognised_where_the_reference_has_no_answer_to_it():
    def fails_at_zero(factor, case):
        return shrunk(factor, case) if factor else Raised("LinAlgError")

    slip = strength_slip(SPEC, fails_at_zero, SIZES)
    assert slip([shrunk(0.0, i) for i in range(2)])[0] == "no_strength"


def test_a_small_strength_that_is_no_zero_is_told_as_what_it_is():
    slip = strength_slip(SPEC, shrunk, SIZES)
    assert " 1e-03 times " in slip([shrunk(1e-3, i) for i in range(2)])[1].replace("0.001", "1e-03")


def test_tiny_answers_are_not_taken_for_right_under_another_strength():
    def tiny(factor, case):
        b, w = shrunk(factor, case)
        return 1e-10 * b, 1e-10 * w

    slip = strength_slip(SPEC, tiny, SIZES)
    assert slip([tiny(2.0, case) for case in range(2)])[0] == "another_strength"
    assert slip([(1e-10, 1e-10 * np.array([0.4, -0.1, 0.9]))] * 2) is None


@pytest.mark.parametrize(("off", "found"), [(5e-6, True), (5e-5, False)])
def test_an_answer_is_right_for_another_strength_to_five_digits(off, found):
    slip = strength_slip(SPEC, shrunk, SIZES)
    answers = [shrunk(2.0, case) for case in range(2)]
    # Moved where no strength can follow: in b.
    assert (slip([(b + off, w) for b, w in answers]) is not None) is found


@pytest.mark.parametrize(("apart", "found"), [(1.5e-4, True), (1e-3, False)])
def test_two_cases_share_a_factor_to_four_digits(apart, found):
    # The two lie by half of it from their mean, and the formula holds to 1e-4.
    slip = strength_slip(SPEC, shrunk, SIZES)
    assert (slip([shrunk(2.3, 0), shrunk(2.3 * (1 + apart), 1)]) is not None) is found


def test_a_long_list_of_another_form_is_not_taken_apart(monkeypatch):
    asked = []
    monkeypatch.setattr("regcourse.checks._slips._arrays", asked.append)
    answers = [([0.0] * 2, [1.0] * 1000)] * 2
    found = judge(
        SPEC,
        [shrunk(1.0, i) for i in range(2)],
        [Returned(answer) for answer in answers],
        wrong_ways=list,
        slips=[
            *data_slips(SPEC, [shrunk(1.0, i) for i in range(2)]),
            strength_slip(SPEC, shrunk, SIZES),
        ],
    )
    assert (found.status, asked) == ("failed", [])


@pytest.mark.parametrize(
    ("factor", "scale", "said"),
    [(5e5, 1e-4, "5e+05"), (2e6, 1e-4, None), (3e-6, 1e6, "3e-06"), (5e-7, 1e6, None)],
)
def test_strengths_between_a_millionth_and_a_million_times_the_right_one_are_fitted(
    factor, scale, said
):
    def scaled(factor, case):
        return shrunk(scale * factor, case)

    found = strength_slip(SPEC, scaled, [12, 12])([scaled(factor, i) for i in range(2)])
    assert (found and found[1].split(": ")[1]) == (said and f"{said} times the one that is asked")


@pytest.mark.parametrize("elsewhere", [Raised("LinAlgError"), (1.0, np.ones(7)), "words"])
def test_a_reference_may_fail_or_change_its_form_at_another_strength(elsewhere):
    def partly(factor, case):
        return shrunk(factor, case) if 0.1 < factor < 10 else elsewhere

    slip = strength_slip(SPEC, partly, SIZES)
    assert slip([partly(2.0, case) for case in range(2)])[0] == "another_strength"


def test_strengths_that_follow_no_formula_are_not_named():
    assert strength_slip(SPEC, shrunk, SIZES)([shrunk(2.0, 0), shrunk(7.0, 1)]) is None
    assert strength_slip(SPEC, shrunk, SIZES)([shrunk(2.0, 0), shrunk(1.0, 1)]) is None
    assert strength_slip(SPEC, shrunk, SIZES)([shrunk(2.0, 0), shrunk(0.0, 1)]) is None


def test_an_answer_of_more_than_numbers_has_no_strength():
    def named(factor, case):
        return "ridge", shrunk(factor, case)[1]

    assert strength_slip(SPEC, named, SIZES)([named(2.0, case) for case in range(2)]) is None


def test_two_factors_that_nearly_agree_are_no_formula():
    assert strength_slip(SPEC, shrunk, SIZES)([shrunk(2.0, 0), shrunk(2.1, 1)]) is None


def test_the_right_strength_is_no_slip():
    assert strength_slip(SPEC, shrunk, SIZES)([shrunk(1 + 1e-5, i) for i in range(2)]) is None


def test_where_n_does_not_vary_a_factor_is_only_a_number():
    slip = strength_slip(SPEC, shrunk, [12, 12])
    assert " 12 times " in slip([shrunk(12.0, 0), shrunk(12.0, 1)])[1]


def test_another_formula_is_no_strength():
    slip = strength_slip(SPEC, shrunk, SIZES)
    assert slip([(1.0, shrunk(1.0, i)[1] + 0.01) for i in range(2)]) is None


@pytest.mark.parametrize("answer", [None, "words", (1.0,), (1.0, [np.nan] * 3)], ids=repr)
def test_an_answer_of_another_form_has_no_strength(answer):
    assert strength_slip(SPEC, shrunk, SIZES)([answer, answer]) is None


def test_a_reference_that_fails_elsewhere_is_not_taken_for_an_answer():
    slip = strength_slip(SPEC, lambda factor, case: Raised("LinAlgError"), SIZES)
    assert slip([1.0, 2.0]) is None


def test_an_answer_without_a_strength_costs_one_fit_only():
    calls = []

    def counted(factor, case):
        calls.append(case)
        return shrunk(factor, case)

    strength_slip(SPEC, counted, SIZES)([(0.0, np.ones(3)), (0.0, np.ones(3))])
    assert set(calls) == {0}
    assert len(calls) <= 110


@pytest.mark.parametrize("kind", [Fraction, Decimal], ids=["fractions", "decimals"])
def test_a_strength_is_recognised_in_exact_numbers_too(kind):
    slip = strength_slip(SPEC, shrunk, SIZES)
    pairs = [shrunk(2.0, case) for case in range(2)]
    answers = [(kind(b), [kind(float(x)) for x in w]) for b, w in pairs]
    assert slip(answers)[0] == "another_strength"


def test_complex_answers_have_no_strength():
    slip = strength_slip(SPEC, shrunk, SIZES)
    assert slip([(1.0 + 1j, shrunk(2.0, case)[1]) for case in range(2)]) is None
