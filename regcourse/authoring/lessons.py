"""A lesson's text (percent format) becomes an executed notebook, byte for byte the same each time.

What is reviewed is `notebooks/text/NN_topic.py`; what is opened, shipped and tested by nbval is
`notebooks/NN_topic.ipynb`. Nothing pairs the two behind the author's back: `make lessons` does it,
and only it. The notebook holds nothing that could differ between two runs of the same text, so
that a change in the file is always a change in the lesson.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from regcourse.errors import LessonError

CELL_SECONDS = 120  # a lesson's cell takes a second or two; more than this is a mistake

_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "name": "python"},
}

# A widget's own view and state carry random model ids; its static twin in text/html stays.
_VIEWS = ("application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json")

# What would differ on the next run, on another machine, or between two builds of NumPy.
_UNSTABLE = {
    "a base64 picture (nbval never compares pixels)": re.compile(r";base64,"),
    "an address in memory": re.compile(r"\b0x[0-9a-fA-F]{6,}\b"),
    "a random id": re.compile(r"\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"),
    "a path of this machine": re.compile(
        r"(?:^|[\s\"'(=])(?:/(?:home|root|tmp|Users|usr|opt|var|work)/|[A-Za-z]:\\)"
    ),
    "the number of a process": re.compile(r"ipykernel_\d+"),
    "a date": re.compile(r"\b20\d\d-[01]\d-[0-3]\d\b"),
    "a number with more than 8 decimals": re.compile(r"\d\.\d{9,}"),
}


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
        If the text has no code, a cell raises, stalls or warns, or an output could not be the same
        on the next run. Names the lesson, the cell and the reason.
    """
    lesson = _cells_of(text)
    _execute(lesson, text.stem)
    for number, cell in _code_cells(lesson):
        cell.outputs = [_stable(output, _name(text.stem, number, cell)) for output in cell.outputs]
        cell.metadata.pop("execution", None)
    lesson.metadata = nbformat.from_dict(_METADATA)
    nbformat.validate(lesson)
    written = (nbformat.writes(lesson, version=4).rstrip("\n") + "\n").encode()
    if notebook.is_file() and notebook.read_bytes() == written:
        return False
    unfinished = notebook.with_name(f".{notebook.name}.{os.getpid()}")
    unfinished.write_bytes(written)
    unfinished.replace(notebook)
    return True


def build_lessons(folder: Path) -> dict[str, bool]:
    """Build every `folder`/text/NN_topic.py into `folder`/NN_topic.ipynb.

    Parameters
    ----------
    folder : Path
        The folder of the notebooks; their texts lie in its subfolder `text`.

    Returns
    -------
    dict of str to bool
        For each lesson, in the order of teaching, whether its notebook changed.

    Raises
    ------
    LessonError
        If there are no texts, a notebook has none, or a lesson cannot be built.
    """
    texts = sorted((folder / "text").glob("*.py"))
    if not texts:
        raise LessonError(f"no lessons in {folder / 'text'}: expected files named NN_topic.py")
    stems = {text.stem for text in texts}
    for notebook in sorted(folder.glob("*.ipynb")):
        if notebook.stem not in stems:
            raise LessonError(f"{notebook.name} has no text/{notebook.stem}.py it was made from")
    return {text.stem: build_lesson(text, folder / f"{text.stem}.ipynb") for text in texts}


def _cells_of(text: Path) -> Any:
    """The notebook that `text` describes, not yet executed, with the same cell ids every time."""
    read = jupytext.reads(text.read_text(encoding="utf-8"), fmt="py:percent")
    lesson = nbformat.v4.new_notebook()
    seen: dict[str, int] = {}
    for cell in read.cells:
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
    if not any(_code_cells(lesson)):
        raise LessonError(f"lesson {text.stem} has no code cell: is it in the percent format?")
    return lesson


def _execute(lesson: Any, stem: str) -> None:
    """Run the cells in order in a fresh kernel that sees nobody's IPython profile."""
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            lesson,
            timeout=CELL_SECONDS,
            kernel_name="python3",
            resources={"metadata": {"path": folder}},
            coalesce_streams=True,
            record_timing=False,
            store_widget_state=False,
            extra_arguments=["--log-level=ERROR"],  # the lesson's own warnings still count
        )
        environment = {**os.environ, "IPYTHONDIR": str(Path(folder) / "ipython")}
        with client.setup_kernel(env=environment):
            for index, (number, cell) in enumerate(_code_cells(lesson), start=1):
                try:
                    client.execute_cell(cell, lesson.cells.index(cell), execution_count=index)
                except CellExecutionError as error:
                    reason = f"{error.ename}: {error.evalue}"
                except CellTimeoutError:
                    reason = f"took more than {CELL_SECONDS} s"
                except DeadKernelError:
                    reason = "the kernel died"
                else:
                    continue
                raise LessonError(f"{_name(stem, number, cell)}: {reason}")


def _stable(output: Any, name: str) -> Any:
    """The part of an output that is the same on every run, or a LessonError."""
    if output.output_type == "stream" and output.name == "stderr":
        raise LessonError(f"{name} writes to stderr: {output.text.strip().splitlines()[-1]}")
    texts = [output.text] if output.output_type == "stream" else []
    for kind in list(output.get("data", {})):
        if kind in _VIEWS:
            del output.data[kind]
        elif kind.startswith("image/") and kind != "image/svg+xml":
            raise LessonError(
                f"{name} shows {kind}, which nbval never compares: show SVG from regcourse.figures"
            )
        else:
            texts.append(str(output.data[kind]))
    for shown in texts:
        for what, pattern in _UNSTABLE.items():
            if found := pattern.search(shown):
                raise LessonError(f"{name} shows {what}: {found.group().strip()!r}")
    if "data" in output:
        output.metadata = nbformat.from_dict({})
    return output


def _code_cells(lesson: Any) -> Iterator[tuple[int, Any]]:
    """The code cells, each with its number as JupyterLab will show it in brackets."""
    return enumerate((cell for cell in lesson.cells if cell.cell_type == "code"), start=1)


def _name(stem: str, number: int, cell: Any) -> str:
    first = next((line for line in cell.source.splitlines() if line.strip()), "")
    return f"lesson {stem}, code cell [{number}] ({first.strip()!r})"


def main(arguments: Sequence[str]) -> int:
    """Build the lessons of the folder named in `arguments` (`notebooks` if none): the exit code."""
    folder = Path(arguments[0]) if arguments else Path("notebooks")
    try:
        built = build_lessons(folder)
    except LessonError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for stem, changed in built.items():
        sys.stdout.write(f"{stem}: {'written' if changed else 'unchanged'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
