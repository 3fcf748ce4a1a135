"""Check data that are not whole are refused, and the part that is wrong is named."""

import json
import re
from functools import reduce

import numpy as np
import pytest

from regcourse.errors import InvalidInput
from regcourse.questions import (
    ReleasedWritten,
    checks_text,
    read_released,
    released_checks,
)

VALUE = (
    '@ex.value(points=1)\ndef v():\n    """Set v."""\n    return 4.25\n'
    '@v.mistake("Which way round?")\ndef is_turned_over():\n    return 4 / 17\n'
)
GONE = object()


def altered(text, path, value):
    """The file with one part set to `value`, or without it."""
    data = json.loads(text)
    *way, last = path
    place = reduce(lambda part, key: part[key], way, data)
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return json.dumps(data)


FIT = ("questions", "ridge_fit")
TRACE = ("questions", "draw_trace")
PICK = ("questions", "pick")
CASE = (*FIT, "groups", 0, "cases", 0)
LARGE = {"array": [300], "dtype": "int8", "shape": [1]}
DAMAGED = {
    "another version": (("format",), "regcourse-checks/2", "format of the file must be 'regco"),
    "no version": (("format",), GONE, "the file must have format"),
    "no name": (("exercise",), GONE, "the file must have exercise"),
    "a number as name": (("exercise",), 3, "exercise of the file must be text, got 3"),
    "a number as title": (("title",), 3, "title of the file must be text, got 3"),
    "no order": (("order",), GONE, "the file must have order"),
    "an order in one word": (("order",), "why", "order of the file must be a list, got 'why'"),
    "a number in the order": (("order", 0), 3, "entry 1 of order of the file must be text, got 3"),
    "a question too few": (("questions", "why"), GONE, "must be each question once, got ['ridge_"),
    "one in the order twice": (("order", 4), "pick", "must be each question once"),
    "two of one in the order": (
        ("order",),
        ["ridge_fit", "mean_y", "pick", "draw_trace", "why", "why"],
        "must be each question once",
    ),
    "a list of questions": (("questions",), [], "questions of the file must be an object, got []"),
    "a number as question": (PICK, 3, "pick of questions of the file must be an object, got 3"),
    "no kind": ((*PICK, "kind"), GONE, "pick of questions of the file must have kind"),
    "an unknown kind": ((*PICK, "kind"), "essay", "one of function, figure, value, choice, writ"),
    "a kind that is no text": ((*PICK, "kind"), ["choice"], "must be text, got ['choice']"),
    "a function that draws": ((*FIT, "vocabulary"), ["lines"], "and empty for a function, got"),
    "a figure without facts": ((*TRACE, "vocabulary"), [], "must be what is compared of a figure"),
    "no facts": ((*TRACE, "vocabulary"), None, "vocabulary of draw_trace of questions of the fi"),
    "an unknown fact": ((*TRACE, "vocabulary", 0), "colour", "must be what is compared of a fig"),
    "no tolerance": ((*FIT, "rtol"), GONE, "must have rtol"),
    "a tolerance in words": ((*FIT, "rtol"), "1", "rtol of ridge_fit of questions of the file mu"),
    "a negative tolerance": ((*FIT, "atol"), -1.0, "must be a number >= 0, got -1.0"),
    "an infinite tolerance": ((*FIT, "atol"), float("inf"), "must be a number >= 0, got inf"),
    "an endless tolerance": ((*FIT, "atol"), 10**400, "check data must be JSON: int too large"),
    "a true tolerance": ((*FIT, "atol"), True, "must be a number >= 0, got True"),
    "parts in one word": ((*FIT, "returns"), "bw", "must be a list, got 'bw'"),
    "a number needed": ((*FIT, "needs"), [3], "entry 1 of needs of ridge_fit"),
    "a mistake in short": ((*FIT, "mistakes", "forgets_n"), "n", "must be an object, got 'n'"),
    "a sentence that is a number": ((*FIT, "mistakes", "forgets_n", "says"), 3, "must be text"),
    "no sentence": ((*FIT, "mistakes", "forgets_n", "says"), GONE, "must have says"),
    "no hint": ((*FIT, "mistakes", "forgets_n", "hint"), None, "must be text, got None"),
    "an unknown mistake": ((*CASE, "mistakes", "other"), 1, "must be one result for each mistake"),
    "no result of one": ((*CASE, "mistakes", "forgets_n"), GONE, "must be one result for each"),
    "no title": ((*FIT, "groups", 0, "title"), GONE, "entry 1 of groups of ridge_fit"),
    "no cases": ((*FIT, "groups", 0, "cases"), [], "must be at least one case, got []"),
    "one argument": ((*CASE, "args"), 3, "args of entry 1 of cases of entry 1 of groups"),
    "nothing expected": ((*CASE, "expected"), GONE, "must have expected"),
    "an unknown value": ((*CASE, "expected"), {"set": [1]}, "hold what is no value: {'set': [1]}"),
    "an odd number": ((*CASE, "args", 0), {"float": "x"}, "hold what is no value: could not"),
    "a torn array": ((*CASE, "args", 0, "array", 0), GONE, "hold what is no value: cannot reshape"),
    "an array of no shape": ((*CASE, "args", 0, "shape"), GONE, "hold what is no value: "),
    "an array too large": ((*CASE, "args", 0), LARGE, "hold what is no value: "),
    "a tuple of nothing": ((*CASE, "args", 0), {"tuple": 3}, "hold what is no value: "),
    "a dict of nothing": ((*CASE, "args", 0), {"dict": 3}, "hold what is no value: "),
    "an array of no type": ((*CASE, "args", 0, "dtype"), "O", "hold what is no value: an array of"),
    "a generator of words": ((*CASE, "args", 0), {"rng": "x"}, "no value: 'x' is no seed"),
    "a generator of none": ((*CASE, "args", 0), {"rng": None}, "no value: None is no seed"),
    "a true generator": ((*CASE, "args", 0), {"rng": True}, "no value: True is no seed"),
    "a generator below 0": ((*CASE, "args", 0), {"rng": -1}, "no value: -1 is no seed"),
    "no form": (("questions", "mean_y", "form"), GONE, "mean_y of questions of the file must hav"),
    "letters in one word": ((*PICK, "options"), "ab", "must be a list, got 'ab'"),
    "a reply too few": ((*PICK, "replies", "a"), GONE, "must be one for each option"),
    "a reply that is open": (
        (*PICK, "replies", "a"),
        "Oh, no, that was not so.",
        "must be a locked reply, got 'Oh, no",
    ),
    "an empty reply": ((*PICK, "replies", "a"), "", "must be a locked reply, got ''"),
    "no salt": ((*PICK, "salt"), GONE, "must have salt"),
}


