"""Tests ask for `shown`, `movable` or `calls` and get each example in turn: see tables.py."""

import importlib.util
import sys
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("live_tables", Path(__file__).parent / "tables.py")
_tables = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _tables  # dataclasses look their module up here
_spec.loader.exec_module(_tables)

pytest_generate_tests = _tables.pytest_generate_tests


@pytest.fixture(scope="session")
def tables():
    """The module that reads the examples."""
    return _tables
