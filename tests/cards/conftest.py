import json
from pathlib import Path

import nbformat
import pytest

from regcourse.cards import Answer, Card, Cards, as_metadata, locked

collect_ignore_glob = ["sample/*"]  # a lesson, which is no module
SAMPLE = Path(__file__).parent / "sample" / "text" / "90_sample.py"

TWINS = """
kind = "choice"
ask = "Five fits: what will they agree on?"
debrief = "The data see the sum and hardly the difference: it is the difference that runs wild."
[options.a]
text = "Both weights"
reply = "That would need other columns."
holds = "spread < 1"
[options.b]
text = "Only their `sum`"
right = true
holds = "spread > 1"
"""


@pytest.fixture
def twins():
    """A choice of two as its author writes it."""
    return TWINS


@pytest.fixture
def sample():
    """The text of a small lesson with a card of each kind."""
    return SAMPLE


@pytest.fixture
def answer():
    return Answer(
        right="b",
        debrief="The data see the sum & hardly the difference.",
        replies={"a": "That would need other columns."},
    )


@pytest.fixture
def lesson(tmp_path, monkeypatch, answer):
    """A notebook beside the kernel that carries one choice; what it carries, as records."""
    monkeypatch.chdir(tmp_path)
    return stored(tmp_path / "copy of a lesson.ipynb", "91_fits", answer)


@pytest.fixture
def store(answer):
    """A function that writes such a notebook elsewhere."""
    return lambda path, name, **more: stored(path, name, answer, **more)


def stored(path, name, answer, **more):
    card = Card(
        name="twins",
        kind="choice",
        ask="What will they agree on?",
        options={"a": "Both", "b": "Only their `sum`"},
        edition="12345678",
        locked=locked(name, "twins", answer),
        **more,
    )
    cards = Cards(name, "Fit five times", {"twins": card})
    notebook = nbformat.v4.new_notebook(metadata={"regcourse": as_metadata(cards)})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return cards
