from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from regcourse.checks import Spec, data_slips, judge, strength_slip
from regcourse.questions import Raised, Returned

SPEC = Spec(1e-6, 1e-12)
RNG = np.random.default_rng(11)
VECTORS = [RNG.normal(size=4), RNG.normal(size=6)]
MATRICES = [RNG.normal(size=(3, 3)), RNG.normal(size=(2, 5))]
PAIRS = [(2.0, RNG.normal(size=3)), (-1.5, RNG.normal(size=4))]
SIZES = [12, 30]


def recognised(expected, answers):
    """The names of the data slips that recognise these answers."""
    found = [slip(answers) for slip in data_slips(SPEC, expected)]
    return [name for name, _ in filter(None, found)]


def words(expected, answers):
    return next(slip(answers) for slip in data_slips(SPEC, expected) if slip(answers))[1]


def test_the_opposite_sign_is_recognised():
    assert recognised(VECTORS, [-v for v in VECTORS]) == ["opposite_sign"]


@pytest.mark.parametrize(
    ("factor", "said"),
    [(2.0, "2"), (1 / 3, "1/3"), (0.75, "0.75"), (-4.0, "-4"), (np.pi, "3.142")],
)
def test_a_constant_factor_is_recognised_and_read(factor, said):
    answers = [factor * v for v in VECTORS]
    assert recognised(VECTORS, answers) == ["constant_factor"]
    assert words(VECTORS, answers) == f"Every number is {said} times the right one"


def test_a_factor_that_changes_between_cases_is_none():
    assert recognised(VECTORS, [2 * VECTORS[0], 3 * VECTORS[1]]) == []


@pytest.mark.parametrize("factor", [-1.0, 2.0])
@pytest.mark.parametrize("small", [1.0, 1e-3, 1e-9])
def test_a_factor_must_hold_in_a_small_case_as_in_a_large_one(factor, small):
    # Beside numbers of 1e6, whatever the small case holds is within the tolerance.
    expected = [1e6 * VECTORS[0], small * VECTORS[1]]
    assert recognised(expected, [factor * expected[0], factor * expected[1]]) != []
    assert recognised(expected, [factor * expected[0], expected[1]]) == []
    assert recognised(expected, [factor * expected[0], -3.0 * factor * expected[1]]) == []


@pytest.mark.parametrize("factor", [-1.0, 2.0])
def test_a_factor_must_hold_in_a_small_part_as_in_a_large_one(factor):
    pairs = [(1e6 * b, w) for b, w in PAIRS]
    assert recognised(pairs, [(factor * b, factor * w) for b, w in pairs]) != []
    assert recognised(pairs, [(factor * b, w) for b, w in pairs]) == []


def test_a_factor_is_not_lost_where_the_first_case_is_the_small_one():
    expected = [1e-6 * VECTORS[0], 1e6 * VECTORS[1]]
    assert recognised(expected, [2.0 * v for v in expected]) == ["constant_factor"]


@pytest.mark.parametrize("factor", [1 + 9e-5, 1 - 9e-5, -1 - 9e-5, -1 + 9e-5, 1 + 2e-6])
def test_nearly_right_is_no_factor(factor):
    assert recognised(VECTORS, [factor * v for v in VECTORS]) == []


@pytest.mark.parametrize("factor", [1 + 2e-4, 1 - 2e-4, -1 - 2e-4, -1 + 2e-4])
def test_a_factor_is_told_once_it_is_seen_in_four_digits(factor):
    answers = [factor * v for v in VECTORS]
    assert words(VECTORS, answers) == f"Every number is {factor:.4g} times the right one"


@pytest.mark.parametrize(
    ("rtol", "factor", "said"),
    [
        (1e-3, 1.009, None),
        (1e-3, -1.009, None),
        (1e-3, 1.02, "1.02"),
        (1e-3, 2.0004, "2"),
        (1e-3, 3.14159, "3.14"),
        (1e-5, 3.14159, "3.142"),
        (1e-9, 3.14159265, "3.142"),
    ],
)
def test_where_answers_may_be_coarse_a_factor_has_fewer_digits(rtol, factor, said):
    spec = Spec(rtol, 1e-12)
    found = [slip([factor * v for v in VECTORS]) for slip in data_slips(spec, VECTORS)]
    sentences = [sentence for _, sentence in filter(None, found)]
    assert sentences == ([f"Every number is {said} times the right one"] if said else [])


def test_a_sign_is_told_as_exactly_as_the_question_asks():
    spec = Spec(1e-3, 1e-12)
    answers = [-1.0004 * v for v in VECTORS]
    assert [s(answers) for s in data_slips(spec, VECTORS) if s(answers)] == [
        ("opposite_sign", "The answer is right but for its sign")
    ]


@pytest.mark.parametrize("spread", [0.0, 1e-9, 9e-4])
def test_numbers_that_are_all_alike_may_be_shifted_as_well_as_multiplied(spread):
    alike = [5.0 * (1 + spread * np.linspace(0, 1, 4))]
    assert recognised(alike, [2 * alike[0]]) == []
    assert recognised(alike, [-alike[0]]) == []


