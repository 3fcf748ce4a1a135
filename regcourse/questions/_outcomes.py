"""What one call of an answer can come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["Missing", "Outcome", "Raised", "Returned", "Stopped", "Unusable"]


@dataclass(frozen=True)
class Returned:
    """The call gave a value; `changed` names the arguments that it altered."""

    value: Any
    changed: tuple[str, ...] = ()
    printed: str = ""


@dataclass(frozen=True)
class Raised:
    """The call raised; `name` is the exception's class, `where` a line of the student's cell.

    `inside` names the innermost function of the student's own.
    """

    name: str
    message: str = ""
    where: str = ""
    printed: str = ""
    inside: str = ""


@dataclass(frozen=True)
class Stopped:
    """The call was ended from outside, or ended the process."""

    why: Literal["time", "memory", "exit", "output", "forbidden"]
    detail: str = ""


@dataclass(frozen=True)
class Missing:
    """No answer of that name stands in the notebook; `found` says what else does, if anything."""

    found: str = ""


@dataclass(frozen=True)
class Unusable:
    """The call gave something that is not plain data; `what` names it in words."""

    what: str


Outcome = Returned | Raised | Stopped | Missing | Unusable
