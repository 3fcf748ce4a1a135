"""What goes wrong between grader and warm interpreter is told as our failure, in one line."""

import json
import socket
import threading
import time

import pytest

from regcourse.errors import SandboxFailed
from regcourse.grading.sandbox import Limits, interpreter, session, wire
from regcourse.grading.sandbox.interpreter import Interpreter
from regcourse.grading.sandbox.session import Session
from regcourse.questions import Returned, Stopped

ENDED = {"cpu": 0.0, "waited": 0.0, "why": None}


@pytest.fixture
def line():
    """An interpreter that was never started, and the end of its line where it would listen."""
    made = Interpreter([], None, Limits(), "none")
    made._control, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with far:
        yield made, far
    made.close()


def says(far, *packets):
    """Put answers on the line, for all the requests that are still to come."""
    sent = [far.send(json.dumps(packet).encode()) for packet in packets]
    assert all(sent)


def test_an_interpreter_that_does_not_answer_is_given_up(line, monkeypatch):
    warm, _ = line
    monkeypatch.setattr(interpreter, "START_SECONDS", 0.05)
    with pytest.raises(SandboxFailed, match="the warm interpreter is silent: timed out"):
        warm.reply()
    # A late answer would be taken for the next one.
    with pytest.raises(SandboxFailed, match="the sandbox is not open"):
        warm.reply()


def test_an_interpreter_that_hangs_up_has_gone(line):
    warm, far = line
    far.close()
    with pytest.raises(SandboxFailed, match="the warm interpreter has gone"):
        warm.reply()


def test_what_an_interpreter_could_not_do_is_told_in_its_words(line):
    warm, far = line
    says(far, {"error": "OSError: no more processes"})
    with pytest.raises(SandboxFailed, match="interpreter says: OSError: no more processes"):
        warm.reply()


def test_a_session_for_which_there_is_no_process_did_not_start(line):
    warm, far = line
    says(far, {"error": "OSError: no more processes"}, ENDED)
    with pytest.raises(
        SandboxFailed, match="a session did not start: the warm interpreter says: OSError"
    ):
        Session(warm)


def test_a_session_whose_process_is_not_ready_says_why(line):
    warm, far = line

    def answer():
        _, (fd,), _, _ = socket.recv_fds(far, 1 << 16, 1)
        with socket.socket(fileno=fd) as process:
            wire.send(process, {"type": "failed", "why": "mounting /tmp was \x1brefused"}, [])
        says(far, {"pid": 41}, ENDED)

    thread = threading.Thread(target=answer)
    thread.start()
    with pytest.raises(SandboxFailed, match="did not start: mounting /tmp was �refused"):
        Session(warm)
    thread.join()


class Clock:
    """A clock that can be put forward."""

    def __init__(self):
        self.ahead = 0.0

    def monotonic(self):
        return time.monotonic() + self.ahead


@pytest.mark.parametrize(
    ("asks", "outcome"),
    [
        (1, Returned(2.0)),
        (2, Stopped("forbidden", "the process sent questions that take too long to answer")),
    ],
    ids=["one", "two"],
)
def test_all_questions_of_a_call_may_take_as_long_as_it_may_wait(
    sandbox, monkeypatch, asks, outcome
):
    clock = Clock()
    monkeypatch.setattr(session, "time", clock)

    def slow(x):
        clock.ahead += 0.6 * sandbox.limits.idle_seconds
        return x

    with sandbox.session() as opened:
        opened.run_cells([(1, f"def f():\n    return max(g(2.0) for _ in range({asks}))")])
        assert opened.call("f", (), ask={"g": slow}, shown=True) == outcome