@pytest.mark.parametrize(("path", "value", "says"), DAMAGED.values(), ids=DAMAGED.keys())
def test_what_a_check_will_look_up_is_there_and_of_its_kind(thin_checks, path, value, says):
    with pytest.raises(InvalidInput, match=re.escape(says)) as caught:
        read_released(altered(thin_checks, path, value))
    assert str(caught.value).startswith("check data")


V = ("questions", "v")
DAMAGED_VALUE = {
    "no step": ((*V, "step"), GONE, "must have step"),
    "a step of nothing": ((*V, "step"), 0, "step of v of questions of the file must be above 0"),
    "no salt": ((*V, "salt"), GONE, "must have salt"),
    "one reply": ((*V, "replies"), "cmVn", "must be a list, got 'cmVn'"),
    "an open reply": ((*V, "replies", 0), "right", "must be a locked reply, got 'right'"),
}


@pytest.mark.parametrize(
    ("path", "value", "says"), DAMAGED_VALUE.values(), ids=DAMAGED_VALUE.keys()
)
def test_the_replies_to_a_value_can_be_opened(loaded, path, value, says):
    text = checks_text(released_checks(loaded(VALUE)))
    with pytest.raises(InvalidInput, match=re.escape(says)):
        read_released(altered(text, path, value))


@pytest.mark.parametrize(
    ("text", "says"),
    [("{", "check data must be JSON: Expecting"), ("[1]", "the file must be an object, got [1]")],
    ids=["cut", "a list"],
)
def test_what_is_no_object_of_json_is_no_check_data(text, says):
    with pytest.raises(InvalidInput, match=re.escape(says)):
        read_released(text)


def test_what_is_nested_without_end_is_no_check_data(thin_checks):
    deep = '{"tuple":[' * 100_000 + "]}" * 100_000
    with pytest.raises(InvalidInput, match=r"^check data must be JSON: "):
        read_released(f'{{"format":"regcourse-checks/1","order":[],"questions":{deep}}}')


def test_what_a_later_release_may_add_is_passed_over(thin_checks):
    later = altered(thin_checks, (*FIT, "solution"), {"locked": "x"})
    assert checks_text(read_released(later)) == thin_checks


def test_what_was_written_is_read_back(thin, thin_checks):
    read, made = read_released(thin_checks), released_checks(thin)
    assert (read.name, read.title, list(read.questions)) == (
        made.name,
        made.title,
        list(made.questions),
    )
    assert checks_text(read) == thin_checks
    case, wanted = (checks.questions["ridge_fit"].groups[0].cases[0] for checks in (read, made))
    np.testing.assert_array_equal(case.args[0], wanted.args[0])
    np.testing.assert_array_equal(case.expected[1], wanted.expected[1])
    assert read.questions["ridge_fit"].mistakes == made.questions["ridge_fit"].mistakes
    assert read.questions["draw_trace"].kind == "figure"
    assert read.questions["pick"] == made.questions["pick"]
    assert read.questions["why"] == ReleasedWritten("why")


CHOICE = 'ex.choice("c", "?", points=1, right="a", options={{"a": ("x", "y")}}, instant={})\n'


@pytest.mark.parametrize(
    "source",
    [
        VALUE,
        VALUE.replace("points=1", "points=1, instant=False"),
        *map(CHOICE.format, (True, False)),
    ],
    ids=["a value", "a recorded value", "a choice", "a recorded choice"],
)
def test_a_value_or_a_choice_is_read_back_with_its_replies_or_without(loaded, source):
    checks = released_checks(loaded(source))
    assert read_released(checks_text(checks)) == checks
