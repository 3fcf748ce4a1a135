"""The committed notebooks of the exercises are what their questions and texts make today."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from regcourse.authoring.exercises import build_exercise
from regcourse.questions import load_exercise

FOLDER = Path(__file__).parents[2] / "exercises"
EXERCISES = sorted(path.parent for path in FOLDER.glob("*/questions.py"))


@pytest.fixture(scope="module", params=EXERCISES, ids=lambda folder: folder.name)
def built(request, tmp_path_factory):
    """A copy of an exercise built again: its notebook, its solution, and what changed."""
    name = request.param.name
    folder = tmp_path_factory.mktemp("exercises") / name
    shutil.copytree(request.param, folder, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    build = folder.parent / "build"
    changed = build_exercise(folder, build)
    return folder / f"{name}.ipynb", build / name / f"{name}.ipynb", changed


def code_cells(path):
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]


def test_what_is_committed_is_up_to_date(built):
    notebook, _, changed = built
    assert not changed[notebook.name]
    assert not changed[notebook.with_suffix(".checks.json").name]


def test_the_students_notebook_passes_strict_nbval(built, nbval):
    run = nbval(built[0])
    assert f"{len(code_cells(built[0]))} passed" in run.stdout, run.stdout[-4000:]
    assert run.returncode == 0


def test_the_solution_passes_strict_nbval(built, nbval):
    run = nbval(built[1])
    assert f"{len(code_cells(built[1]))} passed" in run.stdout, run.stdout[-4000:]
    assert run.returncode == 0


@pytest.mark.parametrize(
    ("role", "part", "old", "new"),
    [("check", "outputs", "not attempted yet", "right so far"), ("data", "source", "60", "61")],
    ids=["an output", "a source line"],
)
def test_strict_nbval_sees_what_was_altered(nbval, tmp_path, role, part, old, new):
    folder = Path(shutil.copytree(FOLDER / "03_ridge", tmp_path / "altered"))
    path = folder / "03_ridge.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(c for c in notebook.cells if c.metadata.regcourse.role == role)
    altered = json.loads(json.dumps(cell[part]).replace(old, new))
    assert altered != cell[part]
    cell[part] = nbformat.from_dict(altered)
    nbformat.write(notebook, path)
    assert nbval(path).returncode == 1


def test_every_cell_was_executed_in_order(built):
    for path in built[:2]:
        counts = [cell.execution_count for cell in code_cells(path)]
        assert counts == list(range(1, len(counts) + 1))


def test_question_names_are_unique_in_the_whole_course():
    names = [name for folder in EXERCISES for name in load_exercise(folder).questions]
    assert len(names) == len(set(names))
