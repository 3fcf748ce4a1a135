"""What is told of a notebook's cells, and when: with sessions that end as the test says."""

from dataclasses import dataclass, field, replace

import pytest

from regcourse.grading.intake.submission import Submission
from regcourse.grading.results import CellFailure
from regcourse.grading.runs import Run
from regcourse.grading.sandbox import CellRun, Limits
from regcourse.questions import Returned, Stopped

ONE = "f = len\nf()"


@dataclass
class Scripted:
    """A session whose cells and calls come to what is written down for them."""

    cells: list[CellRun]
    outcomes: list[object]
    alive: bool = True
    cpu_seconds: float = 0.1
    waited_seconds: float = 0.0
    skipped: set[int] = field(default_factory=set)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def run_cells(self, cells, skip):
        self.skipped = set(skip)
        self.alive = not any(cell.stopped for cell in self.cells)
        return self.cells

    def call(self, *_, **__):
        outcome = self.outcomes.pop(0)
        self.alive = not isinstance(outcome, Stopped)
        return outcome


class Desk:
    """Stands in for a sandbox: gives the sessions one after the other."""

    limits = Limits()
    packages = ("numpy", "matplotlib")

    def __init__(self, *sessions):
        self.sessions, self.waited = list(sessions), []

    def session(self, waited):
        self.waited.append(waited)
        return self.sessions.pop(0)


@pytest.fixture
def run_of():
    """A function that begins a run of one cell in these sessions."""

    def begin(*sessions):
        submission = Submission("ada", ((1, ONE),), {}, None, (), "", {"f": (1,)})
        return Run(submission, Desk(*sessions))

    return begin


def ask(run, count, shown):
    return run.calls("f", [()] * count, shown=shown, names=(), cpu_seconds=1.0)


FAILS = CellRun(1, ok=False, error="ValueError", message="late: 4.1 s", line=2)
HANGS = CellRun(1, ok=False, stopped=Stopped("time"))
FINE = CellRun(1, ok=True)


def test_a_cell_that_fails_is_told_with_its_words(run_of):
    with run_of(Scripted([FAILS], [Returned(1)])) as run:
        ask(run, 1, shown=True)
    assert run.failures == (CellFailure(1, "f = len", "ValueError: late: 4.1 s (line 2)"),)
    assert run.ended == {1: ("crashed", "stops with ValueError: late: 4.1 s (line 2)")}


ONLY = "this exercise is graded with numpy and matplotlib only; the rest of the cell"


@pytest.mark.parametrize(
    ("cell", "problem", "ended"),
    [
        (CellRun(1, ok=False, missing=("No pandas",)), f"No pandas: {ONLY} was run", {}),
        (
            CellRun(1, ok=False, error="NameError", line=2, missing=("No pandas", "No tqdm")),
            f"No pandas, No tqdm: {ONLY} stops with NameError (line 2)",
            {1: ("crashed", "stops with NameError (line 2)")},
        ),
    ],
    ids=["runs on", "stops later"],
)
def test_a_package_that_is_not_there_is_told_with_those_that_are(run_of, cell, problem, ended):
    with run_of(Scripted([cell], [Returned(1)])) as run:
        ask(run, 1, shown=True)
    assert run.failures == (CellFailure(1, "f = len", problem),)
    assert run.ended == ended


def test_the_time_of_sessions_that_ended_is_counted_with_that_of_the_last(run_of):
    ended = [Scripted([FINE], [Stopped("exit")], cpu_seconds=seconds) for seconds in (0.1, 0.4)]
    with run_of(*ended, Scripted([FINE], [Returned(1)], cpu_seconds=1.6)) as run:
        ask(run, 1, shown=True)
        ask(run, 1, shown=True)
        ask(run, 1, shown=True)
        assert run.cpu_seconds == pytest.approx(0.1 + 0.4 + 1.6)
    assert run.cpu_seconds == pytest.approx(0.1 + 0.4 + 1.6)


def test_what_earlier_sessions_waited_is_told_to_the_next(run_of):
    ended = [Scripted([FINE], [Stopped("exit")], waited_seconds=seconds) for seconds in (1.0, 4.0)]
    with run_of(*ended, Scripted([FINE], [Returned(1)])) as run:
        ask(run, 1, shown=True)
        ask(run, 1, shown=True)
        ask(run, 1, shown=True)
        assert run._sandbox.waited == [0.0, 1.0, 5.0]


def test_a_cell_that_fails_otherwise_when_it_runs_again_keeps_its_first_words(run_of):
    later = replace(FAILS, message="late: 9.7 s")
    with run_of(Scripted([FAILS], [Stopped("exit")]), Scripted([later], [Returned(1)])) as run:
        ask(run, 1, shown=True)
        ask(run, 1, shown=True)
    assert [failure.problem for failure in run.failures] == ["ValueError: late: 4.1 s (line 2)"]


@pytest.mark.parametrize("late", [FAILS, HANGS], ids=["fails", "hangs"])
def test_how_cells_end_after_a_hidden_call_is_not_told(run_of, late):
    # A hidden call may take as long as its input says, and a cell can read the clock.
    sessions = Scripted([FINE], [Stopped("exit")]), Scripted([late], [Returned(1)])
    with run_of(*sessions, Scripted([FINE], [Returned(1)])) as run:
        ask(run, 1, shown=False)
        ask(run, 1, shown=False)
    assert (run.failures, run.ended) == ((), {})


def test_a_cell_that_hangs_after_a_hidden_call_is_left_out_all_the_same(run_of):
    last = Scripted([FINE], [Returned(1)])
    with run_of(Scripted([FINE], [Stopped("exit")]), Scripted([HANGS], []), last) as run:
        ask(run, 1, shown=False)
        ask(run, 1, shown=False)
    assert last.skipped == {1}


def test_how_cells_end_before_the_first_hidden_call_is_told(run_of):
    with run_of(Scripted([HANGS], []), Scripted([FINE], [Returned(1)])) as run:
        ask(run, 1, shown=False)
    assert run.ended == {1: ("timed out", "does not finish in the time allowed")}


def test_how_cells_end_between_shown_calls_is_told(run_of):
    with run_of(Scripted([FINE], [Stopped("exit")]), Scripted([FAILS], [Returned(1)])) as run:
        ask(run, 1, shown=True)
        ask(run, 1, shown=True)
    assert [failure.number for failure in run.failures] == [1]
