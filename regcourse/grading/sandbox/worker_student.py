"""A student's process: runs the cells, calls the answers, hands back plain data.

From its first cell on this process belongs to the student: what it says is evidence,
never a verdict. So nothing here needs defending; it need only serve honest notebooks.

This file runs inside the sandbox, started by path: standard library, NumPy, IPython.
"""

from __future__ import annotations

import io
import json
import os
import random
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

# These files lie side by side in the sandbox, without the package around them.
if TYPE_CHECKING:
    from regcourse.grading.sandbox import wire, worker_ipython
else:
    import wire
    import worker_ipython

FOLDER = "/tmp/notebook"
TEXT = 2000
MISSING = 5
_absent = object()


class Bounded(io.BufferedIOBase):
    """The first bytes written; the rest is counted and forgotten."""

    def __init__(self, most: int) -> None:
        self.kept = bytearray()
        self.most = most
        self.dropped = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        size = memoryview(data).nbytes
        room = max(self.most - len(self.kept), 0)
        self.kept += bytes(memoryview(data)[:room])
        self.dropped += max(size - room, 0)
        return size

    def take(self) -> str:
        text = self.kept.decode("utf-8", "replace")
        if self.dropped:
            text += f"\n[{self.dropped} more bytes were printed]"
        self.kept, self.dropped = bytearray(), 0
        return text


def enter_folder(folder: str | None, data: str | None) -> None:
    """Work in an empty folder of its own, in which `data` leads to the exercise's files."""
    place = folder or FOLDER
    os.makedirs(place, exist_ok=True)  # noqa: PTH103
    os.chdir(place)
    if data is not None:
        os.symlink(data, "data")  # noqa: PTH211


class Student:
    def __init__(self, sock: socket.socket, limits: Mapping[str, int]) -> None:
        self._sock = sock
        self._bounds = wire.Bounds(raw_bytes=limits["answer_bytes"])
        self._shell = worker_ipython.Shell.instance()
        self._screen = Bounded(limits["output_chars"])
        screen: Any = self._screen
        for name in ("stdout", "stderr"):
            stream = io.TextIOWrapper(screen, "utf-8", "backslashreplace", write_through=True)
            setattr(sys, name, stream)
        # Fixed, so that a regrade sees the same draws; fresh entropy would be no fairer.
        random.seed(0)
        np.random.seed(0)  # noqa: NPY002 (the generator that a student's code may use unseeded)

    def serve(self) -> None:
        """Answer the grader's frames until it closes the socket."""
        handlers: dict[str, Callable[[dict[str, Any], bytes], None]] = {
            "cell": self.run_cell,
            "call": self.call,
            "variable": self.variable,
        }
        wire.send(self._sock, {"type": "ready"})
        while True:
            try:
                header, raw = wire.receive(self._sock, wire.ROOMY)
            except EOFError:
                return
            handlers[header["op"]](header, raw)

    def run_cell(self, header: dict[str, Any], raw: bytes) -> None:
        self._shell.compile.cell = header["number"]
        self._shell.missing.clear()
        error: BaseException | None
        try:
            result = self._shell.run_cell(header["source"], store_history=False)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as own:  # IPython itself gives up, on a cell too deep to transform
            error = own
        missing = [message[:TEXT] for message in self._shell.missing[:MISSING]]
        answer: dict[str, Any] = {"ok": error is None, "missing": missing}
        if error is not None:
            answer |= _account(error)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")  # as Jupyter does after each cell
        self._answer(header, answer)

    def variable(self, header: dict[str, Any], raw: bytes) -> None:
        value = self._shell.user_ns.get(header["name"], _absent)
        self._answer(header, *self._value(value))

    def call(self, header: dict[str, Any], raw: bytes) -> None:
        names = self._shell.user_ns
        function = names.get(header["name"], _absent)
        if function is _absent or not callable(function):
            found = "" if function is _absent else wire.describe(function)
            self._answer(header, {"outcome": "missing", "found": found})
            return
        args = self._arguments(header, raw)
        before = self._arguments(header, raw)
        self._screen.take()
        try:
            with _standing_in(names, header["ask"], self._ask):
                facts = header["axes"]
                value = function(*args) if facts is None else _figure(function, args, facts)
        except BaseException as error:  # SystemExit and KeyboardInterrupt are answers too
            self._answer(header, {"outcome": "raised", **_account(error)})
            return
        changed = [i for i, pair in enumerate(zip(before, args, strict=True)) if not same(*pair)]
        answer, encoded = self._value(value)
        self._answer(header, {**answer, "changed": changed}, encoded)

    def _arguments(self, header: dict[str, Any], raw: bytes) -> list[Any]:
        return list(wire.Decoder(raw, wire.ROOMY, np.random.default_rng).value(header["args"]))

    def _value(self, value: Any) -> tuple[dict[str, Any], list[bytes]]:
        if value is _absent:
            return {"outcome": "missing", "found": ""}, []
        encoder = wire.Encoder(self._bounds)
        try:
            return {"outcome": "returned", "value": encoder.tree(value)}, encoder.raw
        except wire.TooMuch:
            return {"outcome": "too much"}, []
        except wire.WireError as error:
            return {"outcome": "unusable", "what": str(error)[:TEXT]}, []
        except Exception:  # an object whose own methods raise
            return {"outcome": "unusable", "what": "an object that cannot be read"}, []

    def _answer(
        self, header: dict[str, Any], answer: dict[str, Any], raw: list[bytes] | None = None
    ) -> None:
        own = {"id": header["id"], "type": "answer", "printed": self._screen.take()}
        # The grader would take a longer frame for an attack.
        if len(json.dumps(answer | own)) > self._bounds.text_bytes:
            answer, raw = {"outcome": "too much"}, []
        wire.send(self._sock, answer | own, raw)

    def _ask(self, name: str, args: tuple[Any, ...]) -> Any:
        """Let the grader compute `name(*args)`, as if that question had been answered right."""
        encoder = wire.Encoder(self._bounds)
        tree = encoder.tree(args)
        wire.send(self._sock, {"type": "ask", "name": name, "args": tree}, encoder.raw)
        header, raw = wire.receive(self._sock, wire.ROOMY)
        if "raised" in header:
            raise RuntimeError(header["raised"])
        return wire.Decoder(raw, wire.ROOMY).value(header["value"])


