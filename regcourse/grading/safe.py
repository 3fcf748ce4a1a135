"""Text, names and files that are safe to hand out, whatever a student wrote into them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

# Colours of a terminal would leave their numbers behind; the rest shows nothing itself but
# changes what is shown, or its direction, or breaks the encoding: controls, bidi marks and
# isolates, invisible joiners and tags, lone surrogates, non-characters.
_TERMINAL = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?")
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
# With the full-width forms, which some spreadsheets read alike.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# What begins a cell where a table is cut at semicolons or tabs, with the apostrophes in front.
_INSIDE = re.compile(r"([;\t]\s*)('*)([=+\-@\uff1d\uff0b\uff0d\uff20])")
_INSIDE_GUARDED = re.compile(r"([;\t]\s*)'('*)([=+\-@\uff1d\uff0b\uff0d\uff20])")
_QUOTED = re.compile(r"[\",;\t\r\n]")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


def printable(text: str) -> str:
    r"""Return the part of a text that a page can show as it stands.

    Examples
    --------
    >>> printable("\x1b[31mred\x1b[0m \u202eevil\u202c\r\nnext\x00")
    'red evil\nnext'
    """
    text = _TERMINAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNSHOWN.sub("", text)


def file_stem(student: str) -> str:
    """Return a file name for a student: the id itself, or an ASCII slug and a hash.

    The tilde between slug and hash cannot stand in a plain id, so no two students share one.

    Examples
    --------
    >>> file_stem("ada.lovelace"), file_stem("../José")
    ('ada.lovelace', 'Jose~7a51a57a4594')
    """
    if _PLAIN_NAME.fullmatch(student) and student not in (".", ".."):
        return student
    ascii_only = unicodedata.normalize("NFKD", student).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9]+", "-", ascii_only).strip("-")[:40] or "student"
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{slug}~{digest[:12]}"


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader, or a kill in the middle, finds the old or the new one."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)  # nobody asked for the part
        raise


def guarded(text: str) -> str:
    """Return a table cell that no spreadsheet takes for a formula.

    Whatever starts like a formula gets an apostrophe in front, as one would type it there;
    so does what starts with an apostrophe, so that `unguarded` gives every text back. The
    same behind a semicolon or a tab: in many countries a spreadsheet cuts there, quoted or not.

    Examples
    --------
    >>> guarded("=1+1"), guarded("ada"), guarded("ok; =1+1"), unguarded(guarded("=1+1"))
    ("'=1+1", 'ada', "ok; '=1+1", '=1+1')
    """
    text = _INSIDE.sub(r"\1'\2\3", text)
    return f"'{text}" if _is_risky(text) else text


def unguarded(cell: str) -> str:
    """Return what `guarded` was given."""
    text = cell[1:] if cell.startswith("'") and _is_risky(cell[1:]) else cell
    return _INSIDE_GUARDED.sub(r"\1\2\3", text)


def _is_risky(text: str) -> bool:
    return text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r", "'"))


def table_row(cells: Iterable[str]) -> str:
    """Return a row of a CSV table (RFC 4180), its end included.

    Also quoted is what holds a semicolon or a tab, whatever a reader takes for the separator.
    """
    quoted = ('"' + c.replace('"', '""') + '"' if _QUOTED.search(c) else c for c in cells)
    return ",".join(quoted) + "\n"
