"""tools/install.py: an environment is whole, or made again; what is missing is named."""

import importlib.util
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys

import pytest


@pytest.fixture
def install(script, tmp_path, monkeypatch):
    """The script on an empty place of its own; it notes its steps instead of taking them."""
    module = script("install")
    venv = tmp_path / ".venv"
    monkeypatch.setattr(module, "VENV", venv)
    monkeypatch.setattr(module, "STAMP", venv / module.STAMP.name)
    monkeypatch.setattr(module, "PYTHON", venv / "bin" / "python")
    module.steps = []

    def make():
        module.steps.append("venv")
        module.PYTHON.parent.mkdir(parents=True)
        module.PYTHON.touch()

    monkeypatch.setattr(module, "new_environment", make)
    monkeypatch.setattr(module, "pip", lambda *arguments, **_: module.steps.append(arguments[-1]))
    return module


def test_a_first_run_installs_the_base_and_a_second_nothing(install):
    install.environment(test=False, this_python=False)
    assert install.steps == ["venv", "requirements.lock", "."]
    install.environment(test=False, this_python=False)
    assert len(install.steps) == 3


def test_every_step_is_told_before_it_is_taken(install, capsys):
    install.environment(test=True, this_python=False)
    told = capsys.readouterr().out.splitlines()
    assert len(told) == len(install.steps) - 1  # the first is new_environment's own
    lock = (install.ROOT / install.BASE_LOCK).read_text("utf-8")
    assert f"need: {len(re.findall(r'^[^ ]+==', lock, re.MULTILINE))} packages" in told[0]
    assert all(re.search(r"minute|seconds", line) for line in told)


def test_a_path_that_a_console_cannot_encode_is_told_all_the_same(install, monkeypatch):
    console = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", console)
    monkeypatch.setattr(sys, "argv", ["install.py"])
    monkeypatch.setattr(install, "environment", lambda *_: print("Making /home/Zoë/.venv"))
    assert install.main() == 0
    console.flush()
    assert console.buffer.getvalue() == b"Making /home/Zo?/.venv\n"


def test_the_tests_needs_come_on_top_and_stay(install):
    install.environment(test=False, this_python=False)
    install.environment(test=True, this_python=False)
    assert install.steps[3:] == ["tests/requirements.lock", "tests/requirements-torch.txt"]
    install.environment(test=False, this_python=False)
    install.environment(test=True, this_python=False)
    assert len(install.steps) == 5


def test_an_interrupted_environment_is_made_again(install, monkeypatch):
    def interrupted(*arguments, **_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(install, "pip", interrupted)
        with pytest.raises(KeyboardInterrupt):
            install.environment(test=False, this_python=False)
    (install.VENV / "half").touch()
    install.environment(test=False, this_python=False)
    assert install.steps == ["venv", "venv", "requirements.lock", "."]
    assert not (install.VENV / "half").exists()


@pytest.mark.parametrize(
    "wrong",
    [{"place": "/elsewhere"}, {"place": None}, "not a table"],
    ids=["it was moved", "no place", "damaged"],
)
def test_an_environment_that_is_not_of_this_place_is_made_again(install, wrong):
    install.environment(test=False, this_python=False)
    text = json.dumps(wrong) if isinstance(wrong, dict) else wrong
    install.STAMP.write_text(text)
    install.environment(test=False, this_python=False)
    assert install.steps.count("venv") == 2


def test_a_new_lock_is_installed_over_the_old(install, monkeypatch):
    install.environment(test=False, this_python=False)
    monkeypatch.setattr(install, "fingerprint", lambda *locks: "changed")
    install.environment(test=False, this_python=False)
    assert install.steps[3:] == ["requirements.lock", "."]


def test_another_python_makes_another_environment_only_when_asked(install, monkeypatch):
    install.environment(test=False, this_python=False)
    monkeypatch.setattr(install, "made_by_this_python", lambda: False)
    install.environment(test=False, this_python=False)
    assert install.steps.count("venv") == 1
    install.environment(test=False, this_python=True)
    assert install.steps.count("venv") == 2


def test_an_old_python_is_told_what_to_do(install, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["install.py"])
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    assert install.main() == 1
    assert "needs Python 3.11 or newer" in capsys.readouterr().err
    assert install.steps == []


def test_as_root_missing_packages_are_installed(install, monkeypatch):
    commands = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(subprocess, "run", lambda command, **_: commands.append(command))
    install.apt_get(["bubblewrap"], "the tests also need bubblewrap")
    assert [command[1] for command in commands] == ["update", "install"]
    assert "bubblewrap" in commands[1]


def test_anybody_else_is_told_the_exact_command(install, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    with pytest.raises(install.SetUpError, match=r"sudo apt-get install .*bubblewrap"):
        install.apt_get(["bubblewrap"], "the tests also need bubblewrap")


def test_where_there_is_no_apt_the_packages_are_named(install, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(install.SetUpError, match=r"no apt-get: install bubblewrap chromium"):
        install.apt_get(["bubblewrap", "chromium"], "the tests need them")


def test_debians_python_without_venv_is_mended_by_its_own_package(script, monkeypatch):
    install = script("install")
    asked = []
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(install, "apt_get", lambda packages, why: asked.extend(packages))
    monkeypatch.setattr(subprocess, "run", lambda command, **_: None)
    install.new_environment()
    assert asked == [f"python3.{sys.version_info.minor}-venv"]


@pytest.mark.parametrize(
    ("system", "package"), [("ubuntu", "chromium-browser"), ("debian", "chromium")]
)
def test_the_browser_is_asked_for_by_its_name_there(install, monkeypatch, system, package):
    asked = []
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": system})
    monkeypatch.setattr(install, "apt_get", lambda packages, why: asked.extend(packages))
    install.system_packages()
    assert asked == ["bubblewrap", package, "git"]


def test_what_ci_misses_fails_and_what_a_laptop_misses_is_a_note(install, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setenv("CI", "false")
    install.system_packages()
    assert "the tests that need them will be skipped" in capsys.readouterr().err
    monkeypatch.setenv("CI", "true")
    with pytest.raises(install.SetUpError, match="bubblewrap and chromium"):
        install.system_packages()
