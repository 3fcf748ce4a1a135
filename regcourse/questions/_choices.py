"""Which option a student means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["option_meant"]


def option_meant(answer: Any, options: Iterable[str]) -> str | None:
    """Return the option whose letter was given, in whatever case it can be told; else None.

    Examples
    --------
    >>> option_meant("B", ["a", "b"]), option_meant("B", ["b", "B"]), option_meant(2, ["a", "b"])
    ('b', 'B', None)
    """
    if not isinstance(answer, str):
        return None
    letters = list(options)
    if answer in letters:
        return answer
    alike = [letter for letter in letters if letter.casefold() == answer.casefold()]
    return alike[0] if len(alike) == 1 else None
