"""A small released exercise, and notebooks that students made of it."""

import contextlib
import importlib.util
import json
import sys
from pathlib import Path

import nbformat
import pytest

from regcourse.authoring.exercises import notebook_of
from regcourse.grading.cases import CaseStore
from regcourse.grading.intake.submission import read_submission
from regcourse.grading.marking import mark
from regcourse.grading.sandbox import Sandbox, available
from regcourse.questions import Layout, ReleasedCell, layout_of, load_exercise, solved

STUB = '''def ridge_fit(X, y, lam):
    """Return (b, w)."""
    # YOUR CODE HERE
    raise NotImplementedError()'''
SETUP = """import numpy as np
from regcourse import check, check_all, progress, rng_of

STUDENT = "your-id"  # your id"""
DATA = """def patients(rng):
    return rng.normal(size=(9, 2)), rng.normal(size=9)"""

RELEASED = (
    ReleasedCell("prose-1", "markdown", "prose", "# Ridge"),
    ReleasedCell("setup", "code", "setup", SETUP),
    ReleasedCell("data-patients", "code", "data", DATA),
    ReleasedCell("code-1", "code", "code", "X, y = patients(rng_of(STUDENT))"),
    ReleasedCell("prose-2", "markdown", "prose", "Write `ridge_fit`."),
    ReleasedCell("answer-ridge_fit", "code", "answer", STUB, "ridge_fit"),
    ReleasedCell("check-ridge_fit", "code", "check", "check(ridge_fit)", "ridge_fit"),
    ReleasedCell(
        "answer-best_lam", "code", "answer", "best_lam = None  # YOUR ANSWER HERE", "best_lam"
    ),
    ReleasedCell("check-best_lam", "code", "check", 'check("best_lam")', "best_lam"),
    ReleasedCell(
        "answer-why_centre",
        "markdown",
        "answer",
        "<!-- answer: why_centre -->\nYOUR ANSWER HERE",
        "why_centre",
    ),
    ReleasedCell("prose-3", "markdown", "prose", "The end."),
)


def _as_released():
    return [
        {"cell_type": cell.cell_type, "id": cell.id, "metadata": {}, "source": cell.source}
        for cell in RELEASED
    ]


@pytest.fixture
def layout():
    kinds = {"ridge_fit": "function", "best_lam": "value", "why_centre": "written"}
    return Layout("03_ridge", RELEASED, kinds)


@pytest.fixture
def cells():
    """The released cells as a student's file holds them, free to be changed; STUDENT is typed."""
    made = _as_released()
    made[1]["source"] = SETUP.replace("your-id", "ada")
    return made


@pytest.fixture
def untouched():
    return _as_released()


@pytest.fixture
def at(cells):
    """Where a cell stands, by its id."""
    return lambda id_: next(k for k, cell in enumerate(cells) if cell["id"] == id_)


@pytest.fixture
def read(tmp_path, layout):
    """Write a notebook with these cells and read it as one student's submission."""

    def write_and_read(cells, student="ada", **document):
        path = tmp_path / "03_ridge.ipynb"
        whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells} | document
        path.write_text(json.dumps(whole), encoding="utf-8")
        return read_submission(path, student, layout)

    return write_and_read


@pytest.fixture
def read_bytes(tmp_path, layout):
    """Write these bytes and read them as one student's submission."""

    def write_and_read(data):
        path = tmp_path / "03_ridge.ipynb"
        path.write_bytes(data)
        return read_submission(path, "ada", layout)

    return write_and_read


def _by_path(name):
    """Import a module of this folder, which is no package."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"_grading_{name}", path)
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up while it is being made.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def classroom():
    """The module classroom.py: how a class hands in, and what it has earned."""
    return _by_path("classroom")


@pytest.fixture(scope="session")
def ridge():
    """The exercise 03_ridge as released: (exercise, notebook)."""
    folder = Path(__file__).parents[2] / "exercises" / "03_ridge"
    notebook = json.loads((folder / "03_ridge.ipynb").read_text(encoding="utf-8"))
    return load_exercise(folder), notebook


@pytest.fixture(scope="session")
def class_of_ridge(classroom, ridge):
    """The pupils of 03_ridge."""
    return _by_path("class_of_ridge").pupils(ridge[0], classroom, _by_path("class_files"))


THIN = Path(__file__).parents[1] / "exercises" / "thin" / "90_thin"
SECRET = bytes(range(32))


class Desk:
    """Hands in notebooks with the given answers, and marks them."""

    def __init__(self, sandbox, folder):
        self.exercise = load_exercise(THIN)
        self.layout = layout_of(self.exercise)
        self.store = CaseStore(self.exercise, SECRET)
        self.sandbox, self.folder = sandbox, folder
        right = solved(self.exercise, self.layout)
        self.right = {c.question: c.source for c in right.cells if c.role == "answer"}

    def hand_in(self, student="ada", **answers):
        notebook = notebook_of(self.exercise, self.layout)
        for cell in notebook.cells:
            if cell.id == "setup":
                cell.source = cell.source.replace("your-id", student)
            if cell.metadata.regcourse.role == "answer":
                cell.source = answers.get(cell.metadata.regcourse.question, cell.source)
        path = self.folder / "90_thin.ipynb"
        nbformat.write(notebook, path)
        return read_submission(path, student, self.layout)

    def mark(self, student="ada", **answers):
        result = mark(self.hand_in(student, **answers), self.store, self.sandbox)
        return {question.name: question for question in result.questions}, result


@pytest.fixture(scope="session")
def sandbox(ensure):
    """A warm sandbox for all that mark: no session in it finds anything of the one before."""
    ensure(available())
    with Sandbox(load_exercise(THIN).packages) as warm:
        yield warm


@pytest.fixture
def desk(sandbox, tmp_path):
    return Desk(sandbox, tmp_path)


@pytest.fixture
def quiet_desk(tmp_path):
    """A desk without a sandbox, for tests that say themselves what calls come to."""
    return Desk(None, tmp_path)


class Warm:
    """Opens sandboxes as the engine asks for them, and keeps them for the next run.

    Each starts an interpreter, which takes ten times as long as to mark what is handed in here.
    """

    def __init__(self, stack):
        self._stack = stack
        self.free = []

    def open(self):
        self.free.append(self._stack.enter_context(Sandbox(load_exercise(THIN).packages)))

    @contextlib.contextmanager
    def __call__(self, packages, *, data, protection):
        assert (list(packages), data, protection) == (["numpy", "matplotlib"], None, "bubblewrap")
        lent = self.free.pop()
        try:
            yield lent
        finally:
            self.free.append(lent)


@pytest.fixture(scope="module")
def warm(ensure):
    ensure(available())
    with contextlib.ExitStack() as stack:
        made = Warm(stack)
        # By this thread: an interpreter dies with the one that started it.
        made.open()
        made.open()
        yield made
