"""Run a student's notebook and ask for its answers, without trusting any of it.

A `Sandbox` holds one warm interpreter behind walls (envelope.py); a `Session` is a
process forked from it for one submission (worker.py and its neighbours). The grader
sends names and arguments and gets bounded plain data back; it decides everything on
its own side. Two rules keep hidden inputs hidden:

- what a call brings back besides its value is dropped unless the call is `shown`: a
  message, a printed line or the name of a class could carry a hidden input out;
- after the first call that is not shown, nothing more of the session may be shown.
  So a notebook's cells, variables and public cases come first, hidden cases last.
"""

from __future__ import annotations

import builtins
import contextlib
import json
import os
import re
import secrets
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import regcourse
from regcourse.checks.outcomes import Missing, Outcome, Raised, Returned, Stopped, Unusable
from regcourse.checks.values import Rng
from regcourse.errors import SandboxFailed, SandboxUnavailable
from regcourse.grading import envelope, wire
from regcourse.grading.envelope import Protection, available

__all__ = ["CellRun", "Limits", "Protection", "Sandbox", "Session", "available"]

START_SECONDS = 120.0
ANSWER_SECONDS = 60.0
CROWDED = 10  # the same allowance as in worker.py, for the last resort on this side
MOST_ASKED = 1000
MESSAGE = 2000
# Control and direction characters could make a page say something else than it holds.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
EXCEPTIONS = {"LinAlgError"} | {
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}
# The kinds of answer that may be named even when they come from a hidden case.
KINDS = frozenset(
    wire.describe(value)
    for value in ({1}, frozenset(), b"", bytearray(), range(1), iter(()), map(str, ()), len, int)
) | {"a function", "a generator", "a method", "a module", "an array of dtype object"}


@dataclass(frozen=True)
class Limits:
    """What a session may use. All seconds are CPU seconds but `idle_seconds`, spent waiting."""

    cell_seconds: float = 10.0
    call_seconds: float = 5.0
    total_seconds: float = 60.0
    idle_seconds: float = 30.0
    memory_bytes: int = 2_000_000_000
    output_chars: int = 20_000
    answer_bytes: int = 32_000_000
    file_bytes: int = 32_000_000
    tmp_bytes: int = 64_000_000


@dataclass(frozen=True)
class CellRun:
    """What became of one cell. `line` counts within it; `stopped` says that the process ended."""

    number: int
    ok: bool
    error: str = ""
    message: str = ""
    line: int | None = None
    printed: str = ""
    stopped: Stopped | None = None


def clean(text: Any, most: int = MESSAGE) -> str:
    """Return at most `most` characters that a page can show as they are."""
    if not isinstance(text, str):
        return ""
    return UNSAFE.sub("\ufffd", wire.well_formed(text[:most]))


