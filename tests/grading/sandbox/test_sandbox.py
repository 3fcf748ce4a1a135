"""A sandbox opens, in either tier and for any user, or says why not; it survives its losses."""

import json
import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from regcourse.errors import SandboxFailed, SandboxUnavailable
from regcourse.grading.sandbox import Sandbox, available, envelope


@pytest.fixture(autouse=True)
def _bubblewrap(ensure):
    ensure(available())


@pytest.mark.parametrize("value", ["true", "1", "false"])
def test_what_is_missing_fails_wherever_ci_is_set(ensure, monkeypatch, value):
    monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.fail.Exception, match="no bubblewrap"):
        ensure("no bubblewrap")


def test_what_is_missing_on_a_laptop_skips(ensure, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no bubblewrap"):
        ensure("no bubblewrap")
    ensure(None)


def test_a_package_that_is_not_installed_is_named():
    with pytest.raises(
        SandboxUnavailable, match="allows the package 'no_such_package', which is not"
    ):
        Sandbox(["no_such_package"])


def test_a_closed_sandbox_says_so():
    sandbox = Sandbox([])
    with pytest.raises(SandboxFailed, match="the sandbox is not open"):
        sandbox._interpreter.request({"op": "used"})


def test_an_interpreter_that_cannot_start_gives_its_last_words(monkeypatch):
    monkeypatch.setattr(envelope, "ROOMS", ("no_such_file.py",))
    with pytest.raises(SandboxFailed, match="no_such_file"), Sandbox([]):
        pass


def test_an_interpreter_that_dies_while_it_is_asked_is_our_failure():
    with Sandbox([]) as sandbox, sandbox.session() as session:
        sandbox._interpreter._process.kill()
        select.select([sandbox._interpreter._control], [], [], 20)  # until its end is closed
        with pytest.raises(SandboxFailed, match="the warm interpreter has gone"):
            session.run_cells([(1, "x = 1"), (2, "x = 2")])


ORDINARY = """
import json, sys
sys.path[:0] = {path!r}
from regcourse.grading.sandbox import Sandbox
with Sandbox([], protection={tier!r}) as sandbox, sandbox.session() as session:
    runs = session.run_cells(list(enumerate({cells!r}, start=1)))
print(json.dumps([run.error or run.printed or run.missing for run in runs]))
"""


def as_ordinary_user(tier, *cells):
    """Grade `cells` as a user without rights, to whom the interpreter is shown if need be."""
    script = ORDINARY.format(path=sys.path, tier=tier, cells=cells)
    command = [sys.executable, "-c", script]
    if os.getuid() == 0:
        prefix = Path(sys.base_prefix).resolve()
        view = ["bwrap", "--dev-bind", "/", "/", "--perms", "0755", "--tmpfs", "/root"]
        for way in reversed(prefix.parents[:-1]):
            view += ["--perms", "0755", "--dir", str(way)] if way.is_relative_to("/root") else []
        view += ["--ro-bind", str(prefix), str(prefix)]
        command = [*view, "setpriv", "--reuid=61000", "--regid=61000", "--clear-groups", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


REFUSED = {
    "import os\nos.fork()": "PermissionError",
    "import os\nos.execv('/bin/true', ['true'])": "PermissionError",
    "import socket\nsocket.socket()": "PermissionError",
    "import os\nos.kill(os.getppid(), 9)": "PermissionError",
    "import regcourse.linear": ["regcourse.linear is not available while grading"],
    "import sklearn": ["No module named 'sklearn'"],
}


@pytest.mark.parametrize("tier", ["bubblewrap", "none"])
def test_an_ordinary_user_can_grade_in_either_tier(tier):
    hello = "import os\nprint('hello from', os.listdir())"
    assert as_ordinary_user(tier, hello, *REFUSED) == ["hello from []\n", *REFUSED.values()]


def test_an_ordinary_users_walls_are_whole():
    writable = (
        "import os\nprint([d for d, _, _ in os.walk('/') if os.access(d, os.W_OK)])\n"
        "print(os.listdir('/proc'), os.path.exists('/etc/passwd'), os.path.exists('/home'))"
    )
    assert as_ordinary_user("bubblewrap", writable) == [
        "['/tmp', '/tmp/notebook', '/dev/shm']\n[] False False\n"
    ]


def test_without_bubblewrap_root_grades_only_what_another_user_can_run(monkeypatch, tmp_path):
    tmp_path.chmod(0o700)
    monkeypatch.setattr(os, "getuid", lambda: 0)
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    with (
        pytest.raises(SandboxUnavailable, match="root must hand student code to another user"),
        Sandbox([], protection="none"),
    ):
        pass
