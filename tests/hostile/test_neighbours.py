"""No submission meets another, and nothing outlives its session or its grader."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from regcourse.questions import Returned, Stopped

TRACES = {
    "a variable": ("kept = 1", "kept"),
    "a module's attribute": ("np.kept = 1", "np.kept"),
    "a module": ("import sys, types\nsys.modules['kept'] = types.ModuleType('x')", "import kept"),
    "the environment": ("import os\nos.environ['KEPT'] = '1'", "import os\nos.environ['KEPT']"),
    "a file in /tmp": ("open('/tmp/kept', 'w').close()", "open('/tmp/kept')"),
    "a file in shared memory": ("open('/dev/shm/kept', 'w').close()", "open('/dev/shm/kept')"),
    "a file beside the notebook": ("open('kept.py', 'w').close()", "import kept"),
    "a builtin": ("import builtins\nbuiltins.kept = 1", "kept"),
    "a magic": ("get_ipython().register_magic_function(print, 'line', 'kept')", "%kept"),
}


@pytest.mark.parametrize("trace", TRACES)
def test_a_session_finds_nothing_of_the_one_before(sandbox, trace):
    leave, find = TRACES[trace]
    with sandbox.session() as first:
        left, found = first.run_cells([(1, "import numpy as np\n" + leave), (2, find)])
        assert left.ok
        assert found.ok
    with sandbox.session() as second:
        assert not second.run_cells([(1, "import numpy as np"), (2, find)])[1].ok


def test_random_numbers_start_anew_in_each_session(sandbox):
    cell = "import random, numpy as np\nx = [random.random(), np.random.rand()]"
    drawn = []
    for _ in range(2):
        with sandbox.session() as session:
            session.run_cells([(1, cell)])
            drawn.append(session.variable("x"))
    assert drawn[0] == drawn[1]


def test_a_session_ends_with_all_its_threads(sandbox, below):
    before = below(os.getpid())
    with sandbox.session() as session:
        session.run_cells(
            [(1, "import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()")]
        )
        assert len(below(os.getpid()) - before) == 1
    assert below(os.getpid()) == before


def test_a_process_that_spins_between_calls_is_stopped_in_all(open_sandbox, below):
    from regcourse.grading.sandbox import Limits

    spin = "import threading\nthreading.Thread(target=lambda: [0 for _ in iter(int, 1)]).start()"
    with open_sandbox(limits=Limits(total_seconds=1.0)) as sandbox, sandbox.session() as session:
        session.run_cells([(1, spin + "\ndef f(): return 1")])
        before = below(os.getpid())
        deadline = time.monotonic() + 60
        while below(os.getpid()) == before and time.monotonic() < deadline:
            time.sleep(0.05)
        outcome = session.call("f", (), shown=True)
    assert isinstance(outcome, Stopped)
    assert outcome.why == "time"


def test_a_dead_interpreter_is_replaced_for_the_next_session(open_sandbox, below):
    with open_sandbox() as sandbox:
        os.kill(max(below(sandbox._interpreter._process.pid)), signal.SIGKILL)
        with sandbox.session() as session:
            session.run_cells([(1, "def f(): return 1")])
            assert session.call("f", ()) == Returned(1)


GRADER = """
import sys
sys.path[:0] = {path!r}
from regcourse.grading.sandbox import Sandbox
with Sandbox([]) as sandbox, sandbox.session() as session:
    print("running", flush=True)
    session.run_cells([(1, "import time\\ntime.sleep(999)")])
"""


def test_a_killed_grader_leaves_nothing_running(open_sandbox, below):
    open_sandbox()
    grader = subprocess.Popen(
        [sys.executable, "-c", GRADER.format(path=sys.path)], stdout=subprocess.PIPE, text=True
    )
    with grader:
        assert grader.stdout.readline() == "running\n"
        mine = below(grader.pid)
        assert len(mine) >= 4  # bubblewrap twice, the interpreter, the session
        grader.kill()
    deadline = time.monotonic() + 20
    while _alive(mine) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert _alive(mine) == set()


def _alive(processes):
    return {p for p in processes if Path(f"/proc/{p}").exists() and _state(p) not in "ZX"}


def _state(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"
