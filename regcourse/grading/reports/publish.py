"""From the gradebook to files: marks and pages, made again at any time."""

from __future__ import annotations

from pathlib import Path

from regcourse.errors import InvalidInput
from regcourse.grading.book.gradebook import Gradebook
from regcourse.grading.book.marks import read_marks, settled
from regcourse.grading.reports.classpage import write_class_page
from regcourse.grading.reports.exports import write_csv, write_index, write_json, write_waiting
from regcourse.grading.reports.feedback import write_feedback
from regcourse.grading.reports.pages import counted


def publish(gradebook: Gradebook, to: Path) -> list[Path]:
    """Write grades.csv, waiting.csv, class.html, and a feedback page for each student."""
    results = gradebook.latest()
    pages = write_feedback(results, to, title=gradebook.title)
    grades, waiting, page = to / "grades.csv", to / "waiting.csv", to / "class.html"
    write_index(results, to / "feedback")
    write_csv(results, grades)
    write_waiting(results, waiting)
    write_class_page(results, page, title=gradebook.title)
    return [grades, waiting, page, to / "feedback" / "index.csv", *pages]


def publish_again(graded: Path) -> list[Path]:
    """Write all files of a graded folder again from its gradebook.

    As a writer, so that two processes never write the same page at once.
    """
    with Gradebook.open(graded / "gradebook.sqlite") as gradebook:
        return publish(gradebook, graded)


def unfinished(graded: Path) -> str:
    """Say what there is of a last run that came to no end; nothing if it did."""
    with Gradebook.read(graded / "gradebook.sqlite") as gradebook:
        if not gradebook.unfinished:
            return ""
        so_far = counted(len(gradebook.latest()), "student")
    return f"the last run did not finish: {so_far} so far, grade again"


def export(graded: Path, form: str, to: Path) -> None:
    """Write the marks of a graded folder to one file, as "csv" or "json"."""
    writers = {"csv": write_csv, "json": write_json}
    if form not in writers:
        raise InvalidInput(f"form must be csv or json, got {form!r}")
    with Gradebook.read(graded / "gradebook.sqlite") as gradebook:
        writers[form](gradebook.latest(), to)


def enter_marks(graded: Path, table: Path) -> int:
    """Enter a table of a person's marks, write all files again, and return how many marks."""
    marks = read_marks(table)
    with Gradebook.open(graded / "gradebook.sqlite") as gradebook:
        count = gradebook.mark(settled(marks, gradebook.latest()))
        publish(gradebook, graded)
    return count
