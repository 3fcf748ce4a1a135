"""What grading costs: CPU seconds per ordinary submission, and where they go.

    python benchmarks/grading.py [--submissions 100] [-j 2]

A class of ordinary submissions (right by several ways, with known mistakes, partly done)
is graded from a cold start by the command that an instructor uses. The second run, with
nothing new, shows what the start of the engine and the pages cost by themselves.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import nbformat
from meter import cpu_seconds

from regcourse.authoring.exercises import notebook_of
from regcourse.grading.book.gradebook import Gradebook
from regcourse.questions import (
    Exercise,
    FunctionQuestion,
    layout_of,
    load_exercise,
    solved,
    source_of,
)

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "regcourse.cli"]


def answers(exercise: Exercise, dice: random.Random) -> dict[str, str]:
    """Return one student's answers: each function right, right by another way, wrong or missing."""
    cells = solved(exercise, layout_of(exercise)).cells
    right = {cell.question: cell.source for cell in cells if cell.role == "answer"}
    found = {}
    functions = {question.name: question for question in exercise.functions}
    for name in exercise.questions:
        if name in functions:
            question = functions[name]
            wrong = [mistake.function for mistake in question.mistakes]
            ways = [question.reference, *question.rights, *dice.sample(wrong, min(2, len(wrong)))]
            way = dice.choice(ways)
            found[name] = as_answer(question, way)
        elif dice.random() < 0.9:
            found[name] = right.get(name, "")
    return found


def as_answer(question: FunctionQuestion, way: Callable[..., Any]) -> str:
    """Return a way's source under the question's name; what it calls goes with it."""
    name, right = question.name, f"right_{question.name}"
    reference = source_of(question.reference).replace(f"def {name}(", f"def {right}(", 1)
    source = source_of(way).replace(f"{name}(", f"{right}(")
    called = source.replace(f"def {right}(", "").count(f"{right}(")
    source = source.replace(f"def {way.__name__}(", f"def {name}(", 1)
    source = source.replace(f"def {right}(", f"def {name}(", 1)
    return f"{reference}\n\n\n{source}" if called else source


def write_class(exercise: Exercise, folder: Path, count: int, seed: int) -> None:
    """Write `count` submissions below `folder`."""
    dice = random.Random(seed)
    for number in range(count):
        notebook = notebook_of(exercise, layout_of(exercise))
        given = answers(exercise, dice)
        for cell in notebook.cells:
            if cell.metadata.regcourse.role == "answer":
                cell.source = given.get(cell.metadata.regcourse.question, cell.source)
        student = folder / f"student-{number:03d}"
        student.mkdir(parents=True)
        nbformat.write(notebook, student / f"{exercise.name}.ipynb")


@click.command()
@click.option("--exercise", "path", default=ROOT / "exercises" / "03_ridge", type=Path)
@click.option("--submissions", default=100, show_default=True)
@click.option("-j", "jobs", default=2, show_default=True)
def main(path: Path, submissions: int, jobs: int) -> None:
    """Grade a made-up class and print what it cost."""
    exercise = load_exercise(path)
    with tempfile.TemporaryDirectory() as scratch:
        submitted, graded = Path(scratch) / "submitted", Path(scratch) / "graded"
        write_class(exercise, submitted, submissions, seed=1)
        grade = [*COMMAND, "grade", str(path), str(submitted), "--to", str(graded), "-j", str(jobs)]
        began = time.perf_counter()
        cold, how = cpu_seconds(grade)
        wall = time.perf_counter() - began
        idle, _ = cpu_seconds(grade)
        with Gradebook.read(graded / "gradebook.sqlite") as gradebook:
            own = sum(result.cpu_seconds for result in gradebook.latest())
    print(f"{submissions} submissions of {exercise.name}, {jobs} at a time ({how})")
    print(f"  {cold / submissions:.3f} CPU s per submission, start of the engine included")
    print(f"  {submissions / wall:.1f} submissions per second of wall time")
    print("  where it goes, CPU s in all:")
    print(f"    {idle:7.2f}  a run with nothing to grade: imports, exercise, pages")
    print(f"    {own:7.2f}  the students' own processes: cells and calls")
    print(f"    {cold - idle - own:7.2f}  sandbox start, forks, reading, judging, gradebook")


if __name__ == "__main__":
    main()
