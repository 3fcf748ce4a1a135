import importlib.util
import re
import subprocess
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


@pytest.fixture(scope="session")
def tracked():
    """Every file that git tracks or would add, relative to the checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="session")
def script():
    """A function that loads deploy/NAME.py, which is no package."""

    def load(name):
        spec = importlib.util.spec_from_file_location(name, ROOT / "deploy" / f"{name}.py")
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
