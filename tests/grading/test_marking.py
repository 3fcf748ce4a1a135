"""Marks of single submissions to a small exercise, each run in a real sandbox."""

from dataclasses import replace

import pytest

from regcourse.grading.marking import mark, unmarked


def _first_group(desk):
    question = desk.exercise.questions["ridge_fit"]
    return question, question.groups[0]


def test_right_answers_earn_every_point_that_needs_no_person(desk):
    marks, result = desk.mark(**desk.right)
    assert {name: (q.status, q.earned) for name, q in marks.items()} == {
        "ridge_fit": ("passed", 5),
        "mean_y": ("passed", 2),
        "pick": ("passed", 1),
        "draw_trace": ("passed", 2),
        "why": ("needs a person", None),
    }
    assert result.earned is None


def test_a_blank_notebook_is_not_attempted_throughout(desk):
    marks, result = desk.mark()
    assert {q.status for q in marks.values()} == {"not attempted"}
    assert result.earned == 0


def test_a_known_mistake_is_named_and_shown_on_the_public_case_only(desk):
    wrong = desk.right["ridge_fit"].replace("n * lam", "lam")
    fit = desk.mark(ridge_fit=wrong)[0]["ridge_fit"]
    assert (fit.status, fit.mistake) == ("failed", "forgets_n")
    assert fit.hint == "What is n doing in the objective?"
    public, hidden = fit.groups
    assert public.got
    assert public.expected
    assert public.call.startswith("ridge_fit(X=array of shape (12, 3)")
    assert (hidden.got, hidden.expected, hidden.call, hidden.printed) == ("", "", "", "")


@pytest.mark.parametrize(
    ("factor", "words"),
    [("3 * n", "3 times"), ("n**2 / 7", "1/7 · n times"), ("n / 4", "0.25 times")],
    ids=["three", "n over seven", "a quarter"],
)
def test_a_factor_that_nobody_listed_is_recognised_as_such(desk, factor, words):
    wrong = desk.right["ridge_fit"].replace("n * lam", f"{factor} * lam")
    fit = desk.mark(ridge_fit=wrong)[0]["ridge_fit"]
    assert fit.mistake == "another_strength"
    assert words in fit.reason


def test_a_fitted_number_is_told_of_public_cases_only(desk):
    wrong = desk.right["ridge_fit"].replace("n * lam", "3 * n * lam")
    public, hidden = desk.mark(ridge_fit=wrong)[0]["ridge_fit"].groups
    assert "3 times" in public.reason
    assert hidden.reason == "b differs. The answer is right for another strength"


def test_numbers_copied_from_the_public_cases_earn_nothing(desk):
    public = desk.store.public(*_first_group(desk))
    answers = {
        len(args[0]): (b, w.tolist())
        for args, (b, w) in zip(public.args, public.expected, strict=True)
    }
    copied = f"def ridge_fit(X, y, lam):\n    return {answers}[len(X)]"
    fit = desk.mark(ridge_fit=copied)[0]["ridge_fit"]
    assert (fit.earned, fit.groups[0].reason) == (0, "b differs (the public cases agree)")


def test_one_group_right_and_one_wrong_is_failed_with_its_points(desk):
    # Right only where the columns lie near the origin, which is the first group.
    partly = desk.right["ridge_fit"].replace(
        "    w =", "    lam = lam * (1 + (X.mean(0)[0] > 3))\n    w ="
    )
    fit = desk.mark(ridge_fit=partly)[0]["ridge_fit"]
    assert (fit.status, fit.earned) == ("failed", 3)


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("def ridge_fit(X, y, lam):\n    raise KeyError('no')", "crashed"),
        ("def ridge_fit(X, y, lam):\n    import os\n    os._exit(0)", "crashed"),
        ("def ridge_fit(X, y, lam):\n    return np.ones(10**10)", "crashed"),
        ("def ridge_fit(X, y, lam:", "crashed"),
        ("import os\nos._exit(0)", "crashed"),
        ("ridge_fit = 3", "failed"),
        ("def ridge_fit(X, y, lam):\n    pass", "failed"),
        ("def ridge_fit(X, y, lam):\n    X *= 2\n    return 0.0, X[0]", "failed"),
    ],
    ids=[
        "raises", "exits", "hogs memory", "syntax error", "cell exits", "not a function",
        "returns nothing", "changes X",
    ],
)  # fmt: skip
def test_a_broken_answer_has_its_status_and_costs_the_others_nothing(desk, source, status):
    marks, _ = desk.mark(**{**desk.right, "ridge_fit": source})
    assert (marks["ridge_fit"].status, marks["ridge_fit"].earned) == (status, 0)
    assert [marks[name].earned for name in ("mean_y", "pick", "draw_trace")] == [2, 1, 2]


