"""Item analysis as numbers, and the class page that shows them."""

import re

import pytest

from regcourse.checks import STATUSES
from regcourse.grading.reports.analysis import Bin, analyse
from regcourse.grading.reports.classpage import _columns, _segments, class_page, write_class_page
from regcourse.grading.results import CellFailure, QuestionResult, SubmissionResult
from regcourse.grading.safe import file_stem, printable


def question(name, earned, status="failed", points=4.0, **more):
    return QuestionResult(name, "function", points, earned, status, **more)


def student(name, *questions, **more):
    return SubmissionResult(name, "03_ridge", questions, **more)


def fit(earned, mistake=""):
    status = "passed" if earned == 4.0 else "failed"
    return question("fit", earned, status, mistake=mistake, hint="Think." if mistake else "")


CLASS = [
    student("ada", fit(4.0), question("df", 4.0, "passed"), question("why", 3.0, "passed")),
    student("bob", fit(1.0, "forgot_n"), question("df", 2.0), question("why", 1.0)),
    student("cy", fit(0.0, "forgot_n"), question("df", 0.0), question("why", None, STATUSES[-1])),
    student("dee", fit(0.0, "ols"), question("df", 0.0, "crashed"), question("why", 2.0)),
]


def by_name(results):
    return {question.name: question for question in analyse(results).questions}


def test_statuses_means_and_partial_credit_are_counted():
    found = by_name(CLASS)
    assert found["fit"].statuses == {"passed": 1, "failed": 3}
    assert found["fit"].partly == 1
    assert found["fit"].mean == pytest.approx(5 / 4, rel=1e-12)
    assert found["df"].statuses == {"passed": 1, "failed": 2, "crashed": 1}


def test_the_mean_leaves_out_who_is_not_marked():
    assert by_name(CLASS)["why"].mean == pytest.approx(2.0, rel=1e-12)
    waiting = student("x", question("why", None, "needs a person"))
    assert by_name([waiting])["why"].mean is None


def test_mistakes_are_listed_with_their_students_the_most_frequent_first():
    first, second = by_name(CLASS)["fit"].mistakes
    assert (first.name, first.said, first.students) == ("forgot_n", "Think.", ("bob", "cy"))
    assert (second.name, second.students) == ("ols", ("dee",))


def test_mistakes_of_as_many_students_are_listed_by_their_names():
    results = [student("ada", fit(0.0, "zero")), student("bob", fit(0.0, "all"))]
    assert [one.name for one in by_name(results)["fit"].mistakes] == ["all", "zero"]


def test_a_question_is_worth_what_it_is_worth_now_and_a_student_waits_once():
    old = student("ada", question("fit", 1.0, points=2.0))
    waits = [question(name, None, "needs a person") for name in ("fit", "why")]
    assert by_name([old, *CLASS])["fit"].points == 4.0
    assert analyse([old, student("bob", *waits)]).waiting_students == 1


def test_a_mistake_without_a_hint_shows_its_reason():
    wrong = question("fit", 0.0, mistake="strength_times_2", reason="twice as strong")
    assert by_name([student("x", wrong)])["fit"].mistakes[0].said == "twice as strong"


def test_discrimination_is_the_correlation_with_the_rest_of_the_score():
    """Points 0, 1, 2 against rests 0, 2, 1: shared spread 1, own spreads 2 and 2."""
    results = [
        student(name, question("a", a), question("b", b))
        for name, a, b in [("x", 0.0, 0.0), ("y", 1.0, 2.0), ("z", 2.0, 1.0)]
    ]
    assert by_name(results)["a"].discrimination == pytest.approx(0.5, rel=1e-12)


def test_a_question_that_only_the_weak_get_right_discriminates_negatively():
    results = [
        student(name, question("a", a), question("b", b))
        for name, a, b in [("x", 4.0, 0.0), ("y", 2.0, 1.0), ("z", 0.0, 2.0)]
    ]
    assert by_name(results)["a"].discrimination == pytest.approx(-1.0, rel=1e-12)


