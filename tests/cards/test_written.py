"""A card as its author writes it: what is wrong is told in words, and what it shows proves it."""

import pytest

from regcourse.cards import Wrong, written_card
from regcourse.errors import LessonError

NUMBER = """
kind = "number"
ask = "How much?"
right = "share"
within = 0.05
unit = "%"
reply = "Divide."
debrief = "One two three four five six seven eight nine ten words are enough here."
[[wrong]]
near = 2
reply = "Doubled."
"""
ORDER = """
kind = "order"
ask = "In which order?"
right = "order"
holds = "grows"
reply = "No."
debrief = "One two three four five six seven eight nine ten words are enough here."
[items.a]
text = "A"
[items.b]
text = "B"
[[wrong]]
order = "ab"
reply = "As listed."
"""
PLACE = """
kind = "place"
ask = "Where?"
on = "plane"
right = "corner"
within = [0.1, 0.2]
reply = "No."
debrief = "One two three four five six seven eight nine ten words are enough here."
[[wrong]]
near = [0, 0]
reply = "The origin."
"""


def proved(source, **found):
    """What becomes of a card whose expressions gave these values."""
    card = written_card("card", source)
    values = {key.replace("_", " "): value for key, value in found.items()}
    return card.answer({key: {"value": value} for key, value in values.items()})


def test_a_choice_is_read_with_what_must_be_asked_of_its_cell(twins):
    written = written_card("twins", twins)
    assert dict(written.card.options) == {"a": "Both weights", "b": "Only their `sum`"}
    assert dict(written.asked) == {"holds a": "spread < 1", "holds b": "spread > 1"}
    assert written.rest.right == "b"
    assert dict(written.rest.replies) == {"a": "That would need other columns."}


def test_an_edition_is_that_of_the_text(twins):
    one, other = written_card("twins", twins), written_card("twins", twins + "\n# a remark")
    assert one.card.edition != other.card.edition


FAULTS = {
    "an answer without a sentence": (
        'reply = "That would need other columns."',
        "",
        "card twins, options.a: reply is missing",
    ),
    "two right answers": (
        'text = "Both weights"',
        'text = "Both weights"\nright = true',
        "exactly one option must be right, got a, b",
    ),
    "no right answer": ("right = true", "", "exactly one option must be right, got none"),
    "nothing that shows it": (
        'holds = "spread > 1"',
        "",
        "card twins, options.b: the right answer must have `holds`",
    ),
    "no question": ("agree on?", "agree on.", "ask must be one line with a question mark"),
    "too short a debrief": (
        "The data see the sum and hardly the difference: it",
        "It",
        "debrief must have 10 to 80 words, it has 7",
    ),
    "an unknown entry": (
        'kind = "choice"',
        'kind = "choice"\nunit = "m"',
        "card twins: unit means nothing here: there are ask, closing",
    ),
    "an unknown kind": ('"choice"', '"guess"', "kind must be one of choice, choices, number"),
    "a gap in the letters": ("[options.b]", "[options.c]", "options must be a, b, ..."),
    "no TOML": ("kind =", "kind", "card twins is no TOML"),
    "text that is none": ('text = "Both weights"', "text = 3", "text must be text, got 3"),
    "an option that is no table": (
        '[options.a]\ntext = "Both weights"\nreply = "That would need other columns."\n'
        'holds = "spread < 1"\n',
        "[options]\na = 3\n",
        "options.a must be a table",
    ),
    "a flag that is none": ("right = true", 'right = "yes"', "right must be true or false"),
}


