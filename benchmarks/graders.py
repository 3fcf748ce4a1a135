"""Two graders on one class: CPU seconds of `regcourse grade` and of `nbgrader autograde`.

    python benchmarks/graders.py [--submissions 8] [--rounds 3]

The class answers the function questions of 03_ridge, and the same answers lie in the folders
of both. They are graded in turns, each time from a cold start, and one function holds the
marks of both against how the answers were made.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import nbformat
import numpy as np
from grading import COMMAND, ROOT, as_answer
from meter import cpu_seconds
from nbgrader.api import Gradebook as TheirGradebook

from regcourse.authoring.exercises import NBGRADER_SCHEMA, notebook_of
from regcourse.grading.book.gradebook import Gradebook
from regcourse.questions import Exercise, layout_of, load_exercise

NAME = "03_ridge"
QUESTIONS = ("ridge_fit", "filter_factors", "ridge_df")
NBGRADER = [sys.executable, "-m", "nbgrader"]
# Both get what both can mark without a person or the author's helpers, and import NumPy alone.
ONLY = f"\nex.questions = {{name: ex.questions[name] for name in {QUESTIONS!r}}}\n"
CHECK_IMPORT = "from regcourse import check\n"
TEXT = f'# %% role="setup"\nimport numpy as np\n{CHECK_IMPORT}\nSTUDENT = "your-id"\n' + "".join(
    f'\n# %% question="{name}"\n' for name in QUESTIONS
)
STUB = "# YOUR CODE HERE\n    raise NotImplementedError()"
REGION = "### BEGIN SOLUTION\n    pass\n    ### END SOLUTION"

SIDES = ("regcourse", "nbgrader")

Key = tuple[str, str]  # student, question


@dataclass
class Turn:
    """One run over the class: what it cost, points out of how many, the mistakes it named."""

    cpu: float
    wall: float
    how: str
    points: dict[Key, tuple[float, float]] = field(default_factory=dict)
    named: dict[Key, str] = field(default_factory=dict)

    def agreeing(self, truth: dict[Key, str]) -> int:
        """Count the answers that earned full marks if, and only if, they are right."""
        full = {key: earned == most for key, (earned, most) in self.points.items()}
        return sum(full.get(key) == (not mistake) for key, mistake in truth.items())

    def naming(self, truth: dict[Key, str]) -> int:
        """Count the mistakes called by the name of the one that was made.

        One that calls the student's own answer to another question may come out as something
        else, which then rightly has another name or none.
        """
        return sum(self.named.get(key) == mistake for key, mistake in truth.items() if mistake)


Sides = dict[str, list[Turn]]


class Race:
    """One class in the folders of both graders, below one folder."""

    def __init__(self, folder: Path, count: int):
        self.ours, self.theirs, self.runs = folder / NAME, folder / "course", folder / "runs"
        self.submitted = folder / "submitted"
        shutil.copytree(ROOT / "exercises" / NAME, self.ours)
        with (self.ours / "questions.py").open("a", encoding="utf-8") as file:
            file.write(ONLY)
        (self.ours / "text.py").write_text(TEXT, encoding="utf-8")
        exercise = load_exercise(self.ours)
        answers, self.truth = make_class(exercise, count, seed=1)
        notebook = notebook_of(exercise, layout_of(exercise))
        hand_in(notebook, answers, self.submitted)

        self.runs.mkdir()
        source, release = (self.theirs / step / NAME for step in ("source", "release"))
        source.mkdir(parents=True)
        nbformat.write(nbgrader_source(exercise, notebook), source / f"{NAME}.ipynb")
        make = [*NBGRADER, "generate_assignment", NAME, f"--course-dir={self.theirs}"]
        timed(make, self.runs / "release.log")
        released = nbformat.read(release / f"{NAME}.ipynb", as_version=4)
        hand_in(released, answers, self.theirs / "submitted")

    def regcourse(self, run: str) -> Turn:
        """Grade the class by `regcourse grade`, marks and pages."""
        to = self.runs / f"graded-{run}"
        grade = [*COMMAND, "grade", str(self.ours), str(self.submitted), "--to", str(to), "-j", "1"]
        turn = timed(grade, self.runs / "ours.log")
        with Gradebook.read(to / "gradebook.sqlite") as book:
            for result in book.latest():
                for question in result.questions:
                    key = result.student, question.name
                    turn.points[key] = question.earned or 0.0, question.points
                    turn.named[key] = question.mistake
        return turn

    def nbgrader(self, run: str) -> Turn:
        """Grade the class by `nbgrader autograde`: marks, without its feedback pages."""
        # In a copy of the course: nbgrader skips what its database already has.
        course = self.runs / f"course-{run}"
        shutil.copytree(self.theirs, course)
        grade = [*NBGRADER, "autograde", NAME, f"--course-dir={course}"]
        turn = timed(grade, self.runs / "theirs.log")
        with TheirGradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
            for submission in book.assignment_submissions(NAME):
                for grade in submission.notebooks[0].grades:
                    key = submission.student.id, grade.name.split("-")[1]
                    earned, most = turn.points.get(key, (0.0, 0.0))
                    turn.points[key] = earned + grade.score, most + grade.max_score
        return turn


def make_class(exercise: Exercise, count: int, seed: int) -> tuple[dict[Key, str], dict[Key, str]]:
    """Draw answers, about half of them right, and return with each the mistake made, or ""."""
    dice = random.Random(seed)
    answers, truth = {}, {}
    for key in [(f"student-{number:03d}", name) for number in range(count) for name in QUESTIONS]:
        question: Any = exercise.questions[key[1]]
        right = dice.random() < 0.5
        wrong = [mistake.function for mistake in question.mistakes]
        way = dice.choice([question.reference, *question.rights] if right else wrong)
        answers[key], truth[key] = as_answer(question, way), "" if right else way.__name__
    return answers, truth


def hand_in(released: Any, answers: dict[Key, str], folder: Path) -> None:
    """Write each student's copy of a released notebook, with the answers in their cells."""
    for student in sorted({student for student, _ in answers}):
        notebook = nbformat.from_dict(released)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "").removeprefix("answer-")
            cell.source = answers.get((student, name), cell.source)
            cell.source = cell.source.replace('"your-id"', f'"{student}"')
        (folder / student / NAME).mkdir(parents=True)
        nbformat.write(notebook, folder / student / NAME / f"{NAME}.ipynb")


