import json
import re

import numpy as np
import pytest

from regcourse.checks.codec import from_json
from regcourse.checks.draws import public_seed
from regcourse.checks.outcomes import Raised
from regcourse.checks.released import (
    certified,
    checks_text,
    expected_of,
    public_args,
    released_checks,
    result_of,
)
from regcourse.errors import ExerciseError


@pytest.fixture
def data(thin):
    return released_checks(thin)


def test_the_text_is_utf8_json_with_sorted_keys(thin_checks, data):
    again = json.loads(thin_checks)
    assert again == data
    assert json.dumps(again) == json.dumps(again, sort_keys=True)
    assert thin_checks.endswith("\n")


def test_the_same_exercise_gives_the_same_bytes(thin, thin_checks):
    assert checks_text(released_checks(thin)) == thin_checks


def test_only_public_groups_are_released(data):
    titles = [group["title"] for group in data["questions"]["ridge_fit"]["groups"]]
    assert titles == ["a tall design"]


@pytest.mark.parametrize(
    "secret",
    [
        "points",
        "seed",
        "far from the origin",
        "augmented",
        "Not the first",
        "Because the",
        "absorb",
    ],
)
def test_points_seeds_hidden_groups_and_answers_stay_at_home(thin_checks, secret):
    assert secret not in thin_checks


def test_expected_results_and_mistakes_are_those_of_the_authors_code(thin, data):
    question = thin.questions["ridge_fit"]
    args = public_args(thin, question, question.groups[0])
    released = data["questions"]["ridge_fit"]["groups"][0]["cases"]
    for_first = released[0]
    np.testing.assert_array_equal(from_json(for_first["args"][0]), args[0][0])
    np.testing.assert_array_equal(from_json(for_first["expected"])[1], question(*args[0])[1])
    wrong = question.mistakes[0].function(*args[0])
    np.testing.assert_array_equal(from_json(for_first["mistakes"]["forgets_n"])[1], wrong[1])
    assert len(released) == len(args)


def test_the_public_draw_follows_from_the_names_alone(thin):
    question = thin.questions["ridge_fit"]
    seed = public_seed("90_thin", "ridge_fit", "a tall design")
    again = question.groups[0].draw(np.random.default_rng(seed))
    drawn = public_args(thin, question, question.groups[0])
    np.testing.assert_array_equal(drawn[1][0], again[1][0])


def test_the_order_is_that_of_the_questions(data):
    assert data["order"] == ["ridge_fit", "mean_y", "pick", "draw_trace", "why"]
    assert data["format"] == "regcourse-checks/1"


def test_a_students_own_value_and_a_written_answer_ship_nothing(data):
    assert data["questions"]["mean_y"] == {"kind": "value", "form": "a number"}
    assert data["questions"]["why"] == {"kind": "written"}


def test_a_choice_that_is_not_instant_ships_its_letters_only(loaded):
    choice = 'ex.choice("c", "?", points=1, right="a", options={"a": ("x", "y")}, instant=False)\n'
    data = released_checks(loaded(choice))
    assert data["questions"]["c"] == {"kind": "choice", "options": ["a"]}


VALUE = '@ex.value(points=1)\ndef v():\n    """Set v."""\n    return {}\n'


def test_a_value_ships_as_locked_replies(loaded):
    data = released_checks(loaded(VALUE.format(4.25)))["questions"]["v"]
    assert len(data["replies"]) == 3
    assert data["step"] == pytest.approx(4.25e-6)
    assert "4.25" not in json.dumps(data["replies"])


def test_a_value_that_is_no_number_or_word_is_left_to_the_grader(loaded):
    data = released_checks(loaded(VALUE.format("[1, 2]")))
    assert data["questions"]["v"] == {"kind": "value", "form": "a list"}


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (VALUE.format("1 / 0"), "the reference of v gives no value: Raised"),
        (
            "@ex.data\ndef d(rng):\n    return 3\n@ex.value(points=1, data=d)\ndef v(x):\n"
            '    """Set v."""\n    return x\n',
            "v: its data d must be a tuple, got 3",
        ),
    ],
    ids=["reference", "data"],
)
def test_a_value_that_cannot_be_computed_is_told_at_release(loaded, source, says):
    with pytest.raises(ExerciseError, match=says):
        released_checks(loaded(source))


