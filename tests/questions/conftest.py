import shutil
from pathlib import Path

import pytest


@pytest.fixture
def copied(tmp_path, thin):
    """A copy of the thin exercise's folder."""
    return Path(shutil.copytree(thin.folder, tmp_path / thin.name))
