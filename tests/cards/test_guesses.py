"""What is kept of a guess: outcome, guess and day; and what is damaged holds nothing."""

import json
from datetime import date

import pytest

from regcourse.cards import GUESSES, Kept, recall_guesses, remember_guess


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_guess_is_kept_with_its_outcome_and_the_day_no_finer():
    remember_guess("91_fits", "twins", "wrong", "a")
    remember_guess("91_fits", "corner", "right", [0.5, 2])
    today = date.today().isoformat()
    assert recall_guesses("91_fits") == {
        "twins": Kept("wrong", "a", today),
        "corner": Kept("right", [0.5, 2], today),
    }
    kept = json.loads((GUESSES / "91_fits.json").read_text())
    assert kept["twins"] == {"day": today, "guess": "a", "outcome": "wrong"}


def test_a_later_guess_takes_the_place_of_an_earlier_one():
    remember_guess("91_fits", "twins", "wrong", "a")
    remember_guess("91_fits", "twins", "skipped", None)
    assert [(kept.outcome, kept.guess) for kept in recall_guesses("91_fits").values()] == [
        ("skipped", None)
    ]


def test_two_lessons_do_not_meet():
    remember_guess("91_fits", "twins", "wrong", "a")
    assert recall_guesses("92_other") == {}


def test_nothing_is_left_beside_the_file():
    remember_guess("91_fits", "twins", "wrong", "a")
    assert [path.name for path in GUESSES.iterdir()] == ["91_fits.json"]


@pytest.mark.parametrize(
    "text", ["", "[]", "3", '{"twins": 3}', '{"twins": {"outcome": []}}', "\0"]
)
def test_a_damaged_file_holds_nothing_and_is_replaced(text):
    GUESSES.mkdir(parents=True)
    (GUESSES / "91_fits.json").write_text(text)
    assert recall_guesses("91_fits") == {}
    remember_guess("91_fits", "twins", "right", "b")
    assert recall_guesses("91_fits")["twins"].outcome == "right"


def test_where_nothing_can_be_kept_a_lesson_goes_on(tmp_path):
    (tmp_path / ".regcourse").write_text("a file where the folder would be")
    remember_guess("91_fits", "twins", "right", "b")
    assert recall_guesses("91_fits") == {}
