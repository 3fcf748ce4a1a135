"""What is locked under an answer opens under that answer, and says what was locked."""

import pytest

from regcourse.questions import ChoiceReplies, ReleasedMistake, ValueReplies

TURNED = ReleasedMistake("is_turned_over", sentence="it is turned over", hint="Which way: é?")


@pytest.fixture(scope="module")
def value():
    return ValueReplies.under(2.5, [(0.4, TURNED)], step=0.01, salt="x/v")


@pytest.fixture(scope="module")
def choice():
    said = {"a": "Not: that.", "b": "wrong: a word of its own"}
    return ChoiceReplies.under(said, right="b", salt="x/c")


@pytest.mark.parametrize(
    ("answer", "reply"),
    [(2.5, "right"), (2.509, "right"), (0.395, TURNED), (2.6, None), (-2.5, None)],
)
def test_a_value_opens_what_lies_within_its_step(value, answer, reply):
    assert value.opened_by(value.key_of(answer)) == reply


@pytest.mark.parametrize("answer", [float("nan"), [2.5], None], ids=repr)
def test_what_is_no_number_has_no_key(value, answer):
    assert value.key_of(answer) is None


def test_an_option_opens_its_own_reply_whatever_that_begins_with(choice):
    assert choice.opened_by("a") == (False, "Not: that.")
    assert choice.opened_by("b") == (True, "wrong: a word of its own")


def test_a_reply_that_was_exchanged_for_another_is_none():
    one = ChoiceReplies.under({"a": "x", "b": "y"}, right="a", salt="s")
    moved = ChoiceReplies(one.salt, {"a": one.locked["b"], "b": one.locked["a"]})
    assert moved.opened_by("a") == (False, "")
