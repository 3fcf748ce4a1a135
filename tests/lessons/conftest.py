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
