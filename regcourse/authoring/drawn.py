"""The cases of one group, drawn with many seeds, and what the reference makes of them.

Drawn once and shared by all proofs: a reference may be slow.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from regcourse.compare import difference, may_be_rounding
from regcourse.questions import FunctionQuestion, Group, Rng, cases_of, expected_of


@dataclass(frozen=True)
class Draw:
    """The argument tuples of one seed, and the reference's result for each."""

    cases: list[tuple[Any, ...]]
    truths: list[Any]

    def pairs(self) -> Iterator[tuple[tuple[Any, ...], Any]]:
        return zip(self.cases, self.truths, strict=True)


def draws_of(question: FunctionQuestion, group: Group, seeds: int) -> list[Draw]:
    """Return the draws of the first `seeds` seeds."""
    drawn = [cases_of(question, group, seed) for seed in range(seeds)]
    return [
        Draw(cases, [expected_of(question, args, group.title) for args in cases]) for cases in drawn
    ]


def odd_cases(question: FunctionQuestion, group: Group, draws: list[Draw]) -> Iterator[str]:
    """A seed says all about its cases, and the reference's results can be told apart."""
    where = f"{question.name}, {group.title!r}"
    again = cases_of(question, group, seed=0)
    if difference(_bare(again), _bare(draws[0].cases), rtol=0.0, atol=0.0) is not None:
        yield f"{where}: one seed draws two kinds of cases: draw from rng alone, not from np.random"
    if all(_is_nan(truth) for draw in draws for truth in draw.truths):
        yield f"{where}: every result of the reference is NaN: whoever returns NaN would be right"
    # Such a number is nobody's but the reference's: another right way rounds otherwise.
    rounded = (truth for draw in draws for args, truth in draw.pairs()
               if question.certify is None and may_be_rounding(truth, beside=args))  # fmt: skip
    for truth in itertools.islice(rounded, 1):
        yield (
            f"{where}: a result of the reference, {truth!r:.60}, may be 0 but for rounding: "
            "let it give 0 there, or draw other cases"
        )


def _bare(value: Any) -> Any:
    """Return a case as plain data, with its generators as their seeds."""
    if isinstance(value, Rng):
        return value.seed
    if isinstance(value, (list, tuple)):
        return [_bare(item) for item in value]
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items()}
    return value


def _is_nan(value: Any) -> bool:
    """Is there a number in a value, and every number NaN?"""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return len(value) > 0 and all(map(_is_nan, value))
    if isinstance(value, (np.ndarray, float, np.number)):
        array = np.asarray(value)
        return array.size > 0 and array.dtype.kind in "fc" and bool(np.isnan(array).all())
    return False
