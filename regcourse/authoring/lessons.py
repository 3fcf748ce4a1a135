"""A lesson's text (percent format) becomes an executed notebook, byte for byte the same each time.

What is reviewed is `notebooks/text/NN_topic.py`; what is opened, shipped and tested by nbval is
`notebooks/NN_topic.ipynb`. Nothing pairs the two behind the author's back: `make lessons` does it,
and only it. The notebook holds nothing that could differ between two runs of the same text, so
that a change in the file is always a change in the lesson.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from regcourse.authoring.execution import code_cells, write_if_changed
from regcourse.authoring.lesson_cards import (
    cards_of,
    carry,
    is_card,
    run_lesson,
    with_cards_asked,
)
from regcourse.errors import LessonError


def build_lesson(text: Path, notebook: Path) -> bool:
    """Execute the lesson in `text` and store it as `notebook`; say whether the file changed.

    The cells run in order in a fresh kernel, in an empty folder, so that nothing can depend on
    where the lesson lies. If anything goes wrong the old notebook stays as it was.

    Parameters
    ----------
    text : Path
        A lesson in jupytext's percent format.
    notebook : Path
        The .ipynb to write. It is not touched if it already holds exactly this.

    Returns
    -------
    bool
        True if the file was written, False if it was up to date.

    Raises
    ------
    LessonError
        If the text has no code, a cell raises, stalls or warns, a card's right answer is not what
        its cell shows, or an output could not be the same on the next run. Names the lesson, the
        cell and the reason.
    """
    lesson = notebook_of(text)
    if untrue := run_lesson(lesson, cards_of(text), text.stem):
        raise LessonError(f"lesson {text.stem}: {untrue[0]}")
    fold(lesson)
    return write_if_changed(lesson, notebook)


def build_lessons(folder: Path, only: Sequence[str] = ()) -> dict[str, bool]:
    """Build every `folder`/text/NN_topic.py into `folder`/NN_topic.ipynb.

    Parameters
    ----------
    folder : Path
        The folder of the notebooks; their texts lie in its subfolder `text`.
    only : sequence of str
        Names of lessons; if there are any, the others are left as they are.

    Returns
    -------
    dict of str to bool
        For each lesson, in the order of teaching, whether its notebook changed.

    Raises
    ------
    LessonError
        If there are no texts, a notebook has none, a name in `only` is no lesson's, or a lesson
        cannot be built.
    """
    texts = sorted((folder / "text").glob("*.py"))
    if not texts:
        raise LessonError(f"no lessons in {folder / 'text'}: expected files named NN_topic.py")
    stems = {text.stem for text in texts}
    for notebook in sorted(folder.glob("*.ipynb")):
        if notebook.stem not in stems:
            raise LessonError(f"{notebook.name} has no text/{notebook.stem}.py it was made from")
    for name in only:
        if name not in stems:
            raise LessonError(f"no lesson is called {name}: there are {', '.join(sorted(stems))}")
    wanted = [text for text in texts if not only or text.stem in only]
    return {text.stem: build_lesson(text, folder / f"{text.stem}.ipynb") for text in wanted}


def notebook_of(text: Path) -> Any:
    """The notebook that `text` describes, not yet executed, with the same cell ids every time.

    Its cards stand in its metadata, their answers not known yet; each cell that a card belongs to
    begins with it.

    Raises LessonError if it has no cell of code, or a card is wrong or belongs to none.
    """
    cards = cards_of(text)
    read = jupytext.reads(text.read_text(encoding="utf-8"), fmt="py:percent")
    lesson = nbformat.v4.new_notebook()
    seen: dict[str, int] = {}
    for cell in with_cards_asked(read.cells):
        # From the source, not the position: a cell put in between leaves the others' ids alone.
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:8]
        seen[digest] = seen.get(digest, 0) + 1
        new = (
            nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
        )
        # The tags are the author's; the rest is how jupytext remembers blank lines.
        kept = {key: value for key, value in cell.metadata.items() if key == "tags"}
        copy = new(cell.source, metadata=kept)
        copy.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
        lesson.cells.append(copy)
    if not any(code_cells(lesson)):
        raise LessonError(f"lesson {text.stem} has no code cell: is it in the percent format?")
    carry(lesson, cards, text.stem)
    return lesson


def fold(lesson: Any) -> None:
    """Fold every result that opens with a printed line, so that a reader can guess before looking.

    JupyterLab shows that first line in place of the result, and unfolds it when its cell runs or
    is clicked. Of a picture without one it would show the markup, so such a picture stays in sight.
    A card begins with its question.
    """
    for _, cell in code_cells(lesson):
        if cell.outputs and (cell.outputs[0].output_type == "stream" or is_card(cell.outputs[0])):
            cell.metadata["jupyter"] = {"outputs_hidden": True}


def main(arguments: Sequence[str]) -> int:
    """Build the lessons of the folder named in `arguments` (`notebooks` if none): the exit code."""
    parser = argparse.ArgumentParser(prog="lessons")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("notebooks"))
    parser.add_argument("--only", nargs="+", default=[], metavar="NN_topic")
    wanted = parser.parse_args(arguments)
    try:
        built = build_lessons(wanted.folder, wanted.only)
    except LessonError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for stem, changed in built.items():
        sys.stdout.write(f"{stem}: {'written' if changed else 'unchanged'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
