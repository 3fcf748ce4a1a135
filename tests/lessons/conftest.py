from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.fixture(
    params=sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem, scope="session"
)
def lesson(request):
    """Each lesson in turn: where its notebook is, and its cells of code."""
    cells = nbformat.read(request.param, as_version=4).cells
    return SimpleNamespace(
        path=request.param, code=[cell for cell in cells if cell.cell_type == "code"]
    )
