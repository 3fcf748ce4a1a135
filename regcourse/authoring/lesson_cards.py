"""A lesson's cards: written as raw cells, asked by the cell below, proved by what it shows."""

from __future__ import annotations

import ast
import itertools
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from regcourse.authoring.execution import execute, stored_form
from regcourse.cards import (
    UNKNOWN,
    Answer,
    Cards,
    WrittenCard,
    as_metadata,
    fold,
    locked,
    read_cards,
    written_card,
)
from regcourse.errors import LessonError

ASKS = re.compile(r'^predict\("(\w+)"\)$', re.MULTILINE)
_IMPORTS = (ast.Import, ast.ImportFrom)


def cards_of(text: Path) -> dict[str, WrittenCard]:
    """The cards of the lesson in `text`, in order. Raises LessonError for one that is wrong."""
    read = jupytext.reads(text.read_text(encoding="utf-8"), fmt="py:percent")
    cards: dict[str, WrittenCard] = {}
    for cell in read.cells:
        name = _name_of(cell)
        if name in cards:
            raise LessonError(f"card {name} stands there twice")
        if name is not None:
            cards[name] = written_card(name, cell.source)
    return cards


def with_cards_asked(cells: Iterable[Any]) -> Iterator[Any]:
    """The cells without the cards, which the cells of code below them ask in their first line."""
    above: Any = None
    for cell in cells:
        name = _name_of(cell)
        if above is not None and (name is not None or cell.cell_type != "code"):
            raise LessonError(f"card {_name_of(above)} must stand right above a cell of code")
        if name is not None:
            above = cell
            continue
        if cell.cell_type == "code":
            _ask(cell, above)
        above = None
        yield cell
    if above is not None:
        raise LessonError(f"card {_name_of(above)} must stand right above a cell of code")


def _name_of(cell: Any) -> str | None:
    name: str | None = cell.metadata.get("card") if cell.cell_type == "raw" else None
    return name


def _ask(cell: Any, above: Any) -> None:
    typed = ASKS.findall(cell.source)
    if above is None:
        if typed:
            raise LessonError(f'predict("{typed[0]}") has no card right above its cell')
        return
    name = _name_of(above)
    if written_card(str(name), above.source).card.closing:
        if cell.source.strip() != f'predict("{name}")':
            raise LessonError(f'card {name} closes the lesson: below it stands predict("{name}")')
        return
    if typed:
        raise LessonError(f"card {name}: its cell is given predict(...) when the notebook is made")
    lines = cell.source.splitlines()
    at = _after_imports(cell.source)
    cell.source = "\n".join([*lines[:at], *([""] if at else []), f'predict("{name}")', *lines[at:]])


def _after_imports(source: str) -> int:
    """How many lines must come before a card: those that import it, in the lesson's first cell."""
    try:
        nodes = ast.parse(source).body
    except SyntaxError:
        return 0
    opening = list(itertools.takewhile(lambda node: isinstance(node, _IMPORTS), nodes))
    names = {alias.name for node in opening for alias in getattr(node, "names", [])}
    return opening[-1].end_lineno or 0 if "predict" in names else 0


def carry(lesson: Any, written: Mapping[str, WrittenCard], name: str) -> None:
    """Let the notebook carry its cards, with answers that are not known yet."""
    if not written:
        return
    title = re.match(r"# (.*)", lesson.cells[0].source)
    cards = {key: each.card for key, each in written.items()}
    told = as_metadata(Cards(name, title[1] if title else name, cards))
    lesson.metadata["regcourse"] = nbformat.from_dict(told)


def run_lesson(lesson: Any, written: Mapping[str, WrittenCard], name: str) -> list[str]:
    """Execute the lesson, fill in the answers that its cells give, and say what does not hold.

    Raises LessonError as `execute` does.
    """
    cells = asking(lesson)
    if absent := [each for each in written if each not in cells]:
        raise LessonError(f"card {absent[0]} is asked by no cell")
    asked = {cells[key].id: _probe(each) for key, each in written.items() if each.asked}
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder) / f"{name}.ipynb"
        beside.write_text(stored_form(lesson), encoding="utf-8")
        told = execute(lesson, f"lesson {name}", [beside], asked)
    said: list[str] = []
    for key, each in written.items():
        cell = cells[key]
        answer, untrue = each.answer(json.loads(told.get(cell.id, "{}")))
        said += untrue
        if answer is not None:
            _fill(lesson, cell, each, answer)
    return said


def asking(lesson: Any) -> dict[str, Any]:
    """The cells that ask a card, by its name."""
    code = [cell for cell in lesson.cells if cell.cell_type == "code"]
    return {name: cell for cell in code for name in ASKS.findall(cell.source)}


def is_card(output: Any) -> bool:
    """Whether an output is the static form of a card."""
    return 'class="pc-still"' in output.get("data", {}).get("text/html", "")


def unanswered(lesson: Any) -> Any:
    """The notebook's cards as they were before their answers were known, or None."""
    cards = read_cards(lesson.metadata)
    if cards is None:
        return None
    without = {name: replace(card, locked="") for name, card in cards.cards.items()}
    return as_metadata(replace(cards, cards=without))


def _probe(written: WrittenCard) -> str:
    # By its full name, so that the lesson's own names stay as they are.
    asked = json.dumps(dict(written.asked))
    return f"__import__('regcourse.cards', fromlist=['probe']).probe({asked!r})"


def _fill(lesson: Any, cell: Any, written: WrittenCard, answer: Answer) -> None:
    told = lesson.metadata["regcourse"]
    name = written.card.name
    told["cards"][name]["locked"] = locked(told["lesson"], name, answer)
    for output in filter(is_card, cell.outputs):
        html = output.data["text/html"]
        output.data["text/html"] = html.replace(UNKNOWN, fold(written.card, answer))
