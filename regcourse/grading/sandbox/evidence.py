"""What a frame from a student's process is taken to say: plain records, bounded and cleaned.

The process may have written anything, so nothing here trusts a field to be there or to
be of its type. Of a hidden case only the value, its kind, and the name of an exception
that everybody knows are kept: all other words could carry a hidden input out.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from regcourse.grading.sandbox import wire
from regcourse.questions import Missing, Outcome, Raised, Returned, Stopped, Unusable

MESSAGE = 2000
NAME = 100
SHOWN_MISSING = 5
# Control and direction characters could make a page say something else than it holds.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
EXCEPTIONS = {"LinAlgError"} | {
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
_SAMPLES = ({1}, frozenset({1}), b"", bytearray(), range(1), iter(()), map(str, ()), len, int, 1)
KINDS = {wire.describe(sample) for sample in _SAMPLES} | {
    "a function",
    "a generator",
    "a method",
    "a module",
    "a float",
    "a str",
    "a list",
    "a tuple",
    "a dict",
    "a ndarray",
    "a NoneType",
    "an array of dtype object",
    "a number beyond every float",
    "a masked array",
    f"a structure nested more than {wire.DEFAULT.depth} levels deep",
    f"an array of more than {wire.DEFAULT.depth} axes",
}


@dataclass(frozen=True)
class CellRun:
    """What became of one cell. `line` counts within it; `stopped` says that the process ended.

    `missing` are the words of imports that failed by themselves: without an `error`, the rest
    of the cell ran all the same.
    """

    number: int
    ok: bool
    error: str = ""
    message: str = ""
    line: int | None = None
    printed: str = ""
    stopped: Stopped | None = None
    missing: tuple[str, ...] = ()


def clean(text: Any, most: int = MESSAGE) -> str:
    """Return at most `most` characters that a page can show as they are."""
    if not isinstance(text, str):
        return ""
    return UNSAFE.sub("\ufffd", wire.well_formed(text[:most]).replace("\r\n", "\n"))


def read_cell(number: int, header: dict[str, Any], output_chars: int) -> CellRun:
    """Return what the process says of a cell that it has run."""
    printed = clean(header.get("printed"), output_chars)
    stated = header.get("missing")
    stated = stated[:SHOWN_MISSING] if isinstance(stated, list) else []
    missing = tuple(text for one in stated if (text := clean(one, NAME)))
    if header.get("ok") is True:
        return CellRun(number, ok=not missing, printed=printed, missing=missing)
    return CellRun(
        number,
        ok=False,
        error=clean(header.get("error"), NAME) or "Exception",
        message=clean(header.get("message")),
        line=_line(header),
        printed=printed,
        missing=missing,
    )


def read_outcome(
    header: dict[str, Any],
    body: bytes,
    bounds: wire.Bounds,
    *,
    shown: bool,
    argument_names: Sequence[str] = (),
    arguments: int = 0,
    output_chars: int = 0,
) -> Outcome:
    """Return what the process says of a call or a variable.

    Raises WireError for what no worker of ours would send.
    """
    printed = clean(header.get("printed"), output_chars) if shown else ""
    what = header.get("outcome")
    if what == "returned":
        value = decode(header.get("value"), body, bounds)
        changed = _changed(header.get("changed"), argument_names, arguments)
        return Returned(value, changed=changed, printed=printed)
    if what == "raised":
        name = clean(header.get("error"), NAME) or "Exception"
        if not shown:
            return Raised(name if name in EXCEPTIONS else "Exception")
        cell, line = clean(header.get("cell"), 40).strip("<>"), _line(header)
        where = f"{cell}, line {line}" if cell and line else ""
        return Raised(name, clean(header.get("message")), where=where, printed=printed)
    if what == "missing":
        found = clean(header.get("found"), NAME)
        return Missing(found if shown or found in KINDS else "")
    if what == "too much":
        return Stopped("output")
    if what == "unusable":
        kind = clean(header.get("what"), NAME)
        return Unusable(kind if shown or kind in KINDS else "something that is not plain data")
    raise wire.WireError("an outcome of an unknown form")


def decode(tree: Any, body: bytes, bounds: wire.Bounds) -> Any:
    """Return the value of a tree that must account for every byte of its frame."""
    decoder = wire.Decoder(body, bounds)
    value = decoder.value(tree)
    decoder.finish()
    return value


def _line(header: dict[str, Any]) -> int | None:
    line = header.get("line")
    return line if type(line) is int and 0 < line < 1_000_000 else None


def _changed(positions: Any, names: Sequence[str], count: int) -> tuple[str, ...]:
    """Name the altered arguments by their place: a name of the student's could be a message."""
    if not isinstance(positions, list):
        return ()
    valid = sorted({i for i in positions if type(i) is int and 0 <= i < count})
    return tuple(names[i] if i < len(names) else f"argument {i + 1}" for i in valid)
