"""`regcourse check`, for an exercise and for a lesson; and how a console is spoken to."""

import functools
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from regcourse import cli
from regcourse.authoring import exercises, lesson_proof
from regcourse.cli import main

THIN = Path(__file__).parent / "exercises" / "thin" / "90_thin"


@pytest.fixture
def run():
    def call(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return call


def test_check_says_where_it_is_and_that_a_sound_exercise_is_sound(run, monkeypatch):
    monkeypatch.setattr(cli, "QUIET_SECONDS", 0.0)
    outcome = run("check", THIN)
    assert outcome.exit_code == 0, outcome.output
    assert outcome.stdout.startswith("✓ 90_thin: 13 points in 5 questions")
    steps = outcome.stderr.splitlines()
    assert steps[0] == "0 of 6: ridge_fit, its time"
    assert steps[-1] == "1 of 2: the solution, from top to bottom"


def test_check_says_in_words_what_fails_and_exits_with_1(run, tmp_path, monkeypatch):
    # Its notebooks have tests of their own.
    monkeypatch.setattr(exercises, "run_through", lambda *_: ["the notebook, code cell [1]: no"])
    folder = Path(shutil.copytree(THIN, tmp_path / "90_thin"))
    text = (folder / "questions.py").read_text("utf-8")
    (folder / "questions.py").write_text(text.replace("lam / len(X)", "lam"), "utf-8")
    outcome = run("check", folder)
    assert outcome.exit_code == 1
    assert outcome.stderr == (
        "✗ ridge_fit: no group of cases catches forgets_n: it gives the reference's results "
        "on all 50 seeds\n✗ the notebook, code cell [1]: no\n2 things to mend.\n"
    )


LESSON = """\
# %% [markdown]
# # Draw a lesson
#
# See [the next](05_nowhere.ipynb).

# %%
print(f"half of it: {1 / 2}")
"""


def _written(folder):
    text = folder / "notebooks" / "text" / "04_drawn.py"
    text.parent.mkdir(parents=True)
    text.write_text(LESSON, encoding="utf-8")
    return text


def test_check_says_in_words_what_a_lesson_lacks(run, tmp_path):
    outcome = run("check", _written(tmp_path))
    assert outcome.exit_code == 1
    for told in (
        "is folded to 'half of it: 0.5', which it computed",
        "no cell shows a live figure",
        "no cell shows a picture",
        "the link to 05_nowhere.ipynb leads nowhere",
        "run `make lessons ONLY=04_drawn`",
    ):
        assert told in outcome.stderr
    assert all(line.startswith("✗ ") for line in outcome.stderr.splitlines()[:-1])


@pytest.fixture
def sound_lesson(monkeypatch):
    """A lesson of the course, proved as it is stored: nbval runs it."""
    stored = functools.partial(lesson_proof.prove_lesson, run=False)
    monkeypatch.setattr(lesson_proof, "prove_lesson", stored)
    return min((Path(__file__).parents[1] / "notebooks" / "text").glob("*.py"))


def test_check_says_that_a_sound_lesson_is_sound(run, sound_lesson):
    outcome = run("check", sound_lesson)
    assert outcome.exit_code == 0, outcome.output
    assert re.match(r"✓ \w+: \d+ cells of code\n  Each asks before it shows", outcome.stdout)


@pytest.mark.parametrize("console", ["ascii", "cp1252"])
def test_what_a_console_cannot_show_is_replaced(sound_lesson, tmp_path, console):
    call = CliRunner(charset=console).invoke
    good = call(main, ["check", str(sound_lesson)])
    assert good.stdout_bytes.startswith(f"? {sound_lesson.stem}: ".encode())
    bad = call(main, ["check", str(tmp_path / "λ.py")])
    assert bad.stderr_bytes.splitlines()[-1].startswith(b"Error: Path ")
    assert b"?.py" in bad.stderr_bytes
    told = call(main, ["check", str(_written(tmp_path))])
    assert told.stderr_bytes.startswith(b"? ")
    assert isinstance(told.exception, SystemExit)


def test_an_exercise_that_cannot_be_tried_says_that_there_is_more(run, tmp_path):
    (tmp_path / "90_thin").mkdir()
    assert run("check", tmp_path / "90_thin").stderr.endswith(
        "it has no questions.py\n1 thing to mend, before the rest is tried.\n"
    )
