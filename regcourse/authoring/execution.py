"""Execute a notebook so that it comes out the same, byte for byte, on every run.

Lessons and exercises share this room. What could differ between two runs of the same
cells is removed where it means nothing, and refused where it does.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from regcourse.errors import LessonError

CELL_SECONDS = 120  # a cell takes a second or two; more than this is a mistake

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
    "a date": re.compile(r"\b20\d\d-[01]\d-[0-3]\d(?!\d)"),
    "an id that Matplotlib drew (show a regcourse.figures.Picture)": re.compile(
        r"(?:\bid=\"|#)[a-z]{1,5}[0-9a-f]{10}(?=[\")])"
    ),
    "a number with more than 8 decimals": re.compile(r"\d\.\d{9,}"),
}


def execute(
    notebook: Any,
    name: str,
    beside: Sequence[Path] = (),
    asked: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Run the cells in order in a fresh kernel and keep what is the same on every run.

    The kernel starts in an empty folder that holds only copies of `beside`, and sees
    nobody's IPython profile: nothing can depend on where the notebook lies. `name` is
    what an error calls the notebook. `asked` is code to run after the cell of an id, which
    the notebook never shows; what it prints is returned under that id.

    Raises LessonError, naming notebook, cell and reason, if a cell raises, stalls or
    warns, or if an output could not be the same on the next run.
    """
    with tempfile.TemporaryDirectory() as folder:
        for path in beside:
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, Path(folder) / path.name)
        told = _run(notebook, name, folder, asked or {})
    keep_the_stable(notebook, name)
    nbformat.validate(notebook)
    return told


def keep_the_stable(notebook: Any, name: str) -> None:
    """Drop from the outputs what means nothing, and refuse what differs on the next run."""
    for number, cell in code_cells(notebook):
        cell.outputs = [_stable(output, _name(name, number, cell)) for output in cell.outputs]
        cell.metadata.pop("execution", None)
    notebook.metadata.update(nbformat.from_dict(_METADATA))


def write_if_changed(notebook: Any, path: Path) -> bool:
    """Store `notebook` unless `path` already holds exactly this; say whether it was written."""
    return write_text_if_changed(stored_form(notebook), path)


def stored_form(notebook: Any) -> str:
    """The text of the file in which a notebook is stored."""
    text: str = nbformat.writes(notebook, version=4)
    return text.rstrip("\n") + "\n"


def write_text_if_changed(text: str, path: Path) -> bool:
    """Store `text` at once and whole, unless `path` already holds it."""
    written = text.encode()
    if path.is_file() and path.read_bytes() == written:
        return False
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(written)
    unfinished.replace(path)
    return True


def code_cells(notebook: Any) -> Iterator[tuple[int, Any]]:
    """The code cells, each with its number as JupyterLab will show it in brackets."""
    return enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), start=1)


def _run(notebook: Any, name: str, folder: str, asked: Mapping[str, str]) -> dict[str, str]:
    told: dict[str, str] = {}
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": folder}},
        coalesce_streams=True,
        record_timing=False,
        store_widget_state=False,
        extra_arguments=["--log-level=ERROR"],  # the kernel's own; what a cell warns still counts
    )
    environment = {**os.environ, "IPYTHONDIR": str(Path(folder) / ".ipython")}
    with client.setup_kernel(env=environment):
        for number, cell in code_cells(notebook):
            place = notebook.cells.index(cell)
            try:
                client.execute_cell(cell, place, execution_count=number)
                if cell.id in asked:
                    question = nbformat.v4.new_code_cell(asked[cell.id])
                    client.execute_cell(question, place, store_history=False)
                    notebook.cells[place] = cell  # whose place the client gave to the question
                    told[cell.id] = "".join(output.get("text", "") for output in question.outputs)
            except CellExecutionError as error:
                reason = f"{error.ename}: {error.evalue}"
            except CellTimeoutError:
                reason = f"took more than {CELL_SECONDS} s"
            except DeadKernelError:
                reason = "the kernel died"
            else:
                continue
            raise LessonError(f"{_name(name, number, cell)}: {reason}")
    return told


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


def name_of_cell(number: int, cell: Any) -> str:
    """What an author calls a cell of code: the number that JupyterLab shows, and its first line."""
    first = next((line for line in cell.source.splitlines() if line.strip()), "")
    return f"code cell [{number}] ({first.strip()!r})"


def _name(name: str, number: int, cell: Any) -> str:
    return f"{name}, {name_of_cell(number, cell)}"
