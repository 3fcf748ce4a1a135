"""`progress` over lessons and exercises, whatever is missing or damaged."""

import json
from pathlib import Path

import pytest

from regcourse import progress
from regcourse.cards import Answer, Card, Cards, as_metadata, locked, remember_guess
from regcourse.checks import Course


@pytest.fixture
def course(tmp_path, thin_checks):
    """A course of one lesson with three cards, and one exercise."""
    lesson = tmp_path / "notebooks"
    exercise = tmp_path / "exercises" / "90_thin"
    lesson.mkdir()
    exercise.mkdir(parents=True)
    answer = Answer(right="a", debrief="It is.")
    cards = {
        name: Card(
            name=name,
            kind="choice",
            ask="Is it?",
            options={"a": "Yes", "b": "No"},
            edition="12345678",
            locked=locked("91_fits", name, answer),
        )
        for name in ("one", "two", "three")
    }
    metadata = {"regcourse": as_metadata(Cards("91_fits", "Fit <once>", cards))}
    (lesson / "91_fits.ipynb").write_text(json.dumps({"metadata": metadata, "cells": []}))
    (exercise / "90_thin.checks.json").write_text(thin_checks, encoding="utf-8")
    return tmp_path


@pytest.fixture
def lesson(course, monkeypatch):
    monkeypatch.chdir(course / "notebooks")
    return course / "notebooks"


def done():
    return [words for _, _, words in progress(course=True).lines]


def test_beside_a_lesson_the_whole_course_is_shown(lesson, thin_checks):
    questions = len(json.loads(thin_checks)["order"])
    found = progress()
    assert [name for name, _, _ in found.lines] == ["lesson 91_fits", "exercise 90_thin"]
    assert done() == ["0 of 3 cards answered", f"0 of {questions} right so far"]


def test_cards_are_counted_as_answered_as_predicted_and_as_skipped(lesson):
    remember_guess("91_fits", "one", "right", "a")
    remember_guess("91_fits", "two", "wrong", "b")
    remember_guess("91_fits", "three", "skipped", None)
    remember_guess("91_fits", "a card of an older edition", "right", "a")
    assert done()[0] == "2 of 3 cards answered, 1 as predicted, 1 skipped"


def test_questions_are_counted_by_what_the_last_check_said(course, lesson, thin_checks):
    first, second, *_ = json.loads(thin_checks)["order"]
    kept = course / "exercises" / "90_thin" / ".regcourse" / "progress.json"
    kept.parent.mkdir()
    kept.write_text(json.dumps({first: "passed", second: "failed"}))
    assert done()[1].startswith("1 of ")


def test_beside_an_exercise_it_is_the_exercise_unless_the_course_is_asked_for(course, monkeypatch):
    monkeypatch.chdir(course / "exercises" / "90_thin")
    assert "A thin exercise" in repr(progress())
    assert [name for name, _, _ in progress(course=True).lines] == [
        "lesson 91_fits",
        "exercise 90_thin",
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"one": 3}'])
def test_damaged_files_count_as_nothing_done(course, lesson, text):
    for path in (
        lesson / ".regcourse" / "predictions" / "91_fits.json",
        course / "exercises" / "90_thin" / ".regcourse" / "progress.json",
    ):
        path.parent.mkdir(parents=True)
        path.write_text(text)
    assert done()[0] == "0 of 3 cards answered"
    assert done()[1].startswith("0 of ")


def test_a_lesson_that_was_downloaded_alone_is_shown_alone(lesson, tmp_path, monkeypatch):
    alone = tmp_path / "deep" / "in" / "downloads"
    alone.mkdir(parents=True)
    (lesson / "91_fits.ipynb").rename(alone / "a name of one's own.ipynb")
    monkeypatch.chdir(alone)
    assert [name for name, _, _ in progress().lines] == ["lesson 91_fits"]


def test_where_nothing_is_it_says_so(tmp_path, monkeypatch):
    alone = tmp_path / "deep" / "in" / "downloads"
    alone.mkdir(parents=True)
    monkeypatch.chdir(alone)
    assert "No check data here" in repr(progress())
    assert repr(progress(course=True)) == "No lesson with cards and no exercise was found here."


def test_a_title_is_text_in_the_page(lesson):
    assert "Fit &lt;once&gt;" in progress()._repr_html_()
    assert Course(())._repr_html_().startswith("<p>No lesson")
    assert "lesson 91_fits" in repr(progress())
    assert Path(".regcourse").exists() is False
