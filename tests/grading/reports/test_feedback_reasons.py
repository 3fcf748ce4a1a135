"""Which reasons, hints and parts of the bar a feedback page shows, and which it leaves out."""

import re

import pytest

from regcourse.grading.reports.feedback import feedback_page
from regcourse.grading.results import GroupResult, QuestionResult, SubmissionResult

HINT = "Is b penalised too?"
PROBLEM = "There are two notebooks."


def question(name="fit", kind="function", earned=0.0, status="failed", **more):
    return QuestionResult(name, kind, 4.0, earned, status, **more)


def group(title="tall", status="failed", **more):
    return GroupResult(title, True, 2.0, 2.0 if status == "passed" else 0.0, status, **more)


def page(*questions, **more):
    return feedback_page(SubmissionResult("ada", "03_ridge", questions, **more))


def text_of(html):
    return " ".join(re.sub("<[^>]*>", " ", html.partition("<main>")[2]).split())


def waits(reason, answer=""):
    return question("why", "written", None, "needs a person", reason=reason, answer=answer)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (waits("An earlier submission got 3 of 4."), "An earlier submission got 3 of 4."),
        (waits("two keys fit", "Because."), "A person reads this answer."),
        (waits("two keys fit"), "A person looks at this one."),
        (question("pick", "choice", 4.0, "passed", reason="Yes, it does."), "Yes, it does."),
    ],
    ids=["an earlier mark", "an answer", "none", "the reply to a right choice"],
)
def test_a_reason_that_is_for_the_student_is_told(asked, told):
    assert told in text_of(page(asked))


@pytest.mark.parametrize(
    "asked",
    [
        waits("SECRET"),
        question(earned=4.0, status="passed", reason="SECRET"),
        question("trace", "figure", 4.0, "passed", reason="SECRET"),
        question(groups=(group(status="passed", reason="SECRET"), group("wide"))),
    ],
    ids=["for the marker", "a right function", "a right figure", "a right group"],
)
def test_a_reason_that_says_nothing_more_is_left_out(asked):
    assert "SECRET" not in page(asked)


def test_a_hint_that_a_question_gave_is_not_given_again_by_its_group():
    same = question(hint=HINT, mistake="ols", groups=(group(hint=HINT, mistake="ridge"),))
    other = question(hint=HINT, groups=(group(hint="What is n?"),))
    assert text_of(page(same, waits(""))).count(HINT) == 2  # there, and where to go on
    assert "To think about What is n?" in text_of(page(other))


def test_the_bar_is_cut_into_what_is_earned_and_what_is_open():
    html = page(question(earned=1.0), waits(""), question("df"), question("rank"))
    pieces = re.findall(r'<rect class="(\w+)" x="([\d.]+)%" width="([\d.]+)%"', html)
    assert pieces == [("good", "0", "6.25"), ("wait", "6.25", "25.00")]


def test_a_notebook_that_is_in_question_shows_only_what_a_person_has_marked():
    marked = question("df", earned=4.0, status="passed", marked_by="LM", comment="It is hers.")
    text = text_of(page(waits("SECRET"), question("fit", hint=HINT), marked, problem=PROBLEM))
    assert PROBLEM in text
    assert "Marked by LM It is hers." in text
    assert HINT not in text
    assert "go on" not in text


def test_a_refused_notebook_stays_refused_until_all_of_it_is_marked():
    refused = question(status="refused")
    marked = question("df", earned=4.0, status="passed", marked_by="LM")
    assert "This notebook could not be graded" in page(refused, marked, problem=PROBLEM)


def test_the_summary_and_the_bar_say_in_words_what_there_is():
    html = page(waits(""), question("df", earned=4.0, status="passed"), waits(""))
    assert "3 questions: 2 wait for a person, 1 right." in html
    assert 'aria-label="4 of 12 points, 8 still open"' in html
    assert 'aria-label="0 of 4 points"' in page(question())


@pytest.mark.parametrize("title", ["", "03_ridge"])
def test_a_title_that_says_no_more_than_the_exercises_name_is_left_out(title):
    html = feedback_page(SubmissionResult("ada", "03_ridge", (question(),)), title=title)
    assert '<p class="over">03_ridge</p>' in html