def test_numbers_that_vary_by_some_thousandths_have_a_factor():
    varied = [5.0 * (1 + 1.2e-3 * np.linspace(0, 1, 4))]
    assert recognised(varied, [2 * varied[0]]) == ["constant_factor"]


@pytest.mark.parametrize(("factor", "name"), [(1.1e-9, True), (0.9e-9, False)])
def test_what_is_as_good_as_nothing_is_no_multiple(factor, name):
    large = [1e9 * v for v in VECTORS]
    assert (recognised(large, [factor * v for v in large]) == ["constant_factor"]) is name
    assert (recognised(VECTORS, [v / factor for v in VECTORS]) == ["constant_factor"]) is name


@pytest.mark.parametrize("noise", [0.0, 5e-13])
def test_zeros_stay_zeros_under_any_factor(noise):
    expected = [np.zeros(3), VECTORS[0]]
    answers = [np.full(3, noise), 2 * VECTORS[0]]
    assert recognised(expected, answers) == ["constant_factor"]
    assert recognised(expected, [np.full(3, 5e-12), 2 * VECTORS[0]]) == []


def test_in_tiny_numbers_a_factor_is_as_exact_as_in_others():
    tiny = [VECTORS[0], 1e-13 * VECTORS[1]]
    assert recognised(tiny, [2 * tiny[0], 2 * tiny[1]]) == ["constant_factor"]
    assert recognised(tiny, [2 * tiny[0], 2.1 * tiny[1]]) == []


@pytest.mark.parametrize("kind", [Fraction, Decimal], ids=["fractions", "decimals"])
def test_a_slip_is_recognised_in_exact_numbers_too(kind):
    answers = [[kind(float(-x)) for x in v] for v in VECTORS]
    assert recognised(VECTORS, answers) == ["opposite_sign"]
    slip = strength_slip(SPEC, shrunk, SIZES)
    pairs = [shrunk(2.0, case) for case in range(2)]
    answers = [(kind(b), [kind(float(x)) for x in w]) for b, w in pairs]
    assert slip(answers)[0] == "another_strength"


def test_complex_answers_have_no_slip():
    assert recognised(VECTORS, [-v + 1j for v in VECTORS]) == []
    slip = strength_slip(SPEC, shrunk, SIZES)
    assert slip([(1.0 + 1j, shrunk(2.0, case)[1]) for case in range(2)]) is None


def test_one_number_against_one_number_has_no_factor():
    assert recognised([4.0], [8.0]) == []
    assert recognised([4.0, 5.0], [8.0, 10.0]) == ["constant_factor"]


def test_parts_in_the_opposite_order_are_recognised():
    assert recognised(PAIRS, [(w, b) for b, w in PAIRS]) == ["exchanged_parts"]


def test_another_order_is_recognised():
    assert recognised(VECTORS, [np.sort(v) for v in VECTORS]) == ["another_order"]


def test_a_transposed_matrix_is_recognised():
    assert recognised(MATRICES, [m.T for m in MATRICES]) == ["transposed"]


@pytest.mark.parametrize(
    "answers",
    [
        [v[:, None] for v in VECTORS],
        [np.append(v, 0) for v in VECTORS],
        [v + 1 for v in VECTORS],
        ["words", None],
        [[[1.0], [2.0, 3.0]], {}],
        [np.full(4, np.nan), np.full(6, np.nan)],
        [np.zeros(4), np.zeros(6)],
    ],
    ids=["columns", "longer", "moved", "no numbers", "ragged", "NaN", "zeros"],
)
def test_whatever_else_is_wrong_is_not_called_a_slip(answers):
    assert recognised(VECTORS, answers) == []


@pytest.mark.parametrize(
    "answers",
    [["words"] * 2, [[[1.0], [2.0, 3.0]]] * 2, [None] * 2, [1.0] * 2],
    ids=["words", "ragged", "nothing", "number"],
)
@pytest.mark.parametrize("expected", [MATRICES, PAIRS], ids=["matrices", "pairs"])
def test_odd_answers_raise_nothing(expected, answers):
    assert recognised(expected, answers) == []


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
    "3": (lambda n: 3, "3"),
    "n over 7": (lambda n: n / 7, "1/7 · n"),
    "an odd one": (lambda n: 1.2341, "1.234"),
}


@pytest.mark.parametrize(("factor", "said"), FACTORS.values(), ids=FACTORS.keys())
def test_another_strength_is_fitted_and_read_as_a_formula(factor, said):
    slip = strength_slip(SPEC, shrunk, SIZES)
    name, sentence = slip([shrunk(factor(n), i) for i, n in enumerate(SIZES)])
    assert name == "another_strength"
    assert f" {said} times the one that is asked" in sentence


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


def test_strengths_that_follow_no_formula_are_not_named():
    assert strength_slip(SPEC, shrunk, SIZES)([shrunk(2.0, 0), shrunk(7.0, 1)]) is None


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


def test_enormous_answers_are_judged_without_a_warning():
    found = judge(
        SPEC,
        VECTORS,
        [Returned(1e200 + v) for v in VECTORS],
        wrong_ways=list,
        slips=data_slips(SPEC, VECTORS),
    )
    assert (found.status, found.mistake) == ("failed", "")
