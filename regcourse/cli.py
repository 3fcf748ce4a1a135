"""The `regcourse` command: parsing and printing, nothing else.

Every error that a user can mend is one line on stderr and exit code 2.
"""

from __future__ import annotations

import contextlib
import io
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

import regcourse
from regcourse._cli_strengths import Quantities, strength
from regcourse.errors import RegCourseError

if TYPE_CHECKING:
    from regcourse.grading.engine import Report

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_EITHER = click.Path(exists=True, path_type=Path)
_TARGET = click.Path(path_type=Path)
# Where stderr is no screen, a long run says this often that it is alive.
QUIET_SECONDS = 30.0

Tell = Callable[[int, int, str], None]


def _say(words: object, *, aside: bool = False) -> None:
    """Print in the console's own encoding: click would write UTF-8 to one that knows ASCII only."""
    print(words, file=sys.stderr if aside else sys.stdout, flush=True)


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
    """What the user can mend, told in one line whatever it quotes."""

    exit_code = 2

    def __init__(self, message: str):
        super().__init__(" ".join(message.split("\n")))

    def show(self, file: IO[Any] | None = None) -> None:
        _say(f"Error: {self.message}", aside=True)


@contextlib.contextmanager
def _usage_in_one_line() -> Iterator[None]:
    """Tell a wrong command as any other error, with the place where the right one stands."""
    try:
        yield
    except click.UsageError as error:
        said = " ".join(error.format_message().split())
        # Asked for nothing, click shows its help as an error.
        if said.startswith("Usage:"):
            raise
        # A folder that is not there needs no word about the argument that named it.
        if isinstance(error, click.BadParameter) and error.param is not None:
            is_path = isinstance(error.param.type, click.Path)
            said = error.message if is_path and error.message else said
        path = error.ctx.command_path if error.ctx is not None else "regcourse"
        raise _Mendable(f"{said.rstrip('.')} (see `{path} -h`)") from None


class _Commands(click.Group):
    """Commands whose every error is one line; click itself would print four."""

    def main(self, *args: Any, **options: Any) -> Any:
        # The one place for all verbs: a console that knows no ✓ or λ gets a question mark.
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        return super().main(*args, **options)

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        with _usage_in_one_line():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with _usage_in_one_line():
            return super().invoke(ctx)


