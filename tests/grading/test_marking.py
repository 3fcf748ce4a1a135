"""Marks of single submissions to a small exercise, each run in a real sandbox."""

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from regcourse.authoring.exercises import notebook_of
from regcourse.checks import load_exercise
from regcourse.checks.notebook import layout_of, solved
from regcourse.errors import ExerciseError
from regcourse.grading.cases import CaseBook
from regcourse.grading.intake.submission import read_submission
from regcourse.grading.marking import mark, unmarked
from regcourse.grading.sandbox import Sandbox

THIN = Path(__file__).parents[1] / "exercises" / "thin" / "90_thin"
SECRET = bytes(range(32))


class Desk:
    """Hands in notebooks with the given answers, and marks them."""

    def __init__(self, sandbox, folder):
        self.exercise = load_exercise(THIN)
        self.layout = layout_of(self.exercise)
        self.book = CaseBook(self.exercise, SECRET)
        self.sandbox, self.folder = sandbox, folder
        right = solved(self.exercise, self.layout)
        self.right = {c.question: c.source for c in right.cells if c.role == "answer"}

    def hand_in(self, student="ada", **answers):
        notebook = notebook_of(self.exercise, self.layout)
        for cell in notebook.cells:
            if cell.id == "setup":
                cell.source = cell.source.replace("your-id", student)
            if cell.metadata.regcourse.role == "answer":
                cell.source = answers.get(cell.metadata.regcourse.question, cell.source)
        path = self.folder / "90_thin.ipynb"
        nbformat.write(notebook, path)
        return read_submission(path, student, self.layout)

    def mark(self, student="ada", **answers):
        result = mark(self.hand_in(student, **answers), self.book, self.sandbox)
        return {question.name: question for question in result.questions}, result


def _first_group(desk):
    question = desk.exercise.questions["ridge_fit"]
    return question, question.groups[0]


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(load_exercise(THIN).packages) as warm:
        yield warm


@pytest.fixture
def desk(sandbox, tmp_path):
    return Desk(sandbox, tmp_path)


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
    public = desk.book.public(*_first_group(desk))
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
    endless = "def ridge_fit(X, y, lam):\n    while True:\n        pass"
    marks, result = desk.mark(**{**desk.right, "ridge_fit": endless})
    assert marks["ridge_fit"].status == "timed out"
    assert [marks[name].earned for name in ("mean_y", "pick", "draw_trace")] == [2, 1, 2]
    # One call's allowance, not one for each case of each group.
    assert result.cpu_seconds < 2 * 5


def test_what_is_endless_in_one_group_keeps_the_points_of_those_that_passed_before(desk):
    question = desk.exercise.questions["ridge_fit"]
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


def test_a_figure_is_compared_by_what_it_shows(desk):
    linear = desk.right["draw_trace"].replace('"log"', '"linear"')
    trace = desk.mark(draw_trace=linear)[0]["draw_trace"]
    assert (trace.status, trace.reason) == ("failed", "xscale differs")


def test_a_contradicting_id_waits_for_a_person_who_is_told_the_marks(desk):
    submission = desk.hand_in("ada", **desk.right)
    other = type(submission)(**{**vars(submission), "typed_id": "bob"})
    result = mark(other, desk.book, desk.sandbox)
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
    result = unmarked("ada", desk.book, status, "It is not JSON.")
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


def test_a_reference_that_fails_on_a_students_data_is_no_verdict(desk):
    def broken(X, y):
        raise KeyError("a bug of the author's")

    desk.exercise.questions["mean_y"].reference = broken
    with pytest.raises(ExerciseError, match=r"the reference of mean_y gives no value: .*KeyError"):
        desk.mark(**desk.right)


@pytest.mark.parametrize("pick", ["{'b'}", "len", "3"])
def test_a_choice_that_is_no_letter_was_attempted(desk, pick):
    assert desk.mark(pick=f"pick = {pick}")[0]["pick"].status == "failed"


def test_a_choice_is_timed_out_where_the_time_of_the_notebook_is_used_up(desk, monkeypatch):
    monkeypatch.setattr(desk.sandbox, "limits", replace(desk.sandbox.limits, total_seconds=0.0))
    pick = desk.mark(pick='pick = "b"')[0]["pick"]
    assert (pick.status, pick.earned) == ("timed out", 0)


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
