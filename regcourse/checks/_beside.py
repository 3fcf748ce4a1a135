"""What lies beside a student's notebook: the check data, and what the last checks said."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path

from regcourse.checks._statuses import STATUSES, Status
from regcourse.errors import ChecksMissing, InvalidInput
from regcourse.questions import Released, ReleasedExercise, read_released

PROGRESS = Path(".regcourse") / "progress.json"
_cache: dict[tuple[str, int, int], ReleasedExercise] = {}


def check_data(folder: Path = Path()) -> ReleasedExercise:
    """Return the check data in a folder; several files are read as one exercise.

    Raises ChecksMissing, with one clear line, if there are none or they are damaged.
    """
    paths = sorted(folder.glob("*.checks.json"))
    if not paths:
        raise ChecksMissing(
            "No check data here: put the exercise's .checks.json file beside this notebook."
        )
    loaded = [_read(path) for path in paths]
    questions: dict[str, Released] = {}
    for one in loaded:
        questions |= one.questions
    return ReleasedExercise(
        name=", ".join(one.name for one in loaded),
        title=", ".join(one.title for one in loaded),
        questions=questions,
    )


def _read(path: Path) -> ReleasedExercise:
    stat = path.stat()
    key = (str(path.resolve()), stat.st_mtime_ns, stat.st_size)
    if key not in _cache:
        try:
            _cache[key] = read_released(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, InvalidInput):
            raise ChecksMissing(
                f"{path.name} is damaged or of another version: download it again."
            ) from None
    return _cache[key]


def recall(questions: Mapping[str, Released], folder: Path = Path()) -> dict[str, Status]:
    """Return what the last check of each question said, and of those that none can check."""
    kept = _kept(folder)
    return {
        name: kept.get(name, "needs a person" if question.kind == "written" else "not attempted")
        for name, question in questions.items()
    }


def remember(statuses: Mapping[str, Status]) -> None:
    """Keep what was said, beside what was said of other questions."""
    # A read-only folder must not stop a check: progress is a convenience.
    with contextlib.suppress(OSError):
        PROGRESS.parent.mkdir(exist_ok=True)
        text = json.dumps({**_kept(), **statuses}, indent=1, sort_keys=True)
        PROGRESS.write_text(text + "\n", encoding="utf-8")


def _kept(folder: Path = Path()) -> dict[str, Status]:
    try:
        data = json.loads((folder / PROGRESS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in data.items() if v in STATUSES} if isinstance(data, dict) else {}
