"""The leak gate: no line of an answer may stand in anything that is released.

Three kinds of secret have three places where they may stand all the same. What answers a
question may stand in its docstrings, which tell the task, and in the code of the setup and
data cells, which answers share. What a person marks by may only be asked for in the words of
a written question. Mistakes, hidden cases and replies may repeat what the author says anyway.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from regcourse.errors import LeakFound
from regcourse.questions import (
    ChoiceQuestion,
    Exercise,
    FunctionQuestion,
    ValueQuestion,
    WrittenQuestion,
    body_lines,
    by_kind,
    layout_of,
    source_of,
)

# Shorter lines, such as `return w`, stand in every program and give nothing away.
_SHORTEST = 12
# Fewer words, such as "a smaller variance", stand in every text.
_FEWEST_WORDS = 4
# A loop over a range is in many programs, and is not what makes an answer right.
_LOOP = re.compile(r"for\w+inrange\([\w.]+\):")


@dataclass(frozen=True)
class _Secret:
    """A text that must not be released; `kind` says where it may stand all the same."""

    kind: Literal["answer", "sample", "scheme", "other"]
    what: str
    text: str


def refuse_leaks(exercise: Exercise, files: Mapping[str, str]) -> None:
    """Raise LeakFound, naming file and line, if a released text holds part of an answer.

    Lines are compared without blanks and quotes, in the files as they are and in every
    string of those that are JSON.
    """
    tasks, asked, said = _published(exercise)
    shared = _shared_code(exercise)
    may_stand = {
        "answer": _squeezed(f"{tasks}\n{shared}"),
        "sample": "",
        "scheme": _squeezed(asked),
        "other": _squeezed("\n".join((tasks, shared, asked, said))),
    }
    assert exercise.folder is not None
    written = _squeezed((Path(exercise.folder) / "text.py").read_text(encoding="utf-8"))
    secrets = [
        secret
        for secret in _secrets(exercise)
        if _squeezed(secret.text) not in may_stand[secret.kind]
    ]
    for name, text in files.items():
        released = "\n".join(_squeezed(part) for part in [text, *_strings(text)])
        for secret in secrets:
            if _squeezed(secret.text) in released:
                place = ", which stands in text.py" if _squeezed(secret.text) in written else ""
                raise LeakFound(
                    f"{name} would release {secret.what}{place}: {secret.text.strip()!r:.80}"
                )
    _refuse_shared_answers(exercise, _squeezed(shared))


def _refuse_shared_answers(exercise: Exercise, shared: str) -> None:
    """An answer may share lines with setup and data cells, but not consist of them."""
    coded: list[FunctionQuestion | ValueQuestion] = [*exercise.functions, *exercise.values]
    for question in coded:
        lines = [_squeezed(line) for line in body_lines(question.reference)]
        telling = [line for line in lines if len(line) >= _SHORTEST]
        if telling and all(line in shared for line in telling):
            raise LeakFound(
                f"the setup and data cells would release all of the reference of {question.name}"
            )


def _secrets(exercise: Exercise) -> Iterator[_Secret]:
    for question in exercise.questions.values():
        yield from by_kind(
            question,
            function=_of_a_function,
            value=_of_code,
            choice=_of_a_choice,
            written=_of_a_written_answer,
        )


def _of_code(question: FunctionQuestion | ValueQuestion) -> Iterator[_Secret]:
    name = question.name
    yield from _answers(f"a line of the reference of {name}", question.reference)
    for mistake in question.mistakes:
        yield from _lines(f"a line of the mistake {mistake.name} of {name}", mistake.function)


def _of_a_function(question: FunctionQuestion) -> Iterator[_Secret]:
    yield from _of_code(question)
    for right in question.rights:
        yield from _answers(f"a line of another right way of {question.name}", right)
    for group in question.groups:
        yield from _lines(f"a line of hidden cases of {question.name}", group.draw)


def _of_a_choice(question: ChoiceQuestion) -> Iterator[_Secret]:
    for key, (_, reply) in question.options.items():
        yield _Secret("other", f"a line of the reply to {key!r} of {question.name}", reply)


def _of_a_written_answer(question: WrittenQuestion) -> Iterator[_Secret]:
    sample = f"a line of the sample answer of {question.name}"
    for sentence in re.split(r"(?<=[.!?])\s+", question.sample):
        yield from _phrase("sample", sample, sentence)
    for point in question.scheme:
        yield from _phrase("scheme", f"a line of the marking scheme of {question.name}", point)


def _answers(what: str, function: Callable[..., Any]) -> Iterator[_Secret]:
    """Each statement as Python would write it and as the author did, and what is returned."""
    source = source_of(function)
    lines = body_lines(function)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.Return)):
            lines.append(ast.get_source_segment(source, node) or "")
        if isinstance(node, ast.Return) and node.value is not None:
            lines.append(ast.get_source_segment(source, node.value) or "")
    for line in dict.fromkeys(lines):
        if len(_squeezed(line)) >= _SHORTEST and not _LOOP.fullmatch(_squeezed(line)):
            yield _Secret("answer", what, line)


def _lines(what: str, function: Callable[..., Any]) -> Iterator[_Secret]:
    for line in body_lines(function):
        if len(_squeezed(line)) >= _SHORTEST:
            yield _Secret("other", what, line)


def _phrase(kind: Literal["sample", "scheme"], what: str, text: str) -> Iterator[_Secret]:
    if len(text.split()) >= _FEWEST_WORDS:
        yield _Secret(kind, what, text)


def _published(exercise: Exercise) -> tuple[str, str, str]:
    """What the author chose to tell: tasks of code, questions in words, and all the rest."""
    assert exercise.folder is not None
    tasks, asked = [], []
    said = [(Path(exercise.folder) / "text.py").read_text(encoding="utf-8")]

    def code(question: FunctionQuestion | ValueQuestion) -> None:
        tasks.append(question.reference.__doc__ or "")
        said.extend(f"{m.hint}\n{m.sentence}" for m in question.mistakes)

    def choice(question: ChoiceQuestion) -> None:
        asked.append(question.text)
        said.extend(text for text, _ in question.options.values())

    def written(question: WrittenQuestion) -> None:
        asked.append(question.text)

    for question in exercise.questions.values():
        by_kind(question, function=code, value=code, choice=choice, written=written)
    return "\n".join(tasks), "\n".join(asked), "\n".join(said)


def _shared_code(exercise: Exercise) -> str:
    """The code of the setup and data cells; a comment in them is prose like any other."""
    cells = [cell for cell in layout_of(exercise).cells if cell.role in ("setup", "data")]
    return "\n".join(re.sub(r"(?m)(^|\s)#.*$", "", cell.source) for cell in cells)


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


def _squeezed(text: str) -> str:
    return re.sub(r"[\s'\"]+", "", text)