@pytest.mark.parametrize(("old", "new", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_in_words(twins, old, new, words):
    assert old in twins
    with pytest.raises(LessonError) as told:
        written_card("twins", twins.replace(old, new))
    assert words in str(told.value)


OTHER_FAULTS = {
    "one right of several": (
        """kind = "choices"
ask = "Which?"
debrief = "One two three four five six seven eight nine ten words are enough here."
[options.a]
text = "A"
right = true
holds = "True"
[options.b]
text = "B"
reply = "No."
""",
        "two options or more must be right",
    ),
    "two tolerances": (NUMBER.replace("within", "factor = 2\nwithin"), "within > 0 or factor > 1"),
    "no tolerance": (NUMBER.replace("within = 0.05", ""), "within > 0 or factor > 1"),
    "a tolerance that is no number": (
        NUMBER.replace("0.05", '"0.05"'),
        "within must be a number, got '0.05'",
    ),
    "no last word": (NUMBER.replace('reply = "Divide."', ""), "card card: reply is missing"),
    "wrong answers in one table": (
        NUMBER.replace("[[wrong]]", "[wrong]"),
        "wrong must be written as [[wrong]]",
    ),
    "an order that nothing shows": (
        ORDER.replace('holds = "grows"', ""),
        "the right order must have `holds`",
    ),
    "a place in no picture": (PLACE.replace('"plane"', '"the plane"'), "on must be the name of"),
    "a place without room": (
        PLACE.replace("[0.1, 0.2]", "[0.1, 0]"),
        "within must be a number > 0",
    ),
}


@pytest.mark.parametrize(("source", "words"), OTHER_FAULTS.values(), ids=OTHER_FAULTS)
def test_so_is_that_of_another_kind(source, words):
    with pytest.raises(LessonError) as told:
        written_card("card", source)
    assert words in str(told.value)


def test_a_card_is_proved_by_what_its_cell_shows(twins):
    answer, said = proved(twins, holds_a=False, holds_b=True)
    assert (answer.right, said) == ("b", [])


def test_a_right_answer_that_the_cell_does_not_show_is_told(twins):
    _, said = proved(twins, holds_a=False, holds_b=False)
    words = "card card: its right answer b is not what the cell shows: `spread > 1` is False"
    assert said == [words]


def test_a_wrong_answer_that_holds_is_told(twins):
    _, said = proved(twins, holds_a=True, holds_b=True)
    words = "card card: its wrong answer a is not what the cell shows: `spread < 1` is True"
    assert said == [words]


def test_what_is_neither_true_nor_false_is_told(twins):
    _, said = proved(twins, holds_a=0, holds_b=True)
    assert said == ["card card: holds a `spread < 1` must be True or False, it is 0"]


def test_an_expression_that_raises_is_told(twins):
    found = {"holds a": {"error": "NameError: spread"}, "holds b": {"value": True}}
    answer, said = written_card("twins", twins).answer(found)
    assert answer is None
    assert said == ["card twins: holds a `spread < 1` raises NameError: spread"]


def test_a_number_is_what_the_cell_gives_to_six_digits():
    answer, said = proved(NUMBER, right=1 / 3, near_1=2)
    assert (answer.right, said) == (0.333333, [])
    assert answer.wrong == (Wrong(2.0, "Doubled."),)


def test_an_order_may_come_as_letters_or_as_a_list():
    for right in ("ba", ["b", "a"]):
        answer, said = proved(ORDER, right=right, near_1="ab", holds=True)
        assert (answer.right, said) == ("ba", [])


def test_a_place_is_two_numbers():
    answer, said = proved(PLACE, right=[1.5, -2], near_1=[0, 0])
    assert (answer.right, answer.within, said) == ((1.5, -2.0), (0.1, 0.2), [])


UNFIT = {
    "no number": (NUMBER, {"right": "many", "near_1": 2}, "right must be a finite number"),
    "no finite one": (
        NUMBER,
        {"right": float("inf"), "near_1": 2},
        "right must be a finite number",
    ),
    "a letter twice": (ORDER, {"right": "bb", "near_1": "ab", "holds": True}, "every letter once"),
    "one coordinate": (PLACE, {"right": [1], "near_1": [0, 0]}, "must be two finite numbers"),
    "the listed order": (
        ORDER,
        {"right": "ab", "near_1": "ba", "holds": True},
        "its items are listed in the right order",
    ),
    "an order that does not hold": (
        ORDER,
        {"right": "ba", "near_1": "ab", "holds": False},
        "its right answer is not what the cell shows: `grows` is False",
    ),
    "a wrong number that is right": (
        NUMBER,
        {"right": 2.01, "near_1": 2},
        "is taken for the right",
    ),
    "a wrong place that is right": (
        PLACE,
        {"right": [0.05, 0.1], "near_1": [0, 0]},
        "is taken for the right",
    ),
    "a wrong order that is right": (
        ORDER,
        {"right": "ab", "near_1": "ab", "holds": True},
        "the wrong answer ab is taken for the right one, ab",
    ),
    "a wrong factor that is right": (
        NUMBER.replace("within = 0.05", "factor = 1.5"),
        {"right": 3, "near_1": 2},
        "is taken for the right",
    ),
}


@pytest.mark.parametrize(("source", "found", "words"), UNFIT.values(), ids=UNFIT)
def test_what_the_cell_gives_and_cannot_be_the_answer_is_told(source, found, words):
    _, said = proved(source, **found)
    assert words in " ".join(said)