class Sandbox:
    """A warm interpreter for one exercise; each session is a fork of it.

    To be used by one thread at a time, the one that opened it: the interpreter dies with
    the thread that started it.

    Parameters
    ----------
    packages : names of distributions that the exercise allows, besides NumPy and IPython
    data : folder of the exercise's files, seen read-only as `data` beside the notebook
    protection : "bubblewrap", or by explicit choice "none", the weaker tier

    Raises
    ------
    SandboxUnavailable
        If this machine cannot do it, or an allowed package is not installed.
    SandboxFailed
        If the warm interpreter does not start.
    """

    def __init__(
        self,
        packages: Sequence[str],
        *,
        data: Path | None = None,
        limits: Limits | None = None,
        protection: Protection = "bubblewrap",
    ) -> None:
        self.limits = limits or Limits()
        self._packages = envelope.find_packages(packages)
        self._data = data
        self._protection = protection
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._words: BinaryIO | None = None

    def __enter__(self) -> Self:
        reason = available(self._protection)
        if reason:
            raise SandboxUnavailable(reason)
        self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def session(self) -> Session:
        """Fork an isolated process; start the warm interpreter again if it has died."""
        for attempt in (1, 2):
            try:
                return Session(self)
            except SandboxFailed:
                if attempt == 2:
                    raise
                self.close()
                self._start()
        raise AssertionError("unreachable")

    def close(self) -> None:
        """End the interpreter, and with it whatever it still holds."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._words is not None:
            self._words.close()
            self._words = None

    def request(self, packet: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        """Tell the forker something; it is ours, so what goes wrong here is our fault."""
        if self._control is None:
            raise SandboxFailed("the sandbox is not open")
        try:
            socket.send_fds(self._control, [json.dumps(packet).encode()], list(descriptors))
        except OSError as error:
            raise SandboxFailed(
                f"the warm interpreter has gone: {self._last_words(error)}"
            ) from None

    def reply(self, seconds: float = START_SECONDS) -> dict[str, Any]:
        assert self._control is not None
        self._control.settimeout(seconds)
        try:
            packet = self._control.recv(1 << 16)
        except OSError as error:
            raise SandboxFailed(f"the warm interpreter is silent: {error}") from None
        if not packet:
            raise SandboxFailed(f"the warm interpreter has gone: {self._last_words('')}")
        answer: dict[str, Any] = json.loads(packet)
        if "error" in answer:
            raise SandboxFailed(f"the warm interpreter says: {answer['error']}")
        return answer

    def _last_words(self, error: object) -> str:
        if self._words is None:
            return str(error)
        self._words.seek(0)
        return clean(self._words.read(MESSAGE).decode("utf-8", "replace")) or str(error)

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            boxed = self._protection == "bubblewrap"
            config = json.dumps(self._config(theirs.fileno(), boxed))
            command = (
                envelope.command(self._packages, self._data, [config])
                if boxed
                else envelope.plain_command([config])
            )
            self._control, self._words = ours, tempfile.TemporaryFile()  # noqa: SIM115
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._words,
                env=envelope.ENVIRONMENT,
                cwd="/",
            )
        try:
            self.reply()
        except SandboxFailed:
            self.close()
            raise

    def _config(self, control: int, boxed: bool) -> dict[str, Any]:
        here = Path(regcourse.__file__).resolve().parent.parent
        folders = [str(folder) for folder in self._packages.folders]
        data = None if self._data is None else str(self._data.resolve())
        drop = not boxed and os.getuid() == 0
        limits = {**asdict(self.limits), "cpu_seconds": int(self.limits.total_seconds)}
        return {
            "control": control,
            "paths": [*folders, str(envelope.PACKAGES if boxed else here)],
            "allowed": [*self._packages.names, "regcourse"],
            "preload": list(self._packages.preload),
            "data": str(envelope.DATA) if boxed and data else data,
            "isolate": boxed,
            "uid": envelope.spare_user() if drop else None,
            "tmp_bytes": self.limits.tmp_bytes,
            "limits": limits,
        }


class Session:
    """One submission's process. What it says is evidence; it is never believed further."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._limits = sandbox.limits
        self._bounds = wire.Bounds(raw_bytes=self._limits.answer_bytes)
        self._hiding = False
        self._stopped: Stopped | None = None
        self._cpu: float | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._sock, theirs = socket.socketpair()
        try:
            with theirs:
                sandbox.request({"op": "new", "folder": self._place()}, [theirs.fileno()])
                sandbox.reply()
            header, _ = wire.receive(self._sock, self._bounds, time.monotonic() + ANSWER_SECONDS)
        except (EOFError, OSError, wire.WireError) as error:
            self.close()
            raise SandboxFailed(f"a session did not start: {error}, {self._stopped}") from None
        except SandboxFailed:
            self._sock.close()
            raise
        if header != {"type": "ready"}:
            self.close()
            raise SandboxFailed(f"a session did not start: {clean(header.get('why'))}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        return self._cpu is None

    @property
    def cpu_seconds(self) -> float:
        """What the process has used so far, or had used when it ended."""
        if self._cpu is not None:
            return self._cpu
        self._sandbox.request({"op": "used"})
        return float(self._sandbox.reply()["cpu"])

    def close(self) -> None:
        """Kill the process and all that it has left behind."""
        if self._cpu is not None:
            return
        self._cpu = 0.0
        self._sock.close()
        if self._folder is not None:
            self._folder.cleanup()
        with contextlib.suppress(SandboxFailed):
            self._sandbox.request({"op": "end"})
            ended = self._sandbox.reply()
            self._cpu = float(ended["cpu"])
            why, _, detail = ended["why"].partition(": ")
            if why and self._stopped is None:
                self._stopped = Stopped(why, detail)

    def run_cells(
        self, cells: Sequence[tuple[int, str]], skip: Container[int] = ()
    ) -> list[CellRun]:
        """Run the cells in order, except those in `skip`, until one ends the process."""
        self._demand_nothing_hidden("cells")
        runs: list[CellRun] = []
        for number, source in cells:
            if number in skip:
                continue
            request = {"op": "cell", "number": number, "source": source}
            answer = self._exchange(request, [], self._limits.cell_seconds)
            if isinstance(answer, Stopped):
                runs.append(CellRun(number, ok=False, stopped=answer))
                break
            runs.append(self._cell_run(number, answer[0]))
        return runs

    def call(
        self,
        name: str,
        args: tuple[Any, ...],
        *,
        cpu_seconds: float | None = None,
        shown: bool = False,
        argument_names: Sequence[str] = (),
        figure_facts: tuple[str, ...] | None = None,
        ask: Mapping[str, Callable[..., Any]] | None = None,
    ) -> Outcome:
        """Call the student's function `name` with its own copies of `args`.

        Parameters
        ----------
        shown : may the student see what comes of it? Otherwise texts are dropped.
        argument_names : what to call the arguments that the function altered
        figure_facts : draw on Axes, passed first, and return these facts of them
        ask : functions of the grader's that stand in for the student's own in this call
        """
        if shown:
            self._demand_nothing_hidden("a shown call")
        self._hiding = self._hiding or not shown
        encoder = wire.Encoder(wire.ROOMY, Rng)
        request = {"op": "call", "name": name, "args": encoder.tree(list(args))}
        request |= {"axes": figure_facts, "ask": list(ask or ())}
        seconds = self._limits.call_seconds if cpu_seconds is None else cpu_seconds
        answer = self._exchange(request, encoder.raw, seconds, ask or {})
        if isinstance(answer, Stopped):
            return answer if shown else Stopped(answer.why)
        return self._outcome(*answer, shown=shown, names=argument_names, count=len(args))

    def variable(self, name: str) -> Outcome:
        """Return the value of a variable of the notebook."""
        self._demand_nothing_hidden("a variable")
        request = {"op": "variable", "name": name}
        answer = self._exchange(request, [], self._limits.call_seconds)
        if isinstance(answer, Stopped):
            return answer
        return self._outcome(*answer, shown=True)

    def _place(self) -> str | None:
        """Without bubblewrap there is no private /tmp, so each session gets a folder."""
        if self._sandbox._protection == "bubblewrap":
            return None
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        if os.getuid() == 0:
            os.chown(self._folder.name, envelope.spare_user(), -1)
        return self._folder.name

    def _demand_nothing_hidden(self, what: str) -> None:
        if self._hiding:
            raise SandboxFailed(
                f"{what} after a hidden call could show its inputs: ask for it before"
            )

    def _exchange(
        self,
        request: dict[str, Any],
        raw: list[bytes],
        cpu_seconds: float,
        ask: Mapping[str, Callable[..., Any]] | None = None,
    ) -> tuple[dict[str, Any], bytes] | Stopped:
        """Send a request and return its answer, or why the process ended instead."""
        if not self.alive:
            return self._stopped or Stopped("exit", "the session is closed")
        idle = self._limits.idle_seconds
        number = secrets.token_hex(8)
        until = time.monotonic() + idle + CROWDED * cpu_seconds + ANSWER_SECONDS
        self._sandbox.request({"op": "arm", "cpu": cpu_seconds, "idle": idle})
        try:
            self._sock.settimeout(until - time.monotonic())
            wire.send(self._sock, {**request, "id": number}, raw)
            asked = 0
            while True:
                header, body = wire.receive(self._sock, self._bounds, until)
                if header.get("type") == "ask" and ask and asked < MOST_ASKED:
                    asked += 1
                    until += self._reply_to_ask(header, body, ask)
                    continue
                if header.get("type") != "answer" or header.get("id") != number:
                    raise wire.WireError("an answer to no question")
                break
        except wire.WireError as error:
            self._stopped = Stopped("forbidden", f"the process sent {error}")
        except TimeoutError:
            self._stopped = Stopped("time", "no answer")
        except (EOFError, OSError):
            pass
        else:
            self._sandbox.request({"op": "pause"})
            return header, body
        self.close()
        self._stopped = self._stopped or Stopped("exit", "the process closed its socket")
        return self._stopped

    def _reply_to_ask(
        self, header: dict[str, Any], body: bytes, ask: Mapping[str, Callable[..., Any]]
    ) -> float:
        """Compute what a running call asks for; return the seconds that it took."""
        began = time.monotonic()
        self._sandbox.request({"op": "pause"})
        function = ask.get(str(header.get("name")))
        if function is None:
            raise wire.WireError("a question for another function")
        args = _decode(header.get("args"), body, self._bounds)
        if not isinstance(args, tuple):
            raise wire.WireError("arguments that are not a tuple")
        encoder = wire.Encoder(wire.ROOMY)
        try:
            answer: dict[str, Any] = {"value": encoder.tree(function(*args))}
        except Exception as error:  # the arguments are the student's: a reference may refuse them
            answer, encoder = {"raised": type(error).__name__}, wire.Encoder()
        wire.send(self._sock, answer, encoder.raw)
        self._sandbox.request({"op": "resume"})
        return time.monotonic() - began

    def _cell_run(self, number: int, header: dict[str, Any]) -> CellRun:
        printed = clean(header.get("printed"), self._limits.output_chars)
        if header.get("ok") is True:
            return CellRun(number, ok=True, printed=printed)
        line = header.get("line")
        return CellRun(
            number,
            ok=False,
            error=clean(header.get("error"), 100) or "Exception",
            message=clean(header.get("message")),
            line=line if type(line) is int and 0 < line < 1_000_000 else None,
            printed=printed,
        )

    def _outcome(
        self,
        header: dict[str, Any],
        body: bytes,
        *,
        shown: bool,
        names: Sequence[str] = (),
        count: int = 0,
    ) -> Outcome:
        printed = clean(header.get("printed"), self._limits.output_chars) if shown else ""
        what = header.get("outcome")
        if what == "returned":
            try:
                value = _decode(header.get("value"), body, self._bounds)
            except wire.WireError as error:
                self._stopped = Stopped("forbidden", f"the process sent {error}")
                self.close()
                return self._stopped if shown else Stopped("forbidden")
            return Returned(value, _changed(header.get("changed"), names, count), printed)
        if what == "raised":
            name = clean(header.get("error"), 100)
            if not shown:
                return Raised(name if name in EXCEPTIONS else "Exception")
            line, cell = header.get("line"), clean(header.get("cell"), 40)
            where = f"{cell.strip('<>')}, line {line}" if type(line) is int and cell else ""
            return Raised(name or "Exception", clean(header.get("message")), where, printed)
        if what == "missing":
            found = clean(header.get("found"), 100)
            return Missing(found if shown or found in KINDS else "")
        if what == "unusable":
            kind = clean(header.get("what"), 100)
            return Unusable(kind if shown or kind in KINDS else "something that is not plain data")
        self._stopped = Stopped("forbidden", "the process sent an outcome of an unknown form")
        self.close()
        return self._stopped if shown else Stopped("forbidden")


def _decode(tree: Any, body: bytes, bounds: wire.Bounds) -> Any:
    decoder = wire.Decoder(body, bounds)
    value = decoder.value(tree)
    decoder.finish()
    return value


def _changed(positions: Any, names: Sequence[str], count: int) -> tuple[str, ...]:
    """Name the altered arguments by their place: a name of the student's could be a message."""
    if not isinstance(positions, list):
        return ()
    valid = sorted({i for i in positions if type(i) is int and 0 <= i < count})
    return tuple(names[i] if i < len(names) else f"argument {i + 1}" for i in valid)
