import shutil
from pathlib import Path

import pytest

from regcourse.authoring import proofs

THIN = Path(__file__).parents[1] / "exercises" / "thin" / "90_thin"


@pytest.fixture
def thin(tmp_path):
    """A copy of the smallest exercise that has a question of every kind."""
    return Path(shutil.copytree(THIN, tmp_path / "90_thin"))


@pytest.fixture
def edited(thin):
    """A function that replaces text in the copy's questions.py or text.py."""

    def edit(old, new, file="questions.py"):
        text = (thin / file).read_text(encoding="utf-8")
        assert old in text
        (thin / file).write_text(text.replace(old, new), encoding="utf-8")
        return thin

    return edit


@pytest.fixture
def few_seeds(monkeypatch):
    """A dozen draws for each proof: a fault that was planted shows on every one of them."""
    monkeypatch.setattr(proofs, "SEEDS", 12)
    monkeypatch.setattr(proofs, "SEEDS_OF_A_FIGURE", 3)
