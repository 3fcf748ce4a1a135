"""Each rule of a lesson that asks by cards, by a fault that is planted and its words."""

from types import SimpleNamespace

import nbformat
import pytest

from regcourse.authoring import card_rules, lesson_rules
from regcourse.authoring.lesson_rules import Lesson
from regcourse.cards import Card, Cards, as_metadata

DRAWING = {"text/html": "<figure><svg></svg></figure>"}
ASKING_CARD = {"text/html": '<div class="pc-still"><svg></svg></div>'}


def shown(*data):
    return [nbformat.v4.new_output("display_data", data=each) for each in data]


@pytest.fixture
def lesson(tmp_path):
    """A function that makes a lesson of `asked` cards, the first `drawn` with pictures."""

    def make(asked=10, closing=3, drawn=5, printed="short", last_first=False):
        names = [f"card_{k}" for k in range(asked + closing)]
        ends = [k >= asked for k in range(asked + closing)]
        ends = ends[::-1] if last_first else ends
        cells = []
        for k, name in enumerate(names):
            cell = nbformat.v4.new_code_cell(f'predict("{name}")\nprint("{printed}")')
            cell.outputs = shown(ASKING_CARD, *([DRAWING] if k < drawn else []))
            cell.outputs.append(nbformat.v4.new_output("stream", text=f"{printed}\n"))
            cells.append(cell)
        cards = {
            name: Card(name=name, kind="number", ask="How many?", closing=end)
            for name, end in zip(names, ends, strict=True)
        }
        told = as_metadata(Cards("04_add", "Add", cards)) if cards else {}
        book = nbformat.v4.new_notebook(cells=cells, metadata={"regcourse": told} if cards else {})
        return Lesson("04_add", tmp_path, book)

    return make


def said(lesson):
    rules = (*card_rules.OF_TEXT, *card_rules.OF_RESULTS)
    return [words for rule in rules for words in rule(lesson)]


def test_a_lesson_that_asks_as_it_should_is_told_nothing(lesson):
    assert said(lesson()) == []
    assert said(lesson(asked=15, drawn=8)) == []


def test_a_lesson_without_cards_keeps_the_older_form(lesson):
    assert said(lesson(asked=0, closing=0, printed="x" * 90)) == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"asked": 9}, "9 cards, the closing ones not counted: between 10 and 15"),
        (
            {"asked": 16, "drawn": 8},
            "16 cards, the closing ones not counted: between 10 and 15",
        ),
        ({"closing": 2}, "a lesson ends with 3 closing cards: this one has 2"),
        ({"drawn": 4}, "4 of 10 cards are answered by a picture: at least half"),
    ],
    ids=["few", "many", "open", "read"],
)
def test_a_fault_is_told_in_words(lesson, fault, words):
    assert said(lesson(**fault)) == [words]


def test_a_card_after_a_closing_one_is_told(lesson):
    assert "a card that is asked after a closing one must close the lesson too" in said(
        lesson(last_first=True)
    )


def test_a_wide_line_is_told_with_its_cell(lesson):
    told = said(lesson(printed="x" * 61))
    assert len(told) == 13
    assert told[0].endswith("prints a line of 61 characters: at most 60")
    assert said(lesson(printed="x" * 60)) == []


def test_the_line_that_asks_is_no_line_of_the_authors():
    def told(source):
        found = SimpleNamespace(code=[("a cell", SimpleNamespace(source=source))])
        return list(lesson_rules.has_short_cells(found))

    twelve = "\n".join("w += 1" for _ in range(12))
    assert told(f'predict("a_card")\n{twelve}') == []
    assert told(f'import numpy\n\npredict("a_card")\n{twelve[7:]}') == []
    assert told(f'predict("a_card")\n{twelve}\nw') == ["a cell has 13 lines: at most 12"]
