"""Make what a student's notebook meant run again, where that is safe, and say what was done."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from regcourse.grading.intake.notebook import NotebookCell, listed
from regcourse.grading.intake.source import Code, only_checks
from regcourse.questions import Layout, ReleasedCell

# Repairs are for accidents: a notebook made to keep the grader busy gets no more than these.
MOST_JOINS = 10
TEXT_CHARACTERS = 200_000


@dataclass(frozen=True)
class Repaired:
    """The code to run in order. A released cell that was put back has a negative number.

    `answered_in` names, for each question in code, the cells that were meant to answer it, whether
    or not they are Python; the questions in `unwritten` have none but the empty one as released.
    `doubts` are the notices of questions that nothing seems to set.
    """

    codes: tuple[Code, ...]
    answered_in: Mapping[str, tuple[int, ...]]
    unwritten: frozenset[str]
    notices: tuple[str, ...]
    doubts: Mapping[str, str]


def locate(cells: Sequence[NotebookCell], layout: Layout) -> dict[int, str]:
    """Return, by number, which released cell a submitted one stands for: by id, then by text."""
    ids = {released.id for released in layout.cells}
    texts = {same_text(released.source): released.id for released in reversed(layout.cells)}
    by_id = {cell.number: cell.id for cell in cells if cell.id in ids}
    by_text = {cell.number: texts.get(same_text(cell.source), "") for cell in cells}
    return {number: id_ for number, id_ in (by_text | by_id).items() if id_}


def same_text(source: str) -> str:
    """Return a cell's text without what an editor changes by itself."""
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))


def repair(
    cells: Sequence[NotebookCell],
    layout: Layout,
    located: Mapping[int, str],
    prose: Container[int] = (),
) -> Repaired:
    """Choose the code cells to run, in the notebook's order.

    Parameters
    ----------
    cells : sequence of NotebookCell
    layout : Layout
    located : mapping
        As `locate` gives it.
    prose : container of int
        Code cells that hold a written answer and are not to run.

    Returns
    -------
    Repaired
        Halves joined, retyped cells taken back, released checks and superseded stubs left out,
        missing released cells put back.
    """
    released = {cell.id: cell for cell in layout.cells}
    questions = [name for name, kind in layout.kinds.items() if kind != "written"]
    stubs = {
        same_text(cell.source): cell.question for cell in layout.cells if cell.role == "answer"
    }
    code_cells = [c for c in cells if c.cell_type == "code" and c.number not in prose]
    notices: list[str] = []
    codes = _without_checks(_joined(code_cells, notices), located, released, notices)
    codes = _with_retyped(codes, cells, located, released, questions, stubs, notices)
    answered_in = {name: _meant_for(name, codes, located, released) for name in questions}
    written = {code.number for code in codes if same_text(code.source) not in stubs}
    unwritten = frozenset(name for name in questions if written.isdisjoint(answered_in[name]))
    codes = _without_superseded_stubs(codes, questions, stubs, notices)
    told, doubts = _answer_notices(codes, answered_in, released)
    notices += told
    notices += _order_notice(answered_in, located, layout)
    codes = _with_missing(codes, located, layout, notices)
    return Repaired(tuple(codes), answered_in, unwritten, tuple(notices), doubts)


def _joined(cells: Sequence[NotebookCell], notices: list[str]) -> list[Code]:
    codes: list[Code] = []
    sources: list[str] = []
    joins = 0
    for cell in cells:
        if not cell.source.strip():
            continue
        code = Code.of(cell.number, cell.source)
        if codes and not code.stands_alone and joins < MOST_JOINS:
            whole = Code.of(codes[-1].number, f"{sources[-1]}\n{cell.source}")
            if whole.stands_alone:
                notices.append(
                    f"Cells {codes[-1].number} and {cell.number} are two halves of one cell, "
                    "and were run as one."
                )
                codes[-1], sources[-1] = whole, whole.source
                joins += 1
                continue
        codes.append(code)
        sources.append(cell.source)
    return codes


def _without_checks(
    codes: Sequence[Code],
    located: Mapping[int, str],
    released: Mapping[str, ReleasedCell],
    notices: list[str],
) -> list[Code]:
    checks = {same_text(cell.source) for cell in released.values() if cell.role == "check"}
    kept = [c for c in codes if not only_checks(c) and same_text(c.source) not in checks]
    for code in kept:
        cell = released.get(located.get(code.number, ""))
        if cell and cell.role == "check":
            notices.append(
                f"The check of {cell.question} in cell {code.number} was changed; it was run as "
                "ordinary code, and marks never depend on it."
            )
        if cell and cell.role == "data" and same_text(code.source) != same_text(cell.source):
            notices.append(
                f"Cell {code.number}, which makes the data, was changed; it was run as it stands."
            )
    return kept


