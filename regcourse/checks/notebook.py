"""From an exercise and its text to the cells of the student's notebook."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from regcourse.checks.draws import DEFAULT_STUDENT
from regcourse.checks.exercise import Exercise
from regcourse.checks.layout import Layout, ReleasedCell, Role
from regcourse.checks.questions import ChoiceQuestion, FunctionQuestion, Question, ValueQuestion
from regcourse.checks.source import VALUE_PLACEHOLDER, source_of, stub_of
from regcourse.errors import ExerciseError

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
    for name, question in exercise.questions.items():
        data = getattr(question, "data", None)
        if data is not None and f"data-{data.__name__}" not in shown:
            raise ExerciseError(
                f'text.py must have a cell marked data="{data.__name__}": {name} is asked about it'
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
        replace(cell, source=answer_of(exercise, exercise.questions[cell.question]))
        if cell.role == "answer"
        else cell
        for cell in layout.cells
    ]
    return replace(layout, cells=tuple(filled))


def answer_of(exercise: Exercise, question: Question) -> str:
    """Return the right answer to a question, as it would stand in a notebook."""
    if isinstance(question, FunctionQuestion):
        return source_of(question.reference)
    if isinstance(question, ValueQuestion):
        data = question.data
        call = f"*{data.__name__}(rng_of(STUDENT))" if data is not None else ""
        return f"{source_of(question.reference)}\n\n\n{question.name} = {question.name}({call})"
    if isinstance(question, ChoiceQuestion):
        return f'{question.name} = "{question.right}"'
    return f"{ANSWER_COMMENT.format(name=question.name)}\n\n{question.sample}"


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
    name = question.name
    worth = f"{question.points:g} point{'' if question.points == 1 else 's'}"
    yield ReleasedCell(
        f"ask-{name}", "markdown", "prose", f"### `{name}` · {worth}{_words(question)}"
    )
    if question.kind == "written":
        text = f"{ANSWER_COMMENT.format(name=name)}\n\n{VALUE_PLACEHOLDER}"
        yield ReleasedCell(f"answer-{name}", "markdown", "answer", text, name)
        return
    if isinstance(question, FunctionQuestion):
        stub, argument = stub_of(question.reference), name
    else:
        stub, argument = f"{name} = None  # {VALUE_PLACEHOLDER}", f'"{name}"'
    yield ReleasedCell(f"answer-{name}", "code", "answer", stub, name)
    yield ReleasedCell(f"check-{name}", "code", "check", f"check({argument})", name)


def _words(question: Question) -> str:
    if isinstance(question, FunctionQuestion):
        return ""
    if isinstance(question, ValueQuestion):
        return f"\n\n{_paragraphs(question.reference.__doc__ or '')}"
    text = f"\n\n{_paragraphs(question.text)}"
    if isinstance(question, ChoiceQuestion):
        text += "\n" + "".join(
            f"\n- **{key}**: {words}" for key, (words, _) in question.options.items()
        )
    return text


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
