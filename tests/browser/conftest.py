"""One Chromium and one JupyterLab for each module of browser tests."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import nbformat
import pytest

HERE = Path(__file__).parent
NOTEBOOKS = HERE.parents[1] / "notebooks"

# A lesson's live figures and nothing else: these tests need no lesson to be there.
FIGURES = (
    "from regcourse.widgets import RidgeGeometry, UnitBall\nUnitBall(p=1)",
    "UnitBall(p=2, ellipse=True)",
    "live = RidgeGeometry()\nlive",
)


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"browser_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up here
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def lab():
    """The module that starts servers and browsers."""
    return _load("lab")


@pytest.fixture(scope="module")
def browser(lab, ensure) -> Iterator:
    missing = "Chromium is missing. On Debian or Ubuntu: sudo apt-get install chromium"
    ensure(missing if lab.found_chromium() is None else None)
    with lab.chromium() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def server(lab, browser, tmp_path_factory) -> Iterator:
    folder = tmp_path_factory.mktemp("work")
    for notebook in NOTEBOOKS.glob("*.ipynb"):
        shutil.copy(notebook, folder)
    figures = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in FIGURES],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(figures, folder / "figures.ipynb")
    with lab.jupyterlab(tmp_path_factory.mktemp("jupyter"), folder) as running:
        yield running
