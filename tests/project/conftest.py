import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root():
    """The checkout that these tests belong to."""
    return ROOT


@pytest.fixture(scope="session")
def config():
    """The tables of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# What `make clean` removes, and what it leaves: nobody's source.
_MADE = {".venv", "build", "work", "__pycache__", ".ipynb_checkpoints", ".git"}


@pytest.fixture(scope="session")
def tracked():
    """Every file that git tracks or would add, relative to the checkout.

    In a copy without git's own folder, as an archive gives it: everything that was not made there.
    """
    if not (ROOT / ".git").exists():
        found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        return sorted(p for p in found if not _MADE & {*p.parts} and "_cache" not in p.parts[0])
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="session")
def fresh(tracked, tmp_path_factory):
    """A copy of the checkout as it stands, without an environment and without git's own folder."""
    folder = tmp_path_factory.mktemp("fresh") / "regcourse"
    for path in tracked:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    return folder


@pytest.fixture(scope="session")
def script():
    """A function that loads tools/NAME.py, which is no package."""

    def load(name):
        # A script finds its neighbours because it is started in their folder.
        if str(ROOT / "tools") not in sys.path:
            sys.path.append(str(ROOT / "tools"))
        spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture(scope="session")
def blocks():
    """A function that lists the fenced blocks of a Markdown file as (info string, text)."""

    def of(path):
        found = re.findall(r"^```([^\n]*)\n(.*?)^```$", path.read_text("utf-8"), re.M | re.S)
        return [(info.strip(), text) for info, text in found]

    return of
