"""tools/isolated_pip.py: packages come from where the user says, and go into .venv/."""

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

# Says to pip's command line what pip would, as fast as a test may be.
FAKE = """#!/bin/sh
[ "$3" = config ] && exit
[ {code} = forever ] && exec sleep 600
printf '%s\\n' "Ignoring colorama: markers 'win32' don't match your environment" \\
    "Collecting anyio==4.16.0 (from -r requirements.lock (line 1))" "  Downloading anyio.whl" \\
    "Processing /mirror/argon2_cffi-25.1.0-py3-none-any.whl (from -r x)"
exit {code}
"""


@pytest.fixture
def pip(script):
    return script("isolated_pip")


@pytest.fixture
def fake(tmp_path):
    """A function that makes a Python whose pip says three things and ends with a code."""

    def make(code):
        path = tmp_path / "python"
        path.write_text(FAKE.replace("{code}", str(code)), encoding="utf-8")
        path.chmod(0o755)
        return path

    return make


@pytest.fixture
def odd(tmp_path, monkeypatch):
    """A user for whom pip installs elsewhere, from mirrors that are set in several places."""
    (tmp_path / "pip").mkdir()
    (tmp_path / "pip" / "pip.conf").write_text(
        "[global]\nindex-url = https://everywhere.example\ntimeout = 7\nquiet = 1\n"
        "extra-index-url =\n    https://one.example\n    https://two.example\n"
        "[install]\nindex-url = https://mirror.example\nuser = true\nno-deps = true\n"
        "[download]\nproxy = https://elsewhere.example\n",
        encoding="utf-8",
    )
    for name, value in {
        "XDG_CONFIG_HOME": tmp_path,
        "HOME": tmp_path,
        "PIP_USER": "1",
        "PIP_TARGET": "/elsewhere",
        "PIP_PREFIX": "/elsewhere",
        "PIP_PYTHON": "/elsewhere",
        "PIP_REQUIRE_VIRTUALENV": "1",
        "PIP_TIMEOUT": "9",
        "PIP_TRUSTED_HOST": "mirror.example",
        "PYTHONPATH": "/elsewhere",
        "PYTHONHOME": "/elsewhere",
        "PYTHONWARNINGS": "error",
    }.items():
        monkeypatch.setenv(name, str(value))
    for name in ("PIP_CERT", "PIP_FIND_LINKS", "PIP_DEFAULT_TIMEOUT", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_mirrors_are_kept_and_nothing_else_that_was_set_for_other_places(pip, odd):
    found = pip.environment(Path(sys.executable))
    pips = {name: value for name, value in found.items() if name.startswith("PIP_")}
    # What the machine itself says in /etc/pip.conf about mirrors is kept as well.
    assert (
        pips.items()
        >= {
            "PIP_CONFIG_FILE": "/dev/null",
            "PIP_INDEX_URL": "https://mirror.example",
            "PIP_EXTRA_INDEX_URL": "\nhttps://one.example\nhttps://two.example",
            "PIP_TIMEOUT": "9",
            "PIP_TRUSTED_HOST": "mirror.example",
        }.items()
    )
    names = {name[4:].lower().replace("_", "-") for name in pips}
    assert names - pip.KEPT == {"config-file"}
    assert "proxy" not in names  # of `pip download` alone
    assert [name for name in found if name.startswith("PYTHON")] == ["PYTHONIOENCODING"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "asking for packages"),
        (["Collecting a-b.c==1 (from x)"], "1 of 9: a-b.c"),
        (["Ignoring y: z", "Requirement already satisfied: numpy in /x"], "1 of 8: numpy"),
        (["Processing C:\\mirror\\h5py-3.16.0-cp311.whl"], "1 of 9: h5py"),
        (["Collecting a", "  Downloading a (1 kB)", "WARNING: x"], "1 of 9: a"),
        (["Collecting a", "Installing collected packages: a, b"], "putting 2 packages in place"),
    ],
    ids=["nothing yet", "collected", "there already", "a wheel", "asides", "at the end"],
)
def test_what_pip_says_is_told_in_a_few_words(pip, lines, words):
    progress = pip.Progress(9)
    for line in lines:
        progress.hear(line)
    assert progress.words == words


def test_where_a_lock_does_not_count_them_no_total_is_made_up(pip):
    progress = pip.Progress(0)
    progress.hear("Collecting torch==2 (from -r x)")
    assert progress.words == "1: torch"


def test_a_step_that_ends_soon_is_one_plain_line(pip, fake, tmp_path, capsys):
    pip.run(fake(0), ["--editable", "."], tmp_path, packages=3)
    assert re.fullmatch(r"  done after \d+ s\n", capsys.readouterr().out)


def test_a_long_step_says_now_and_then_how_far_it_is(pip, fake, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(pip, "QUIET_SECONDS", 0.0)
    pip.run(fake(0), [], tmp_path, packages=3)
    last = capsys.readouterr().out.splitlines()[-2:]
    assert re.fullmatch(r"  2 of 2: argon2_cffi \(\d+ s\)\n  done after \d+ s", "\n".join(last))


def test_on_a_screen_one_line_is_written_over_and_leaves_nothing(pip, monkeypatch):
    screen = io.StringIO()
    screen.isatty = lambda: True
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "20")
    line = pip.Line()
    line.show("57 of 122: jupyterlab")
    line.end("done")
    first, second, third = screen.getvalue().split("\r")[1:]
    assert (first, second) == ("  57 of 122: jupyte", " " * 19)
    assert re.fullmatch(r"  done after \d+ s\n", third)


def test_an_interrupted_step_leaves_no_pip_behind(pip, fake, tmp_path, monkeypatch):
    started = []

    class Noted(subprocess.Popen):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            started.append(self)

    def interrupt(line, words):
        raise KeyboardInterrupt

    monkeypatch.setattr(pip, "TICK_SECONDS", 0.0)
    monkeypatch.setattr(pip.Line, "show", interrupt)
    python = fake("forever")
    monkeypatch.setattr(pip, "environment", lambda python: dict(os.environ))
    monkeypatch.setattr(subprocess, "Popen", Noted)
    with pytest.raises(KeyboardInterrupt):
        pip.run(python, [], tmp_path)
    assert [process.returncode for process in started] == [-signal.SIGTERM]


def test_a_step_that_fails_shows_the_end_of_what_pip_said(pip, fake, tmp_path, capsys):
    with pytest.raises(subprocess.CalledProcessError) as failed:
        pip.run(fake(3), ["-r", "a.lock"], tmp_path)
    assert failed.value.cmd == ["pip", "install", "-r", "a.lock"]
    told = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"  failed after \d+ s", told[0])
    assert "Ignoring colorama" in told[1]
    assert len(told) == 5
