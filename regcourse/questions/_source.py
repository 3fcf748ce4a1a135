"""An author's functions as text: stubs for students, sources for the notebook."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from regcourse.errors import ExerciseError

__all__ = [
    "PLACEHOLDER",
    "VALUE_PLACEHOLDER",
    "body_lines",
    "has_loop",
    "source_of",
    "stub_of",
]

PLACEHOLDER = "YOUR CODE HERE"
VALUE_PLACEHOLDER = "YOUR ANSWER HERE"


def source_of(function: Callable[..., Any]) -> str:
    """Return the source of a function without its decorators."""
    try:
        lines, _ = inspect.getsourcelines(function)
    except (OSError, TypeError) as error:
        raise ExerciseError(f"the source of {function!r} cannot be read: {error}") from None
    text = textwrap.dedent("".join(lines))
    definition = _definition(text)
    return "\n".join(text.splitlines()[definition.lineno - 1 : definition.end_lineno])


def stub_of(function: Callable[..., Any]) -> str:
    """Return signature and docstring, and where the student's code goes.

    The cut follows the syntax tree, so no layout of the source lets a line of the
    answer through.
    """
    text = source_of(function)
    definition = _definition(text)
    docstring = definition.body[0]
    if ast.get_docstring(definition) is None:
        raise ExerciseError(f"{definition.name} needs a docstring: it is what the student reads")
    if docstring.lineno == definition.lineno:
        raise ExerciseError(f"{definition.name}: begin the docstring on a line of its own")
    head = text.splitlines()[: docstring.end_lineno]
    return "\n".join([*head, f"    # {PLACEHOLDER}", "    raise NotImplementedError()"])


def body_lines(function: Callable[..., Any]) -> list[str]:
    """Return the stripped lines of a function's body, docstring and comments left out."""
    definition = _definition(source_of(function))
    docstring = ast.get_docstring(definition) is not None
    body = definition.body[1:] if docstring else definition.body
    return [line.strip() for node in body for line in ast.unparse(node).splitlines()]


def has_loop(function: Callable[..., Any]) -> bool:
    """Does a `for` or `while` statement stand in a function? Comprehensions do not count."""
    nodes = ast.walk(_definition(source_of(function)))
    return any(isinstance(node, (ast.For, ast.While)) for node in nodes)


def _definition(text: str) -> ast.FunctionDef:
    try:
        node = ast.parse(text).body[0]
    except SyntaxError:
        node = None  # half of a statement, as the source of a lambda may be
    if not isinstance(node, ast.FunctionDef):
        raise ExerciseError("a question, mistake or data function must be written with def")
    return node
