"""From what a student's calls came to, to a status, a sentence and a named mistake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from regcourse.checks._statuses import Status
from regcourse.compare import Difference, difference
from regcourse.questions import Missing, Outcome, Raised, Returned, Stopped, Unusable

__all__ = ["Certify", "Slip", "Spec", "Verdict", "WrongWay", "judge"]


@dataclass(frozen=True)
class Spec:
    """How answers are compared, and what their parts are called."""

    rtol: float
    atol: float
    returns: tuple[str, ...] = ()

    def difference(self, got: Any, expected: Any) -> Difference | None:
        return difference(got, expected, rtol=self.rtol, atol=self.atol, names=self.returns)


@dataclass(frozen=True, kw_only=True)
class WrongWay:
    """A known mistake with its result on each case: a value, or `Raised`."""

    name: str
    sentence: str
    hint: str
    results: tuple[Any, ...]


@dataclass(frozen=True)
class Verdict:
    """The finding on one group of cases. `case` is the first that went wrong, from 0.

    `reason` says what is wrong, `recognised` which mistake it looks like, in a sentence.
    """

    status: Status
    reason: str = ""
    recognised: str = ""
    mistake: str = ""
    hint: str = ""
    detail: str = ""
    case: int | None = None

    @property
    def said(self) -> str:
        """What is wrong and what it looks like, as one text."""
        return f"{self.reason}. {self.recognised}" if self.recognised else self.reason


Slip = Callable[[Sequence[Any]], tuple[str, str] | None]
Certify = Callable[[int, Any], float]


def judge(
    spec: Spec,
    expected: Sequence[Any],
    outcomes: Sequence[Outcome],
    *,
    wrong_ways: Callable[[], Sequence[WrongWay]],
    slips: Sequence[Slip] = (),
    certify: Certify | None = None,
) -> Verdict:
    """Return the verdict on one group: `outcomes[i]` against `expected[i]`.

    The known mistakes are asked for only after a failure. `slips` take the student's
    answers and return (name, sentence) where they recognise a mistake that nobody listed;
    a listed mistake wins over them. With `certify`, an answer to case i is right if
    ``certify(i, answer) <= 1``, however far it lies from the expected one.
    """
    findings = [
        _look(spec, want, got, partial(certify, case) if certify is not None else None)
        for case, (want, got) in enumerate(zip(expected, outcomes, strict=True))
    ]
    bad = next((i for i, finding in enumerate(findings) if finding is not None), None)
    if bad is None:
        return Verdict("passed")
    first = findings[bad]
    assert first is not None
    if first.status == "not attempted" and not all(
        f is not None and f.status == "not attempted" for f in findings
    ):
        first = Verdict("crashed", "raises NotImplementedError for some of the cases", case=bad)
    if first.status in ("not attempted", "refused", "timed out") or first.mistake:
        return replace(first, case=bad)
    for way in wrong_ways():
        if _same(spec, outcomes, way.results):
            known = f"Your results are those of a known mistake: {way.sentence}"
            return replace(first, recognised=known, mistake=way.name, hint=way.hint, case=bad)
    answers = [outcome.value for outcome in outcomes if isinstance(outcome, Returned)]
    if len(answers) == len(outcomes) and first.status == "failed":
        for slip in slips:
            # Answers may be enormous; what overflows on the way is no slip that we know.
            with np.errstate(all="ignore"):
                named = slip(answers)
            if named is not None:
                return replace(first, recognised=named[1], mistake=named[0], case=bad)
    return replace(first, case=bad)


def _look(
    spec: Spec, expected: Any, outcome: Outcome, certify: Callable[[Any], float] | None
) -> Verdict | None:
    """Return what is wrong with one outcome, or None."""
    if isinstance(outcome, Returned):
        if outcome.changed:
            names = " and ".join(outcome.changed)
            which = f"argument{'s' if len(outcome.changed) > 1 else ''} {names}"
            reason = f"the call changes its {which}; the caller's data must stay as they were"
            hint = "Work on a copy, or make a new array."
            return Verdict("failed", reason, mistake="changes_its_arguments", hint=hint)
        return _returned(spec, expected, outcome.value, certify)
    if isinstance(outcome, Missing):
        if outcome.found:
            return Verdict("failed", f"the name stands for {outcome.found}, not for an answer")
        return Verdict("not attempted", "nothing of this name stands in the notebook")
    if isinstance(outcome, Unusable):
        return Verdict("failed", f"the answer is {outcome.what}, which cannot be compared")
    if isinstance(outcome, Raised):
        if outcome.name == "NotImplementedError":
            return Verdict("not attempted", "not written yet: it raises NotImplementedError")
        detail = f"{outcome.name}: {outcome.message}" if outcome.message else outcome.name
        detail += f" ({outcome.where})" if outcome.where else ""
        return Verdict("crashed", f"raises {outcome.name}", detail=detail)
    return _stopped(outcome)


def _returned(
    spec: Spec, expected: Any, value: Any, certify: Callable[[Any], float] | None
) -> Verdict | None:
    if value is None and expected is not None:
        hint = "Does every path through your function end in a return?"
        return Verdict("failed", "returns None", mistake="returns_nothing", hint=hint)
    found = spec.difference(value, expected)
    if found is None:
        return None
    if certify is not None and found.kind == "value":
        size = certify(value)
        if size <= 1.0:
            return None
        return Verdict("failed", "the answer does not pass its certificate", detail=f"{size:.3g}")
    return Verdict("failed", found.reason, detail=found.detail)


def _stopped(outcome: Stopped) -> Verdict:
    said: dict[str, tuple[Status, str]] = {
        "time": ("timed out", "does not finish in the time allowed"),
        "memory": ("crashed", "needs more memory than is allowed"),
        "exit": ("crashed", "ends the Python process"),
        "output": ("crashed", "gives back more data than is allowed"),
        "forbidden": ("refused", "does something that is not allowed here"),
    }
    status, reason = said[outcome.why]
    return Verdict(status, reason, detail=outcome.detail)


def _same(spec: Spec, outcomes: Sequence[Outcome], results: Sequence[Any]) -> bool:
    """Do the student's outcomes equal a mistake's on every case?"""
    for outcome, result in zip(outcomes, results, strict=True):
        if isinstance(result, Raised):
            if not (isinstance(outcome, Raised) and outcome.name == result.name):
                return False
        elif (
            not isinstance(outcome, Returned) or spec.difference(outcome.value, result) is not None
        ):
            return False
    return True
