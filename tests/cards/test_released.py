"""What a notebook carries: whole, locked, of one form; and nothing that is damaged is read."""

import json
from pathlib import Path

import jsonschema
import pytest

from regcourse.cards import Answer, Wrong, as_metadata, cards_beside, find_card, locked, opened
from regcourse.cards import read_cards as read

SCHEMA = Path(__file__).parents[2] / "docs" / "cards.schema.json"


def test_what_is_carried_fits_its_schema(lesson):
    jsonschema.validate(as_metadata(lesson), json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_a_card_comes_back_as_it_was(lesson, answer):
    found = read({"regcourse": as_metadata(lesson)})
    assert found == lesson
    assert opened("91_fits", found.cards["twins"]) == answer


def test_answers_of_every_kind_come_back_as_they_were(lesson, store):
    from dataclasses import replace

    for answer in (
        Answer(right=0.5, debrief="d", wrong=(Wrong(2.0, "doubled"),), reply="no", within=(0.1,)),
        Answer(right=(1.0, -2.0), debrief="d", wrong=(Wrong((0.0, 0.0), "o"),), within=(1.0, 2.0)),
        Answer(right="bca", debrief="d", wrong=(Wrong("abc", "as listed"),), reply="no"),
    ):
        card = replace(lesson.cards["twins"], locked=locked("91_fits", "twins", answer))
        assert opened("91_fits", card) == answer


def test_no_word_of_an_answer_is_carried_in_clear(lesson, answer):
    carried = json.dumps(as_metadata(lesson))
    assert answer.debrief not in carried
    assert answer.replies["a"] not in carried


def test_a_card_is_found_by_its_name_whatever_its_notebook_is_called(lesson):
    assert find_card("twins") == (lesson, lesson.cards["twins"])
    assert find_card("nobody") is None


def test_of_two_copies_the_one_that_was_stored_last_counts(lesson, store, tmp_path):
    import os

    older = tmp_path / "copy of a lesson.ipynb"
    newer = store(tmp_path / "another.ipynb", "91_fits", closing=True)
    os.utime(older, (1, 1))
    assert find_card("twins") == (newer, newer.cards["twins"])
    assert cards_beside() == [newer]


DAMAGED = [
    {},
    {"regcourse": 3},
    {"regcourse": {"format": "regcourse-cards/2"}},
    {"regcourse": {"format": "regcourse-cards/1", "lesson": "../x", "title": "", "order": []}},
    {"regcourse": {"format": "regcourse-cards/1", "lesson": "x", "title": "", "order": ["a"]}},
    None,
]


@pytest.mark.parametrize("metadata", DAMAGED)
def test_of_what_is_damaged_nothing_is_read(metadata):
    assert read(metadata) is None


@pytest.mark.parametrize(
    "change",
    [{"kind": "guess"}, {"locked": "!"}, {"options": 3}],
    ids=["kind", "locked", "options"],
)
def test_nor_of_a_card_that_is(lesson, change):
    told = as_metadata(lesson)
    told["cards"]["twins"] |= change
    assert read({"regcourse": told}) is None


def test_an_answer_that_does_not_open_is_unknown(lesson):
    assert opened("another lesson", lesson.cards["twins"]) is None


@pytest.mark.parametrize("text", ["", "{", '"regcourse-cards/1"', '{"regcourse-cards/1": '])
def test_a_damaged_notebook_carries_nothing(lesson, tmp_path, text):
    (tmp_path / "z.ipynb").write_text(text)
    assert cards_beside() == [lesson]


def test_a_notebook_that_changes_is_read_again(lesson, store, tmp_path):
    assert not find_card("twins")[1].closing
    store(tmp_path / "copy of a lesson.ipynb", "91_fits", closing=True)
    assert find_card("twins")[1].closing
