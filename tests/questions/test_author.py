"""What the author's own code gives, and what its author is told where it cannot be used."""

import re

import numpy as np
import pytest

from regcourse.errors import ExerciseError
from regcourse.questions import (
    Exercise,
    Raised,
    cases_of,
    certified,
    data_of,
    expected_of,
    result_of,
    value_of,
)


@pytest.fixture
def drawing():
    """A function that makes a question f(x) whose one group g is drawn as told, and that group."""

    def make(draw):
        def f(x):
            """Return x."""
            return x

        question = Exercise("91_own", title="Own").function()(f)
        question.cases("g", points=1)(draw)
        return question, question.groups[0]

    return make


def test_the_same_seed_draws_the_same_cases(drawing):
    drawn = drawing(lambda rng: [(rng.normal(size=3),)])
    first, second, other = (cases_of(*drawn, seed)[0][0] for seed in (5, 5, 6))
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
def test_cases_must_be_a_list_of_argument_tuples(drawing, drawn, got):
    words = f"^f, 'g' must return a non-empty list of argument tuples, got {got}$"
    with pytest.raises(ExerciseError, match=words):
        cases_of(*drawing(lambda rng: drawn), seed=1)


@pytest.mark.parametrize(
    ("drawn", "says"),
    [([1, 2], "case 1 is a number"), ([(1,), np.ones((40, 3))], "case 2 is a matrix")],
    ids=["bare", "array"],
)
def test_a_case_that_is_no_tuple_is_named_and_not_printed(drawing, drawn, says):
    words = rf"^f, 'g': {says}, not a tuple of arguments: a single argument is written `\(a,\)`$"
    with pytest.raises(ExerciseError, match=words):
        cases_of(*drawing(lambda rng: drawn), seed=1)


def test_cases_that_cannot_be_drawn_are_told_to_the_author(drawing):
    with pytest.raises(ExerciseError, match="f, 'g' stops with ZeroDivisionError: division by"):
        cases_of(*drawing(lambda rng: [(1 / 0,)]), seed=1)


def test_a_mistake_may_raise_but_the_reference_must_not(loaded):
    question = loaded(
        '@ex.function()\ndef f(x):\n    """Return 1/x."""\n    return 1 / x\n'
        '@f.cases("g", points=1)\ndef g(rng):\n    return [(0,)]\n'
    ).questions["f"]
    assert result_of(question, question.reference, (0,)).name == "ZeroDivisionError"
    assert isinstance(result_of(question, question.reference, (0,)), Raised)
    with pytest.raises(ExerciseError, match="the reference of f raises ZeroDivisionError: divis"):
        expected_of(question, (0,))


ONE = '@f.cases("g", points=1)\ndef g(rng):\n    return [(2.0,)]\n'


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        ("", "raise SystemExit", "the reference of f ends the process"),
        ("returns=('b',)", "return x, x", "f: returns names b, the reference gives a tuple of 2"),
        ("returns=('b', 'w')", "return x", "f: returns names b, w, the reference gives a number"),
        ("", "return {1: x}", "f: its reference gives a dict with a key that is no string"),
    ],
    ids=["exits", "too many parts", "no parts", "no plain data"],
)
def test_a_reference_must_give_what_the_question_says(loaded, head, body, said):
    question = loaded(f'@ex.function({head})\ndef f(x):\n    """Do."""\n    {body}\n{ONE}')
    with pytest.raises(ExerciseError, match=said):
        expected_of(question.questions["f"], (2.0,))


def _certifies(loaded, body):
    return loaded(
        '@ex.function()\ndef f(x):\n    """Square."""\n    return x * x\n'
        f"{ONE}@f.certificate\ndef certify(args, answer):\n    {body}\n"
    ).questions["f"]


def test_a_certificate_gets_a_list_as_the_array_that_it_stands_for(loaded):
    question = _certifies(loaded, "return (answer * answer).sum() / 100")
    assert certified(question, (2.0,), [6, 8], np.ones(2)) == 1.0


def test_a_certificate_that_is_not_a_number_passes_nobody(loaded):
    question = _certifies(loaded, "return np.nan")
    assert certified(question, (2.0,), 3.0, 4.0) == np.inf


def test_a_certificate_is_not_asked_about_complex_answers_to_real_questions(loaded):
    question = _certifies(loaded, "return 0.0")
    assert certified(question, (2.0,), 3.0 + 1j, 4.0) == np.inf


def test_a_certificate_that_raises_is_no_verdict(loaded):
    question = _certifies(loaded, "return answer.no_such_thing")
    with pytest.raises(ExerciseError) as caught:
        certified(question, (2.0,), 3.0, 4.0)
    assert re.fullmatch(
        r"the certificate certify of f raises AttributeError: 'float' object has no attribute "
        r"'no_such_thing' \(questions\.py, line 13\)",
        str(caught.value),
    )


def test_a_certificate_that_gives_no_number_is_no_verdict(loaded):
    question = _certifies(loaded, "return None")
    words = "^the certificate certify of f gives None, where a number is asked$"
    with pytest.raises(ExerciseError, match=words):
        certified(question, (2.0,), 3.0, 4.0)


def test_a_certificate_cannot_spoil_the_arguments_for_the_next_answer(loaded):
    question = _certifies(loaded, "args[0][:] = 0\n    return 0.0")
    args = (np.ones(3),)
    assert certified(question, args, 3.0, 4.0) == 0.0
    np.testing.assert_array_equal(args[0], [1, 1, 1])


DATA = (
    "@ex.data\ndef d(rng):\n    return {}\n"
    '@ex.value(points=1, data=d)\ndef v(x):\n    """Set v."""\n    return 1 / x\n'
)


def test_a_value_is_computed_from_the_students_own_data(loaded):
    question = loaded(DATA.format("(rng.random(),)")).questions["v"]
    (ada,), (bob,) = data_of(question, "ada"), data_of(question, "bob")
    assert ada != bob
    assert value_of(question, question.reference, "ada") == 1 / ada
    assert value_of(question, lambda x: 2 * x, "bob") == 2 * bob


def test_a_way_to_a_value_may_raise(loaded):
    question = loaded(DATA.format("(0,)")).questions["v"]
    raised = value_of(question, question.reference, "ada")
    assert (type(raised), raised.name) == (Raised, "ZeroDivisionError")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("3", "^v: its data d must be a tuple, got 3$"),
        ("1 / 0", "^v: its data d stop with ZeroDivisionError: division by zero$"),
    ],
    ids=["no tuple", "raises"],
)
def test_data_that_cannot_be_drawn_are_told_to_the_author(loaded, data, says):
    with pytest.raises(ExerciseError, match=says):
        data_of(loaded(DATA.format(data)).questions["v"], "ada")