@contextmanager
def _standing_in(
    names: dict[str, Any], asked: list[str], ask: Callable[[str, tuple[Any, ...]], Any]
) -> Iterator[None]:
    """Let the names in `asked` mean the grader's functions for the length of one call."""
    kept = {name: names.get(name, _absent) for name in asked}
    for name in asked:
        names[name] = lambda *args, name=name: ask(name, args)
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is _absent:
                names.pop(name, None)
            else:
                names[name] = value


def _figure(function: Callable[..., Any], args: list[Any], facts: list[str]) -> Any:
    """Call a function that draws, and read its Axes as data; nothing is rendered."""
    from regcourse.questions import figure_facts

    return figure_facts(function, tuple(args), facts)


def _account(error: BaseException) -> dict[str, Any]:
    """Tell of an exception: its class, its message, and the last line in a cell."""
    try:
        message = str(error)[:TEXT]
    except BaseException:
        message = ""
    cell, line = _place(error.__traceback__)
    if isinstance(error, SyntaxError) and (error.filename or "").startswith("<cell "):
        cell, line = error.filename or "", error.lineno
    # Python 3.13 has private kinds of its own, such as _IncompleteInputError of SyntaxError.
    kinds = (
        one for one in type(error).__mro__ if one.__module__ != "builtins" or one.__name__[0] != "_"
    )
    return {"error": next(kinds).__name__[:100], "message": message, "cell": cell, "line": line}


def _place(trace: TracebackType | None) -> tuple[str, int | None]:
    found: tuple[str, int | None] = ("", None)
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("<cell "):
            found = (name, trace.tb_lineno)
        trace = trace.tb_next
    return found


def same(before: Any, after: Any) -> bool:
    """Is an argument after the call, bit for bit, what it was before?"""
    if type(before) is not type(after):
        return False
    if isinstance(before, np.ndarray):
        return (before.dtype, before.shape, before.tobytes()) == (
            after.dtype,
            after.shape,
            after.tobytes(),
        )
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(map(same, before, after))
    if isinstance(before, dict):
        return list(before) == list(after) and all(map(same, before.values(), after.values()))
    if isinstance(before, np.random.Generator):
        return True  # drawing from it is what it is for
    return bool(before == after or before != before)