@click.group("regcourse", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
        from regcourse.lab.workspace import open_lab

        sys.exit(open_lab(options))


@main.command()
@click.argument("path", metavar="EXERCISE_DIR|LESSON_TEXT", type=_EITHER)
def check(path: Path) -> None:
    """Run an author's proofs and say in words what fails.

    They are those of an exercise's folder, or of a lesson's text: notebooks/text/NN_topic.py.
    """
    with _one_line(), _progress() as tell:
        sound, said = (_check_exercise if path.is_dir() else _check_lesson)(path, tell)
    for words in said:
        _say(f"✗ {words}", aside=True)
    if said:
        rest = "" if sound else ", before the rest is tried"
        _say(f"{len(said)} thing{'s' if len(said) > 1 else ''} to mend{rest}.", aside=True)
        sys.exit(1)
    _say(f"✓ {sound}")


def _check_exercise(folder: Path, tell: Tell) -> tuple[str, list[str]]:
    """What to say of a sound exercise (nothing where not all was tried), and what fails."""
    from regcourse.authoring.exercises import run_through
    from regcourse.authoring.proofs import prove

    exercise, said = prove(folder, tell)
    if exercise is None:
        return "", said
    said += run_through(exercise, tell)
    sound = (
        f"{exercise.name}: {exercise.points:g} points in {len(exercise.questions)} questions\n"
        f"  {', '.join(exercise.questions)}\n"
        "  Every right way earns every point, every mistake is named, nothing leaks."
    )
    return sound, said


def _check_lesson(text: Path, tell: Tell) -> tuple[str, list[str]]:
    from regcourse.authoring.lesson_proof import prove_lesson

    tell(0, 1, "the cells, from top to bottom")
    lesson, said = prove_lesson(text)
    if lesson is None:
        return "", said
    sound = (
        f"{lesson.name}: {len(lesson.code)} cells of code\n"
        "  Each asks before it shows, every link leads somewhere, every result stays the same."
    )
    return sound, said


@main.command()
@click.argument("exercise_dir", type=_FOLDER)
@click.option("--to", required=True, type=_TARGET, help="Folder to release into.")
def release(exercise_dir: Path, to: Path) -> None:
    """Write the student's notebook and its check data, past the leak gate."""
    with _one_line():
        from regcourse.authoring.release import release as release_exercise

        for path in release_exercise(exercise_dir, to):
            _say(path)


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

        with _progress() as tell:
            report = grade_folder(
                exercise_dir,
                submitted_dir,
                to,
                jobs=jobs,
                regrade=regrade,
                secret_file=secret_file,
                protection="none" if without_sandbox else "bubblewrap",
                progress=lambda done, total, result: tell(done, total, result.student),
            )
        _summarise(report, to, regrade)


@main.command()
@click.argument("graded_dir", type=_FOLDER)
def report(graded_dir: Path) -> None:
    """Make marks and pages again from the gradebook in GRADED_DIR."""
    with _one_line():
        from regcourse.grading.reports.publish import publish_again, unfinished

        for path in publish_again(graded_dir):
            _say(path)
        if said := unfinished(graded_dir):
            _say(said, aside=True)


@main.command()
@click.argument("graded_dir", type=_FOLDER)
@click.option("--format", "form", type=click.Choice(["csv", "json"]), required=True)
@click.option("--to", required=True, type=_TARGET, help="File to write.")
def export(graded_dir: Path, form: str, to: Path) -> None:
    """Write the marks in GRADED_DIR as one CSV or JSON file."""
    with _one_line():
        from regcourse.grading.reports.publish import export as export_marks

        export_marks(graded_dir, form, to)
    _say(to)


@main.command()
@click.argument("graded_dir", type=_FOLDER)
@click.argument("marks_file", type=_FILE)
def mark(graded_dir: Path, marks_file: Path) -> None:
    """Enter a person's marks: a CSV with student_id, question, points and comment."""
    with _one_line():
        from regcourse.grading.reports.publish import enter_marks

        count = enter_marks(graded_dir, marks_file)
    _say(f"{count} mark{'' if count == 1 else 's'} entered; pages and grades.csv are up to date.")


@main.command(cls=Quantities)
@click.argument("value", type=strength)
@click.argument("source")
@click.argument("target")
@click.option("--loss", type=click.Choice(["squared", "logistic"]), help="Where both know both.")
def convert(value: Any, source: str, target: str, loss: Any, **quantities: float | None) -> None:
    """Say what VALUE, a strength in SOURCE, is called in TARGET.

    VALUE is a number, or numbers with their names: alpha=0.1,l1_ratio=0.5.
    """
    with _one_line():
        from regcourse.conventions import convert as convert_strength

        given = {name: number for name, number in quantities.items() if number is not None}
        settings = convert_strength(value, source, target, loss=loss, **given)
    _say(f"{settings}\n{settings.because}")


@contextlib.contextmanager
def _progress() -> Iterator[Tell]:
    """A bar with the time left, on stderr; where that is no screen, a line now and then."""
    from rich.console import Console
    from rich.markup import escape
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
    if not screen.is_terminal:
        yield _now_and_then()
        return
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def tell(done: int, total: int, words: str) -> None:
            bar.update(task, completed=done, total=total, description=escape(words))

        yield tell


def _now_and_then() -> Tell:
    """Return what prints a step if the last line is long enough ago."""
    told = time.monotonic()

    def tell(done: int, total: int, words: str) -> None:
        nonlocal told
        if time.monotonic() - told >= QUIET_SECONDS:
            _say(f"{done} of {total}: {words}", aside=True)
            told = time.monotonic()

    return tell


def _summarise(report: Report, to: Path, regrade: bool) -> None:
    from regcourse.grading.reports.moves import moves

    _say(f"{report.exercise}: {report.graded} graded, {report.kept} kept from before")
    for status, count in sorted(report.statuses.items(), key=lambda item: (-item[1], item[0])):
        _say(f"  {count:5d}  {status}")
    if report.waiting:
        _say(f"  waiting for a person: {_some(report.waiting)}")
    if report.gone:
        _say(f"  not in the folder any more, kept from before: {_some(report.gone)}")
    for moved in moves(report.changes):
        _say(f"  moved: {moved}")
    if regrade and not report.changes:
        _say("  no marks moved")
    _say(f"Marks: {to / 'grades.csv'}   Class: {to / 'class.html'}")


def _some(names: tuple[str, ...]) -> str:
    return f"{len(names)} ({', '.join(names[:8])}{' ...' if len(names) > 8 else ''})"


if __name__ == "__main__":
    main()
