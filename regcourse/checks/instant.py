"""`check`: what a student's notebook calls. It compares with the released data alone.

It reads ``*.checks.json`` beside the notebook, keeps the outcome in
``.regcourse/progress.json`` there, and raises nothing for an answer that is missing or
wrong. What it shows holds no time, id or chance.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from regcourse.checks.codec import from_json
from regcourse.checks.display import CheckResult, Line, Note, Overview
from regcourse.checks.judge import Spec, Verdict, WrongWay, judge
from regcourse.checks.locks import grid_key, unlock
from regcourse.checks.outcomes import STATUSES, Missing, Outcome, Raised, Returned, Status
from regcourse.checks.released import FORMAT
from regcourse.checks.running import run
from regcourse.checks.slips import data_slips
from regcourse.compare import kind_of
from regcourse.errors import ChecksMissing

PROGRESS = Path(".regcourse") / "progress.json"
_ABSENT = object()
_SHOWN = 400


def check(answer: Any) -> CheckResult | Note:
    """Check one answer: ``check(ridge_fit)``, or by name, ``check("ridge_fit")``."""
    name = answer if isinstance(answer, str) else getattr(answer, "__name__", "")
    try:
        question = _find(name)
    except ChecksMissing as problem:
        return Note(str(problem))
    found = _look_up(name) if isinstance(answer, str) else answer
    result = _check(name, question, found)
    _remember({name: result.status})
    return result


def check_all() -> Overview | Note:
    """Check every question of the exercise, and tell more of those that are not right yet."""
    try:
        data = _load()
    except ChecksMissing as problem:
        return Note(str(problem))
    results = [_check(name, data["questions"][name], _look_up(name)) for name in data["order"]]
    _remember({result.question: result.status for result in results})
    quiet = ("passed", "needs a person", "not attempted")
    return Overview(
        data["title"],
        tuple((result.question, result.status) for result in results),
        tuple(result for result in results if result.status not in quiet),
    )


def progress() -> Overview | Note:
    """Show what the last checks said, without checking again."""
    try:
        data = _load()
    except ChecksMissing as problem:
        return Note(str(problem))
    known = _recall()
    rows = tuple((name, known.get(name, "not attempted")) for name in data["order"])
    return Overview(data["title"], rows)


def _check(name: str, question: Mapping[str, Any], answer: Any) -> CheckResult:
    try:
        return _checked(name, question, answer)
    except KeyboardInterrupt:
        said = "You interrupted it before it had finished. Does every loop come to an end?"
        return CheckResult(name, "timed out", (said,))


def _checked(name: str, question: Mapping[str, Any], answer: Any) -> CheckResult:
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
    return _check_function(name, question, answer)


def _check_function(name: str, question: Mapping[str, Any], answer: Any) -> CheckResult:
    spec = Spec(question["rtol"], question["atol"], tuple(question["returns"]))
    groups = question["groups"]
    if not groups:
        return CheckResult(name, "needs a person", ("Its cases are with the grader only.",))
    lines: list[Line] = []
    bad: list[Verdict] = []
    for group in groups:
        verdict, outcomes = _check_group(spec, question, group, answer)
        said = _sentences(verdict, outcomes, bool(question["vocabulary"]))
        again = said and any(line.sentences == said for line in lines)
        lines.append(Line(verdict.status, group["title"], ("The same.",) if again else said))
        if verdict.status != "passed":
            bad.append(verdict)
    if all(line.status == "not attempted" for line in lines):
        return CheckResult(name, "not attempted")
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
        said = [f"{verdict.reason}."]
        said += [f"{case or 'There'}: {verdict.detail}."] if verdict.detail else []
    if draws and isinstance(outcome, Returned) and outcome.value.get("lines") == []:
        said.append("No line is on the ax that your function was given: plt draws on another.")
    printed = outcome.printed if isinstance(outcome, (Returned, Raised)) else ""
    if printed:
        said.append(f"It printed: {printed[:_SHOWN].rstrip()}")
    return tuple(said)


def _check_value(name: str, question: Mapping[str, Any], answer: Any) -> CheckResult:
    if answer is None:
        return CheckResult(name, "not attempted")
    if "replies" not in question:
        said = (f"Recorded: the grader looks at this value, {kind_of(answer)}.",)
        return CheckResult(name, "needs a person", said)
    key = grid_key(answer, question["step"])
    if key is None:
        return CheckResult(name, "failed", (f"{name} is not a single number.",))
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
    if not isinstance(answer, str) or answer not in options:
        said = f"{name} must be one of {', '.join(map(repr, options))}, it is {answer!r:.60}."
        return CheckResult(name, "failed", (said,))
    if "replies" not in question:
        return CheckResult(name, "needs a person", ("Recorded: the grader looks at this choice.",))
    words = unlock([question["replies"][answer]], answer, question["salt"]) or "wrong: "
    verdict, reply = words.split(": ", 1)
    return CheckResult(name, "passed" if verdict == "right" else "failed", (reply,))


_cache: dict[tuple[str, int, int], dict[str, Any]] = {}


def _load() -> dict[str, Any]:
    """Return the check data beside the notebook; several files are read as one."""
    paths = sorted(Path().glob("*.checks.json"))
    if not paths:
        raise ChecksMissing(
            "No check data here: put the exercise's .checks.json file beside this notebook."
        )
    loaded = [_read(path) for path in paths]
    return {
        "title": ", ".join(data["title"] for data in loaded),
        "order": [name for data in loaded for name in data["order"]],
        "questions": {k: q for data in loaded for k, q in data["questions"].items()},
    }


def _read(path: Path) -> dict[str, Any]:
    stat = path.stat()
    key = (str(path.resolve()), stat.st_mtime_ns, stat.st_size)
    if key not in _cache:
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            data = None
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ChecksMissing(f"{path.name} is damaged or of another version: download it again.")
        _cache[key] = data
    return _cache[key]


def _find(name: str) -> Mapping[str, Any]:
    data = _load()
    if name not in data["questions"]:
        problem = f"No question is called {name}" if name else "check takes a function or a name"
        raise ChecksMissing(f"{problem}. The questions here: {', '.join(data['order'])}.")
    found: Mapping[str, Any] = data["questions"][name]
    return found


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


def _recall() -> dict[str, Status]:
    try:
        data = json.loads(PROGRESS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in data.items() if v in STATUSES} if isinstance(data, dict) else {}


def _remember(statuses: Mapping[str, Status]) -> None:
    # A read-only folder must not stop a check: progress is a convenience.
    with contextlib.suppress(OSError):
        PROGRESS.parent.mkdir(exist_ok=True)
        text = json.dumps({**_recall(), **statuses}, indent=1, sort_keys=True)
        PROGRESS.write_text(text + "\n", encoding="utf-8")
