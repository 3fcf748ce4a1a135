import os
from pathlib import Path

import pytest
from hypothesis import settings

from regcourse.questions import checks_text, load_exercise, released_checks

# The same examples on every run, here and in CI; and no clock, since machines differ.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def ensure():
    """A function that is told what is missing here, if anything: a laptop skips, CI fails.

    CI is wherever the variable is set, whatever it is set to.
    """

    def check(missing):
        if missing and os.environ.get("CI"):
            pytest.fail(missing)
        if missing:
            pytest.skip(missing)

    return check


@pytest.fixture(scope="session")
def thin():
    """The smallest exercise that has a question of every kind."""
    return load_exercise(Path(__file__).parent / "exercises" / "thin" / "90_thin")


@pytest.fixture(scope="session")
def thin_checks(thin):
    """Its check data, as text."""
    return checks_text(released_checks(thin))


@pytest.fixture
def written(tmp_path):
    """A function that writes an exercise folder 91_own from source text and returns its path."""

    def write(questions, text=None):
        folder = tmp_path / "91_own"
        folder.mkdir()
        head = "import numpy as np\nfrom regcourse.questions import Exercise, Rng\n"
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
