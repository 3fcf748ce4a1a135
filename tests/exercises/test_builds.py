"""The committed notebooks of the exercises are what their questions and texts make today."""

from pathlib import Path

import nbformat
import pytest

from regcourse.authoring.execution import keep_the_stable, stored_form
from regcourse.authoring.exercises import notebook_of
from regcourse.questions import checks_text, layout_of, load_exercise, released_checks

FOLDER = Path(__file__).parents[2] / "exercises"
EXERCISES = sorted(path.parent for path in FOLDER.glob("*/questions.py"))


@pytest.fixture(params=EXERCISES, ids=lambda folder: folder.name)
def folder(request):
    return request.param


def test_the_check_data_are_those_of_the_questions(folder):
    stored = (folder / f"{folder.name}.checks.json").read_text(encoding="utf-8")
    assert checks_text(released_checks(load_exercise(folder)), stored) == stored


def test_the_notebook_is_made_of_questions_and_text(folder):
    path = folder / f"{folder.name}.ipynb"
    stored = nbformat.read(path, as_version=4)
    exercise = load_exercise(folder)
    made = notebook_of(exercise, layout_of(exercise))
    assert [cell.id for cell in made.cells] == [cell.id for cell in stored.cells]
    # That the cells print today what is stored is proved with all notebooks, by nbval.
    for cell, kept in zip(made.cells, stored.cells, strict=True):
        cell.update({key: kept[key] for key in ("outputs", "execution_count") if key in kept})
    keep_the_stable(made, folder.name)
    assert stored_form(made) == path.read_text(encoding="utf-8")


def test_question_names_are_unique_in_the_whole_course():
    names = [name for folder in EXERCISES for name in load_exercise(folder).questions]
    assert len(names) == len(set(names))
