"""Run an answer in this process: the author's own code, or a student's in their own notebook."""

from __future__ import annotations

import contextlib
import inspect
import io
import traceback
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from regcourse.compare import difference
from regcourse.questions._axes import figure_facts
from regcourse.questions._outcomes import Outcome, Raised, Returned, Stopped
from regcourse.questions._values import Rng, fresh

__all__ = ["changed_arguments", "run"]


def run(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    vocabulary: Sequence[str] = (),
) -> Outcome:
    """Call `function` on its own copies of `args` and return what came of it.

    With a `vocabulary` the function draws, and its value is these facts of its Axes.
    """
    mine = fresh(args)
    printed = io.StringIO()
    try:
        # A student's warnings are theirs to see elsewhere; here they would drown the verdict.
        with (
            contextlib.redirect_stdout(printed),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            value = figure_facts(function, mine, vocabulary) if vocabulary else function(*mine)
    except SystemExit:
        return Stopped("exit")
    except Exception as error:
        where, inside = _place(error, function)
        return Raised(
            type(error).__name__,
            str(error),
            where=where,
            printed=printed.getvalue(),
            inside=inside,
        )
    changed = changed_arguments(function, args, mine, on_axes=bool(vocabulary))
    return Returned(value, changed=changed, printed=printed.getvalue())


def changed_arguments(
    function: Callable[..., Any],
    before: tuple[Any, ...],
    after: tuple[Any, ...],
    *,
    on_axes: bool = False,
) -> tuple[str, ...]:
    """Return the names of the arguments that a call altered; an Axes before them is none."""
    altered = [_differ(old, new) for old, new in zip(before, after, strict=True)]
    if not any(altered):
        return ()
    try:
        names = list(inspect.signature(function).parameters)[1 if on_axes else 0 :]
    except (TypeError, ValueError):
        names = []
    names += [f"argument {index + 1}" for index in range(len(names), len(before))]
    return tuple(name for name, is_altered in zip(names, altered, strict=False) if is_altered)


def _differ(old: Any, new: Any) -> bool:
    if _plainly_equal(old, new):
        return False
    if isinstance(old, Rng):
        return False  # drawing from a generator is what it is for
    if isinstance(old, (list, tuple)):
        return len(old) != len(new) or any(map(_differ, old, new))
    if isinstance(old, dict):
        return list(old) != list(new) or any(map(_differ, old.values(), new.values()))
    return difference(new, old, rtol=0.0, atol=1e-300) is not None


def _plainly_equal(old: Any, new: Any) -> bool:
    """Are these equal numbers of one kind? Most arguments are, after most calls: seen quickly.

    A reference is called a hundred times in search of the strength that explains an answer.
    """
    if type(old) is not type(new):
        return False
    if type(old) is np.ndarray:
        alike = old.dtype == new.dtype and old.dtype.kind in "biuf"
        return alike and np.array_equal(old, new)
    return isinstance(old, (int, float, str)) and old == new


def _place(error: BaseException, function: Callable[..., Any]) -> tuple[str, str]:
    """Return the innermost line of the author's own code, as a reader would quote it, and where.

    A kernel keeps all cells of a notebook in one folder: a helper in another cell is own code.
    """
    code = getattr(function, "__code__", None)
    if code is None:
        return "", ""
    home = Path(code.co_filename).parent
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).parent == home]
    if not own:
        return "", ""
    last = own[-1]
    return f"line {last.lineno}: {last.line}" if last.line else "", last.name
