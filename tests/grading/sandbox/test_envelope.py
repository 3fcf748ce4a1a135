"""The walls hold what the exercise allows and nothing beside it, or say why they cannot stand."""

import itertools
import os
import sys
from pathlib import Path

import pytest

import regcourse
from regcourse.grading.sandbox import envelope

HOME = Path(regcourse.__file__).parent


def bound(command):
    """Return the sources of everything that a bubblewrap command binds."""
    pairs = itertools.pairwise(command)
    return {Path(place) for option, place in pairs if option in ("--ro-bind", "--bind")}


@pytest.fixture
def as_root(monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 0)


@pytest.fixture
def as_user(monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 1000)


def build(packages=(), data=None):
    return envelope.command(envelope.find_packages(packages), data, ["config"])


def test_allowed_packages_bring_what_they_require():
    names = envelope.find_packages(["matplotlib"]).names
    assert {"numpy", "IPython", "traitlets", "matplotlib", "PIL", "cycler"} <= set(names)
    assert {"sklearn", "scipy", "pandas", "nbformat", "torch"}.isdisjoint(names)


def test_a_package_may_be_named_by_what_is_imported():
    assert envelope.find_packages(["sklearn"]) == envelope.find_packages(["scikit-learn"])


def test_of_regcourse_only_the_language_of_questions_and_checks_is_bound():
    inside = {place for place in bound(build()) if place.is_relative_to(HOME)}
    files = ("__init__.py", "errors.py", "_doors.py", "_arrays.py")
    rooms = {HOME / name for name in (*files, "compare", "questions", "checks")}
    assert inside == rooms | {HOME / "grading" / "sandbox" / name for name in envelope.ENGINE_FILES}


def test_neither_the_repository_nor_a_home_folder_is_bound(tmp_path):
    above = {*HOME.parents, Path.home(), *Path.home().parents, Path("/etc"), Path("/usr")}
    assert bound(build(data=tmp_path)).isdisjoint(above)


def test_data_lie_at_a_fixed_place(tmp_path):
    command = build(data=tmp_path)
    assert command[command.index(str(tmp_path)) + 1] == "/data"


def test_root_is_left_behind_by_setpriv(as_root):
    command = build()
    assert "--unshare-user" not in command
    assert command[command.index("--reuid") + 1] == str(envelope.spare_user())
    assert {"--clear-groups", "--no-new-privs", "--bounding-set"} <= set(command)


def test_an_ordinary_user_gets_a_user_namespace(as_user):
    command = build()
    assert "--unshare-user" in command
    assert "--cap-add" not in command
    assert "--reuid" not in command


@pytest.mark.parametrize(
    "option",
    ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--die-with-parent", "--clearenv"],
)
def test_every_wall_stands(option):
    assert option in build()


def test_the_spare_user_has_no_account():
    import pwd

    assert envelope.spare_user() not in {entry.pw_uid for entry in pwd.getpwall()}


def test_grading_needs_linux(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert envelope.available() == (
        "grading runs on Linux only: on Windows use WSL, on macOS a Linux machine"
    )


def test_grading_needs_a_machine_whose_calls_are_listed(monkeypatch):
    monkeypatch.setattr(envelope.platform, "machine", lambda: "riscv64")
    assert envelope.available() == "grading runs on x86_64 and aarch64 only, not on riscv64"


def test_a_missing_bubblewrap_is_said_with_its_remedy(monkeypatch):
    monkeypatch.setattr(envelope.shutil, "which", lambda name: None)
    missing = envelope.available()
    assert missing == f"bubblewrap is not installed: {envelope.INSTALL}"


def test_root_needs_setpriv(monkeypatch, as_root):
    monkeypatch.setattr(envelope.shutil, "which", lambda name: name if name == "bwrap" else None)
    assert envelope.available() == "setpriv is not installed: it is part of util-linux"


def test_a_bubblewrap_that_is_refused_is_said_with_its_words(monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'No permissions to create new namespace' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    missing = envelope.available()
    assert missing.startswith(
        "bubblewrap cannot make a sandbox here (No permissions to create new namespace): allow"
    )


def test_root_without_bubblewrap_needs_an_interpreter_that_others_can_read(
    monkeypatch, as_root, tmp_path
):
    tmp_path.chmod(0o700)
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    assert "cannot be read by others: grade as an ordinary user" in envelope.available("none")


def test_an_ordinary_user_can_do_without_bubblewrap_by_choice(as_user):
    assert envelope.available("none") is None