def nbgrader_source(exercise: Exercise, ours: Any) -> Any:
    """Return our notebook as an author's of nbgrader: hidden tests in place of checks."""
    notebook = nbformat.v4.new_notebook()
    for cell in nbformat.from_dict(ours).cells:
        if cell.metadata.regcourse.role == "check":
            notebook.cells += test_cells(exercise.questions[cell.metadata.regcourse.question])
            continue
        if cell.metadata.regcourse.role == "answer":
            cell.source = cell.source.replace(STUB, REGION)
            # The points stand with the tests; an answer that has some waits for a person.
            cell.metadata.nbgrader.grade = False
            del cell.metadata.nbgrader["points"]
        # There is no instant check here; its import would be charged to their kernel.
        cell.source = cell.source.replace(CHECK_IMPORT, "")
        notebook.cells.append(cell)
    return notebook


def test_cells(question: Any) -> list[Any]:
    """Return a cell for each group of cases, with its points and a draw of its own."""
    cells, rng = [], np.random.default_rng(1)
    for number, group in enumerate(question.groups):
        lines = ["### BEGIN HIDDEN TESTS"]
        for args in group.draw(rng):
            pair = f"{question.name}{literal(args)}, {literal(question.reference(*args))}"
            close = f"all(map(np.allclose, {pair}))" if question.returns else f"np.allclose({pair})"
            lines.append(f"assert {close}")
        cell = nbformat.v4.new_code_cell("\n".join([*lines, "### END HIDDEN TESTS"]))
        told = {"cell_type": "code", "schema_version": NBGRADER_SCHEMA, "points": group.points}
        told |= {"grade": True, "locked": True, "solution": False, "task": False}
        cell.metadata["nbgrader"] = told | {"grade_id": f"test-{question.name}-{number}"}
        cells.append(cell)
    return cells


def literal(value: Any) -> str:
    """Return a value as Python source, to the last digit."""
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))})"
    array = np.asarray(value)
    return f"np.array({array.tolist()!r})" if array.ndim else repr(array.item())