def test_what_differs_in_the_last_bits_keeps_the_committed_text(thin_checks, data):
    cases = data["questions"]["ridge_fit"]["groups"][0]["cases"]
    cases[0]["expected"]["tuple"][0] *= 1 + 1e-13
    cases[0]["mistakes"]["forgets_n"]["tuple"][1]["array"][0] *= 1 + 1e-13
    assert checks_text(data, thin_checks) == thin_checks


CHANGES = {
    "a number": lambda q: q["groups"][0]["cases"][0]["args"].__setitem__(2, 0.31),
    "a whole number": lambda q: q.__setitem__("rtol", 1),
    "a word": lambda q: q["groups"][0].__setitem__("title", "another"),
    "a list": lambda q: q["groups"][0]["cases"].pop(),
    "a key": lambda q: q.pop("needs"),
    "a shape": lambda q: q["groups"][0]["cases"][0]["args"].__setitem__(
        1, {"array": [1.0], "dtype": "float64", "shape": [1]}
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_real_change_makes_a_new_text(thin_checks, data, change):
    change(data["questions"]["ridge_fit"])
    assert checks_text(data, thin_checks) != thin_checks


def test_a_damaged_earlier_file_is_replaced(thin_checks, data):
    assert checks_text(data, thin_checks[:100]) == thin_checks


def test_too_much_data_is_refused_with_the_size(data):
    data["title"] = "x" * 300_000
    with pytest.raises(ExerciseError, match=r"take 3\d+ bytes, at most 300000 are allowed"):
        checks_text(data)


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


def test_a_dict_with_a_key_called_array_is_compared_like_any_other(data, thin_checks):
    data["title"] = {"dict": {"array": 1}}
    assert checks_text(data, checks_text(data)) == checks_text(data)
    assert checks_text(data, thin_checks) == checks_text(data)


PAIR = '@ex.function()\ndef f(x, t):\n    """Add."""\n    return x + t\n'


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("(2.0,)", "f, 'g': case 1 has 1 argument, and f takes 2 (x, t)"),
        ("(1.0, 2.0, 3.0)", "f, 'g': case 1 has 3 arguments, and f takes 2 (x, t)"),
        ("(len, 2.0)", "the reference of f, 'g' raises TypeError"),
        ("({1: 2.0}, 2.0)", "the reference of f, 'g' raises TypeError"),
    ],
    ids=["too few", "too many", "a function", "a dict"],
)
def test_a_case_that_does_not_fit_is_told_with_its_group(loaded, case, says):
    exercise = loaded(f'{PAIR}@f.cases("g", points=1)\ndef g(rng):\n    return [{case}]\n')
    with pytest.raises(ExerciseError, match=re.escape(says)):
        released_checks(exercise)


@pytest.mark.parametrize(
    ("reference", "mistake", "case", "says"),
    [
        ("1.0", "x", "(len, 2.0)", "f, 'g': a case holds a value of type builtin"),
        ("len", "x", "(1.0, 2.0)", "f, 'g': its reference gives a value of type builtin"),
        (
            "np.ones(2) * 1j",
            "x",
            "(1.0, 2.0)",
            "f, 'g': its reference gives an array of dtype complex128, which cannot be released",
        ),
        ("1.0", "len", "(1.0, 2.0)", "f, 'g': the mistake m gives a value of type builtin"),
        (
            "1.0",
            "1.0",
            "(1j, 2.0)",
            "f, 'g': a case holds a value of type complex, which cannot be",
        ),
    ],
    ids=["a case", "the reference", "complex", "a mistake", "a complex case"],
)
def test_what_cannot_be_released_is_told_with_its_place(loaded, reference, mistake, case, says):
    exercise = loaded(
        f'@ex.function()\ndef f(x, t):\n    """Do."""\n    return {reference}\n'
        f'@f.cases("g", points=1)\ndef g(rng):\n    return [{case}]\n'
        f'@f.mistake("?")\ndef m(x, t):\n    return {mistake}\n'
    )
    with pytest.raises(ExerciseError, match=re.escape(says)) as caught:
        released_checks(exercise)
    assert " at 0x" not in str(caught.value)
