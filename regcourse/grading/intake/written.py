"""Written answers: found by the cell's id or its `answer: NAME` comment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regcourse.grading.intake.notebook import NotebookCell, listed
from regcourse.grading.intake.source import parse
from regcourse.questions import VALUE_PLACEHOLDER, Layout

ANSWER_CHARACTERS = 50_000
_MARK = re.compile(r"(?:<!--|#) ?answer: ?(\w+) ?(?:-->)?")


@dataclass(frozen=True)
class Written:
    """Each question's text, "" if nothing was written; `prose` are code cells not to run."""

    answers: Mapping[str, str]
    prose: frozenset[int]
    notices: tuple[str, ...]


def written_answers(
    cells: Sequence[NotebookCell], layout: Layout, located: Mapping[int, str]
) -> Written:
    """Collect the written answers of a notebook.

    Parameters
    ----------
    cells : sequence of NotebookCell
    layout : Layout
    located : mapping
        For each submitted cell that stands for a released one, that cell's id.

    Returns
    -------
    Written
        An answer that was split or copied is put together again, in the notebook's order.
    """
    answers, prose, notices = {}, set(), []
    for released in layout.cells:
        question = released.question
        if released.role != "answer" or layout.kinds.get(question) != "written":
            continue
        parts = _parts(cells, question, released.id, located)
        untouched = answer_text(released.source)
        texts = {cell.number: answer_text(cell.source) for cell in parts}
        said = {number: text for number, text in texts.items() if text not in ("", untouched)}
        answer = "\n\n".join(said.values()).removeprefix(untouched).strip()
        if len(answer) > ANSWER_CHARACTERS:
            answer = answer[:ANSWER_CHARACTERS]
            notices.append(
                f"The answer to {question} is longer than {ANSWER_CHARACTERS} characters; "
                "the rest was cut off."
            )
        if not parts:
            notices.append(f"The cell for the written answer {question} is gone.")
        if len(said) > 1:
            notices.append(
                f"The answer to {question} stands in cells {listed(said)}, and was joined."
            )
        answers[question] = answer
        code = [cell for cell in parts if cell.cell_type == "code"]
        prose |= {cell.number for cell in code if parse(cell.source) is None or _marks(cell)}
        notices += [
            f"Cell {cell.number}, the answer to {question}, had become a code cell: "
            "it was read as text."
            for cell in code
            if cell.number in said
        ]
    return Written(answers, frozenset(prose), tuple(notices))


def _parts(
    cells: Sequence[NotebookCell], question: str, released_id: str, located: Mapping[int, str]
) -> list[NotebookCell]:
    """Return the answer's cells, with the new text cells right below: the halves of a split."""
    parts: list[NotebookCell] = []
    inside = False
    for cell in cells:
        marks = _marks(cell)
        if marks or cell.number in located:
            inside = question in marks or (not marks and located[cell.number] == released_id)
        elif cell.cell_type == "code":
            inside = False
        if inside:
            parts.append(cell)
    return parts


def _marks(cell: NotebookCell) -> list[str]:
    if "answer" not in cell.source:
        return []
    found = [_marked(line) for line in cell.source.split("\n")]
    return [question for question in found if question]


def _marked(line: str) -> str:
    text = " ".join(line.split()) if len(line) < 200 and "answer" in line else ""
    match = _MARK.fullmatch(text)
    return match[1] if match else ""


def answer_text(source: str) -> str:
    """Return what stands in an answer cell besides its comment and placeholder."""
    lines = [line for line in source.split("\n") if not _marked(line)]
    return "\n".join(line for line in lines if line.strip(" *_`") != VALUE_PLACEHOLDER).strip()
