"""The `regcourse` command: parsing and printing, nothing else.

Every error that a user can mend is one line on stderr and exit code 2.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import regcourse
from regcourse.errors import RegCourseError

if TYPE_CHECKING:
    from regcourse.grading.engine import Report

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TARGET = click.Path(path_type=Path)


@contextlib.contextmanager
def _one_line() -> Iterator[None]:
    """Turn what the user can mend into one line and exit code 2."""
    try:
        yield
    except RegCourseError as error:
        raise _Mendable(str(error)) from None
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        raise _Mendable(f"{name}{error.strerror or error}") from None
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("regcourse"):
            raise
        raise _Mendable(
            f"{error.name} is not installed: install regcourse with its instructor extra, "
            "`pip install 'regcourse[instructor]'`"
        ) from None


class _Mendable(click.ClickException):
    exit_code = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(regcourse.__version__, prog_name="regcourse")
def main() -> None:
    """A course on regularization whose graders name the mistake."""


@main.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def lab(options: tuple[str, ...]) -> None:
    """Copy lessons and exercises to work/, never overwriting, and open JupyterLab there.

    OPTIONS go to JupyterLab as they are.
    """
    with _one_line():
        from regcourse.workspace import open_lab

        sys.exit(open_lab(options))


@main.command()
@click.argument("exercise_dir", type=_FOLDER)
def check(exercise_dir: Path) -> None:
    """Run an author's proofs on EXERCISE_DIR and say in words what fails."""
    with _one_line():
        from regcourse.authoring.exercises import run_through
        from regcourse.authoring.proofs import prove

        exercise, said = prove(exercise_dir)
        if exercise is not None:
            said += run_through(exercise)
    for words in said:
        click.echo(f"✗ {words}", err=True)
    if said or exercise is None:
        click.echo(f"{len(said)} thing{'s' if len(said) > 1 else ''} to mend.", err=True)
        sys.exit(1)
    questions = ", ".join(exercise.questions)
    click.echo(
        f"✓ {exercise.name}: {exercise.points:g} points in {len(exercise.questions)} questions"
    )
    click.echo(f"  {questions}")
    click.echo("  Every right way earns every point, every mistake is named, nothing leaks.")


@main.command()
@click.argument("exercise_dir", type=_FOLDER)
@click.option("--to", required=True, type=_TARGET, help="Folder to release into.")
def release(exercise_dir: Path, to: Path) -> None:
    """Write the student's notebook and its check data, past the leak gate."""
    with _one_line():
        from regcourse.authoring.release import release as release_exercise

        for path in release_exercise(exercise_dir, to):
            click.echo(path)


@main.command()
@click.argument("exercise_dir", type=_FOLDER)
@click.argument("submitted_dir", type=_FOLDER)
@click.option("--to", required=True, type=_TARGET, help="Folder for marks, pages and gradebook.")
@click.option("-j", "jobs", type=click.IntRange(min=1), help="Submissions at the same time.")
@click.option("--regrade", is_flag=True, help="Mark everything again, as new attempts.")
@click.option("--secret-file", type=_FILE, help="Seed of the hidden cases, at least 32 bytes.")
@click.option(
    "--without-sandbox",
    is_flag=True,
    help="The weaker tier, for code that you would run yourself: limits, but no walls.",
)
def grade(
    exercise_dir: Path,
    submitted_dir: Path,
    to: Path,
    jobs: int | None,
    regrade: bool,
    secret_file: Path | None,
    without_sandbox: bool,
) -> None:
    """Grade SUBMITTED_DIR: only what is new or changed, each in a sandbox."""
    with _one_line():
        from regcourse.grading.engine import grade as grade_folder

        with _progress() as progress:
            report = grade_folder(
                exercise_dir,
                submitted_dir,
                to,
                jobs=jobs,
                regrade=regrade,
                secret_file=secret_file,
                protection="none" if without_sandbox else "bubblewrap",
                progress=progress,
            )
    _summarise(report, to)


@main.command()
@click.argument("graded_dir", type=_FOLDER)
def report(graded_dir: Path) -> None:
    """Make marks and pages again from the gradebook in GRADED_DIR."""
    with _one_line():
        from regcourse.grading.reports.publish import publish_again

        for path in publish_again(graded_dir):
            click.echo(path)


@main.command()
@click.argument("graded_dir", type=_FOLDER)
@click.option("--format", "form", type=click.Choice(["csv", "json"]), required=True)
@click.option("--to", required=True, type=_TARGET, help="File to write.")
def export(graded_dir: Path, form: str, to: Path) -> None:
    """Write the marks in GRADED_DIR as one CSV or JSON file."""
    with _one_line():
        from regcourse.grading.reports.publish import export as export_marks

        export_marks(graded_dir, form, to)
    click.echo(to)


@main.command()
@click.argument("graded_dir", type=_FOLDER)
@click.argument("marks_file", type=_FILE)
def mark(graded_dir: Path, marks_file: Path) -> None:
    """Enter a person's marks: a CSV with student_id, question, points and comment."""
    with _one_line():
        from regcourse.grading.reports.publish import enter_marks

        count = enter_marks(graded_dir, marks_file)
    click.echo(
        f"{count} mark{'' if count == 1 else 's'} entered; pages and grades.csv are up to date."
    )


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int, int, Any], None]]:
    """A bar with the time left, on stderr; it draws nothing where stderr is not a screen."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    screen = Console(stderr=True)
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("starting", total=None)

        def advance(done: int, total: int, result: Any) -> None:
            bar.update(task, completed=done, total=total, description=result.student)

        yield advance


def _summarise(report: Report, to: Path) -> None:
    click.echo(f"{report.exercise}: {report.graded} graded, {report.kept} kept from before")
    for status, count in sorted(report.statuses.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"  {count:5d}  {status}")
    if report.waiting:
        names = ", ".join(report.waiting[:8]) + (" ..." if len(report.waiting) > 8 else "")
        click.echo(f"  waiting for a person: {len(report.waiting)} ({names})")
    for change in report.changes:
        click.echo(f"  moved: {change}")
    click.echo(f"Marks: {to / 'grades.csv'}   Class: {to / 'class.html'}")


if __name__ == "__main__":
    main()