def test_who_tried_nothing_does_not_make_a_question_look_good():
    blank = [
        student(f"blank{i}", question("a", 0.0, "not attempted"), question("b", 0.0, "refused"))
        for i in range(9)
    ]
    results = [
        student(name, question("a", a), question("b", b))
        for name, a, b in [("x", 4.0, 0.0), ("y", 2.0, 1.0), ("z", 0.0, 2.0)]
    ]
    assert by_name(results + blank)["a"].discrimination == pytest.approx(-1.0, rel=1e-12)


@pytest.mark.parametrize("points", [(1.0, 2.0), (1.0, 1.0, 1.0)], ids=["two", "all alike"])
def test_too_little_to_compare_has_no_discrimination(points):
    results = [
        student(f"s{i}", question("a", p), question("b", float(i))) for i, p in enumerate(points)
    ]
    assert by_name(results)["a"].discrimination is None


def test_scores_fall_into_round_bins_and_none_is_lost():
    bins = analyse(CLASS).scores
    assert [(one.low, one.high) for one in bins] == [(i, i + 1) for i in range(12)]
    assert [one.final for one in bins] == [0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1]
    assert [one.waiting for one in bins] == [1, *[0] * 11]


@pytest.mark.parametrize(
    ("points", "width", "count"), [(18.5, 2, 10), (0.5, 0.05, 10), (100.0, 10, 10), (3.0, 0.5, 6)]
)
def test_bins_are_round_and_at_most_twelve(points, width, count):
    bins = analyse([student("x", question("a", points, "passed", points))]).scores
    assert len(bins) == count
    assert bins[0].high == pytest.approx(width, rel=1e-12)
    assert bins[-1].final == 1


def test_points_that_add_up_to_a_round_number_fall_into_their_own_bin():
    """0.1 + 0.1 + 0.1 is a little more than 0.3, and 0.3 / 0.1 a little less than 3."""
    tenths = [question(name, 0.1, points=0.1) for name in "abc"]
    assert len(analyse([student("x", *tenths)]).scores) == 6
    bins = analyse([student("x", question("a", 0.3, points=1.0))]).scores
    assert [one.final for one in bins] == [0, 0, 0, 1, *[0] * 6]


def test_what_waits_in_a_notebook_that_is_marked_in_part_is_told_by_question():
    waits = question("why", None, "needs a person", reason="two keys fit")
    (one,) = analyse([student("x", fit(4.0), waits, problem="two notebooks")]).waiting
    assert (one.question, one.reason) == ("why", "two keys fit")


def test_a_column_stands_on_its_ground_with_what_is_not_final_on_top():
    tall, low = _columns([Bin(0.0, 1.0, 2, 1), Bin(1.0, 2.0, 1, 0)])
    assert (tall.left, tall.x, tall.width, tall.middle) == ("0.00", "3.00", "44.00", "25.00")
    assert (low.left, low.x, low.width, low.middle) == ("50.00", "53.00", "44.00", "75.00")
    # Three students are as high as the plot, which begins 20 below the top.
    assert [(one.final_y, one.final_height) for one in (tall, low)] == [
        ("70.00", "100.00"),
        ("120.00", "50.00"),
    ]
    assert [(one.waiting_y, one.waiting_height) for one in (tall, low)] == [
        ("20.00", "50.00"),
        ("120.00", "0.00"),
    ]
    assert [(one.label_y, one.count) for one in (tall, low)] == [("15.00", 3), ("115.00", 1)]


def test_who_waits_is_grouped_by_question_and_reason_and_a_whole_notebook_is_one_entry():
    reason = {"reason": "a person reads this answer"}
    results = [
        student("b", question("why", None, "needs a person", **reason)),
        student("a", question("why", None, "needs a person", **reason)),
        student("c", question("why", None, "needs a person"), problem="two notebooks"),
    ]
    whole, written = analyse(results).waiting
    assert (whole.question, whole.reason, whole.students) == ("", "two notebooks", ("c",))
    assert (written.question, written.students) == ("why", ("a", "b"))


