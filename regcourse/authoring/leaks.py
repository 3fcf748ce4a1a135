"""The leak gate: no line of an answer may stand in anything that is released."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from regcourse.checks.exercise import Exercise
from regcourse.checks.questions import (
    ChoiceQuestion,
    FunctionQuestion,
    ValueQuestion,
    WrittenQuestion,
)
from regcourse.checks.source import body_lines, source_of
from regcourse.errors import LeakFound

# Shorter lines, such as `return w`, stand in every program and give nothing away.
_SHORTEST = 12


def refuse_leaks(exercise: Exercise, files: Mapping[str, str]) -> None:
    """Raise LeakFound, naming file and line, if a released text holds part of an answer.

    Lines are compared without blanks and quotes, in the files as they are and in every
    string of those that are JSON. What the author's own text or data cells say in so
    many words is not a leak.
    """
    allowed = _plain(_published(exercise))
    secrets = [(what, line) for what, line in _secrets(exercise) if _plain(line) not in allowed]
    for name, text in files.items():
        released = "\n".join(_plain(part) for part in [text, *_strings(text)])
        for what, line in secrets:
            if _plain(line) in released:
                raise LeakFound(f"{name} would release a line of {what}: {line.strip()!r:.80}")


def _secrets(exercise: Exercise) -> Iterator[tuple[str, str]]:
    for question in exercise.questions.values():
        name = question.name
        if isinstance(question, (FunctionQuestion, ValueQuestion)):
            functions = [("the reference", question.reference)]
            functions += [(f"the mistake {m.name}", m.function) for m in question.mistakes]
            if isinstance(question, FunctionQuestion):
                functions += [("another right way", right) for right in question.rights]
                functions += [("hidden cases", g.draw) for g in question.groups]
            for what, function in functions:
                for line in body_lines(function):
                    if len(_plain(line)) >= _SHORTEST:
                        yield f"{what} of {name}", line
        elif isinstance(question, ChoiceQuestion):
            for key, (_, reply) in question.options.items():
                yield f"the reply to {key!r} of {name}", reply
        elif isinstance(question, WrittenQuestion):
            for sentence in re.split(r"(?<=[.!?])\s+", question.sample):
                yield f"the sample answer of {name}", sentence
            for point in question.scheme:
                yield f"the marking scheme of {name}", point


def _published(exercise: Exercise) -> str:
    """Everything that the author chose to tell: text.py, docstrings, hints, data cells."""
    assert exercise.folder is not None
    parts = [(Path(exercise.folder) / "text.py").read_text(encoding="utf-8")]
    parts += [source_of(function) for function in exercise.data_functions.values()]
    for question in exercise.questions.values():
        if isinstance(question, (FunctionQuestion, ValueQuestion)):
            parts.append(question.reference.__doc__ or "")
            parts += [f"{m.hint}\n{m.sentence}" for m in question.mistakes]
        else:
            parts.append(question.text)
        if isinstance(question, ChoiceQuestion):
            parts += [text for text, _ in question.options.values()]
    return "\n".join(parts)


def _strings(text: str) -> Iterator[str]:
    """Every string inside a JSON text, so that escapes hide nothing."""
    try:
        data = json.loads(text)
    except ValueError:
        return
    stack: list[Any] = [data]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            stack += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            # A notebook may keep a cell as a list of lines.
            if item and all(isinstance(part, str) for part in item):
                yield "".join(item)
            stack += item


def _plain(text: str) -> str:
    return re.sub(r"[\s'\"]+", "", text)
