"""Marks of values and choices: what a name stands for after the notebook has run."""

from dataclasses import replace

import pytest

from regcourse.errors import ExerciseError


def test_a_value_read_off_the_default_students_data_is_told_so(desk):
    marks, _ = desk.mark(mean_y="mean_y = patients(rng_of('your-id'))[1].mean()")
    assert marks["mean_y"].mistake == "uses_the_default_student"


def test_a_wrong_choice_gets_its_own_reply(desk):
    pick = desk.mark(pick='pick = "a"')[0]["pick"]
    assert (pick.status, pick.mistake, pick.reason) == ("failed", "option_a", "Not the first.")


def test_a_choice_outside_the_options_is_failed_in_words(desk):
    pick = desk.mark(pick='pick = "z"')[0]["pick"]
    assert (pick.status, pick.reason) == ("failed", "must be one of a, b")


def test_a_choice_in_another_letter_case_is_the_choice_that_was_meant(desk):
    assert desk.mark(pick='pick = "B"')[0]["pick"].status == "passed"


def test_a_choice_whose_letter_case_decides_is_read_to_the_letter(desk):
    options = desk.exercise.questions["pick"].options
    options["B"] = ("another", "Not this one.")
    assert desk.mark(pick='pick = "B"')[0]["pick"].reason == "Not this one."


@pytest.mark.parametrize("source", ["mean_y = None", "mean_y = None  # YOUR ANSWER HERE"])
def test_a_value_that_is_still_none_is_not_set_yet(desk, source):
    mean = desk.mark(mean_y=source)[0]["mean_y"]
    assert (mean.status, mean.reason) == ("not attempted", "not set yet")


UNSEEN = "Cell 8 was meant to set mean_y, and does not."


@pytest.mark.parametrize(
    "source",
    ["%time mean_y = y.mean()", "globals()['mean_y'] = y.mean()", "exec('mean_y = y.mean()')"],
    ids=["a magic", "globals", "exec"],
)
def test_an_answer_set_in_a_way_that_only_shows_when_it_runs_is_not_said_to_be_unset(desk, source):
    assert UNSEEN in desk.hand_in(mean_y=source).notices
    marks, result = desk.mark(mean_y=source)
    assert marks["mean_y"].status == "passed"
    assert UNSEEN not in result.notices


def test_an_answer_under_another_name_is_said_to_be_unset(desk):
    assert UNSEEN in desk.mark(mean_y="mean = y.mean()")[1].notices


@pytest.mark.parametrize(
    ("error", "told"),
    [(KeyError("no"), "KeyError"), (SystemExit(1), "exit")],
    ids=["fails", "exits"],
)
def test_a_reference_that_gives_nothing_for_a_students_data_is_no_verdict(desk, error, told):
    def broken(X, y):
        raise error

    desk.exercise.questions["mean_y"].reference = broken
    said = rf"the reference of mean_y gives no value: .*{told}"
    with pytest.raises(ExerciseError, match=said):
        desk.mark(**desk.right)


@pytest.mark.parametrize("pick", ["{'b'}", "len", "3"])
def test_a_choice_that_is_no_letter_was_attempted(desk, pick):
    assert desk.mark(pick=f"pick = {pick}")[0]["pick"].status == "failed"


def test_a_choice_is_timed_out_where_the_time_of_the_notebook_is_used_up(desk, monkeypatch):
    monkeypatch.setattr(desk.sandbox, "limits", replace(desk.sandbox.limits, total_seconds=0.0))
    pick = desk.mark(pick='pick = "b"')[0]["pick"]
    assert (pick.status, pick.earned) == ("timed out", 0)
