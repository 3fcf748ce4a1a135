"""A fresh copy knows its verbs, and refuses in words what it cannot do."""

import os
import re
import subprocess
import sys

import pytest


def make(*arguments, cwd, home, **more):
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)} | more
    return subprocess.run(
        ["make", *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_make_alone_lists_every_verb_in_a_line_each(fresh, tmp_path):
    text = (fresh / "Makefile").read_text("utf-8")
    declared = set(re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)[0].split())
    listed = re.findall(r"^  make (\w+) +\S", make(cwd=fresh, home=tmp_path).stdout, re.MULTILINE)
    assert set(listed) == declared
    assert {"install", "lab", "test", "lint", "lessons", "exercises", "bench", "lock"} <= declared


@pytest.mark.parametrize("verb", ["install", "lab", "test", "lessons", "exercises", "bench"])
def test_every_verb_sets_itself_up_first(fresh, tmp_path, verb):
    planned = make("--dry-run", verb, cwd=fresh, home=tmp_path).stdout
    steps = [line for line in planned.splitlines() if ".py" in line or ".venv" in line]
    assert "tools/install.py" in steps[0]


def test_a_python_that_is_named_is_the_one_that_is_taken(fresh, tmp_path):
    named = make("--dry-run", "install", "PYTHON=/some/python3", cwd=fresh, home=tmp_path).stdout
    assert '"/some/python3" tools/install.py --this-python' in named
    found = make("--dry-run", "install", cwd=fresh, home=tmp_path).stdout
    assert "--this-python" not in found


def test_a_new_enough_python_is_found_whatever_is_said_to_others(fresh, tmp_path):
    (tmp_path / "bin").mkdir()
    old = tmp_path / "bin" / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    (tmp_path / "bin" / f"python3.{sys.version_info.minor}").symlink_to(sys._base_executable)
    path = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "PYTHONHOME": "/nowhere"}
    planned = make("--dry-run", "install", cwd=fresh, home=tmp_path, **path).stdout
    assert re.search(r'"python3\.\d+" tools/install\.py', planned)


@pytest.mark.parametrize("name", ["PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"])
def test_what_is_said_to_other_pythons_is_not_passed_on(fresh, tmp_path, name):
    said = {name: "/nowhere", "OTHER": "/somewhere"}
    passed = make("--eval=told: ; @env", "told", cwd=fresh, home=tmp_path, **said).stdout
    names = [line.partition("=")[0] for line in passed.splitlines()]
    assert (name in names, "OTHER" in names) == (False, True)


def test_a_python_that_is_not_there_is_one_clear_line(fresh, tmp_path):
    failed = make("install", "PYTHON=/no/such/python3", cwd=fresh, home=tmp_path)
    assert failed.returncode != 0
    assert "there is no /no/such/python3 here: install Python 3.11 or newer" in failed.stderr
    assert not (fresh / ".venv").exists()


def test_the_gate_runs_make_test_and_nothing_else(fresh):
    lines = (fresh / ".ci" / "run").read_text("utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert [line for line in lines if "make" in line] == ["CI=true exec make test"]
    assert os.access(fresh / ".ci" / "run", os.X_OK)
