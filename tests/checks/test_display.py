import re
from typing import get_args

import pytest

from regcourse.checks import STATUSES, CheckResult, Line, Note, Overview, Status

RESULT = CheckResult(
    "ridge_fit",
    "failed",
    ("A <hint>.",),
    (Line("passed", "a tall design"), Line("failed", "more & wider", ("w differs.",))),
    "forgets_n",
)
OVERVIEW = Overview(
    "Ridge & friends",
    (("ridge_fit", "passed"), ("why", "needs a person"), ("best_lam", "not attempted")),
    (RESULT,),
)


def test_the_statuses_are_those_of_the_type():
    assert get_args(Status) == STATUSES


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_a_mark_and_words_in_text_and_in_html(status):
    result = CheckResult("q", status)
    mark, words = re.fullmatch(r"(\S) q: (.+)", repr(result)).groups()
    assert f"aria-hidden='true'>{mark}</span>" in result._repr_html_()
    assert f"<strong>{words}</strong>" in result._repr_html_()


def test_text_says_the_same_as_html():
    assert repr(RESULT).splitlines() == [
        "✗ ridge_fit: not yet",
        "  A <hint>.",
        "  ✓ a tall design",
        "  ✗ more & wider",
        "      w differs.",
    ]
    html = RESULT._repr_html_()
    plain = re.sub(r"<[^>]+>", " ", html)
    assert "A &lt;hint&gt;." in plain
    assert "more &amp; wider" in plain


@pytest.mark.parametrize("shown", [RESULT, OVERVIEW], ids=["result", "overview"])
def test_html_is_the_same_every_time_and_well_formed(shown):
    html = shown._repr_html_()
    assert html == shown._repr_html_()
    opened = re.findall(r"<([a-z]+)", html)
    assert sorted(opened) == sorted(re.findall(r"</([a-z]+)", html))
    assert not re.search(r"\bid=|0x[0-9a-f]{6}", html)


def test_a_student_cannot_put_markup_into_a_result():
    result = CheckResult("<b>", "failed", ("<script>",), (Line("failed", "<i>", ("<u>",)),))
    assert not re.search(r"<(b|script|i|u)>", result._repr_html_())


def test_an_overview_counts_what_is_right_and_what_is_left():
    assert repr(OVERVIEW).splitlines()[:4] == [
        "Ridge & friends: 1 of 3 right so far, 1 left to the grader",
        "  ✓ ridge_fit  right so far",
        "  ◇ why        left to the grader",
        "  ○ best_lam   not attempted yet",
    ]
    assert "<caption" in OVERVIEW._repr_html_()
    assert "Ridge &amp; friends" in OVERVIEW._repr_html_()


def test_details_follow_the_overview():
    assert repr(OVERVIEW).endswith(repr(RESULT))
    assert RESULT._repr_html_() in OVERVIEW._repr_html_()


def test_an_empty_overview_and_a_note_are_one_line():
    assert repr(Overview("Nothing", ())) == "Nothing: 0 of 0 right so far"
    assert repr(Note("No check data here.")) == "No check data here."
