"""What can be said of a question: these statuses, and no others."""

from typing import Literal, get_args

__all__ = ["STATUSES", "Status"]

Status = Literal[
    "passed",
    "failed",
    "blocked",
    "not attempted",
    "crashed",
    "timed out",
    "refused",
    "needs a person",
]
STATUSES: tuple[Status, ...] = get_args(Status)
