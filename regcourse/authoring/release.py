"""Release an exercise: the student's notebook and its check data, past the leak gate."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat

from regcourse.authoring.execution import write_text_if_changed
from regcourse.authoring.exercises import notebook_of
from regcourse.authoring.leaks import refuse_leaks
from regcourse.errors import LeakFound
from regcourse.questions import Exercise, checks_text, layout_of, load_exercise, released_checks


def release_files(exercise: Exercise) -> dict[str, str]:
    """Return the texts of a release by file name, or raise LeakFound."""
    name = exercise.name
    notebook = notebook_of(exercise, layout_of(exercise))
    files = {
        f"{name}.ipynb": nbformat.writes(notebook, version=4).rstrip("\n") + "\n",
        f"{name}.checks.json": checks_text(released_checks(exercise)),
    }
    refuse_leaks(exercise, files)
    return files


def release(folder: Path, to: Path) -> list[Path]:
    """Write ``to/NAME/NAME.ipynb``, its check data and its ``data/``; return what was written.

    Nothing is written before everything has passed the leak gate.
    """
    exercise = load_exercise(folder)
    files = release_files(exercise)
    data = folder / "data"
    files_of_data = sorted(path for path in data.rglob("*") if path.is_file())
    for path in files_of_data:
        if path.suffix == ".py":
            raise LeakFound(f"data/{path.name} is code: data files are handed out as they are")
    target = to / exercise.name
    target.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        write_text_if_changed(text, target / name)
    for path in files_of_data:
        copy = target / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return [target / name for name in files]
