import json
import re
from dataclasses import replace

import numpy as np
import pytest

from regcourse.errors import ExerciseError
from regcourse.questions import (
    ReleasedValue,
    checks_text,
    from_json,
    public_args,
    public_seed,
    read_released,
    released_checks,
)


@pytest.fixture
def data(thin_checks):
    """What the file holds, to be read and to be changed."""
    return json.loads(thin_checks)


def again(data, previous=""):
    """The text of changed check data, where there was a file already."""
    return checks_text(read_released(json.dumps(data)), previous)


def test_the_text_is_utf8_json_with_sorted_keys(thin_checks, data):
    assert json.dumps(data) == json.dumps(data, sort_keys=True)
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
    data = json.loads(checks_text(released_checks(loaded(choice))))
    assert data["questions"]["c"] == {"kind": "choice", "options": ["a"]}


VALUE = '@ex.value(points=1)\ndef v():\n    """Set v."""\n    return {}\n'


def test_a_value_ships_as_locked_replies(loaded):
    replies = released_checks(loaded(VALUE.format(4.25))).questions["v"].replies
    assert len(replies.locked) == 3
    assert replies.step == pytest.approx(4.25e-6)
    assert not any("4.25" in locked for locked in replies.locked)


def test_a_value_that_is_no_number_or_word_is_left_to_the_grader(loaded):
    checks = released_checks(loaded(VALUE.format("[1, 2]")))
    assert checks.questions["v"] == ReleasedValue("v", "a list")


def test_a_mistake_that_ends_in_no_value_has_no_reply(loaded):
    wrong = VALUE.format(4.25) + '@v.mistake("Over what?")\ndef divides():\n    return 1 / 0\n'
    assert len(released_checks(loaded(wrong)).questions["v"].replies.locked) == 3


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
    assert again(data, thin_checks) == thin_checks


CHANGES = {
    "a number": lambda q: q["groups"][0]["cases"][0]["args"].__setitem__(2, 0.31),
    "a whole number": lambda q: q.__setitem__("rtol", 1),
    "a word": lambda q: q["groups"][0].__setitem__("title", "another"),
    "a list": lambda q: q["groups"][0]["cases"].pop(),
    "a name": lambda q: q.__setitem__("needs", ["pick"]),
    "a shape": lambda q: q["groups"][0]["cases"][0]["args"].__setitem__(
        1, {"array": [1.0], "dtype": "float64", "shape": [1]}
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_real_change_makes_a_new_text(thin_checks, data, change):
    change(data["questions"]["ridge_fit"])
    assert again(data, thin_checks) != thin_checks


@pytest.mark.parametrize(
    "previous",
    [lambda text: text[:100], lambda text: text.replace('"needs":[],', "")],
    ids=["cut", "a key less"],
)
def test_a_damaged_earlier_file_is_replaced(thin, thin_checks, previous):
    assert previous(thin_checks) != thin_checks
    assert checks_text(released_checks(thin), previous(thin_checks)) == thin_checks


def test_too_much_data_is_refused_with_the_size(thin):
    large = replace(released_checks(thin), title="x" * 300_000)
    with pytest.raises(ExerciseError, match=r"take 3\d+ bytes, at most 300000 are allowed"):
        checks_text(large)


def test_a_dict_with_a_key_called_array_is_compared_like_any_other(data, thin_checks):
    case = data["questions"]["ridge_fit"]["groups"][0]["cases"][0]
    case["expected"] = {"dict": {"array": 1, "dtype": 2, "shape": 3}}
    text = again(data)
    assert text != thin_checks
    assert again(data, text) == text
    assert again(data, thin_checks) == text


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
        checks_text(released_checks(exercise))
    assert " at 0x" not in str(caught.value)