def timed(command: Sequence[str], log: Path) -> Turn:
    """Run a command and return what it cost. What it says is shown only if it fails."""
    began = time.perf_counter()
    try:
        cpu, how = cpu_seconds(["sh", "-c", 'exec "$@" 2>"$0"', str(log), *command])
    except subprocess.CalledProcessError:
        raise SystemExit(f"{log.read_text()}error: this failed: {' '.join(command)}") from None
    return Turn(cpu, time.perf_counter() - began, how)


def move_home(folder: Path) -> None:
    """Let neither side read this user's settings, or leave anything in this user's home."""
    for name in [name for name in os.environ if name.startswith(("JUPYTER", "IPYTHON", "XDG_"))]:
        del os.environ[name]
    for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        os.environ[name] = str(folder / name.lower())
        Path(os.environ[name]).mkdir(mode=0o700)
    # nbgrader starts alembic by its bare name, also where the environment is not activated,
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    # and reads the nbgrader_config.py of the folder that it is started in.
    os.chdir(folder)


def spread(values: Sequence[float]) -> str:
    """Return the median, and the range behind it."""
    return f"{statistics.median(values):.3g} ({min(values):.3g} to {max(values):.3g})"


def show(whole: Sides, truth: dict[Key, str]) -> None:
    """Print each figure of both graders, then the ratios."""
    count, wrong = len(truth) // len(QUESTIONS), sum(map(bool, truth.values()))
    rounds = len(whole["regcourse"])
    cpu = {side: [turn.cpu / count for turn in turns] for side, turns in whole.items()}
    rate = {side: [count / turn.wall for turn in turns] for side, turns in whole.items()}
    right = {side: sum(turn.agreeing(truth) for turn in turns) for side, turns in whole.items()}
    named = {side: sum(turn.naming(truth) for turn in turns) for side, turns in whole.items()}

    print(f"{count} submissions of {NAME}, one at a time, {rounds} rounds: median (range)")
    print(f"  {'':34}{'regcourse grade':>25}{'nbgrader autograde':>25}{'ratio':>20}")
    for title, values, way in [
        ("CPU s per submission", cpu, 1),
        ("submissions per s of wall time", rate, -1),
    ]:
        ours, theirs = values["regcourse"], values["nbgrader"]
        ratio = [(b / a) ** way for a, b in zip(ours, theirs, strict=True)]
        print(f"  {title:34}{spread(ours):>25}{spread(theirs):>25}{spread(ratio):>20}")
    for title, counts, most in [
        ("marks that agree with the truth", right, len(truth) * rounds),
        ("mistakes named as they were made", named, wrong * rounds),
    ]:
        print(f"  {title:34}", *(f"{f'{counts[side]} of {most}':>25}" for side in SIDES), sep="")
    print("  The start-up of both is counted, so that a larger class is kinder to regcourse; pages")
    print("  for students are counted for regcourse, not for nbgrader.")


@click.command()
@click.option("--submissions", type=click.IntRange(min=1), default=8, show_default=True)
@click.option("--rounds", type=click.IntRange(min=1), default=3, show_default=True)
def main(submissions: int, rounds: int) -> None:
    """Let both graders grade one made-up class in turns, and print what each cost."""
    with tempfile.TemporaryDirectory() as scratch:
        move_home(Path(scratch))
        one, race = Race(Path(scratch) / "one", 1), Race(Path(scratch) / "race", submissions)
        whole: Sides = {side: [] for side in SIDES}
        # One run untimed: both find their caches filled, as on any day but the first.
        for side in SIDES:
            getattr(one, side)("untimed")
        load = [os.getloadavg()[0]]
        for number in range(rounds):
            # Who goes first changes: a machine that fills up or warms favours neither.
            for side in SIDES[:: 1 if number % 2 == 0 else -1]:
                whole[side].append(getattr(race, side)(str(number)))
        load.append(os.getloadavg()[0])
        os.chdir(ROOT)
    show(whole, race.truth)
    how = sorted({turn.how for turns in whole.values() for turn in turns})
    print(f"  CPU time by {' or '.join(how)}; {os.cpu_count()} cores, ", end="")
    print(f"load average {load[0]:.1f} before and {load[1]:.1f} after")


if __name__ == "__main__":
    main()
