"""A student's notebook, made ready to be run and marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from regcourse.errors import SubmissionUnreadable
from regcourse.grading.intake.found import Found, find_submissions
from regcourse.grading.intake.identity import sign
from regcourse.grading.intake.notebook import read_notebook
from regcourse.grading.intake.repair import locate, repair
from regcourse.grading.intake.written import written_answers
from regcourse.questions import Layout

__all__ = ["Found", "Submission", "find_submissions", "read_submission"]

CODE_CHARACTERS = 500_000
MOST_NOTICES = 20


@dataclass(frozen=True)
class Submission:
    """What of a notebook is run, read and told.

    `cells` are numbered from 1 as in the notebook; a released cell that was put back has a
    negative number. `typed_id` is None unless it contradicts the folder's name. `answered_in`
    gives the cells meant for each question in code, even if they are not Python; the questions in
    `unwritten` were left as released. `doubts` holds, for some questions, the notice that
    nothing seems to set them: running the cells may prove it wrong.
    """

    student: str
    cells: tuple[tuple[int, str], ...]
    written: Mapping[str, str]
    typed_id: str | None
    notices: tuple[str, ...]
    digest: str
    answered_in: Mapping[str, tuple[int, ...]]
    unwritten: frozenset[str] = frozenset()
    doubts: Mapping[str, str] = field(default_factory=dict)


def read_submission(path: Path, student: str, layout: Layout) -> Submission:
    """Read one submitted notebook and repair what can be repaired safely.

    Parameters
    ----------
    path : Path
        The file, believed in nothing: its metadata, outputs and ids count for no marks.
    student : str
        The folder's name.
    layout : Layout
        What was released.

    Returns
    -------
    Submission

    Raises
    ------
    SubmissionUnreadable
        With one sentence that names what is wrong with the file.
    """
    notebook = read_notebook(path)
    _refuse_endless(cell.source for cell in notebook.cells if cell.cell_type == "code")
    located = locate(notebook.cells, layout)
    written = written_answers(notebook.cells, layout, located)
    repaired = repair(notebook.cells, layout, located, written.prose)
    if not (located or any(repaired.answered_in.values()) or any(written.answers.values())):
        raise SubmissionUnreadable(f"Nothing of the exercise {layout.exercise} is in the notebook.")
    signed = sign(repaired.codes, student, layout)
    # Again, since what was taken back and written in has made it longer.
    _refuse_endless(source for _, source in signed.cells)
    notices = (*notebook.notices, *written.notices, *repaired.notices, *signed.notices)
    if len(notices) > MOST_NOTICES:
        more = f"There are {len(notices) - MOST_NOTICES} more notes of this kind."
        notices = (*notices[:MOST_NOTICES], more)
    return Submission(
        student=student,
        cells=signed.cells,
        written=written.answers,
        typed_id=signed.typed_id,
        notices=notices,
        digest=notebook.digest,
        answered_in=repaired.answered_in,
        unwritten=repaired.unwritten,
        doubts=repaired.doubts,
    )


def _refuse_endless(sources: Iterable[str]) -> None:
    size = sum(map(len, sources))
    if size > CODE_CHARACTERS:
        raise SubmissionUnreadable(
            f"The notebook holds {size:,} characters of code; at most {CODE_CHARACTERS:,} are run."
        )
