import numpy as np
import pytest

from regcourse.checks.judge import Spec, judge
from regcourse.checks.outcomes import Raised, Returned
from regcourse.checks.slips import data_slips, strength_slip

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


def test_a_long_list_of_another_form_is_not_taken_apart(monkeypatch):
    asked = []
    monkeypatch.setattr("regcourse.checks.slips._flat", asked.append)
    answers = [([0.0] * 2, [1.0] * 1000)] * 2
    found = judge(
        SPEC,
        [shrunk(1.0, i) for i in range(2)],
        [Returned(answer) for answer in answers],
        list,
        [*data_slips(SPEC, [shrunk(1.0, i) for i in range(2)]), strength_slip(SPEC, shrunk, SIZES)],
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
        SPEC, VECTORS, [Returned(1e200 + v) for v in VECTORS], list, data_slips(SPEC, VECTORS)
    )
    assert (found.status, found.mistake) == ("failed", "")
