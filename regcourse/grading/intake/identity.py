"""Whose notebook it is: the folder's name, against what was typed as STUDENT."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from regcourse.grading.intake.found import person_key
from regcourse.grading.intake.source import Code, assigned_values, with_literal
from regcourse.questions import DEFAULT_STUDENT, Layout

SHOWN_CHARACTERS = 64
SHOWN_IDS = 3


@dataclass(frozen=True)
class Signed:
    """The code to run, with the folder's name in it; `typed_id` is set if it contradicts that."""

    cells: tuple[tuple[int, str], ...]
    typed_id: str | None
    notices: tuple[str, ...]


def sign(codes: Sequence[Code], student: str, layout: Layout) -> Signed:
    """Put the folder's name where STUDENT says nothing else, and report ids that contradict it.

    Parameters
    ----------
    codes : sequence of Code
    student : str
        The folder's name.
    layout : Layout
        Its setup cell says which id means nothing.

    Returns
    -------
    Signed
        Only strings in quotes count as typed; two spellings of one name agree.
    """
    default = _default_id(layout)
    nothing = {"", person_key(default)}
    values = [(code, value) for code in codes for value in assigned_values(code, "STUDENT")]
    keys = [
        (code, person_key(text)) for code, value in values if (text := _text(value)) is not None
    ]
    typed = {person_key(_text(value) or ""): (_text(value) or "").strip() for _, value in values}
    typed = {key: text for key, text in typed.items() if key not in nothing}
    contradicts = bool(set(typed) - {person_key(student)})
    replaced = nothing | {person_key(student)}
    cells = tuple((code.number, _with_name(code, student, replaced)) for code in codes)
    if contradicts:
        ids = " and ".join(_shown(text) for text in list(typed.values())[:SHOWN_IDS])
        return Signed(cells, ids, (f"STUDENT is {ids}, but the folder is called {student}.",))
    if not typed and any(key in nothing for code, key in keys if code.number > 0):
        said = f"STUDENT was left as {default!r}; the folder's name {student!r} was used instead."
        return Signed(cells, None, (said,))
    return Signed(cells, None, ())


def _default_id(layout: Layout) -> str:
    setups = [Code.of(0, cell.source) for cell in layout.cells if cell.role == "setup"]
    texts = [_text(value) for code in setups for value in assigned_values(code, "STUDENT")]
    return next((text for text in texts if text), DEFAULT_STUDENT)


def _text(value: ast.expr) -> str | None:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    return None


def _with_name(code: Code, student: str, replaced: set[str]) -> str:
    values = assigned_values(code, "STUDENT")
    # In one pass: a cell may hold thousands of them.
    olds = [v for v in values if (text := _text(v)) is not None and person_key(text) in replaced]
    return with_literal(code.source, olds, student) if olds else code.source


def _shown(text: str) -> str:
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= SHOWN_CHARACTERS else f"{shown[:SHOWN_CHARACTERS]}..."
