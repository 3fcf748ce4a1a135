import shutil
from pathlib import Path

import pytest

from regcourse.checks import load_exercise
from regcourse.checks.released import checks_text, released_checks

THIN = Path(__file__).parents[1] / "exercises" / "thin" / "90_thin"


@pytest.fixture(scope="session")
def thin():
    """The smallest exercise that has a question of every kind."""
    return load_exercise(THIN)


@pytest.fixture(scope="session")
def thin_checks(thin):
    """Its check data, as text."""
    return checks_text(released_checks(thin))


@pytest.fixture
def folder(tmp_path, monkeypatch, thin_checks):
    """The working folder of a student's notebook: empty but for the check data."""
    (tmp_path / "90_thin.checks.json").write_text(thin_checks, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def written(tmp_path):
    """A function that writes an exercise folder 91_own from source text and returns its path."""

    def write(questions, text=None):
        folder = tmp_path / "91_own"
        folder.mkdir()
        head = "import numpy as np\nfrom regcourse.checks import Exercise, Rng\n"
        head += 'ex = Exercise("91_own", title="Own")\n'
        (folder / "questions.py").write_text(head + questions, encoding="utf-8")
        if text is not None:
            (folder / "text.py").write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def loaded(written):
    """A function that loads the exercise 91_own from source text."""
    return lambda questions, text=None: load_exercise(written(questions, text))


@pytest.fixture
def copied(tmp_path):
    """A copy of the thin exercise's folder."""
    return Path(shutil.copytree(THIN, tmp_path / "90_thin"))
