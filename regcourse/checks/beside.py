"""What lies beside a student's notebook: the check data, and what the last checks said."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from regcourse.checks.outcomes import STATUSES, Status
from regcourse.checks.released import FORMAT
from regcourse.errors import ChecksMissing

PROGRESS = Path(".regcourse") / "progress.json"
_OF_A_FUNCTION = {"rtol", "atol", "returns", "vocabulary", "mistakes", "groups"}
_PARTS = {
    "function": _OF_A_FUNCTION,
    "figure": _OF_A_FUNCTION,
    "value": {"form"},
    "choice": {"options"},
    "written": set(),
}
_cache: dict[tuple[str, int, int], dict[str, Any]] = {}


def check_data() -> dict[str, Any]:
    """Return the check data beside the notebook; several files are read as one.

    Raises ChecksMissing, with one clear line, if there are none or they are damaged.
    """
    paths = sorted(Path().glob("*.checks.json"))
    if not paths:
        raise ChecksMissing(
            "No check data here: put the exercise's .checks.json file beside this notebook."
        )
    loaded = [_read(path) for path in paths]
    return {
        "title": ", ".join(data["title"] for data in loaded),
        "order": [name for data in loaded for name in data["order"]],
        "questions": {k: q for data in loaded for k, q in data["questions"].items()},
    }


def _read(path: Path) -> dict[str, Any]:
    stat = path.stat()
    key = (str(path.resolve()), stat.st_mtime_ns, stat.st_size)
    if key not in _cache:
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            data = None
        if not _is_whole(data):
            raise ChecksMissing(f"{path.name} is damaged or of another version: download it again.")
        _cache[key] = data
    return _cache[key]


def _is_whole(data: Any) -> bool:
    """Is everything there that a check will look up? An editor may have saved half of it."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        return False
    questions = data.get("questions")
    if not {"title", "order"} <= data.keys() or not isinstance(questions, dict):
        return False
    return set(data["order"]) == questions.keys() and all(
        isinstance(question, dict)
        and question.get("kind") in _PARTS
        and _PARTS[question["kind"]] <= question.keys()
        for question in questions.values()
    )


def recall(order: list[str], questions: Mapping[str, Any]) -> dict[str, Status]:
    """Return what the last check of each question said, and of those that none can check."""
    kept = _kept()
    blank: dict[str, Status] = {
        name: "needs a person" if questions[name]["kind"] == "written" else "not attempted"
        for name in order
    }
    return {name: kept.get(name, blank[name]) for name in order}


def remember(statuses: Mapping[str, Status]) -> None:
    """Keep what was said, beside what was said of other questions."""
    # A read-only folder must not stop a check: progress is a convenience.
    with contextlib.suppress(OSError):
        PROGRESS.parent.mkdir(exist_ok=True)
        text = json.dumps({**_kept(), **statuses}, indent=1, sort_keys=True)
        PROGRESS.write_text(text + "\n", encoding="utf-8")


def _kept() -> dict[str, Status]:
    try:
        data = json.loads(PROGRESS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in data.items() if v in STATUSES} if isinstance(data, dict) else {}
