"""What all pages share: templates, one style sheet, the content policy, words for statuses.

A page is one file without scripts or addresses of other machines. Its policy allows the
one style sheet, by hash, and nothing else, so that even a mistake in escaping runs nothing.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from regcourse.checks import Status, sentence
from regcourse.grading.safe import printable

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class Look:
    """How a status is shown: a mark, words and a colour's name say the same thing."""

    mark: str
    words: str
    many: str
    tone: str
    meaning: str


LOOKS: dict[str, Look] = {
    "passed": Look("✓", "right", "right", "good", "Every case agrees."),
    "partly": Look("◐", "partly right", "partly right", "part", "A part of the points is earned."),
    "failed": Look(
        "✗", "not right yet", "not right yet", "bad", "The answer differs from the expected one."
    ),
    "blocked": Look(
        "◌",
        "builds on another question",
        "build on another question",
        "part",
        "It may be right once the earlier one is.",
    ),
    "not attempted": Look(
        "○", "not attempted", "not attempted", "none", "No answer stands in the notebook."
    ),
    "crashed": Look(
        "!",
        "stops with an error",
        "stop with an error",
        "bad",
        "It raises an error or ends Python.",
    ),
    "timed out": Look(
        "∞", "does not finish", "do not finish", "bad", "It was stopped after the time allowed."
    ),
    "refused": Look(
        "⊘", "refused", "refused", "bad", "It cannot be read, or does what is not allowed."
    ),
    "needs a person": Look(
        "◇",
        "waits for a person",
        "wait for a person",
        "wait",
        "No machine decides this; its points are still open.",
    ),
}


def look_of(status: Status, earned: float | None) -> Look:
    """Return how to show a status; partial credit is a failed question with points."""
    return LOOKS["partly" if status == "failed" and earned else status]


def render(template: str, **context: Any) -> str:
    """Return a page. Every text in it is stripped of what does not show, and escaped."""
    environment, style, policy = _environment()
    return environment.get_template(template).render(style=style, policy=policy, **context)


@cache
def _environment() -> tuple[jinja2.Environment, Markup, str]:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters["number"] = number
    environment.filters["sentence"] = sentence
    environment.filters["words"] = lambda name: name.replace("_", " ")
    environment.filters["counted"] = counted
    # Our own file, without a word of a student's in it.
    style = Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))  # noqa: S704
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return environment, style, policy


def _finalize(value: Any) -> Any:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def number(value: float) -> str:
    """Return points as one writes them: 3, 2.5, 0.33.

    Examples
    --------
    >>> number(3.0), number(2.5), number(1 / 3)
    ('3', '2.5', '0.33')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    Examples
    --------
    >>> counted(1, "student"), counted(3, "student")
    ('1 student', '3 students')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"
