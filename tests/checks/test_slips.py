from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from regcourse.checks import Spec, data_slips, judge
from regcourse.questions import Returned

SPEC = Spec(1e-6, 1e-12)
RNG = np.random.default_rng(11)
VECTORS = [RNG.normal(size=4), RNG.normal(size=6)]
MATRICES = [RNG.normal(size=(3, 3)), RNG.normal(size=(2, 5))]
PAIRS = [(2.0, RNG.normal(size=3)), (-1.5, RNG.normal(size=4))]


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
    [
        (2.0, "2"),
        (1 / 3, "1/3"),
        (0.75, "0.75"),
        (-4.0, "-4"),
        (np.pi, "3.142"),
        (0.2, "0.2"),
        (0.125, "0.125"),
        (0.3, "0.3"),
        (1 / 6, "1/6"),
        (-1 / 7, "-1/7"),
        (2 / 9, "2/9"),
        (3 / 11, "3/11"),
        (12 / 5, "2.4"),
        (12 / 7, "12/7"),
        (11 / 12, "11/12"),
        (13 / 7, "1.857"),
        (7 / 13, "0.5385"),
        (3.00028, "3"),
        (3.0004, "3"),
        (3.0008, "3.001"),
        (1 / 3.0004, "0.3333"),
    ],
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
        (1e-3, 1.0099, None),
        (1e-3, 1.0101, "1.01"),
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


def test_one_number_against_one_number_has_no_factor():
    assert recognised([4.0], [8.0]) == []
    assert recognised([4.0, 5.0], [8.0, 10.0]) == ["constant_factor"]


def test_parts_in_the_opposite_order_are_recognised():
    assert recognised(PAIRS, [(w, b) for b, w in PAIRS]) == ["exchanged_parts"]


def test_parts_must_be_exchanged_in_every_case():
    (b, w), right = PAIRS
    assert recognised(PAIRS, [(w, b), right]) == []


def test_only_named_parts_only_vectors_and_only_matrices_have_an_order():
    lists = [[1.0, 2.0], [3.0, 5.0]]
    assert recognised(lists, [some[::-1] for some in lists]) == []
    assert recognised(PAIRS, [(b, np.sort(w)) for b, w in PAIRS]) == []
    assert recognised(MATRICES, [np.sort(m.ravel()).reshape(m.shape) for m in MATRICES]) == []
    cube = [np.arange(8.0).reshape(2, 2, 2)]
    assert recognised(cube, [cube[0].T]) == []


def test_a_symmetric_matrix_is_transposed_as_any_other():
    both = [np.eye(3), MATRICES[0]]
    assert recognised(both, [m.T for m in both]) == ["transposed"]


def test_where_more_than_numbers_is_expected_nothing_is_recognised():
    odd = [np.array([np.nan, 1.0, 2.0]), np.array([3.0, 4.0, 5.0])]
    assert recognised(odd, [2 * v for v in odd]) == []
    named = [("ridge", v) for v in VECTORS]
    assert recognised(named, [(word, 2 * v) for word, v in named]) == []


def test_orders_and_transpositions_must_be_those_of_every_case():
    assert recognised(VECTORS, [np.sort(VECTORS[0]), VECTORS[1] + 1]) == []
    assert recognised(MATRICES, [MATRICES[0].T, MATRICES[1] + 1]) == []


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


def test_enormous_answers_are_judged_without_a_warning():
    found = judge(
        SPEC,
        VECTORS,
        [Returned(1e200 + v) for v in VECTORS],
        wrong_ways=list,
        slips=data_slips(SPEC, VECTORS),
    )
    assert (found.status, found.mistake) == ("failed", "")


@pytest.mark.parametrize("kind", [Fraction, Decimal], ids=["fractions", "decimals"])
def test_a_slip_is_recognised_in_exact_numbers_too(kind):
    answers = [[kind(float(-x)) for x in v] for v in VECTORS]
    assert recognised(VECTORS, answers) == ["opposite_sign"]


def test_complex_answers_have_no_slip():
    assert recognised(VECTORS, [-v + 1j for v in VECTORS]) == []
