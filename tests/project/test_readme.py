"""Every block of README.md is run, in a copy of the checkout."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import venv
from contextlib import contextmanager, suppress
from pathlib import Path

import nbformat
import pytest

from regcourse.authoring.exercises import notebook_of
from regcourse.grading.sandbox import available
from regcourse.questions import layout_of, load_exercise, solved

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
    """A copy of the checkout, with an environment like a user's own."""
    folder = tmp_path_factory.mktemp("readme")
    for path in tracked:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / path, folder / path)
    environment_of(folder)
    return folder


def environment_of(folder):
    """Make folder/.venv: the copy itself, and what is installed here."""
    made = folder / ".venv"
    venv.EnvBuilder(symlinks=True).create(made)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(made)}))
    here = sysconfig.get_path("purelib")
    (site / "course.pth").write_text(f"{folder}\n{here}\n", encoding="utf-8")
    command = made / BIN.name / "regcourse"
    lines = [f"#!{made / BIN.name / 'python'}", "from regcourse.cli import main", "main()", ""]
    command.write_text("\n".join(lines), encoding="utf-8")
    command.chmod(0o755)
    for shared in ("share", "etc"):
        (made / shared).symlink_to(Path(sys.prefix, shared))


@pytest.fixture
def user():
    # Set-up is what a fresh clone shows once, by hand: here it would build .venv/ again.
    make = {"MAKEFLAGS": " -- SET_UP=@true", "MAKELEVEL": "0"}
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | make


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
    # What is said to other Pythons does not matter.
    odd = {"PYTHONHOME": "/nowhere", "PYTHONPATH": "/nowhere"}
    with running(block, copy, user | homes | odd | {"ARGS": options}) as (process, log):
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
    said = python(source, copy, user, "exercises/03_ridge")
    assert said == readme["text"][0]
    shutil.rmtree(copy / "exercises" / "03_ridge" / ".regcourse")


def test_the_passport_names_the_strength_of_others(readme, copy, user):
    source = next(text for text in readme["python"] if "passport" in text)
    said = python(source, copy, user)
    assert re.search(r"^sklearn\.Ridge +alpha = 5$", said, re.MULTILINE)  # n·lam
    assert said.endswith("\nweight_decay = 0.004\n")  # 2 · 0.1 / n


@pytest.fixture
def desk(root, copy, tmp_path):
    """An instructor's folder with a small exercise under the page's name, and one submission.

    The exercise of that name is proved where all are; here it is the commands that count.
    """
    folder = tmp_path / "exercises" / "03_ridge"
    shutil.copytree(root / "tests" / "exercises" / "thin" / "90_thin", folder)
    questions = (folder / "questions.py").read_text("utf-8").replace("90_thin", "03_ridge")
    (folder / "questions.py").write_text(questions, encoding="utf-8")
    exercise = load_exercise(folder)
    path = tmp_path / "submitted" / "ada" / "03_ridge.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook_of(exercise, solved(exercise, layout_of(exercise))), path)
    (tmp_path / ".venv").symlink_to(copy / ".venv")
    return tmp_path


def test_the_instructors_commands_grade_a_class(readme, desk, user, ensure):
    ensure(available("bubblewrap"))
    (block,) = [text for text in readme["sh"] if "regcourse grade" in text]
    done = subprocess.run(
        ["bash", "-ec", block], cwd=desk, env=user, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "1 graded" in done.stdout
    assert (desk / "handed-out" / "03_ridge" / "03_ridge.ipynb").is_file()
    assert (desk / "graded" / "feedback" / "ada.html").is_file()


def python(source, copy, environment, folder="."):
    done = subprocess.run(
        [copy / ".venv" / BIN.name / "python", "-c", source],
        cwd=copy / folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
