"""The language of questions, and `check`: what a student's notebook imports.

An author writes ``from regcourse.checks import Exercise, Rng``; a notebook,
``from regcourse import check, check_all, progress, rng_of``.
"""

from regcourse.checks.draws import DEFAULT_STUDENT, rng_of
from regcourse.checks.exercise import Exercise
from regcourse.checks.instant import check, check_all, progress
from regcourse.checks.loading import load_exercise
from regcourse.checks.values import Rng

__all__ = [
    "DEFAULT_STUDENT",
    "Exercise",
    "Rng",
    "check",
    "check_all",
    "load_exercise",
    "progress",
    "rng_of",
]
