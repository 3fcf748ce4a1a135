"""Do the right ways fit into the time that a student's call gets?"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from regcourse.errors import ExerciseError
from regcourse.questions import FunctionQuestion, cases_of, result_of

# A machine that is three times as slow must not cost a class its points.
SHARE = 1 / 3


@dataclass(frozen=True)
class Slow:
    """A right way that is too slow; `hopeless` if no student's call could last as long."""

    words: str
    hopeless: bool


def slow_ways(question: FunctionQuestion) -> list[Slow]:
    """Return the right ways of a question that need too much of a call's CPU time, in words."""
    limit = question.cpu_seconds
    ways: list[tuple[str, Callable[..., Any]]] = [("the reference", question.reference)]
    ways += [(f"the right way {right.__name__}", right) for right in question.rights]
    found: list[Slow] = []
    for group in question.groups:
        try:
            cases = cases_of(question, group, seed=0)
        except ExerciseError:
            return found  # the proofs that come after this one say what is wrong
        for way, function in ways:
            seconds = 0.0
            for args in cases:
                seconds = max(seconds, _seconds(question, function, args))
                if seconds > limit:
                    break
            if seconds > SHARE * limit:
                words = (
                    f"{question.name}, {group.title!r}: {way} takes {seconds:.2g} s of CPU time, "
                    f"and cpu_seconds is {limit:g}"
                )
                hopeless = seconds > limit
                advice = "" if hopeless else ": a slower machine may need three times as long"
                found.append(Slow(words + advice, hopeless))
    return found


def _seconds(question: FunctionQuestion, function: Callable[..., Any], args: Any) -> float:
    """Return the CPU time of one call; what looks slow gets a second chance."""
    first = _once(question, function, args)
    # The first call may have imported matplotlib, or met a cold cache.
    return (
        first
        if first <= SHARE * question.cpu_seconds
        else min(first, _once(question, function, args))
    )


def _once(question: FunctionQuestion, function: Callable[..., Any], args: Any) -> float:
    begun = time.process_time()
    result_of(question, function, args)
    return time.process_time() - begun
