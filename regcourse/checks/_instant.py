"""`check`: what a student's notebook calls. It compares with the released data alone.

It reads ``*.checks.json`` beside the notebook, keeps the outcome in
``.regcourse/progress.json`` there, and raises nothing for an answer that is missing or
wrong. What it shows holds no time, id or chance.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from regcourse.checks._answers import ABSENT, LEFT_OVER, check_answer
from regcourse.checks._beside import check_data, recall, remember
from regcourse.checks._course import Course, whole_course
from regcourse.checks._display import CheckResult, Note, Overview
from regcourse.errors import ChecksMissing
from regcourse.questions import Released

__all__ = ["check", "check_all", "progress"]


def check(answer: Any) -> CheckResult | Note:
    """Check one answer: ``check(ridge_fit)``, or by name, ``check("ridge_fit")``."""
    name = answer if isinstance(answer, str) else getattr(answer, "__name__", "")
    try:
        questions = check_data().questions
    except ChecksMissing as problem:
        return Note(str(problem))
    if name not in questions:
        return Note(_no_question(name, questions))
    found = _look_up(name) if isinstance(answer, str) else answer
    result = check_answer(questions[name], found, questions)
    remember({name: result.status})
    return result


def check_all() -> Overview | Note:
    """Check every question of the exercise, and tell more of those that are not right yet."""
    try:
        checks = check_data()
    except ChecksMissing as problem:
        return Note(str(problem))
    results = [
        check_answer(question, _look_up(name), checks.questions)
        for name, question in checks.questions.items()
    ]
    remember({result.question: result.status for result in results})
    return Overview(
        checks.title,
        tuple((result.question, result.status) for result in results),
        tuple(result for result in results if _tells_more(result)),
    )


def progress(*, course: bool = False) -> Overview | Course | Note:
    """Show what the last checks said, without checking again.

    Beside a lesson it shows the whole course: of each lesson how many cards were answered, of each
    exercise how many questions are right. Beside an exercise it does so with `course=True`.
    """
    if course or not any(Path().glob("*.checks.json")):
        found = whole_course()
        if course or found.lines:
            return found
    try:
        checks = check_data()
    except ChecksMissing as problem:
        return Note(str(problem))
    return Overview(checks.title, tuple(recall(checks.questions).items()))


def _tells_more(result: CheckResult) -> bool:
    quiet = ("passed", "needs a person", "not attempted")
    return result.status not in quiet or result.sentences == (LEFT_OVER,)


def _no_question(name: str, questions: Mapping[str, Released]) -> str:
    known = f"The questions here: {', '.join(questions)}."
    problem = f"No question is called {name}" if name else "check takes a function or a name"
    # What is asked as a variable reaches `check` as its value, which has no name.
    variables = [name for name, q in questions.items() if q.kind in ("value", "choice")]
    quoted = f' Write the name in quotes, as in check("{variables[0]}").' if variables else ""
    return f"{problem}. {known}{quoted}"


def _look_up(name: str) -> Any:
    """Return what `name` stands for in the notebook, or in the caller of this module."""
    shell: Callable[[], Any] | None = getattr(sys.modules.get("IPython"), "get_ipython", None)
    running = shell() if shell is not None else None
    if running is not None:
        return running.user_ns.get(name, ABSENT)
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__") == __name__:
        frame = frame.f_back
    return frame.f_globals.get(name, ABSENT)
