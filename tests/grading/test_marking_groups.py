"""What groups of cases come to together, with calls that end as the test says."""

from dataclasses import replace

import pytest

from regcourse.grading import marking
from regcourse.grading.marking import mark
from regcourse.questions import Missing, Raised, Returned, Stopped

TALL, FAR = "a tall design", "far from the origin"
PUBLIC, HIDDEN = True, False


def right(question, args, expected):
    return Returned(expected)


def as_the_mistake(name):
    """What a call gives back if it was written with a known mistake in it."""

    def answer(question, args, expected):
        (mistake,) = [one for one in question.mistakes if one.name == name]
        return Returned(mistake.function(*args))

    return answer


def always(outcome):
    return lambda question, args, expected: outcome


WRONG = always(Returned((7.0, [7.0, 7.0, 7.0]), printed="x" * 3000))
CRASHES = always(Raised("KeyError"))
ENDLESS = always(Stopped("time"))
UNWRITTEN = always(Raised("NotImplementedError"))
FORGETS, PENALISES = as_the_mistake("forgets_n"), as_the_mistake("penalises_the_intercept")


class Script:
    """Stands in for a run: says what the calls of a group come to, right if nothing else."""

    cpu_seconds, failures, ended = 0.0, (), {}

    def __init__(self, store):
        self.store, self.said, self.asked = store, {}, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def calls(self, name, cases, *, shown, **_):
        question = self.store.exercise.questions[name]
        draws = [
            (group.title, self.store.public(question, group))
            if shown
            else (group.title, self.store.hidden(question, group, "ada"))
            for group in question.groups
        ]
        ((title, drawn),) = [(title, one) for title, one in draws if one.args is cases]
        self.asked.append((title, shown))
        answer = self.said.get((title, shown), right)
        pairs = zip(cases, drawn.expected, strict=True)
        return [answer(question, args, expected) for args, expected in pairs]

    def variable(self, name):
        return Missing()


@pytest.fixture
def script(quiet_desk, monkeypatch):
    """What the calls come to: to be filled in."""
    made = Script(quiet_desk.store)
    monkeypatch.setattr(marking, "Run", lambda submission, sandbox: made)
    return made


@pytest.fixture
def exercise(quiet_desk):
    """The exercise, with both groups of ridge_fit public and a third one like the first."""
    questions = quiet_desk.exercise.questions
    tall, far = questions["ridge_fit"].groups
    groups = [tall, replace(far, public=True), replace(tall, title="another")]
    questions["ridge_fit"] = replace(questions["ridge_fit"], groups=groups)
    return quiet_desk.exercise


@pytest.fixture
def marked(quiet_desk, script, exercise):
    """A function that marks what the script says and returns the questions by name."""

    def read():
        return quiet_desk.mark()[0]

    return read


@pytest.mark.parametrize(
    ("shown", "asked"),
    [
        (PUBLIC, [(TALL, PUBLIC), (FAR, PUBLIC), (TALL, HIDDEN)]),
        (HIDDEN, [(TALL, PUBLIC), (FAR, PUBLIC), ("another", PUBLIC), (TALL, HIDDEN)]),
    ],
    ids=["in public", "on hidden cases"],
)
def test_after_an_endless_call_no_other_group_is_asked(marked, script, shown, asked):
    last = asked[-1] if shown is HIDDEN else (FAR, PUBLIC)
    script.said[last] = ENDLESS
    fit = marked()["ridge_fit"]
    assert [one for one in script.asked if one[0] != "some lines"] == asked
    assert fit.groups[2].status == "timed out"


def test_a_crash_beside_a_failure_without_points_is_a_crash(marked, script):
    script.said |= {(TALL, HIDDEN): WRONG, (FAR, HIDDEN): CRASHES, ("another", HIDDEN): WRONG}
    fit = marked()["ridge_fit"]
    assert (fit.status, fit.earned) == ("crashed", 0)


def test_a_mistake_of_the_second_wrong_group_is_named_too(marked, script):
    script.said |= {(TALL, HIDDEN): WRONG, (FAR, HIDDEN): FORGETS}
    fit = marked()["ridge_fit"]
    assert [group.mistake for group in fit.groups] == ["", "forgets_n", ""]
    assert (fit.mistake, fit.hint) == ("forgets_n", "What is n doing in the objective?")
    assert fit.reason == fit.groups[1].reason


@pytest.mark.parametrize(
    ("hidden", "mistake", "words"),
    [
        (FORGETS, "forgets_n", "a known mistake: forgets n"),
        (PENALISES, "penalises_the_intercept", "a known mistake: penalises the intercept"),
        (WRONG, "penalises_the_intercept", "a known mistake: penalises the intercept"),
    ],
    ids=["another mistake", "the same one", "none"],
)
def test_the_mistake_on_hidden_cases_is_told_before_the_public_one(
    marked, script, hidden, mistake, words
):
    script.said |= {(TALL, HIDDEN): hidden, (TALL, PUBLIC): PENALISES}
    group = marked()["ridge_fit"].groups[0]
    assert group.mistake == mistake
    assert words in group.reason
    assert group.call.startswith("ridge_fit(X=array of shape (12, 3)")


@pytest.mark.parametrize("hidden", [UNWRITTEN, right], ids=["not attempted", "passed"])
def test_a_group_with_nothing_wrong_in_it_shows_no_case(marked, script, hidden):
    script.said |= {(TALL, HIDDEN): hidden, (TALL, PUBLIC): WRONG}
    group = marked()["ridge_fit"].groups[0]
    assert (group.call, group.got, group.expected, group.printed) == ("", "", "", "")


def test_of_what_a_call_prints_only_so_much_is_shown(marked, script):
    script.said |= {(TALL, HIDDEN): WRONG, (TALL, PUBLIC): WRONG}
    assert marked()["ridge_fit"].groups[0].printed == "x" * 2000


@pytest.mark.parametrize(
    ("answer", "status"),
    [(WRONG, "failed"), (CRASHES, "crashed"), (ENDLESS, "timed out"), (UNWRITTEN, "not attempted")],
    ids=["failed", "crashed", "timed out", "not attempted"],
)
def test_whatever_is_wrong_with_it_a_question_blocks_what_needs_it(
    exercise, marked, script, answer, status
):
    trace = exercise.questions["draw_trace"]
    exercise.questions["draw_trace"] = replace(trace, needs=("ridge_fit",))
    ours = [(title, shown) for title in (TALL, FAR, "another") for shown in (PUBLIC, HIDDEN)]
    script.said |= dict.fromkeys(ours, answer) | {("some lines", HIDDEN): CRASHES}
    marks = marked()
    assert marks["ridge_fit"].status == status
    assert marks["draw_trace"].status == "blocked"
    assert marks["draw_trace"].reason == (
        "builds on ridge_fit, which is not right yet. raises KeyError (the public cases agree)"
    )


def test_a_wrong_answer_under_a_contradicting_id_waits_with_nothing_earned(
    quiet_desk, script, exercise
):
    script.said |= {(title, HIDDEN): WRONG for title in (TALL, FAR, "another")}
    submission = replace(quiet_desk.hand_in(), typed_id="bob")
    fit = mark(submission, quiet_desk.store, None).questions[0]
    assert (fit.status, fit.earned) == ("needs a person", None)
    assert fit.reason.startswith("Would be failed, 0 of 8. b differs (the public cases agree)")
