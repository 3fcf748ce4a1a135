"""Every block of README.md is run, in a copy of the checkout."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import nbformat
import pytest

from regcourse.authoring.exercises import notebook_of
from regcourse.checks import load_exercise
from regcourse.checks.notebook import layout_of, solved
from regcourse.grading.sandbox import available

BIN = Path(sys.executable).parent
START_SECONDS = 120


@pytest.fixture(scope="module")
def readme(root, blocks):
    """The blocks of README.md by kind, in order."""
    found = blocks(root / "README.md")
    kinds = {info for info, _ in found}
    assert kinds == {"sh", "python", "text"}
    return {kind: [text for info, text in found if info == kind] for kind in kinds}


@pytest.fixture(scope="module")
def copy(root, tracked, tmp_path_factory):
    """A copy of the checkout with one submission in it, and an environment like a user's own."""
    folder = tmp_path_factory.mktemp("readme")
    for path in tracked:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / path, folder / path)
    (folder / ".venv").symlink_to(BIN.parent)
    exercise = load_exercise(folder / "exercises" / "03_ridge")
    path = folder / "submitted" / "ada" / "03_ridge.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook_of(exercise, solved(exercise, layout_of(exercise))), path)
    return folder


@pytest.fixture
def user(copy):
    # Set-up is what a fresh clone shows once, by hand: here it would build .venv/ again.
    return os.environ | {"PYTHONPATH": str(copy), "MAKEFLAGS": " -- SET_UP=@true", "MAKELEVEL": "0"}


@contextmanager
def running(command, folder, environment):
    """Run a shell command in a process group of its own, and end all of it."""
    log = folder / "server.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            ["bash", "-ec", command],
            cwd=folder,
            env=environment,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
        try:
            yield process, log
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(20)


def fetched(url, process, log):
    """Return the first answer of a server that is starting."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    raise TimeoutError(log.read_text())


def test_make_lab_serves_lesson_03_from_work(readme, copy, user, tmp_path):
    (block,) = [text for text in readme["sh"] if text.strip() == "make lab"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"--no-browser --ip 127.0.0.1 --port {port} --IdentityProvider.token=t"
    homes = {f"JUPYTER_{what}_DIR": str(tmp_path / what) for what in ("CONFIG", "DATA", "RUNTIME")}
    with running(block, copy, user | homes | {"ARGS": options}) as (process, log):
        url = f"http://127.0.0.1:{port}/lab/tree/notebooks/03_ridge.ipynb?token=t"
        status, page = fetched(url, process, log)
    assert status == 200
    assert "JupyterLab" in page
    handed_out = {str(p.relative_to(copy / "work")) for p in (copy / "work").rglob("*.ipynb")}
    assert {"notebooks/03_ridge.ipynb", "exercises/03_ridge/03_ridge.ipynb"} <= handed_out


def test_every_make_verb_of_the_blocks_exists(readme, copy, user):
    verbs = re.findall(r"^make (\w+)$", "".join(readme["sh"]), re.MULTILINE)
    assert {"lab", "test", "lessons", "exercises"} <= set(verbs)
    # Dry: what they do is proved by the tests of lessons and exercises, and by this very run.
    planned = subprocess.run(
        ["make", "--dry-run", *dict.fromkeys(verbs)],
        cwd=copy,
        env=user,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "pytest" in planned
    assert "regcourse.authoring.lessons" in planned


def test_the_check_prints_what_the_page_shows(readme, copy, user):
    source = next(text for text in readme["python"] if "check(ridge_fit)" in text)
    said = python(source, copy / "exercises" / "03_ridge", user)
    assert said == readme["text"][0]
    shutil.rmtree(copy / "exercises" / "03_ridge" / ".regcourse")


def test_the_passport_names_the_strength_of_others(readme, copy, user):
    source = next(text for text in readme["python"] if "passport" in text)
    said = python(source, copy, user)
    assert "scikit-learn" in said
    assert re.search(r"\b5(\.0)?\b", said)  # alpha = n·lam


def test_the_instructors_commands_grade_a_class(readme, copy, user, ensure):
    ensure(available("bubblewrap"))
    (block,) = [text for text in readme["sh"] if "regcourse grade" in text]
    done = subprocess.run(
        ["bash", "-ec", block], cwd=copy, env=user, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "1 graded" in done.stdout
    assert (copy / "handed-out" / "03_ridge" / "03_ridge.ipynb").is_file()
    assert (copy / "graded" / "feedback" / "ada.html").is_file()


def python(source, folder, environment):
    done = subprocess.run(
        [sys.executable, "-c", source],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
