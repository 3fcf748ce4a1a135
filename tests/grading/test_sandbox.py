"""A sandbox opens, in either tier and for any user, or says why not; it survives its losses."""

import json
import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from regcourse.errors import SandboxFailed, SandboxUnavailable
from regcourse.grading import envelope
from regcourse.grading.sandbox import Sandbox, available


@pytest.fixture(autouse=True)
def _bubblewrap():
    missing = available()
    if missing and not os.environ.get("CI"):
        pytest.skip(missing)
    assert missing is None


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
import json, os, sys
sys.path[:0] = {path!r}
from regcourse.grading.sandbox import Sandbox, available
found = {{"missing": available({tier!r})}}
with Sandbox([], protection={tier!r}) as sandbox, sandbox.session() as session:
    cells = session.run_cells([
        (1, "import os\\nprint(os.getuid() == int({uid!r} or os.getuid()), os.listdir())"),
        (2, "import os\\nos.fork()"),
        (3, "import os\\nos.execv('/bin/true', ['true'])"),
        (4, "import socket\\nsocket.socket()"),
        (5, "open('/etc/passwd')"),
        (6, "import regcourse.linear"),
        (7, "import sklearn"),
        (8, "import os\\nos.kill(os.getppid(), 9)"),
    ])
    found["errors"] = [cell.error for cell in cells]
    found["printed"] = cells[0].printed
print(json.dumps(found))
"""


def as_ordinary_user(script):
    """Run `script` as a user without rights, to whom the interpreter is shown if need be."""
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
    return done.stdout


@pytest.mark.parametrize(
    ("tier", "passwd"),
    [("bubblewrap", "FileNotFoundError"), ("none", "")],
    ids=["bubblewrap", "none"],
)
def test_an_ordinary_user_can_grade_too(tier, passwd):
    uid = "61000" if os.getuid() == 0 else ""
    found = json.loads(as_ordinary_user(ORDINARY.format(path=sys.path, tier=tier, uid=uid)))
    refused = "PermissionError"
    assert found == {
        "missing": None,
        "errors": [
            "",
            refused,
            refused,
            refused,
            passwd,
            "ModuleNotFoundError",
            "ModuleNotFoundError",
            refused,
        ],
        "printed": "True []\n",
    }