def _with_retyped(
    codes: Sequence[Code],
    cells: Sequence[NotebookCell],
    located: Mapping[int, str],
    released: Mapping[str, ReleasedCell],
    questions: Sequence[str],
    stubs: Mapping[str, str],
    notices: list[str],
) -> list[Code]:
    """Take back answers and released code that had become text, if no code cell has the same."""
    written = [code for code in codes if same_text(code.source) not in stubs]
    defined = {name for code in written for name in code.defines}
    back: list[Code] = []
    read = 0
    for cell in cells:
        if cell.cell_type == "code":
            continue
        stood_for = released.get(located.get(cell.number, ""))
        wanted = set(questions)
        if stood_for and stood_for.cell_type == "code":
            wanted |= Code.of(0, stood_for.source).defines
        wanted -= defined
        if not any(name in cell.source for name in wanted):
            continue
        read += len(cell.source)
        if read > TEXT_CHARACTERS:
            break
        code = Code.of(cell.number, cell.source)
        if code.defines & wanted:
            back.append(code)
            notices.append(
                f"Cell {cell.number} is code that had become a {cell.cell_type} cell; it was run."
            )
    return sorted([*codes, *back], key=lambda code: code.number)


def _meant_for(
    name: str,
    codes: Sequence[Code],
    located: Mapping[int, str],
    released: Mapping[str, ReleasedCell],
) -> tuple[int, ...]:
    broken = re.compile(
        rf"^[ \t]*(?:(?:async )?def |class )?{re.escape(name)}\b ?[=(:]", re.MULTILINE
    )
    numbers = []
    for code in codes:
        cell = released.get(located.get(code.number, ""))
        stands = cell is not None and cell.role == "answer" and cell.question == name
        looks = code.tree is None and broken.search(code.source) is not None
        if stands or looks or name in code.defines:
            numbers.append(code.number)
    return tuple(numbers)


def _without_superseded_stubs(
    codes: Sequence[Code], questions: Sequence[str], stubs: Mapping[str, str], notices: list[str]
) -> list[Code]:
    """Leave out an untouched stub when another cell answers: run after it, it would undo it."""
    kept = list(codes)
    for name in questions:
        untouched = [c for c in kept if stubs.get(same_text(c.source)) == name]
        answers = [c for c in kept if name in c.defines and c not in untouched]
        if answers and untouched:
            empty = {code.number for code in untouched}
            kept = [code for code in kept if code.number not in empty]
            notices.append(
                f"{name} is answered in cell {answers[-1].number}; its empty cell "
                f"{untouched[0].number} was left out."
            )
    return kept


def _answer_notices(
    codes: Sequence[Code],
    answered_in: Mapping[str, Sequence[int]],
    released: Mapping[str, ReleasedCell],
) -> tuple[list[str], dict[str, str]]:
    """Return what is told of the answers' cells, and which of it is only a doubt."""
    notices, doubts = [], {}
    stubs = {same_text(cell.source) for cell in released.values()}
    by_number = {code.number: code for code in codes}
    for name, numbers in answered_in.items():
        defining = [c.number for c in codes if name in c.defines]
        touched = [n for n in defining if same_text(by_number[n].source) not in stubs]
        if len(touched) > 1:
            notices.append(f"{name} is set in cells {listed(touched)}; the last of them counts.")
        if not numbers:
            doubts[name] = f"No cell answers {name}: its cell is gone."
        elif not defining and all(by_number[n].tree for n in numbers):
            doubts[name] = f"Cell {numbers[-1]} was meant to set {name}, and does not."
        notices += [doubts[name]] if name in doubts else []
    return notices, doubts


def _order_notice(
    answered_in: Mapping[str, Sequence[int]], located: Mapping[int, str], layout: Layout
) -> list[str]:
    numbers = []
    for cell in layout.cells:
        at = [number for number, id_ in located.items() if id_ == cell.id]
        at += answered_in.get(cell.question, ()) if cell.role == "answer" and not at else ()
        if cell.role in ("setup", "data", "answer") and at:
            numbers.append(min(at))
    if numbers == sorted(numbers):
        return []
    return ["The cells stand in another order than released; they were run as they stand."]


def _with_missing(
    codes: Sequence[Code], located: Mapping[int, str], layout: Layout, notices: list[str]
) -> list[Code]:
    """Put back the released setup, data and other code that something still needs."""
    result = list(codes)
    # From the last to the first, since what is put back may itself need an earlier cell.
    for place, cell in reversed(list(enumerate(layout.cells))):
        if cell.role not in ("setup", "data", "code"):
            continue
        back = Code.of(-1 - place, cell.source)
        lost = back.defines.difference(*(code.defines for code in result))
        needing = [code for code in result if code.uses & lost]
        if not needing:
            continue
        before = {earlier.id for earlier in layout.cells[:place]}
        above = max((number for number, id_ in located.items() if id_ in before), default=0)
        below = [code for code in result if code.number > above]
        later = [code for code in result if code.number < 0]
        nearest = [needing[0], *below[:1], *later[:1]]
        result.insert(min(result.index(code) for code in nearest), back)
        names = ", ".join(sorted(lost & {name for code in needing for name in code.uses}))
        notices.append(f"Nothing sets {names} any more; the released cell that does was put back.")
    return result
