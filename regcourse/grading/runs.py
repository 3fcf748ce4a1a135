"""One submission's run in the sandbox: its cells, then calls, through as many sessions as it takes.

A cell or a call that kills its process costs that cell or call, not the rest: a new
session runs the other cells again and goes on, until the submission's time is used up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from regcourse.checks import Status
from regcourse.grading.intake.submission import Submission
from regcourse.grading.results import CellFailure
from regcourse.grading.sandbox import CellRun, Sandbox, Session
from regcourse.grading.texts import graded_with
from regcourse.questions import Outcome, Stopped

# Processes that one answer's calls may end, and that the cells of a notebook may.
MAX_ENDED = 12
_PROBLEMS = {
    "time": "does not finish in the time allowed",
    "memory": "needs more memory than is allowed",
    "exit": "ends the Python process",
    "forbidden": "does something that is not allowed here",
}
_STATUS: dict[str, Status] = {"time": "timed out", "forbidden": "refused"}


class Run:
    """A context manager: `call` and `variable` work whatever the submission did before."""

    def __init__(self, submission: Submission, sandbox: Sandbox):
        self._submission = submission
        self._sandbox = sandbox
        self._session: Session | None = None
        self._skip: set[int] = set()
        self._hiding = False
        self._ended_by: Counter[str] = Counter()
        self._spent = 0.0
        self._waited = 0.0
        self._failures: dict[int, CellFailure] = {}
        self.ended: dict[int, tuple[Status, str]] = {}

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    @property
    def cpu_seconds(self) -> float:
        return self._spent + (self._session.cpu_seconds if self._session is not None else 0.0)

    @property
    def failures(self) -> tuple[CellFailure, ...]:
        """The cells that did not finish, in the order of the notebook."""
        return tuple(self._failures[number] for number in sorted(self._failures))

    def calls(
        self,
        name: str,
        cases: Sequence[tuple[Any, ...]],
        *,
        shown: bool,
        names: Sequence[str],
        cpu_seconds: float,
        vocabulary: tuple[str, ...] = (),
    ) -> list[Outcome]:
        """Return one outcome for each case; after one that was stopped the rest are not tried.

        Whatever is `shown` must be asked for before anything that is not.
        """
        outcomes: list[Outcome] = []
        for args in cases:
            session = self._ready(name)
            self._hiding = self._hiding or not shown
            outcomes.append(
                session
                if isinstance(session, Stopped)
                else session.call(
                    name,
                    args,
                    cpu_seconds=cpu_seconds,
                    shown=shown,
                    argument_names=names,
                    figure_facts=vocabulary or None,
                )
            )
            if isinstance(outcomes[-1], Stopped):
                self._ended_by[name] += 1
                outcomes += [outcomes[-1]] * (len(cases) - len(outcomes))
                break
        return outcomes

    def variable(self, name: str) -> Outcome:
        """Return what a name stands for after the cells have run."""
        session = self._ready()
        return session if isinstance(session, Stopped) else session.variable(name)

    def _ready(self, name: str = "") -> Session | Stopped:
        """Return a session in which all cells have run that can, unless `name` ended too many."""
        too_often = Stopped("exit", "the process was ended too often")
        if self._ended_by[name] >= MAX_ENDED:
            return too_often
        while self._session is None or not self._session.alive:
            self._close()
            limits = self._sandbox.limits
            waited_out = self._waited > limits.waiting_seconds - 1e-6  # sums are rounded
            if self._spent >= limits.total_seconds or waited_out:
                return Stopped("time", "the time for the whole notebook is used up")
            if len(self._skip) >= MAX_ENDED:
                return too_often
            session = self._sandbox.session(self._waited)
            session.__enter__()
            self._session = session
            for run in session.run_cells(self._submission.cells, self._skip):
                self._note(run)
        return self._session

    def _note(self, run: CellRun) -> None:
        if run.stopped is not None:
            self._skip.add(run.number)
        # How the cells end now could tell of the hidden inputs that ended the session before.
        if run.ok or self._hiding:
            return
        source = dict(self._submission.cells).get(run.number, "")
        first = next((line.strip() for line in source.splitlines() if line.strip()), "")
        if run.stopped is not None:
            problem = _PROBLEMS[run.stopped.why]
            self.ended[run.number] = _STATUS.get(run.stopped.why, "crashed"), problem
        elif run.error:
            where = f" (line {run.line})" if run.line else ""
            message = re.sub(r" \(<cell \d+>, line \d+\)$", "", run.message)
            problem = f"{run.error}: {message}{where}" if message else f"{run.error}{where}"
            self.ended[run.number] = "crashed", f"stops with {problem}"[:400]
        else:
            problem = ""
        if run.missing:
            rest = f"stops with {problem}" if problem else "was run"
            only = graded_with(self._sandbox.packages)
            problem = f"{', '.join(run.missing)}: {only}; the rest of the cell {rest}"
        self._failures.setdefault(run.number, CellFailure(run.number, first[:120], problem[:400]))

    def _close(self) -> None:
        if self._session is not None:
            self._session.__exit__(None, None, None)
            self._spent += self._session.cpu_seconds
            self._waited += self._session.waited_seconds
            self._session = None
