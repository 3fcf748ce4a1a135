"""What a lesson must prove before anybody reads it, told in words for its author."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat

from regcourse.authoring import card_rules
from regcourse.authoring.execution import keep_the_stable, stored_form
from regcourse.authoring.lesson_cards import cards_of, run_lesson, unanswered
from regcourse.authoring.lesson_rules import OF_RESULTS, OF_TEXT, Lesson
from regcourse.authoring.lessons import fold, notebook_of
from regcourse.errors import LessonError


def prove_lesson(text: Path, *, run: bool = True) -> tuple[Lesson | None, list[str]]:
    """Hold the lesson in `text` to its rules; return it, and what does not hold, in words.

    Parameters
    ----------
    text : Path
        notebooks/text/NN_topic.py; its notebook lies in the folder above.
    run : bool
        Run the cells. If not, the results that the notebook holds are taken for theirs: whether
        they are is nbval's to say.

    Returns
    -------
    Lesson or None
        None where the text is no lesson at all.
    list of str
        No sentence means that everything holds.
    """
    try:
        folder = _folder_of(text)
        notebook, cards = notebook_of(text), cards_of(text)
    except (LessonError, OSError) as error:
        return None, [str(error)]
    lesson = Lesson(text.stem, folder, notebook, cards)
    of_text, of_results = OF_TEXT, OF_RESULTS
    if cards:
        of_text = (*of_text, *card_rules.OF_TEXT)
        of_results = (*of_results, *card_rules.OF_RESULTS)
    said = [words for rule in of_text for words in rule(lesson)]
    stored = folder / f"{text.stem}.ipynb"
    try:
        shown, untrue = _run(lesson) if run else _read(lesson, stored)
    except LessonError as error:
        return lesson, [*said, str(error)]
    lesson = replace(lesson, notebook=shown)
    said += untrue
    said += [words for rule in of_results for words in rule(lesson)]
    if not stored.is_file() or stored.read_text(encoding="utf-8") != stored_form(shown):
        said.append(_stale(lesson))
    return lesson, said


def _folder_of(text: Path) -> Path:
    """Where the notebook lies: links are read from there."""
    text = text.resolve()
    if text.suffix != ".py" or text.parent.name != "text":
        raise LessonError(f"a lesson is checked by notebooks/text/NN_topic.py, got {text.name}")
    return text.parent.parent


def _run(lesson: Lesson) -> tuple[Any, list[str]]:
    notebook = copy.deepcopy(lesson.notebook)
    untrue = run_lesson(notebook, lesson.cards, lesson.name)
    fold(notebook)
    return notebook, untrue


def _read(lesson: Lesson, stored: Path) -> tuple[Any, list[str]]:
    """The notebook as it is stored, if all of it was made from this text and run in order."""
    if not stored.is_file():
        raise LessonError(_stale(lesson))
    notebook = nbformat.read(stored, as_version=4)
    there, written = (
        [(c.id, c.source, c.metadata.get("tags")) for c in book.cells]
        for book in (notebook, lesson.notebook)
    )
    # nbval passes a cell that was never run without a word.
    counts = [c.execution_count for c in notebook.cells if c.cell_type == "code"]
    same_cards = unanswered(notebook) == unanswered(lesson.notebook)
    if there != written or not same_cards or counts != list(range(1, len(counts) + 1)):
        raise LessonError(_stale(lesson))
    keep_the_stable(notebook, f"lesson {lesson.name}")
    fold(notebook)
    return notebook, []


def _stale(lesson: Lesson) -> str:
    return (
        f"{lesson.folder.name}/{lesson.name}.ipynb is not what this text makes: "
        f"run `make lessons ONLY={lesson.name}`"
    )