def test_an_endless_call_is_timed_out_and_costs_the_others_nothing(desk):
    desk.exercise.questions["ridge_fit"].cpu_seconds = 0.5
    endless = "def ridge_fit(X, y, lam):\n    while True:\n        pass"
    marks, result = desk.mark(**{**desk.right, "ridge_fit": endless})
    assert marks["ridge_fit"].status == "timed out"
    assert [marks[name].earned for name in ("mean_y", "pick", "draw_trace")] == [2, 1, 2]
    # One call's allowance, not one for each case of each group.
    assert result.cpu_seconds < 2 * 0.5


def test_what_is_endless_in_one_group_keeps_the_points_of_those_that_passed_before(desk):
    question = desk.exercise.questions["ridge_fit"]
    question.cpu_seconds = 0.5
    tall, far = question.groups
    question.groups[:] = [tall, replace(far, public=True), replace(far, title="farther")]
    slow = "    while X.mean(axis=0)[0] > 3: pass\n    w ="
    fit = desk.mark(ridge_fit=desk.right["ridge_fit"].replace("    w =", slow))[0]["ridge_fit"]
    assert [group.status for group in fit.groups] == ["passed", "timed out", "timed out"]
    assert (fit.status, fit.earned) == ("failed", 3)


def test_an_exception_of_a_hidden_case_is_told_by_name_only(desk):
    tell = "    if X.mean(axis=0)[0] > 3:\n        raise ValueError(str(X))\n    w ="
    spy = desk.right["ridge_fit"].replace("    w =", tell)
    fit = desk.mark(ridge_fit=spy)[0]["ridge_fit"]
    assert fit.groups[1].reason == "raises ValueError"
    assert fit.groups[1].printed == ""


def test_an_import_that_nobody_needs_costs_no_point(desk):
    answers = {name: f"from tqdm import tqdm\n{source}" for name, source in desk.right.items()}
    marks, result = desk.mark(**{**answers, "why": desk.right["why"]})
    assert [q.earned for q in marks.values()] == [5, 2, 1, 2, None]
    assert {failure.problem for failure in result.failures} == {
        "No module named 'tqdm': this exercise is graded with numpy and matplotlib only; "
        "the rest of the cell was run"
    }


def test_a_call_that_needs_another_package_is_told_which_there_are(desk):
    needs = desk.right["ridge_fit"].replace("    w =", "    import scipy\n    w =")
    fit = desk.mark(ridge_fit=needs)[0]["ridge_fit"]
    assert fit.status == "crashed"
    assert {group.reason for group in fit.groups} == {
        "raises ModuleNotFoundError: this exercise is graded with numpy and matplotlib only"
    }


def test_an_answer_that_is_too_long_crashed_and_is_no_offence(desk):
    long = "def ridge_fit(X, y, lam):\n    return [i / 7 for i in range(150_000)], X[0]"
    fit = desk.mark(ridge_fit=long)[0]["ridge_fit"]
    assert (fit.status, fit.reason) == ("crashed", "gives back more data than is allowed")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("ridge_fit = = 1", "stops with SyntaxError: invalid syntax (line 1)"),
        ("import os\nos._exit(0)\ndef ridge_fit(X, y, lam): pass", "ends the Python process"),
    ],
    ids=["no Python", "a hard exit"],
)
def test_of_a_cell_that_ended_nothing_is_said_to_be_missing(desk, source, why):
    fit = desk.mark(ridge_fit=source)[0]["ridge_fit"]
    assert (fit.status, fit.reason) == ("crashed", f"the cell of this answer {why}")
    assert {(group.status, group.reason) for group in fit.groups} == {("crashed", "")}


