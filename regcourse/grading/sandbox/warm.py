"""Run students' notebooks and ask for their answers, without trusting any of it.

A `Sandbox` holds one warm interpreter (interpreter.py) behind walls (envelope.py); a
`Session` (session.py) is a process forked from it for one submission (worker.py and the
files beside it). The grader sends names and arguments over a socket and gets bounded plain
data back (wire.py, evidence.py). It decides everything on its own side.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from regcourse.errors import SandboxFailed, SandboxUnavailable
from regcourse.grading.sandbox.envelope import Protection, available
from regcourse.grading.sandbox.interpreter import Interpreter, Limits
from regcourse.grading.sandbox.session import Session


class Sandbox:
    """A context manager: a warm interpreter for one exercise, of which each session is a fork.

    To be used by the thread that opened it: the interpreter dies with that thread.

    Parameters
    ----------
    packages : names of the distributions that the exercise allows, besides NumPy and IPython
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
        self.packages = tuple(packages)
        self.limits = limits or Limits()
        self._protection: Protection = protection
        self._interpreter = Interpreter(packages, data, self.limits, protection)

    def __enter__(self) -> Self:
        reason = available(self._protection)
        if reason:
            raise SandboxUnavailable(reason)
        self._interpreter.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._interpreter.close()

    def session(self, waited: float = 0.0) -> Session:
        """Fork a process for one submission; start the interpreter again if it has died."""
        try:
            return Session(self._interpreter, waited)
        except SandboxFailed:
            self._interpreter.close()
            self._interpreter.start()
            return Session(self._interpreter, waited)
