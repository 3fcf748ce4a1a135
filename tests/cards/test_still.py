"""The static form of a card: the question first, the answer in a fold, every text escaped."""

from dataclasses import replace

from regcourse.cards import Answer, Card, fold, how_right, plain, still


def card(**given):
    return Card(**{"name": "x", "kind": "choice", "ask": "Is `a` < b & c?"} | given)


def test_its_first_line_is_the_question_and_nothing_else(answer):
    html = still(card(options={"a": "A", "b": "B"}), answer)
    assert html.partition("\n")[0] == "Is a &lt; b &amp; c?"


def test_the_answer_is_in_a_fold_that_is_closed(answer):
    html = still(card(options={"a": "A", "b": "B"}), answer)
    before, opened, after = html.partition("<details>")
    assert opened
    assert "The data see the sum &amp; hardly" in after
    assert "The data see" not in before
    assert "It is b: B" in after


def test_no_reply_to_a_wrong_answer_is_in_it(answer):
    assert answer.replies["a"] not in still(card(options={"a": "A", "b": "B"}), answer)


def test_an_answer_that_is_not_known_yet_leaves_its_place(answer):
    whole = still(card(options={"a": "A", "b": "B"}), answer)
    asked = card(options={"a": "A", "b": "B"})
    from regcourse.cards import UNKNOWN

    assert still(asked, None).replace(UNKNOWN, fold(asked, answer)) == whole


def test_every_kind_says_its_right_answer_in_words(answer):
    both = replace(answer, right="ab")
    assert how_right(card(options={"a": "A", "b": "B"}), both) == "a: A; b: B"
    assert how_right(card(kind="number", unit="%"), Answer(right=42.857, debrief="")) == "42.9 %."
    assert how_right(card(kind="order"), Answer(right="cab", debrief="")) == "c, a, b."
    assert how_right(card(kind="place"), Answer(right=(1.0, -0.25), debrief="")) == "at (1, -0.25)."


def test_as_text_it_is_the_question_with_its_options():
    assert plain(card(options={"a": "A", "b": "B"})) == "Is `a` < b & c?\n  a  A\n  b  B"
