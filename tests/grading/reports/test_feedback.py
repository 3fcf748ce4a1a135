"""The feedback page: what it tells, what it keeps to itself, and that nothing in it can run."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regcourse.grading.reports.feedback import feedback_page, write_feedback
from regcourse.grading.reports.pages import LOOKS, counted, look_of, number, sentence
from regcourse.grading.results import (
    OUR_FAULT,
    CellFailure,
    GroupResult,
    QuestionResult,
    SubmissionResult,
)
from regcourse.grading.safe import file_stem, printable

NAMED = "penalises_the_intercept"
REASON = "w is 3 % too short. Your results are those of a known mistake: penalises the intercept"
HINT = "Is b penalised too?"


def group(title="a tall design", *, public=True, status="failed", **more):
    earned = 3.0 if status == "passed" else 0.0
    return GroupResult(title, public, 3.0, earned, status, **more)


def question(name="ridge_fit", status="failed", earned=0.0, kind="function", **more):
    return QuestionResult(name, kind, 6.0, earned, status, **more)


def page(*questions, student="ada", title="", **more):
    return feedback_page(SubmissionResult(student, "03_ridge", questions, **more), title=title)


class _Words(HTMLParser):
    """Collects what a reader sees, and which elements and attributes there are."""

    def __init__(self):
        super().__init__()
        self.seen, self.tags, self.attributes, self._in_style = [], [], [], False

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        self._in_style = tag == "style"

    def handle_data(self, data):
        self.seen += [] if self._in_style else [data]


def read(html):
    words = _Words()
    words.feed(html)
    words.close()
    return words


def text_of(html):
    return " ".join(" ".join(read(html).seen).split())


FAILED = question(
    mistake=NAMED,
    reason=REASON,
    hint=HINT,
    groups=(
        group(
            reason=REASON,
            mistake=NAMED,
            hint=HINT,
            call="ridge_fit(X, y, lam=0.3)",
            got="(0.82, [1, 2])",
            expected="(2.31, [1, 2.1])",
            printed="lam is 0.3",
        ),
        group("more features than rows", public=False, status="passed"),
    ),
)


@pytest.mark.parametrize(
    "words",
    [
        f"Recognised {REASON}.",
        HINT,
        "ridge_fit(X, y, lam=0.3)",
        "(0.82, [1, 2])",
        "(2.31, [1, 2.1])",
        "lam is 0.3",
        "more features than rows hidden, right",
    ],
    ids=["mistake", "hint", "call", "got", "expected", "printed", "hidden group"],
)
def test_a_failed_question_names_the_mistake_gives_the_hint_and_shows_the_public_case(words):
    assert words in text_of(page(FAILED))


def test_a_hidden_group_shows_its_sentence_and_never_a_number():
    secret = {"call": "SECRETCALL", "got": "SECRETGOT", "expected": "SECRET", "printed": "SECRETP"}
    hidden = group("wide", public=False, reason="raises LinAlgError", **secret)
    html = page(question(groups=(group(status="passed"), hidden)))
    assert "SECRET" not in html
    assert "Raises LinAlgError." in html


def test_a_mistake_is_recognised_once_and_in_the_words_of_a_teacher():
    text = text_of(page(FAILED))
    assert text.count("Recognised") == text.count("a known mistake") == 1
    assert "Recognised another strength" in text_of(page(question(mistake="another_strength")))


def test_the_same_mistake_is_not_explained_twice():
    again = group("wide", public=False, reason="w differs", mistake=NAMED, hint=HINT)
    html = page(question(mistake=NAMED, reason=REASON, hint=HINT, groups=(FAILED.groups[0], again)))
    assert "The same mistake." in html
    assert "w differs" not in html


def test_a_blocked_question_tells_its_reason_once():
    blocked = question(
        status="blocked",
        reason=f"builds on df, which is not right yet. {REASON}",
        mistake=NAMED,
        groups=(group(reason=REASON, mistake=NAMED),),
    )
    text = text_of(page(blocked))
    assert text.count(REASON) == 1
    assert "The same mistake." not in text


def test_what_follows_on_what_a_question_builds_on_is_a_sentence_too():
    told = sentence("builds on w, which is not right yet. does not finish in the time allowed")
    assert told == "Builds on w, which is not right yet. Does not finish in the time allowed."


def test_another_mistake_in_another_group_is_told_there():
    other = group("wide", public=False, reason="b is 0", mistake="no_intercept", hint="At X = 0?")
    text = text_of(page(question(mistake=NAMED, reason=REASON, hint=HINT, groups=(other,))))
    assert "Recognised b is 0. To think about At X = 0?" in text


def test_points_that_wait_are_open_and_not_zero():
    text = text_of(
        page(
            question(earned=6.0, status="passed"),
            question("why", "needs a person", None, "written", answer="Because."),
        )
    )
    assert "6 of 12 points so far, 6 still open" in text
    assert "open, of 6" in text
    assert "A person reads this answer. Your answer Because." in text


def test_a_mark_by_a_person_is_shown_with_the_comment():
    marked = question("why", "failed", 4.0, "written", comment="Clear.", marked_by="L. Meitner")
    text = text_of(page(marked))
    assert "Marked by L. Meitner Clear." in text
    assert "partly right 4 of 6" in text


def test_the_place_to_go_on_is_the_first_question_that_does_not_wait_for_another():
    text = text_of(
        page(
            question("first", "passed", 6.0),
            question("second", "blocked", 0.0),
            question("third", "needs a person", None, "written"),
            question("fourth", "failed", 5.0, hint=HINT),
        )
    )
    assert f"A good place to go on fourth : 1 more point to be earned there. {HINT}" in text


def test_a_perfect_page_says_so_and_sends_nobody_on():
    text = text_of(page(question(earned=6.0, status="passed")))
    assert "Every question is right." in text
    assert "go on" not in text


def test_cells_that_did_not_finish_and_repairs_are_told():
    text = text_of(
        page(
            question(),
            failures=(CellFailure(7, "while True:", "does not finish in the time allowed"),),
            notices=("The answer cell of ridge_df stood twice",),
        )
    )
    assert "7 while True: Does not finish in the time allowed." in text
    assert "The answer cell of ridge_df stood twice." in text


def test_a_refused_notebook_says_why_and_lists_no_empty_details():
    html = page(question(status="refused", reason="not JSON"), problem="the file is not JSON")
    assert "This notebook could not be graded" in html
    assert "The file is not JSON." in html
    assert "<article" not in html


def test_a_contradicting_id_is_told_to_its_student():
    problem = "the notebook says STUDENT = 'bob', its folder 'ada'"
    withheld = question(
        status="needs a person", earned=None, reason="Would be passed with 6 of 6.", groups=()
    )
    text = text_of(page(withheld, problem=problem))
    assert f"A person looks at this submission before it gets its points T{problem[1:]}" in text
    assert "Would be" not in text


def test_an_error_of_ours_is_never_quoted_to_a_student():
    ours = f"{OUR_FAULT}: KeyError: SECRET 0.123"
    html = page(question(status="needs a person", earned=None, reason=ours), problem=ours)
    assert "SECRET" not in html
    assert "The fault is not yours, and it costs you nothing." in html


def test_a_reason_of_a_waiting_question_is_for_the_marker_only():
    html = page(question(status="needs a person", earned=None, reason="SECRET"))
    assert "SECRET" not in html
    assert "A person looks at this one." in html


def test_a_mark_after_a_problem_lifts_it():
    marked = question(status="passed", earned=6.0, marked_by="a person")
    assert "could not be graded" not in page(marked, problem="there are two notebooks")


def test_the_reply_to_a_choice_is_shown_and_its_option_is_no_mistake():
    chosen = question("pick", "failed", 0.0, "choice", mistake="option_a", reason="Shrunk least.")
    text = text_of(page(chosen))
    assert "Shrunk least." in text
    assert "option" not in text.replace("question", "")


@pytest.mark.parametrize("status", [s for s in LOOKS if s != "partly"])
def test_every_status_is_a_mark_and_words_beside_its_colour(status):
    look = look_of(status, 0.0)
    text = text_of(page(question(status=status)))
    assert f"{look.mark} {look.words}" in text
    assert len({other.mark for other in LOOKS.values()}) == len(LOOKS)


def test_partial_credit_is_a_failed_question_with_points():
    assert look_of("failed", 2.0) is LOOKS["partly"]
    assert look_of("failed", 0.0) is LOOKS["failed"]


def test_an_exercise_without_questions_or_points_still_has_a_page():
    assert "0 questions" in page()
    assert "0 of 0 points" in text_of(page())


def test_the_policy_allows_one_style_and_nothing_else():
    html = page(FAILED)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    policy = policy.replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "base-uri 'none'; form-action 'none'" in policy


def test_a_page_holds_no_script_no_address_and_no_inline_style():
    found = read(page(FAILED))
    assert not {"script", "iframe", "object", "embed", "img", "link", "form"} & set(found.tags)
    names = {name for name, _ in found.attributes}
    assert not {name for name in names if name.startswith("on")} | (names & {"style", "src"})
    assert all(value.startswith("#") for name, value in found.attributes if name == "href")


def test_a_page_has_one_title_headings_in_order_and_captions():
    found = read(page(FAILED, failures=(CellFailure(1, "x", "y"),)))
    assert found.tags.count("h1") == 1
    assert found.tags.count("caption") == found.tags.count("table") == 2
    assert found.tags.index("h1") < found.tags.index("h2") < found.tags.index("h3")
    assert ("lang", "en") in found.attributes


HOSTILE = '</script></style></title><script>alert(1)</script><img src=x onerror="a()">'


def hostile(text):
    """A result in which every text is this one."""
    everything = dict.fromkeys(["reason", "mistake", "hint", "call", "got", "expected"], text)
    groups = (group(text, **everything, printed=text), group(text, public=False, **everything))
    more = {"mistake": text, "reason": text, "hint": text, "answer": text, "comment": text}
    questions = (question(text, **more, marked_by=text, groups=groups),)
    failures = (CellFailure(1, text, text),)
    return SubmissionResult(text, text, questions, (text,), failures, problem="")


def test_hostile_text_is_shown_and_not_obeyed():
    plain_page = read(feedback_page(hostile("x"), title="x"))
    html = feedback_page(hostile(HOSTILE), title=HOSTILE)
    assert read(html).tags == plain_page.tags
    assert "alert(1)" in text_of(html)


TEXTS = st.text(
    st.one_of(
        st.sampled_from("<>&\"'`=\\{}%#\x00\x1b\r\n\t\u202e\u2066\u200b\ufeff\ud800\U000e0041]-"),
        st.characters(),
    ),
    max_size=30,
)


@given(text=TEXTS)
def test_no_text_adds_an_element_or_an_invisible_character(text):
    html = feedback_page(hostile(f"x{text}x"), title=text)
    assert read(html).tags == read(feedback_page(hostile("xx"), title="")).tags
    assert printable(html) == html
    html.encode("utf-8")


def test_each_student_gets_a_file(tmp_path):
    results = [SubmissionResult(name, "03_ridge", (FAILED,)) for name in ("ada", "../José")]
    paths = write_feedback(results, tmp_path, title="Ridge regression")
    assert [path.name for path in paths] == ["ada.html", f"{file_stem('../José')}.html"]
    assert {path.parent for path in paths} == {tmp_path / "feedback"}
    assert "03_ridge · Ridge regression" in paths[0].read_text(encoding="utf-8")


def test_the_same_results_make_the_same_bytes():
    assert page(FAILED) == page(FAILED)


def test_numbers_counts_and_sentences_read_well():
    assert [number(x) for x in (0.0, 10.0, 2.50, 1 / 3)] == ["0", "10", "2.5", "0.33"]
    assert [counted(1, "wait", "waits"), counted(2, "wait", "waits")] == ["1 wait", "2 waits"]
    texts = ["", "raises X", "w is 2", "ridge_fit is", "slope is 2", "Why?", "a person reads"]
    said = ["", "Raises X.", "w is 2.", "ridge_fit is.", "slope is 2.", "Why?", "A person reads."]
    assert [sentence(text) for text in texts] == said
