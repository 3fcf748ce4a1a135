import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.fixture(
    params=sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem, scope="session"
)
def lesson(request):
    """Each lesson in turn: its notebook, text and cells, and the prose above each cell."""
    path = request.param
    cells = nbformat.read(path, as_version=4).cells
    above = [c.source if c.cell_type == "markdown" else "" for c in cells[:-1]]
    code = [c for c in cells if c.cell_type == "code"]
    return SimpleNamespace(
        path=path,
        text=path.parent / "text" / f"{path.stem}.py",
        cells=cells,
        code=code,
        prose=[c.source for c in cells if c.cell_type == "markdown"],
        above=["", *above],
        outputs=[output for cell in code for output in cell.outputs],
    )


@pytest.fixture(scope="session")
def nbval():
    """A function that runs strict nbval on one notebook and returns the finished process."""

    def run(notebook):
        return subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", str(notebook)),
                *("-q", "-p", "no:cacheprovider", "-p", "no:xdist"),
                # Our own configuration is for our own tests: strict about warnings of any library.
                *("-c", os.devnull, "--rootdir", str(notebook.parent)),
            ],
            capture_output=True,
            text=True,
            check=False,
        )

    return run
