"""The warm interpreter: imports once, then forks one process for each session.

Started by path inside the sandbox. It never holds a secret, and it reads nothing that
a student's process writes: that process speaks with the grader on a socket of its own.
From outside the student's PID namespace this one watches the clock, kills, and
reports what became of the process.

Requests, one JSON packet each:  new (with the socket), arm, pause, resume, used, end.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

# These files lie side by side in the sandbox, without the package around them.
HERE = str(Path(__file__).parent)
CONFIG: dict[str, Any] = json.loads(sys.argv[1])
if TYPE_CHECKING:
    from regcourse.grading.sandbox import (
        wire,
        worker_imports,
        worker_ipython,
        worker_isolation,
        worker_student,
    )
else:
    sys.path.insert(0, HERE)
    import worker_imports

    worker_imports.restrict(CONFIG["paths"], CONFIG["allowed"])  # NumPy is on no path before
    sys.path.insert(0, HERE)
    import worker_isolation

    if CONFIG["isolate"]:
        worker_isolation.lead()  # while there is little to copy
    import wire
    import worker_ipython
    import worker_student

    sys.path.remove(HERE)

PACKET = 1 << 16
# A machine may run ten times more than it has cores for; only beyond that is waiting idling.
CROWDED = 10
RESTING_POLL = 0.5
EXIT_SECONDS = 0.5
CORES = os.cpu_count() or 1


class Child:
    """The forked process of one student, seen from outside."""

    def __init__(self, pid: int, total_seconds: float, waiting_seconds: float) -> None:
        self.pid = pid
        self.why: dict[str, str] | None = None
        self.status: int | None = None
        self._total = total_seconds
        self._most_waiting = waiting_seconds
        self._waited_out = False
        self._clock = (~pid << 3) | 2  # the kernel's name for the CPU clock of a process
        self._used = 0.0
        self._deadline = total_seconds
        self._armed_at = 0.0
        self._idle = 0.0
        self._awake = 0.0  # wall clock from the first `arm`, pauses left out
        self._armed_awake = 0.0
        self._since: float | None = None

    def arm(self, cpu_seconds: float, idle_seconds: float) -> None:
        self._armed_at = self.used()
        self._deadline = min(self._armed_at + cpu_seconds, self._total)
        self._idle = idle_seconds
        self._armed_awake = self._awake
        self._since = time.monotonic()

    def pause(self) -> None:
        self._awake = self._awake_now()
        self._since = None

    def _awake_now(self) -> float:
        return self._awake + (0.0 if self._since is None else time.monotonic() - self._since)

    def resume(self) -> None:
        self._since = time.monotonic()

    def used(self) -> float:
        if self.status is None:
            with contextlib.suppress(OSError):
                self._used = max(self._used, time.clock_gettime(self._clock))
        return self._used

    def waited(self) -> float:
        """The seconds that not even a crowded machine explains."""
        waited = max(self._awake_now() - CROWDED * self.used(), 0.0)
        # The CPU time of dying is counted late, and must not give any of it back.
        return max(waited, self._most_waiting) if self._waited_out else waited

    def next_look(self) -> float:
        """How long it may be left alone: all cores together cannot overspend sooner."""
        if self.status is not None:
            return 60.0
        left = max(self._deadline - self.used(), 0.0) / CORES
        return min(max(left, 0.01), RESTING_POLL)

    def enforce(self) -> None:
        if self.status is not None:
            return
        used = self.used()
        if used > self._deadline:
            self.stop("time", f"{used - self._armed_at:.1f} s of CPU time")
        elif self.waited() > self._most_waiting:
            self._waited_out = True
            self.stop("time", f"{self.waited():.0f} s of waiting in all")
        elif self._since is not None:
            awake = self._awake_now() - self._armed_awake
            if awake > self._idle + CROWDED * (used - self._armed_at):
                self.stop("time", f"{awake:.0f} s of waiting")

    def stop(self, why: str = "", detail: str = "", grace: float = 0.0) -> None:
        """Kill process 1, and with it the namespace, unless it ends by itself within `grace`."""
        if self.status is not None:
            return
        done, status, usage = os.wait4(self.pid, os.WNOHANG)
        until = time.monotonic() + grace
        while not done and time.monotonic() < until:
            time.sleep(0.002)
            done, status, usage = os.wait4(self.pid, os.WNOHANG)
        if not done:
            if why:
                self.why = {"why": why, "detail": detail}
            os.kill(self.pid, signal.SIGKILL)
            _, status, usage = os.wait4(self.pid, 0)
        elif self.why is None:
            self.why = _cause(status)
        self.status = status
        self._used = usage.ru_utime + usage.ru_stime


def _cause(status: int) -> dict[str, str]:
    """Say why a process ended by itself."""
    if os.WIFEXITED(status):
        return {"why": "exit", "detail": f"exit code {os.WEXITSTATUS(status)}"}
    number = os.WTERMSIG(status)
    # Nobody inside can send process 1 a SIGKILL, so it came from the kernel, out of memory.
    if number == signal.SIGKILL:
        return {"why": "memory", "detail": "the system killed the process"}
    return {"why": "exit", "detail": f"signal {signal.Signals(number).name}"}


class Forker:
    """Answer the grader's requests until it closes the control socket."""

    def __init__(self, control: socket.socket, config: dict[str, Any]) -> None:
        self._control = control
        self._config = config
        self._mapped = worker_isolation.mapped_bytes()
        self._child: Child | None = None

    def serve(self) -> None:
        while True:
            wait = self._child.next_look() if self._child is not None else None
            ready, _, _ = select.select([self._control], [], [], wait)
            if self._child:
                self._child.enforce()
            if not ready:
                continue
            packet, descriptors, _, _ = socket.recv_fds(self._control, PACKET, 1)
            if not packet:
                if self._child:
                    self._child.stop()
                return
            answer = self._answer(json.loads(packet), descriptors)
            if answer is not None:
                self._control.send(json.dumps(answer).encode())

    def _answer(self, request: dict[str, Any], descriptors: list[int]) -> dict[str, Any] | None:
        what = request["op"]
        if what == "new":
            return self._new(descriptors[0], request)
        child = self._child
        assert child is not None
        if what == "arm":
            child.arm(request["cpu"], request["idle"])
        elif what == "pause":
            child.pause()
        elif what == "resume":
            child.resume()
        elif what == "used":
            return {"cpu": child.used(), "waited": child.waited()}
        elif what == "end":
            # A process that exits closes its socket a moment before its status can be read.
            child.stop(grace=EXIT_SECONDS if request["gone"] else 0.0)
            self._child = None
            return {"why": child.why, "cpu": child.used(), "waited": child.waited()}
        return None

    def _new(self, descriptor: int, request: dict[str, Any]) -> dict[str, Any]:
        """Fork the process of one session."""
        apart = worker_isolation.new_pids if self._config["isolate"] else contextlib.nullcontext
        try:
            with apart():
                pid = os.fork()
                if pid == 0:
                    self._live(descriptor, request)
        except OSError as error:
            return {"error": f"no session could be forked: {error}"}
        finally:
            os.close(descriptor)
        total = self._config["limits"]["cpu_seconds"]
        self._child = Child(pid, total, request["waiting"])
        return {"pid": pid}

    def _live(self, descriptor: int, request: dict[str, Any]) -> NoReturn:
        """Be the student's process, to its end."""
        try:
            channel = socket.socket(fileno=descriptor)
            self._settle_in(channel, request).serve()
        finally:
            os._exit(0)

    def _settle_in(self, channel: socket.socket, request: dict[str, Any]) -> worker_student.Student:
        """Give up everything; say what went wrong while there is still only our own code."""
        try:
            if self._config["isolate"]:
                worker_isolation.separate(self._config["tmp_bytes"])
            null = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2):
                os.dup2(null, standard)
            os.closerange(3, channel.fileno())
            os.closerange(channel.fileno() + 1, 1 << 16)
            worker_student.enter_folder(request["folder"], self._config["data"])
            if self._config["uid"] is not None:
                worker_isolation.change_user(self._config["uid"])
            limits = self._config["limits"]
            worker_isolation.confine(limits, self._mapped + limits["memory_bytes"])
            return worker_student.Student(channel, limits)
        except BaseException:
            wire.send(channel, {"type": "failed", "why": traceback.format_exc()})
            raise


def warm_up(config: dict[str, Any]) -> None:
    """Import what the exercise allows, so that every fork has it already."""
    worker_ipython.prepare()
    worker_imports.replace_checks()
    for name in config["preload"]:
        importlib.import_module(name)
    worker_ipython.settle()
    gc.collect()
    gc.freeze()


def main() -> None:
    control = socket.socket(fileno=CONFIG["control"])
    try:
        warm_up(CONFIG)
    except BaseException:
        control.send(json.dumps({"error": traceback.format_exc()[-4000:]}).encode())
        return
    control.send(json.dumps({"ready": os.getpid()}).encode())
    Forker(control, CONFIG).serve()


if __name__ == "__main__":
    main()
