"""What a regrade moved, as the instructor reads it."""

import pytest

from regcourse.grading.book.changes import Change, Standing
from regcourse.grading.reports.moves import moves


def standing(earned=2.0, points=5.0, status="failed", mistake=""):
    return Standing(status, earned, points, mistake)


def cheaper(student, question="fit"):
    return Change(student, question, standing(), standing(points=4.5))


def test_a_maximum_that_moved_for_many_is_said_once_and_first():
    moved = Change("eve", "fit", standing(), standing(0.0, 4.5))
    assert moves([cheaper("ada"), moved, cheaper("bob"), cheaper("cy", "df")]) == [
        "fit: now out of 4.5, where it was 5, for 2 students whose points stay as they are",
        "eve: fit: failed, 2 of 5 -> failed, 0 of 4.5",
        "cy: df: failed, 2 of 5 -> failed, 2 of 4.5",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, standing()),
        (standing(), None),
        (standing(), standing(status="blocked")),
        (standing(), standing(mistake="forgets_n")),
    ],
    ids=["new", "gone", "status", "mistake"],
)
def test_any_other_move_is_told_for_each_student(before, after):
    changes = [Change(student, "fit", before, after) for student in ("ada", "bob")]
    assert moves(changes) == [str(change) for change in changes]
