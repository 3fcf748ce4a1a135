"""One submission's process: cells in, answers out, and a reason when it ends.

Two rules keep hidden inputs hidden:

- what a call brings back besides its value is dropped unless the call is `shown`: a
  message, a printed line or the name of a class could carry a hidden input out;
- after the first call that is not shown, nothing more of the session may be shown.
  So a notebook's cells, variables and public cases come first, hidden cases last.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import tempfile
import time
from collections.abc import Callable, Container, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from regcourse.errors import SandboxFailed
from regcourse.grading.sandbox import envelope, wire
from regcourse.grading.sandbox.evidence import CellRun, clean, decode, read_cell, read_outcome
from regcourse.grading.sandbox.interpreter import Interpreter
from regcourse.questions import Outcome, Rng, Stopped

ANSWER_SECONDS = 60.0
CROWDED = 10  # the same allowance as in worker.py, for the last resort on this side
MOST_ASKED = 1000

Asked = Mapping[str, Callable[..., Any]]


class Session:
    """A context manager; what its process says is evidence, and is never believed further.

    `waited` is what earlier sessions of the same submission spent waiting: it counts here too.
    """

    def __init__(self, interpreter: Interpreter, waited: float = 0.0) -> None:
        self._interpreter = interpreter
        self._limits = interpreter.limits
        self._bounds = wire.Bounds(raw_bytes=self._limits.answer_bytes)
        self._hiding = False
        self._stopped: Stopped | None = None
        self._ended: dict[str, Any] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._sock, theirs = socket.socketpair()
        try:
            with theirs:
                left = max(self._limits.waiting_seconds - waited, 0.0)
                request = {"op": "new", "folder": self._place(), "waiting": left}
                interpreter.request(request, [theirs.fileno()])
                interpreter.reply()
            header, _ = wire.receive(self._sock, self._bounds, time.monotonic() + ANSWER_SECONDS)
        except (EOFError, OSError, wire.WireError, SandboxFailed) as error:
            self.close()
            raise SandboxFailed(f"a session did not start: {error}") from None
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
        return self._ended is None

    @property
    def cpu_seconds(self) -> float:
        """What the process has used so far, or had used when it ended."""
        return float(self._used()["cpu"])

    @property
    def waited_seconds(self) -> float:
        """What it has spent waiting so far, beyond what a crowded machine explains."""
        return float(self._used()["waited"])

    def _used(self) -> dict[str, Any]:
        if self._ended is not None:
            return self._ended
        self._interpreter.request({"op": "used"})
        return self._interpreter.reply()

    def close(self) -> None:
        """Kill the process and all that it has left behind."""
        with contextlib.suppress(SandboxFailed):
            self._end()

    def _end(self, gone: bool = False) -> None:
        """Close, and learn why the process ended; if nobody can say, the fault is ours."""
        if self._ended is not None:
            return
        self._ended = {"cpu": 0.0, "waited": 0.0}
        self._sock.close()
        try:
            self._interpreter.request({"op": "end", "gone": gone})
            self._ended = self._interpreter.reply()
        finally:
            if self._folder is not None:
                self._folder.cleanup()
        if self._ended["why"] is not None and self._stopped is None:
            self._stopped = Stopped(**self._ended["why"])

    def run_cells(
        self, cells: Sequence[tuple[int, str]], skip: Container[int] = ()
    ) -> list[CellRun]:
        """Run the cells in order, except those in `skip`, until one ends the process."""
        self._demand_nothing_hidden("a cell")
        runs: list[CellRun] = []
        for number, source in cells:
            if number in skip:
                continue
            request = {"op": "cell", "number": number, "source": wire.well_formed(source)}
            answer = self._exchange(request, [], self._limits.cell_seconds)
            if isinstance(answer, Stopped):
                runs.append(CellRun(number, ok=False, stopped=answer))
                break
            runs.append(read_cell(number, answer[0], self._limits.output_chars))
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
        ask: Asked | None = None,
    ) -> Outcome:
        """Call the student's function `name` with its own copies of `args`.

        Parameters
        ----------
        shown : may the student see what comes of it? Otherwise its texts are dropped.
        argument_names : what to call the arguments that the function altered
        figure_facts : draw on Axes, passed first, and return these facts of them
        ask : functions of the grader's that stand in for the student's own in this call

        Raises
        ------
        SandboxFailed
            If the call is shown and comes after one that was not.
        """
        if shown:
            self._demand_nothing_hidden("a shown call")
        self._hiding = self._hiding or not shown
        encoder = wire.Encoder(wire.ROOMY, Rng)
        request = {"op": "call", "name": name, "args": encoder.tree(list(args))}
        request |= {"axes": figure_facts, "ask": list(ask or ())}
        seconds = self._limits.call_seconds if cpu_seconds is None else cpu_seconds
        answer = self._exchange(request, encoder.raw, seconds, ask)
        outcome = self._read(answer, shown, argument_names, len(args))
        return Stopped(outcome.why) if isinstance(outcome, Stopped) and not shown else outcome

    def variable(self, name: str) -> Outcome:
        """Return the value of a variable of the notebook, which may be shown."""
        self._demand_nothing_hidden("a variable")
        request = {"op": "variable", "name": name}
        return self._read(self._exchange(request, [], self._limits.call_seconds), shown=True)

    def _place(self) -> str | None:
        """Without bubblewrap there is no private /tmp, so each session gets a folder."""
        if self._interpreter.boxed:
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

    def _read(
        self,
        answer: tuple[dict[str, Any], bytes] | Stopped,
        shown: bool,
        names: Sequence[str] = (),
        arguments: int = 0,
    ) -> Outcome:
        if isinstance(answer, Stopped):
            return answer
        try:
            return read_outcome(
                *answer,
                self._bounds,
                shown=shown,
                argument_names=names,
                arguments=arguments,
                output_chars=self._limits.output_chars,
            )
        except wire.WireError as error:
            return self._refuse(error)

    def _refuse(self, error: wire.WireError) -> Stopped:
        """End a process that sent what no worker of ours would."""
        self._stopped = Stopped("forbidden", f"the process sent {error}")
        self.close()
        return self._stopped

    def _exchange(
        self,
        request: dict[str, Any],
        raw: list[bytes],
        cpu_seconds: float,
        ask: Asked | None = None,
    ) -> tuple[dict[str, Any], bytes] | Stopped:
        """Send a request and return its answer, or why the process ended instead."""
        if not self.alive:
            return self._stopped or Stopped("exit", "the session is closed")
        idle = self._limits.idle_seconds
        number = secrets.token_hex(8)
        until = time.monotonic() + idle + CROWDED * cpu_seconds + ANSWER_SECONDS
        self._interpreter.request({"op": "arm", "cpu": cpu_seconds, "idle": idle})
        try:
            self._sock.settimeout(until - time.monotonic())
            wire.send(self._sock, {**request, "id": number}, raw)
            answering = 0.0
            for _ in range(MOST_ASKED):
                header, body = wire.receive(self._sock, self._bounds, until)
                if header.get("type") == "answer" and header.get("id") == number:
                    self._interpreter.request({"op": "pause"})
                    return header, body
                if header.get("type") != "ask" or not ask:
                    raise wire.WireError("an answer to no question")
                answering += self._reply_to_ask(header, body, ask)
                if answering > idle:
                    raise wire.WireError("questions that take too long to answer")
            raise wire.WireError(f"more than {MOST_ASKED} questions")
        except wire.WireError as error:
            return self._refuse(error)
        except TimeoutError:
            self._stopped = Stopped("time", "no answer")
            self._end()
        except (EOFError, OSError):
            self._end(gone=True)  # the interpreter knows how
        self._stopped = self._stopped or Stopped("exit", "the process closed its socket")
        return self._stopped

    def _reply_to_ask(self, header: dict[str, Any], body: bytes, ask: Asked) -> float:
        """Compute what a call asks for, while its clock stands still; return the seconds taken."""
        began = time.monotonic()
        function = ask.get(str(header.get("name")))
        args = decode(header.get("args"), body, self._bounds)
        if function is None or not isinstance(args, tuple):
            raise wire.WireError("a question for another function")
        self._interpreter.request({"op": "pause"})
        encoder = wire.Encoder(wire.ROOMY)
        try:
            answer: dict[str, Any] = {"value": encoder.tree(function(*args))}
        except Exception as error:  # the arguments are the student's: a reference may refuse them
            answer, encoder = {"raised": type(error).__name__}, wire.Encoder()
        wire.send(self._sock, answer, encoder.raw)
        self._interpreter.request({"op": "resume"})
        return time.monotonic() - began
