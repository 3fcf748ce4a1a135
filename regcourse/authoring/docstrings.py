"""Is what a docstring says true of the reference under it?"""

from __future__ import annotations

import doctest
import inspect
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from regcourse.questions import FunctionQuestion

_ENTRY = re.compile(r"(\*{0,2}\w+(?:\s*,\s*\*{0,2}\w+)*)\s*(?::.*)?")
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def unknown_parameters(question: FunctionQuestion) -> Iterator[str]:
    """The parameters that a docstring lists are arguments of the function."""
    takes = list(inspect.signature(question.reference).parameters)
    for name in _listed(inspect.getdoc(question.reference) or ""):
        if name not in takes:
            yield (
                f"{question.name}: its docstring lists {name!r} under Parameters, "
                f"and {question.name} takes {', '.join(takes)}"
            )


def wrong_examples(question: FunctionQuestion, namespace: Mapping[str, Any]) -> Iterator[str]:
    """The examples in a docstring give what stands under them.

    An example may use what only the cells of the notebook define; such a one is passed over.
    """
    said = _first_wrong(question, namespace)
    if said:
        # NumPy 2 shows a number as np.float64(2.0); an author may write 2.0.
        with np.printoptions(legacy="1.25"):
            said = _first_wrong(question, namespace)
    if said:
        yield f"{question.name}: {said}"


def _listed(doc: str) -> list[str]:
    """Return the names in the numpydoc section Parameters."""
    section = re.search(r"^Parameters\n-{3,}\n(.*?)(?=^\w[\w ]*\n-{3,}$|\Z)", doc, re.M | re.S)
    entries = [] if section is None else section[1].splitlines()
    found = [match[1] for line in entries if (match := _ENTRY.fullmatch(line))]
    return [name.strip().lstrip("*") for names in found for name in names.split(",")]


def _first_wrong(question: FunctionQuestion, namespace: Mapping[str, Any]) -> str:
    doc = question.reference.__doc__ or ""
    try:
        test = doctest.DocTestParser().get_doctest(doc, dict(namespace), question.name, None, None)
    except ValueError as error:
        return f"the example of its docstring cannot be read: {error}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            doctest.DebugRunner(verbose=False, optionflags=_FLAGS).run(test)
    except doctest.DocTestFailure as failure:
        got, want = _line(failure.got), _line(failure.example.want)
        return (
            f"the example {_line(failure.example.source)} of its docstring gives {got}, not {want}"
        )
    except doctest.UnexpectedException as failure:
        raised = failure.exc_info[1]
        if isinstance(raised, NameError):
            return ""
        said = f"{type(raised).__name__}: {raised}"
        return f"the example {_line(failure.example.source)} of its docstring raises {said}"
    return ""


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:80]} ..."
