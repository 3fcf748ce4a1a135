"""The digest of an exercise: whatever could change a mark changes it."""

import shutil
from pathlib import Path

import pytest

from regcourse.grading.engine import exercise_digest
from regcourse.questions import load_exercise

THIN = Path(__file__).parents[1] / "exercises" / "thin" / "90_thin"


@pytest.fixture
def exercise(tmp_path):
    return Path(shutil.copytree(THIN, tmp_path / "90_thin"))


@pytest.fixture
def digest(exercise):
    """A function that writes files of the exercise anew and returns the digest then."""

    def of(texts):
        shutil.rmtree(exercise / "data", ignore_errors=True)
        for name, text in texts.items():
            (exercise / name).parent.mkdir(exist_ok=True)
            (exercise / name).write_text(text, "utf-8")
        return exercise_digest(load_exercise(exercise))

    return of


@pytest.mark.parametrize("name", ["questions.py", "text.py", "more.py", "data/table.csv"])
def test_the_exercise_digest_covers_questions_text_and_data(exercise, digest, name):
    before = (exercise / name).read_text("utf-8") if (exercise / name).exists() else ""
    assert digest({name: f"{before}\n# more\n"}) != digest({name: before})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"data/a.csv": "1", "data/b.csv": "2"}, {"data/a.csv": "2", "data/b.csv": "1"}),
        ({"data/a.csv": "12", "data/b.csv": "3"}, {"data/a.csv": "1", "data/b.csv": "23"}),
        ({"data/a.csv": "1"}, {"data/b.csv": "1"}),
    ],
    ids=["contents", "an end", "a whole file"],
)
def test_what_moved_from_one_file_to_another_changes_the_digest(digest, one, other):
    assert digest(one) != digest(other)
    assert digest(one) == digest(one)
