"""Every notebook prints today what it holds; and nbval would notice if one did not.

One process runs them all, since starting it takes longer than most cells. Each lies in a folder of
its own, beside what it needs and nothing else.
"""

import copy
import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import nbformat
import pytest
from nbval.plugin import find_comment_markers, find_metadata_tags

from regcourse.authoring.execution import execute
from regcourse.authoring.exercises import notebook_of
from regcourse.questions import layout_of, load_exercise, solved

ROOT = Path(__file__).parents[2]
LESSONS = sorted(path.stem for path in ROOT.glob("notebooks/*.ipynb"))
EXERCISES = sorted(path.parent.name for path in ROOT.glob("exercises/*/questions.py"))
CARDS = ROOT / "tests" / "cards" / "sample" / "90_sample.ipynb"
NOTEBOOKS = [
    "cards, guessed",
    *(f"lesson {name}" for name in LESSONS),
    *(f"{kind} {name}" for name in EXERCISES for kind in ("exercise", "solution")),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The folder that holds a folder for each notebook."""
    folder = tmp_path_factory.mktemp("notebooks")
    for name in LESSONS:
        put(folder / f"lesson {name}", ROOT / "notebooks" / f"{name}.ipynb")
    for name in EXERCISES:
        source = ROOT / "exercises" / name
        beside = [source / f"{name}.checks.json", *source.glob("data")]
        put(folder / f"exercise {name}", source / f"{name}.ipynb", *beside)
        exercise = load_exercise(source)
        solution = notebook_of(exercise, solved(exercise, layout_of(exercise)))
        execute(solution, f"the solution of {name}", beside)
        nbformat.write(solution, put(folder / f"solution {name}", *beside) / f"{name}.ipynb")
    guess_wrong(put(folder / "cards, guessed", CARDS))
    altered = put(folder / "altered", *(folder / "exercise 03_ridge").iterdir())
    alter_an_exercise(altered / "03_ridge.ipynb")
    nbformat.write(small(), put(folder / "small") / "small.ipynb")
    return folder


def guess_wrong(folder):
    """Leave a student's guess beside a lesson: it may change nothing that a cell shows."""
    kept = {"sample_choice": {"outcome": "wrong", "guess": "a", "day": "2024-02-29"}}
    guesses = folder / ".regcourse" / "predictions" / "90_sample.json"
    guesses.parent.mkdir(parents=True)
    guesses.write_text(json.dumps(kept), encoding="utf-8")


def put(folder, *sources):
    folder.mkdir()
    for path in sources:
        (shutil.copytree if path.is_dir() else shutil.copy)(path, folder / path.name)
    return folder


@pytest.fixture(scope="module")
def verdicts(desk):
    """By folder, "passed" or what failed for each cell of code, from one run of strict nbval."""
    notebooks = sorted(desk.glob("*/*.ipynb"))
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", *notebooks),
            *(
                "-q",
                "--junitxml",
                desk / "verdicts.xml",
                "-p",
                "no:cacheprovider",
                "-p",
                "no:xdist",
            ),
            # Our own configuration is for our own tests: strict about warnings of any library.
            *("-c", os.devnull, "--rootdir", desk),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout[-4000:] + done.stderr  # the altered ones fail
    found = {path.parent.name: [] for path in notebooks}
    for case in ET.parse(desk / "verdicts.xml").iter("testcase"):
        problem = next(iter(case), None)
        verdict = "passed" if problem is None else f"{problem.tag}: {problem.text}"
        found[case.get("classname").partition(".")[0]].append(verdict)
    return found


def code_cells(desk, name):
    (path,) = (desk / name).glob("*.ipynb")
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_cell_prints_what_is_stored(desk, verdicts, name):
    assert verdicts[name] == ["passed"] * len(code_cells(desk, name))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_cell_was_left_out(desk, name):
    cells = code_cells(desk, name)
    # nbval passes a cell that was never run, and one that asks not to be compared, without a word.
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    asked = [(*find_comment_markers(c.source), *find_metadata_tags(c.metadata)) for c in cells]
    assert asked == [()] * len(cells)


# ---------- what nbval would notice
def alter_an_exercise(path):
    """Say something else in the first check cell's output, and draw other data."""
    notebook = nbformat.read(path, as_version=4)
    for role, part, old, new in [
        ("check", "outputs", "not attempted yet", "right so far"),
        ("data", "source", "60", "61"),
    ]:
        cell = next(c for c in notebook.cells if c.metadata.regcourse.role == role)
        before = json.dumps(cell[part])
        assert old in before
        cell[part] = nbformat.from_dict(json.loads(before.replace(old, new)))
    nbformat.write(notebook, path)


def test_an_altered_output_and_an_altered_source_show_in_an_exercise(desk, verdicts):
    cells = code_cells(desk, "altered")
    failed = [
        cell.metadata.regcourse.role
        for cell, verdict in zip(cells, verdicts["altered"], strict=True)
        if verdict != "passed"
    ]
    assert failed == ["data", "check"]  # the data's cell says how many there are


NORM = 'print("‖w‖ =", (w[0] ** 2 + w[1] ** 2) ** 0.5)'
DRAWN = "from IPython.display import SVG\nSVG(f'<svg width=\"{w[0]}\"/>')"
CHANGES = {
    "nothing": lambda cells: None,
    "an output": lambda cells: cells[1].outputs[0].update(text="‖w‖ = 5.1\n"),
    "a source line": lambda cells: cells[0].update(source="w = (3, 5)"),
    "a stripped output": lambda cells: cells[1].update(outputs=[]),
    "a picture": lambda cells: cells[2].outputs[0].data.update({"image/svg+xml": "<svg/>"}),
}


def small():
    """A notebook that does the same three things over and over, each time altered otherwise."""
    stream = nbformat.v4.new_output("stream", name="stdout", text="‖w‖ = 5.0\n")
    svg = {"image/svg+xml": '<svg width="3"/>', "text/plain": "<IPython.core.display.SVG object>"}
    picture = nbformat.v4.new_output("execute_result", data=svg, execution_count=3)
    book = nbformat.v4.new_notebook()
    for change in CHANGES.values():
        cells = [
            nbformat.v4.new_code_cell("w = (3, 4)", execution_count=1),
            nbformat.v4.new_code_cell(NORM, execution_count=2, outputs=[copy.deepcopy(stream)]),
            nbformat.v4.new_code_cell(DRAWN, execution_count=3, outputs=[copy.deepcopy(picture)]),
        ]
        change(cells)
        book.cells += cells
    return book


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        ("nothing", []),
        ("an output", [1]),
        ("a source line", [1]),
        ("a stripped output", [1]),
        ("a picture", [2]),
    ],
)
def test_what_was_altered_fails_and_nothing_else(verdicts, change, failed):
    assert len(verdicts["small"]) == 3 * len(CHANGES)
    first = 3 * list(CHANGES).index(change)
    found = verdicts["small"][first : first + 3]
    assert [i for i, verdict in enumerate(found) if verdict != "passed"] == failed
