"""What a regrade moved, in lines: what is the same for many is said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from regcourse.grading.book.changes import Change
from regcourse.grading.reports.pages import counted, number

_Maximum = tuple[str, float, float]


def moves(changes: Iterable[Change]) -> list[str]:
    """Return a line for each mark that moved, and one for a maximum that moved for many."""
    changes = list(changes)
    maxima = Counter(filter(None, map(_maximum, changes)))
    shared = [
        f"{question}: now out of {number(after)}, where it was {number(before)}, "
        f"for {counted(count, 'student')} whose points stay as they are"
        for (question, before, after), count in maxima.items()
        if count > 1
    ]
    return shared + [str(one) for one in changes if not _is_shared(_maximum(one), maxima)]


def _is_shared(moved: _Maximum | None, maxima: Counter[_Maximum]) -> bool:
    return moved is not None and maxima[moved] > 1


def _maximum(change: Change) -> _Maximum | None:
    """Return question, old and new maximum if nothing but the maximum moved."""
    before, after = change.before, change.after
    if before is None or after is None or before.points == after.points:
        return None
    same = (before.status, before.earned, before.mistake) == (
        after.status,
        after.earned,
        after.mistake,
    )
    return (change.question, before.points, after.points) if same else None
