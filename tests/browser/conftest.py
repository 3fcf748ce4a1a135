"""One Chromium, one JupyterLab and one page of it for all browser tests."""

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


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"browser_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up here
    spec.loader.exec_module(module)
    return module


_tables = _load(HERE.parent / "widgets" / "tables.py")
pytest_generate_tests = _tables.pytest_generate_tests


@pytest.fixture(scope="session")
def tables():
    """The module that reads the examples."""
    return _tables


@pytest.fixture(scope="session")
def lab():
    """The module that starts servers and browsers."""
    return _load(HERE / "lab.py")


@pytest.fixture(scope="session")
def hands():
    """The module that handles figures on a page."""
    return _load(HERE / "hands.py")


@pytest.fixture(scope="session")
def asking():
    """The module that answers prediction cards on a page."""
    return _load(HERE / "asking.py")


@pytest.fixture(scope="session")
def browser(lab, ensure) -> Iterator:
    missing = "Chromium is missing. On Debian or Ubuntu: sudo apt-get install chromium"
    ensure(missing if lab.found_chromium() is None else None)
    with lab.chromium() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def modules(hands, browser) -> Iterator:
    """A page in which every file of js/ can be imported as `modules.site + name`."""
    page = browser.new_page()
    page.site = hands.serve_modules(page)
    yield page
    page.close()


@pytest.fixture(scope="session")
def server(lab, browser, tmp_path_factory) -> Iterator:
    folder = tmp_path_factory.mktemp("work")
    for notebook in NOTEBOOKS.glob("*.ipynb"):
        shutil.copy(notebook, folder)
    # Every example once and no lesson, with room below for the last one to be scrolled away.
    cells = [nbformat.v4.new_code_cell(each.cell) for each in _tables.shown()]
    below = nbformat.v4.new_markdown_cell("Further down.\n\n" * 30)
    lab.write_notebook(folder / "figures.ipynb", [*cells, below])
    with lab.jupyterlab(tmp_path_factory.mktemp("jupyter"), folder) as running:
        yield running