def test_a_class_of_nobody_and_one_without_points_have_an_analysis_and_a_page():
    assert (analyse([]).students, analyse([]).scores) == (0, ())
    assert "Nobody. Every mark is final." in class_page([])
    assert analyse([student("x", question("a", 0.0, points=0.0))]).scores == ()
    assert "<code>a</code>" in class_page([student("x", question("a", 0.0, points=0.0))])


@pytest.mark.parametrize(
    "words",
    [
        "03_ridge · Ridge",
        "4 students. The median is 3 and the mean 4.25 of 12 points",
        "1 student waits for a person.",
        "1 passed, 1 partly right, 2 failed",
        "forgot_n fit 2 students: bob , cy Think.",
    ],
    ids=["title", "scores", "waiting", "counts", "mistakes"],
)
def test_the_page_tells_counts_mistakes_and_who_waits_in_words(words):
    text = " ".join(re.sub("<[^>]*>", " ", class_page(CLASS, title="Ridge")).split())
    assert words in text


def test_a_bar_is_cut_by_what_each_part_of_the_class_came_to():
    """One right, two with a part of the points, one with none: of four."""
    results = [student(name, fit(e)) for name, e in zip("abcd", (1.0, 4.0, 0.0, 2.5), strict=True)]
    segments = _segments(by_name(results)["fit"], 4)
    assert [(one.name, one.count, one.x, one.width, one.middle) for one in segments] == [
        ("passed", 1, "0.00", "25.00", "12.50"),
        ("partly right", 2, "25.00", "50.00", "50.00"),
        ("failed", 1, "75.00", "25.00", "87.50"),
    ]


@pytest.mark.parametrize(
    ("students", "label"), [(9, "✓ 1"), (10, "1"), (20, "1"), (21, "")], ids=str
)
def test_a_part_of_a_bar_is_labelled_where_there_is_room(students, label):
    results = [student(f"s{i:02}", fit(4.0 * (i == 0))) for i in range(students)]
    assert _segments(by_name(results)["fit"], students)[0].label == label


def test_more_than_three_students_fold_into_a_list():
    results = [student(f"s{i}", fit(0.0, "ols")) for i in range(5)]
    html = class_page(results)
    assert "<summary>5 students</summary>" in html


def test_every_student_is_linked_by_the_name_of_the_page():
    hostile = 'a"><script>alert(1)</script>'
    html = class_page([student("ada", fit(4.0)), student(hostile, fit(0.0))])
    assert 'href="feedback/ada.html"' in html
    assert f'href="feedback/{file_stem(hostile)}.html"' in html
    assert "<script" not in html
    assert "default-src &#39;none&#39;" in html


@pytest.mark.parametrize(
    "words",
    ["3 remarks", "The name is odd.", "A cell stood twice.", "Cell 3: ZeroDivisionError."],
)
def test_remarks_tell_problems_notices_and_cells(words):
    odd = student(
        "x",
        fit(0.0),
        notices=("a cell stood twice",),
        failures=(CellFailure(3, "1/0", "ZeroDivisionError"),),
        problem="the name is odd",
    )
    assert words in class_page([odd])


def test_what_is_remarked_is_folded_so_that_a_student_is_one_line():
    names = [f"s{i}" for i in range(200)]
    results = [student(name, fit(4.0), notices=(f"{name} left STUDENT alone",)) for name in names]
    html = class_page(results)
    assert html.count("<summary>1 remark</summary>") == 200
    assert "S7 left" not in re.sub("<details.*?</details>", "", html, flags=re.DOTALL)


def test_the_page_holds_no_invisible_character():
    html = class_page([student("x\u202ey\x00\ud800", fit(0.0, "\x1b[1mm"))])
    assert printable(html) == html


def test_an_older_exercise_leaves_gaps_and_no_error():
    html = class_page([student("old", question("gone", 1.0)), *CLASS])
    assert "<code>gone</code>" in html
    assert "–" in html


def test_the_same_results_make_the_same_bytes_in_any_order(tmp_path):
    write_class_page(CLASS, tmp_path / "one.html")
    write_class_page(CLASS[::-1], tmp_path / "other.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "other.html").read_bytes()
