"""The cells of a submitted file, whatever it holds: read with suspicion, kept without outputs."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from regcourse.errors import SubmissionUnreadable
from regcourse.grading.intake.files import FILE_BYTES, open_file

VALUES = 2_000_000
CELLS = 5_000
SOURCE_CHARACTERS = 1_000_000
ALL_CHARACTERS = 10_000_000
SHOWN_CELLS = 5

CellType = Literal["code", "markdown", "raw"]
_TYPES: dict[str, CellType] = {
    "code": "code",
    "markdown": "markdown",
    "heading": "markdown",
    "html": "markdown",
}
# The last quote is optional: a string without an end must not be looked for again and again.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


@dataclass(frozen=True)
class NotebookCell:
    """One submitted cell. `number` counts from 1; `id` may locate a cell and never scores one."""

    number: int
    cell_type: CellType
    source: str
    id: str = ""


@dataclass(frozen=True)
class Notebook:
    """What counts of a submitted file. `digest` is the SHA-256 of its bytes, in hex."""

    cells: tuple[NotebookCell, ...]
    digest: str
    notices: tuple[str, ...] = ()


def read_notebook(path: Path) -> Notebook:
    """Read a notebook of any format from 1 to 4.5, with or without ids.

    Parameters
    ----------
    path : Path
        A regular file of at most 64 MB; a link is not followed.

    Returns
    -------
    Notebook

    Raises
    ------
    SubmissionUnreadable
        With one sentence that names what is wrong with the file.
    OSError
        If it cannot be read for a reason that lies with this machine.
    """
    data = _read_bytes(path)
    if not data.strip():
        raise SubmissionUnreadable("The file is empty.")
    if data.count(b"\0") > len(data) // 2:
        raise SubmissionUnreadable("The file is damaged: most of it is NUL bytes.")
    if len(data) > VALUES:
        _refuse_bombs(data)
    document = _parse(data)
    stated = _cell_list(document)
    entries = [(number, cell) for number, cell in enumerate(stated, 1) if isinstance(cell, dict)]
    cells, cut = _cells(entries)
    notices = [*_notices(document, cells), *cut]
    # Python refuses NUL characters, and no student typed them.
    cells = [replace(cell, source=cell.source.replace("\0", "")) for cell in cells]
    return Notebook(tuple(cells), hashlib.sha256(data).hexdigest(), tuple(notices))


def _read_bytes(path: Path) -> bytes:
    with open_file(path) as file:
        length = os.fstat(file.fileno()).st_size
        if length > FILE_BYTES:
            size = f"{length / 1e6:.0f} MB"
            limit = f"{FILE_BYTES / 1e6:.0f} MB"
            raise SubmissionUnreadable(
                f"The file has {size}; at most {limit} are read. Clear its outputs, then save it."
            )
        return file.read(FILE_BYTES)


def _refuse_bombs(data: bytes) -> None:
    """Count the values outside strings: each takes up to thirty times its bytes once parsed."""
    bare = _STRING.sub(b"", data)
    values = bare.count(b",") + bare.count(b"[") + bare.count(b"{")
    if values > VALUES:
        raise SubmissionUnreadable(
            f"The file holds {values / 1e6:.0f} million values; "
            f"at most {VALUES / 1e6:.0f} million are read. Clear its outputs, then save it."
        )


def _parse(data: bytes) -> dict[str, Any]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SubmissionUnreadable(
            f"The file is not a notebook: byte {error.start + 1} is not UTF-8 text."
        ) from error
    try:
        # Integers of any length are legal JSON, but not quick to read as int.
        document = json.loads(text, strict=False, parse_int=float)
    except json.JSONDecodeError as error:
        raise SubmissionUnreadable(
            f"The file is not a notebook: it is not JSON (line {error.lineno})."
        ) from error
    except RecursionError as error:
        raise SubmissionUnreadable("The file is not a notebook: it is nested too deep.") from error
    if not isinstance(document, dict):
        raise SubmissionUnreadable("The file is JSON, but not a notebook.")
    return document


def _cell_list(document: dict[str, Any]) -> list[Any]:
    """Return the cells, by what stands there and not by the version that the file claims."""
    found = document.get("cells")
    if not isinstance(found, list):
        sheets = document.get("worksheets")
        sheets = sheets if isinstance(sheets, list) else []
        lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        found = [cell for cells in lists if isinstance(cells, list) for cell in cells]
        if not sheets:
            raise SubmissionUnreadable("The file is JSON, but not a notebook: it has no cells.")
    if len(found) > CELLS:
        raise SubmissionUnreadable(
            f"The notebook has {len(found)} cells; at most {CELLS} are read."
        )
    return found


def _cells(entries: list[tuple[int, dict[str, Any]]]) -> tuple[list[NotebookCell], list[str]]:
    """Return the cells, long ones cut before anybody walks through them, and what was cut."""
    cells, notices, left = [], [], ALL_CHARACTERS
    for number, cell in entries:
        kind = cell.get("cell_type")
        cell_type = _TYPES.get(kind, "raw") if isinstance(kind, str) else "raw"
        source = _source(cell)
        most = min(SOURCE_CHARACTERS, left)
        if len(source) > most:
            notices.append(f"Of cell {number} only the first {most:,} characters were read.")
        left -= min(len(source), most)
        cells.append(NotebookCell(number, cell_type, _text(source[:most]), _id(cell)))
    return cells, notices


def _source(cell: dict[str, Any]) -> str:
    # Formats before 4 had other names for the source.
    stated = [cell[key] for key in ("source", "input", "code", "text") if key in cell]
    source = stated[0] if stated else ""
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _text(source: str) -> str:
    # Half a surrogate pair is legal in JSON and cannot be written anywhere.
    text = source.encode("utf-8", "replace").decode("utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _id(cell: dict[str, Any]) -> str:
    stated: Any = cell.get("id")
    if isinstance(stated, str):
        return stated
    # Editors that drop ids often keep nbgrader's own name for the cell.
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id: Any = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return grade_id if isinstance(grade_id, str) else ""


def _notices(document: dict[str, Any], cells: list[NotebookCell]) -> list[str]:
    notices = []
    version = document.get("nbformat")
    if isinstance(version, float) and 1 <= version < 4:
        notices.append(
            f"The notebook is in the old format {version:.0f} and was read all the same."
        )
    if len(cells) < len(_cell_list(document)):
        notices.append("Some entries among the cells are no cells and were passed over.")
    notices += [
        f"Cell {cell.number} held NUL characters; they were left out."
        for cell in cells
        if "\0" in cell.source
    ]
    return notices


def listed(numbers: Iterable[int]) -> str:
    """Return the numbers of some cells, at most five of them.

    Examples
    --------
    >>> listed([4, 7]), listed(range(2, 90))
    ('4 and 7', '2 and 3 and 4 and 5 and 6 and more')
    """
    shown = [str(number) for number in numbers]
    return " and ".join(shown if len(shown) <= SHOWN_CELLS else [*shown[:SHOWN_CELLS], "more"])