def test_a_figure_is_compared_by_what_it_shows(desk):
    linear = desk.right["draw_trace"].replace('"log"', '"linear"')
    trace = desk.mark(draw_trace=linear)[0]["draw_trace"]
    assert (trace.status, trace.reason) == ("failed", "xscale differs")


def test_a_contradicting_id_waits_for_a_person_who_is_told_the_marks(desk):
    submission = desk.hand_in("ada", **desk.right)
    other = type(submission)(**{**vars(submission), "typed_id": "bob"})
    result = mark(other, desk.store, desk.sandbox)
    assert {q.status for q in result.questions} == {"needs a person"}
    assert result.problem == (
        "the notebook says STUDENT = 'bob', its folder 'ada': "
        "put it into the right folder and grade again, or mark it by hand"
    )
    assert result.questions[0].reason.startswith("Would be passed, 5 of 5.")


@pytest.mark.parametrize(
    ("status", "earned"), [("refused", 0), ("not attempted", 0), ("needs a person", None)]
)
def test_what_cannot_be_marked_says_so_in_every_question(desk, status, earned):
    result = unmarked("ada", desk.store, status, "It is not JSON.")
    assert {(q.status, q.earned, q.reason) for q in result.questions} == {
        (status, earned, "It is not JSON.")
    }


def test_a_group_that_is_not_written_yet_costs_the_written_one_nothing(desk):
    partly = desk.right["ridge_fit"].replace(
        "    w =", "    if X.mean(0)[0] > 3:\n        raise NotImplementedError\n    w ="
    )
    fit = desk.mark(ridge_fit=partly)[0]["ridge_fit"]
    assert (fit.status, fit.earned) == ("failed", 3)
    assert [group.status for group in fit.groups] == ["passed", "not attempted"]


def test_a_public_group_that_is_not_written_yet_costs_the_hidden_one_nothing(desk):
    partly = desk.right["ridge_fit"].replace(
        "    w =", "    if X.mean(0)[0] < 3:\n        raise NotImplementedError\n    w ="
    )
    fit = desk.mark(ridge_fit=partly)[0]["ridge_fit"]
    assert (fit.status, fit.earned) == ("failed", 2)


def test_waiting_is_counted_over_all_sessions_of_a_notebook(desk, monkeypatch):
    limits = replace(desk.sandbox.limits, waiting_seconds=1.0)
    monkeypatch.setattr(desk.sandbox, "limits", limits)
    monkeypatch.setattr(desk.sandbox._interpreter, "limits", limits)
    asleep = "import time\ntime.sleep(0.4)\ndef ridge_fit(X, y, lam):\n    time.sleep(60)"
    marks, _ = desk.mark(**{**desk.right, "ridge_fit": asleep})
    # The first session ends in the call; a second one has no time left to run the cells again.
    assert [marks[name].status for name in ("mean_y", "pick")] == ["timed out"] * 2


def test_an_answer_that_ends_its_process_each_time_costs_the_others_nothing(desk):
    question = desk.exercise.questions["ridge_fit"]
    question.groups += [replace(question.groups[0], title=f"again {i}") for i in range(12)]
    exits = "def ridge_fit(X, y, lam):\n    import os\n    os._exit(0)"
    marks, _ = desk.mark(**{**desk.right, "ridge_fit": exits})
    assert (marks["ridge_fit"].status, marks["ridge_fit"].earned) == ("crashed", 0)
    assert [marks[name].earned for name in ("mean_y", "pick", "draw_trace")] == [2, 1, 2]
