"""One answer of a student's against what was released of its question."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import Any

from regcourse.checks._display import CheckResult, Line
from regcourse.checks._judge import Spec, Verdict, WrongWay, judge
from regcourse.checks._slips import data_slips
from regcourse.checks._wording import sentence
from regcourse.compare import as_numbers, difference, kind_of
from regcourse.questions import (
    Missing,
    Outcome,
    Raised,
    Released,
    ReleasedChoice,
    ReleasedFunction,
    ReleasedGroup,
    ReleasedValue,
    Returned,
    by_released_kind,
    option_meant,
    run,
)

ABSENT = object()
LEFT_OVER = "It still raises NotImplementedError: take that line out once your answer stands."
_SHOWN = 400
_FORMS = {"a number": 0.0, "a string": ""}


def check_answer(question: Released, answer: Any, questions: Container[str]) -> CheckResult:
    """Return what can be said of an answer, which is `ABSENT` if its cell was never run.

    `questions` holds the names of all questions: an answer may stop at another one.
    """
    if answer is ABSENT and question.kind != "written":
        return CheckResult(question.name, "not attempted", ("Run the cell of your answer first.",))
    try:
        return by_released_kind(
            question,
            function=lambda asked: _function(asked, answer, questions),
            value=lambda asked: _value(asked, answer),
            choice=lambda asked: _choice(asked, answer),
            written=lambda asked: CheckResult(
                asked.name,
                "needs a person",
                ("Write it into its cell: a person reads this answer.",),
            ),
        )
    except KeyboardInterrupt:
        said = "You interrupted it before it had finished. Does every loop come to an end?"
        return CheckResult(question.name, "timed out", (said,))


def _function(question: ReleasedFunction, answer: Any, questions: Container[str]) -> CheckResult:
    name = question.name
    if not question.groups:
        return CheckResult(name, "needs a person", ("Its cases are with the grader only.",))
    lines: list[Line] = []
    bad: list[Verdict] = []
    for group in question.groups:
        verdict, outcomes = _group(question, group, answer)
        said = _sentences(verdict, outcomes, on_axes=bool(question.vocabulary))
        again = said and any(line.sentences == said for line in lines)
        lines.append(Line(verdict.status, group.title, ("The same.",) if again else said))
        if verdict.status != "passed":
            bad.append(verdict)
    if all(line.status == "not attempted" for line in lines):
        return _unwritten(name, answer, outcomes[0], questions)
    if not bad:
        praise = "Every public case agrees. The grader draws others of its own."
        return CheckResult(name, "passed", (praise,), lines=tuple(lines))
    # What is not written yet is told last: the rest of the answer was attempted.
    tried = [verdict for verdict in bad if verdict.status != "not attempted"]
    tried = tried or [replace(bad[0], status="failed")]
    named = next((verdict for verdict in tried if verdict.mistake), tried[0])
    told = [f"{named.recognised}."] if named.recognised else []
    told += [f"Hint: {named.hint}"] if named.hint else []
    return CheckResult(name, named.status, tuple(told), lines=tuple(lines), mistake=named.mistake)


def _unwritten(name: str, answer: Any, outcome: Outcome, questions: Container[str]) -> CheckResult:
    """Tell a place that is still empty from an answer that stops at one."""
    inside = outcome.inside if isinstance(outcome, Raised) else ""
    if inside in questions and inside != name:
        said = f"It calls {inside}, which still raises NotImplementedError."
        return CheckResult(name, "blocked", (said,))
    code = getattr(answer, "__code__", None)
    is_stub = code is None or (
        code.co_names == ("NotImplementedError",) and code.co_nlocals == code.co_argcount
    )
    return CheckResult(name, "not attempted", () if is_stub else (LEFT_OVER,))


def _group(
    question: ReleasedFunction, group: ReleasedGroup, answer: Any
) -> tuple[Verdict, list[Outcome]]:
    spec = Spec(question.rtol, question.atol, question.returns)
    expected = [case.expected for case in group.cases]
    outcomes: list[Outcome]
    if callable(answer):
        outcomes = [run(answer, case.args, question.vocabulary) for case in group.cases]
    else:
        outcomes = [Missing(kind_of(answer))] * len(group.cases)

    def wrong_ways() -> list[WrongWay]:
        return [
            WrongWay(
                name=mistake.name,
                sentence=mistake.sentence,
                hint=mistake.hint,
                results=tuple(case.mistakes[mistake.name] for case in group.cases),
            )
            for mistake in question.mistakes
        ]

    slips = data_slips(spec, expected)
    return judge(spec, expected, outcomes, wrong_ways=wrong_ways, slips=slips), outcomes


def _sentences(verdict: Verdict, outcomes: list[Outcome], *, on_axes: bool) -> tuple[str, ...]:
    """What is said of one group; what is recognised is said once, above all groups."""
    if verdict.status == "passed" or verdict.case is None:
        return ()
    outcome = outcomes[verdict.case]
    case = f"Case {verdict.case + 1} of {len(outcomes)}" if len(outcomes) > 1 else ""
    if isinstance(outcome, Raised) and verdict.detail.startswith(outcome.name):
        # The error's own line says its name; the verdict's reason would only say it again.
        said = [f"{case or 'It'} raises {' '.join(verdict.detail.split())}."]
    else:
        said = [sentence(verdict.reason)]
        if verdict.detail:
            said.append(f"{case}: {verdict.detail}." if case else sentence(verdict.detail))
    if on_axes and isinstance(outcome, Returned) and outcome.value.get("lines") == []:
        said.append("None is on the ax that was given; what plt draws goes elsewhere.")
    printed = outcome.printed if isinstance(outcome, (Returned, Raised)) else ""
    if printed:
        said.append(f"It printed: {printed[:_SHOWN].rstrip()}")
    return tuple(said)


def _value(question: ReleasedValue, answer: Any) -> CheckResult:
    name = question.name
    if answer is None:
        return CheckResult(name, "not attempted")
    if question.form in _FORMS:
        found = difference(answer, _FORMS[question.form])
        if found is not None and found.kind != "value":
            return CheckResult(name, "failed", (sentence(found.reason),))
    if question.replies is None:
        number = as_numbers(answer) if question.form == "a number" else None
        shown = kind_of(answer) if number is None else f"{number.item():.6g}"
        said = (f"Recorded: {shown}. The grader will tell whether it is right.",)
        return CheckResult(name, "needs a person", said)
    key = question.replies.key_of(answer)
    if key is None:
        return CheckResult(name, "failed", (f"{name} is not a real number.",))
    reply = question.replies.opened_by(key)
    if reply == "right":
        return CheckResult(name, "passed")
    if reply is None:
        return CheckResult(name, "failed", (f"{name} has another value.",))
    known = (
        f"This is the value of a known mistake: {reply.sentence}.",
        f"Hint: {reply.hint}",
    )
    return CheckResult(name, "failed", known, mistake=reply.name)


def _choice(question: ReleasedChoice, answer: Any) -> CheckResult:
    name = question.name
    if answer is None:
        return CheckResult(name, "not attempted")
    option = option_meant(answer, question.options)
    if option is None:
        letters = ", ".join(map(repr, question.options))
        said = f"{name} must be one of {letters}, it is {answer!r:.60}."
        return CheckResult(name, "failed", (said,))
    if question.replies is None:
        return CheckResult(name, "needs a person", ("Recorded: the grader looks at this choice.",))
    right, reply = question.replies.opened_by(option)
    return CheckResult(name, "passed" if right else "failed", (reply,))
