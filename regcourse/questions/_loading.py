"""Load an exercise folder, by its path and under a name of its own."""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import sys
from pathlib import Path
from types import ModuleType

from regcourse.errors import ExerciseError
from regcourse.questions._author import line_of
from regcourse.questions._exercise import Exercise

__all__ = ["load_exercise", "source_files"]

_loads = itertools.count()


def load_exercise(folder: Path) -> Exercise:
    """Load the one `Exercise` that ``folder/questions.py`` builds.

    A long one may keep its questions in several files beside it, and import them as
    ``from . import fit``.
    """
    if not (folder / "questions.py").is_file():
        raise ExerciseError(f"{folder} is not an exercise folder: it has no questions.py")
    folder = folder.resolve()
    module = _run_questions(folder)
    found = {id(v): v for v in vars(module).values() if isinstance(v, Exercise)}
    if len(found) != 1:
        raise ExerciseError(
            f"questions.py of {folder.name} must build one Exercise, it builds {len(found)}"
        )
    (exercise,) = found.values()
    if exercise.name != folder.name:
        raise ExerciseError(f"the exercise is called {exercise.name!r}, its folder {folder.name!r}")
    _check_packages(exercise)
    _check_needs(exercise)
    exercise.folder = folder
    return exercise


def source_files(folder: Path) -> list[Path]:
    """Return the author's files that answers, cases and text are written in."""
    return sorted(path for path in folder.glob("*.py") if path.is_file())


def _run_questions(folder: Path) -> ModuleType:
    # A name of its own for each load: two exercises, or two versions of one, may be open at once.
    package = ModuleType(f"_regcourse_exercise_{next(_loads)}")
    package.__path__ = [str(folder)]
    sys.modules[package.__name__] = package
    # Compiled files are trusted by time and size: an author's quick edit could go unseen.
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    importlib.invalidate_caches()
    try:
        return importlib.import_module(f"{package.__name__}.questions")
    except ExerciseError:
        raise
    except (Exception, SystemExit) as error:
        raise ExerciseError(
            f"questions.py of {folder.name} cannot be run: {type(error).__name__}: {error}"
            f"{line_of(error, folder)}"
        ) from error
    finally:
        sys.dont_write_bytecode = kept


def _check_packages(exercise: Exercise) -> None:
    for package in exercise.packages:
        if importlib.util.find_spec(package.partition(".")[0]) is None:
            raise ExerciseError(
                f"the exercise allows the package {package!r}, which is not installed here"
            )


def _check_needs(exercise: Exercise) -> None:
    seen: set[str] = set()
    for question in exercise.questions.values():
        for need in question.needs:
            if need not in seen:
                raise ExerciseError(
                    f"{question.name} needs {need!r}, which is not a question before it"
                )
        seen.add(question.name)
    for function in exercise.functions:
        if not function.groups:
            raise ExerciseError(f"{function.name} has no cases")
    if not seen:
        raise ExerciseError(f"{exercise.name} has no questions")
