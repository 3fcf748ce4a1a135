"""From an exercise and its text.py to the cells of the student's notebook."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from regcourse.errors import ExerciseError
from regcourse.questions._by_kind import by_kind, for_kind
from regcourse.questions._draws import DEFAULT_STUDENT
from regcourse.questions._exercise import Exercise
from regcourse.questions._kinds import ChoiceQuestion, Question, ValueQuestion
from regcourse.questions._layout import Layout, ReleasedCell, Role
from regcourse.questions._source import VALUE_PLACEHOLDER, source_of, stub_of

__all__ = ["answer_of", "layout_of", "solved"]

ANSWER_COMMENT = "<!-- answer: {name} -->"


def layout_of(exercise: Exercise) -> Layout:
    """Return the released cells of an exercise, from its ``text.py``.

    A cell marked ``question="name"`` becomes the question, a place for the answer and a
    check; one marked ``data="name"`` is preceded by that function's source; the one
    marked ``role="setup"`` imports what is needed and sets STUDENT.
    """
    cells = list(_cells(exercise))
    asked = [cell.question for cell in cells if cell.role == "answer"]
    for name in exercise.questions:
        if asked.count(name) != 1:
            raise ExerciseError(f"text.py asks {name} {asked.count(name)} times; it must be once")
    shown = [cell.id for cell in cells if cell.role == "data"]
    for question in exercise.values:
        data = question.data
        if data is not None and f"data-{data.__name__}" not in shown:
            raise ExerciseError(
                f'text.py must have a cell marked data="{data.__name__}": '
                f"{question.name} is asked about it"
            )
    setups = [cell for cell in cells if cell.role == "setup"]
    if len(setups) != 1 or f'STUDENT = "{DEFAULT_STUDENT}"' not in setups[0].source:
        raise ExerciseError(
            f'text.py must have one cell marked role="setup" with STUDENT = "{DEFAULT_STUDENT}"'
        )
    for cell in cells:
        _check_syntax(cell)
    kinds = {name: question.kind for name, question in exercise.questions.items()}
    return Layout(exercise.name, tuple(cells), kinds)


def _check_syntax(cell: ReleasedCell) -> None:
    # What only IPython can read is left to IPython.
    if cell.cell_type != "code" or re.search(r"^\s*[%!?]|\?\s*$", cell.source, re.MULTILINE):
        return
    try:
        ast.parse(cell.source)
    except SyntaxError as error:
        line = (error.text or "").strip()
        raise ExerciseError(
            f"text.py has a code cell that is not Python: {error.msg}: {line!r}"
        ) from None


def solved(exercise: Exercise, layout: Layout) -> Layout:
    """Return the same cells with every answer filled in from its reference."""
    filled = [
        replace(cell, source=answer_of(exercise.questions[cell.question]))
        if cell.role == "answer"
        else cell
        for cell in layout.cells
    ]
    return replace(layout, cells=tuple(filled))


def answer_of(question: Question) -> str:
    """Return the right answer to a question, as it would stand in a notebook."""
    return by_kind(
        question,
        function=lambda asked: source_of(asked.reference),
        value=_value_with_its_call,
        choice=lambda asked: f'{asked.name} = "{asked.right}"',
        written=lambda asked: _in_a_written_cell(asked.name, asked.sample),
    )


def _value_with_its_call(question: ValueQuestion) -> str:
    data = question.data
    call = f"*{data.__name__}(rng_of(STUDENT))" if data is not None else ""
    return f"{source_of(question.reference)}\n\n\n{question.name} = {question.name}({call})"


def _in_a_written_cell(name: str, text: str) -> str:
    return f"{ANSWER_COMMENT.format(name=name)}\n\n{text}"


def _cells(exercise: Exercise) -> Iterator[ReleasedCell]:
    counts: dict[Role, int] = {"prose": 0, "code": 0}
    for source, metadata, cell_type in _read(exercise):
        if "question" in metadata:
            name = metadata["question"]
            if name not in exercise.questions:
                raise ExerciseError(f"text.py asks {name!r}, which questions.py does not have")
            if source:
                raise ExerciseError(f"the cell of question {name} in text.py must be empty")
            yield from _asked(exercise.questions[name])
        elif "data" in metadata:
            name = metadata["data"]
            if name not in exercise.data_functions:
                raise ExerciseError(
                    f"text.py wants data {name!r}, which questions.py does not have"
                )
            text = f"{source_of(exercise.data_functions[name])}\n\n\n{source}".rstrip()
            yield ReleasedCell(f"data-{name}", "code", "data", text)
        elif metadata.get("role") == "setup":
            yield ReleasedCell("setup", "code", "setup", source)
        else:
            is_prose = cell_type == "markdown"
            role: Role = "prose" if is_prose else "code"
            counts[role] += 1
            id_ = f"{role}-{counts[role]}"
            yield ReleasedCell(id_, "markdown" if is_prose else "code", role, source)


def _asked(question: Question) -> Iterator[ReleasedCell]:
    """What is asked, a place for the answer and, where there can be one, a check."""
    name = question.name
    worth = f"{question.points:g} point{'' if question.points == 1 else 's'}"
    task = by_kind(
        question,
        function=lambda asked: "",
        value=lambda asked: f"\n\n{_paragraphs(asked.reference.__doc__ or '')}",
        choice=_choice_in_full,
        written=lambda asked: f"\n\n{_paragraphs(asked.text)}",
    )
    yield ReleasedCell(f"ask-{name}", "markdown", "prose", f"### `{name}` · {worth}{task}")
    unset = f"{name} = None  # {VALUE_PLACEHOLDER}"
    place = by_kind(
        question,
        function=lambda asked: stub_of(asked.reference),
        value=lambda asked: unset,
        choice=lambda asked: unset,
        written=lambda asked: _in_a_written_cell(name, VALUE_PLACEHOLDER),
    )
    quoted = f'"{name}"'
    argument = for_kind(question.kind, function=name, value=quoted, choice=quoted, written="")
    cell_type: Literal["code", "markdown"] = "code" if argument else "markdown"
    yield ReleasedCell(f"answer-{name}", cell_type, "answer", place, name)
    if argument:
        yield ReleasedCell(f"check-{name}", "code", "check", f"check({argument})", name)


def _choice_in_full(question: ChoiceQuestion) -> str:
    options = "".join(f"\n- **{key}**: {text}" for key, (text, _) in question.options.items())
    return f"\n\n{_paragraphs(question.text)}\n{options}"


def _paragraphs(text: str) -> str:
    lines = [line.strip() for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _read(exercise: Exercise) -> list[tuple[str, dict[str, Any], str]]:
    import jupytext

    assert exercise.folder is not None
    path = Path(exercise.folder) / "text.py"
    if not path.is_file():
        raise ExerciseError(f"the exercise {exercise.name} has no text.py")
    try:
        notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    except Exception as error:
        raise ExerciseError(f"text.py of {exercise.name} cannot be read: {error}") from error
    return [(cell.source.strip(), dict(cell.metadata), cell.cell_type) for cell in notebook.cells]
