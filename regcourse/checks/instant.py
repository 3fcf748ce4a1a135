"""`check`: what a student's notebook calls. It compares with the released data alone.

It reads ``*.checks.json`` beside the notebook, keeps the outcome in
``.regcourse/progress.json`` there, and raises nothing for an answer that is missing or
wrong. What it shows holds no time, id or chance.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from regcourse.checks.beside import check_data, recall, remember
from regcourse.checks.codec import from_json
from regcourse.checks.display import CheckResult, Line, Note, Overview
from regcourse.checks.judge import Spec, Verdict, WrongWay, judge
from regcourse.checks.locks import grid_key, unlock
from regcourse.checks.outcomes import Missing, Outcome, Raised, Returned
from regcourse.checks.running import run
from regcourse.checks.slips import data_slips
from regcourse.checks.wording import sentence
from regcourse.compare import difference, kind_of
from regcourse.errors import ChecksMissing

_ABSENT = object()
_SHOWN = 400
_FORMS = {"a number": 0.0, "a string": ""}
_LEFT_OVER = "It still raises NotImplementedError: take that line out once your answer stands."


def check(answer: Any) -> CheckResult | Note:
    """Check one answer: ``check(ridge_fit)``, or by name, ``check("ridge_fit")``."""
    name = answer if isinstance(answer, str) else getattr(answer, "__name__", "")
    try:
        data = check_data()
        questions = data["questions"]
        if name not in questions:
            return Note(_no_question(name, {one: questions[one] for one in data["order"]}))
    except ChecksMissing as problem:
        return Note(str(problem))
    found = _look_up(name) if isinstance(answer, str) else answer
    result = _check(name, questions, found)
    remember({name: result.status})
    return result


def check_all() -> Overview | Note:
    """Check every question of the exercise, and tell more of those that are not right yet."""
    try:
        data = check_data()
    except ChecksMissing as problem:
        return Note(str(problem))
    results = [_check(name, data["questions"], _look_up(name)) for name in data["order"]]
    remember({result.question: result.status for result in results})
    return Overview(
        data["title"],
        tuple((result.question, result.status) for result in results),
        tuple(result for result in results if _tells_more(result)),
    )


def progress() -> Overview | Note:
    """Show what the last checks said, without checking again."""
    try:
        data = check_data()
    except ChecksMissing as problem:
        return Note(str(problem))
    known = recall(data["order"], data["questions"])
    return Overview(data["title"], tuple(known.items()))


def _tells_more(result: CheckResult) -> bool:
    quiet = ("passed", "needs a person", "not attempted")
    return result.status not in quiet or result.sentences == (_LEFT_OVER,)


def _no_question(name: str, questions: Mapping[str, Any]) -> str:
    known = f"The questions here: {', '.join(questions)}."
    problem = f"No question is called {name}" if name else "check takes a function or a name"
    # What is asked as a variable reaches `check` as its value, which has no name.
    variables = [n for n, q in questions.items() if q["kind"] in ("value", "choice")]
    quoted = f' Write the name in quotes, as in check("{variables[0]}").' if variables else ""
    return f"{problem}. {known}{quoted}"


def _check(name: str, questions: Mapping[str, Any], answer: Any) -> CheckResult:
    try:
        return _checked(name, questions, answer)
    except KeyboardInterrupt:
        said = "You interrupted it before it had finished. Does every loop come to an end?"
        return CheckResult(name, "timed out", (said,))


def _checked(name: str, questions: Mapping[str, Any], answer: Any) -> CheckResult:
    question = questions[name]
    kind = question["kind"]
    if kind == "written":
        return CheckResult(
            name, "needs a person", ("Write it into its cell: a person reads this answer.",)
        )
    if answer is _ABSENT:
        return CheckResult(name, "not attempted", ("Run the cell of your answer first.",))
    if kind == "value":
        return _check_value(name, question, answer)
    if kind == "choice":
        return _check_choice(name, question, answer)
    return _check_function(name, questions, answer)


def _check_function(name: str, questions: Mapping[str, Any], answer: Any) -> CheckResult:
    question = questions[name]
    spec = Spec(question["rtol"], question["atol"], tuple(question["returns"]))
    if not question["groups"]:
        return CheckResult(name, "needs a person", ("Its cases are with the grader only.",))
    lines: list[Line] = []
    bad: list[Verdict] = []
    for group in question["groups"]:
        verdict, outcomes = _check_group(spec, question, group, answer)
        said = _sentences(verdict, outcomes, bool(question["vocabulary"]))
        again = said and any(line.sentences == said for line in lines)
        lines.append(Line(verdict.status, group["title"], ("The same.",) if again else said))
        if verdict.status != "passed":
            bad.append(verdict)
    if all(line.status == "not attempted" for line in lines):
        return _unwritten(name, questions, answer, outcomes[0])
    if not bad:
        praise = "Every public case agrees. The grader draws others of its own."
        return CheckResult(name, "passed", (praise,), tuple(lines))
    # What is not written yet is told last: the rest of the answer was attempted.
    tried = [verdict for verdict in bad if verdict.status != "not attempted"]
    tried = tried or [replace(bad[0], status="failed")]
    named = next((verdict for verdict in tried if verdict.mistake), tried[0])
    told = [f"{named.recognised}."] if named.recognised else []
    told += [f"Hint: {named.hint}"] if named.hint else []
    return CheckResult(name, named.status, tuple(told), tuple(lines), named.mistake)


def _unwritten(
    name: str, questions: Mapping[str, Any], answer: Any, outcome: Outcome
) -> CheckResult:
    """Tell a place that is still empty from an answer that stops at one."""
    inside = outcome.inside if isinstance(outcome, Raised) else ""
    if inside in questions and inside != name:
        said = f"It calls {inside}, which still raises NotImplementedError."
        return CheckResult(name, "blocked", (said,))
    code = getattr(answer, "__code__", None)
    is_stub = code is None or (
        code.co_names == ("NotImplementedError",) and code.co_nlocals == code.co_argcount
    )
    return CheckResult(name, "not attempted", () if is_stub else (_LEFT_OVER,))


def _check_group(
    spec: Spec, question: Mapping[str, Any], group: Mapping[str, Any], answer: Any
) -> tuple[Verdict, list[Outcome]]:
    args = [tuple(from_json(arg) for arg in case["args"]) for case in group["cases"]]
    expected = [from_json(case["expected"]) for case in group["cases"]]
    outcomes: list[Outcome]
    if callable(answer):
        outcomes = [run(answer, one, question["vocabulary"]) for one in args]
    else:
        outcomes = [Missing(kind_of(answer))] * len(args)

    def wrong_ways() -> list[WrongWay]:
        return [
            WrongWay(
                mistake,
                words["says"],
                words["hint"],
                tuple(from_json(case["mistakes"][mistake]) for case in group["cases"]),
            )
            for mistake, words in question["mistakes"].items()
        ]

    verdict = judge(spec, expected, outcomes, wrong_ways, data_slips(spec, expected))
    return verdict, outcomes


def _sentences(verdict: Verdict, outcomes: list[Outcome], draws: bool) -> tuple[str, ...]:
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
    if draws and isinstance(outcome, Returned) and outcome.value.get("lines") == []:
        said.append("None is on the ax that was given; what plt draws goes elsewhere.")
    printed = outcome.printed if isinstance(outcome, (Returned, Raised)) else ""
    if printed:
        said.append(f"It printed: {printed[:_SHOWN].rstrip()}")
    return tuple(said)


def _check_value(name: str, question: Mapping[str, Any], answer: Any) -> CheckResult:
    if answer is None:
        return CheckResult(name, "not attempted")
    form = question["form"]
    if form in _FORMS:
        found = difference(answer, _FORMS[form])
        if found is not None and found.kind != "value":
            return CheckResult(name, "failed", (sentence(found.reason),))
    if "replies" not in question:
        shown = f"{answer:.6g}" if form == "a number" else kind_of(answer)
        said = (f"Recorded: {shown}. The grader will tell whether it is right.",)
        return CheckResult(name, "needs a person", said)
    key = grid_key(answer, question["step"])
    if key is None:
        return CheckResult(name, "failed", (f"{name} is not a real number.",))
    words = unlock(question["replies"], key, question["salt"])
    if words == "right":
        return CheckResult(name, "passed")
    if words is None:
        return CheckResult(name, "failed", (f"{name} has another value.",))
    mistake = json.loads(words)
    known = (
        f"This is the value of a known mistake: {mistake['says']}.",
        f"Hint: {mistake['hint']}",
    )
    return CheckResult(name, "failed", known, mistake=mistake["name"])


def _check_choice(name: str, question: Mapping[str, Any], answer: Any) -> CheckResult:
    if answer is None:
        return CheckResult(name, "not attempted")
    options = question["options"]
    if isinstance(answer, str) and answer not in options:
        alike = [option for option in options if option.casefold() == answer.casefold()]
        answer = alike[0] if len(alike) == 1 else answer
    if not isinstance(answer, str) or answer not in options:
        said = f"{name} must be one of {', '.join(map(repr, options))}, it is {answer!r:.60}."
        return CheckResult(name, "failed", (said,))
    if "replies" not in question:
        return CheckResult(name, "needs a person", ("Recorded: the grader looks at this choice.",))
    words = unlock([question["replies"][answer]], answer, question["salt"]) or "wrong: "
    verdict, reply = words.split(": ", 1)
    return CheckResult(name, "passed" if verdict == "right" else "failed", (reply,))


def _look_up(name: str) -> Any:
    """Return what `name` stands for in the notebook, or in the caller of this module."""
    shell: Callable[[], Any] | None = getattr(sys.modules.get("IPython"), "get_ipython", None)
    running = shell() if shell is not None else None
    if running is not None:
        return running.user_ns.get(name, _ABSENT)
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__") == __name__:
        frame = frame.f_back
    return frame.f_globals.get(name, _ABSENT)
