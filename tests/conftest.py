import os
import subprocess
import sys

import pytest
from hypothesis import settings

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
