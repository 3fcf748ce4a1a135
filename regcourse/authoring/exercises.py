"""From an exercise folder to the student's notebook, its check data and the solution.

The student's notebook and the check data are committed beside ``questions.py``; the
solution goes to git-ignored ``build/`` and nowhere else.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nbformat

from regcourse.authoring.execution import execute, write_if_changed, write_text_if_changed
from regcourse.authoring.leaks import refuse_leaks
from regcourse.errors import LessonError, RegCourseError
from regcourse.questions import (
    Exercise,
    Layout,
    ReleasedCell,
    checks_text,
    layout_of,
    load_exercise,
    released_checks,
    solved,
)

NBGRADER_SCHEMA = 3


def notebook_of(exercise: Exercise, layout: Layout) -> Any:
    """Return the cells as a notebook that nbgrader can read too.

    Answers are *manually graded* cells and checks are locked without points: nbgrader's
    own autograde would otherwise give a blank notebook full marks, as a check raises nothing.
    """
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["regcourse"] = {"exercise": exercise.name, "title": exercise.title}
    for cell in layout.cells:
        is_code = cell.cell_type == "code"
        new_cell = nbformat.v4.new_code_cell if is_code else nbformat.v4.new_markdown_cell
        copy = new_cell(cell.source, metadata=_metadata(exercise, cell))
        copy.id = cell.id
        notebook.cells.append(copy)
    nbformat.validate(notebook)
    return notebook


def build_exercise(folder: Path, build: Path | None = None) -> dict[str, bool]:
    """Write notebook and check data into `folder`, the solution into `build`; say what changed.

    A file is not touched if it already says the same.
    """
    exercise = load_exercise(folder)
    layout = layout_of(exercise)
    name = exercise.name
    checks = folder / f"{name}.checks.json"
    before = checks.read_text(encoding="utf-8") if checks.is_file() else ""
    text = checks_text(released_checks(exercise), before)
    student = notebook_of(exercise, layout)
    refuse_leaks(exercise, {f"{name}.ipynb": nbformat.writes(student), checks.name: text})

    written = {checks.name: write_text_if_changed(text, checks)}
    beside = [checks, *_data_of(folder)]
    execute(student, f"exercise {name}", beside)
    written[f"{name}.ipynb"] = write_if_changed(student, folder / f"{name}.ipynb")
    if build is not None:
        target = build / name
        target.mkdir(parents=True, exist_ok=True)
        solution = notebook_of(exercise, solved(exercise, layout))
        execute(solution, f"solution of {name}", beside)
        write_text_if_changed(text, target / checks.name)
        written["solution"] = write_if_changed(solution, target / f"{name}.ipynb")
    return written


def run_through(
    exercise: Exercise, progress: Callable[[int, int, str], None] | None = None
) -> list[str]:
    """Run the student's notebook and the solution from top to bottom; return what fails, in words.

    The proofs look at answers; this looks at everything around them, as a student's
    "Run all cells" would.
    """
    assert exercise.folder is not None
    layout = layout_of(exercise)
    said: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        checks = Path(folder) / f"{exercise.name}.checks.json"
        checks.write_text(checks_text(released_checks(exercise)), encoding="utf-8")
        beside = [checks, *_data_of(exercise.folder)]
        both = {"the notebook": layout, "the solution": solved(exercise, layout)}
        for done, (what, cells) in enumerate(both.items()):
            if progress is not None:
                progress(done, len(both), f"{what}, from top to bottom")
            notebook = notebook_of(exercise, cells)
            try:
                execute(notebook, what, beside)
            except LessonError as error:
                said.append(str(error))
    return said


def _metadata(exercise: Exercise, cell: ReleasedCell) -> dict[str, Any]:
    ours: dict[str, Any] = {"role": cell.role}
    if cell.question:
        ours["question"] = cell.question
    metadata: dict[str, Any] = {"regcourse": ours}
    graded = cell.role == "answer"
    locked = cell.role in ("check", "data") or cell.id.startswith("ask-")
    if graded or locked:
        metadata["nbgrader"] = {
            "cell_type": cell.cell_type,
            "grade": graded,
            "grade_id": cell.id,
            "locked": locked,
            "schema_version": NBGRADER_SCHEMA,
            "solution": graded,
            "task": False,
        }
    if graded:
        metadata["nbgrader"]["points"] = exercise.questions[cell.question].points
    if locked:
        metadata["editable"] = False
        metadata["deletable"] = False
    return metadata


def _data_of(folder: Path) -> list[Path]:
    return [folder / "data"] if (folder / "data").is_dir() else []


def main(arguments: Sequence[str]) -> int:
    """Build every exercise of the folder named in `arguments`: the exit code."""
    root = Path(arguments[0]) if arguments else Path("exercises")
    try:
        for questions in sorted(root.glob("*/questions.py")):
            for file, changed in build_exercise(questions.parent, Path("build")).items():
                state = "written" if changed else "unchanged"
                sys.stdout.write(f"{questions.parent.name}: {file} {state}\n")
    except (RegCourseError, OSError, json.JSONDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
