"""The notebooks beside a student's kernel, and the cards that they carry."""

from __future__ import annotations

import json
from pathlib import Path

from regcourse.cards._records import Card, Cards
from regcourse.cards._released import FORMAT, read_cards

__all__ = ["cards_beside", "find_card"]

_cache: dict[tuple[str, int, int], Cards | None] = {}


def find_card(name: str, folder: Path = Path()) -> tuple[Cards, Card] | None:
    """Return a card of this name and the lesson that it belongs to, or None.

    Names are unique in the course, and a notebook may be called anything. Of two copies the one
    that was stored last counts.
    """
    for path in _notebooks(folder):
        cards = _read(path)
        if cards is not None and name in cards.cards:
            return cards, cards.cards[name]
    return None


def cards_beside(folder: Path = Path()) -> list[Cards]:
    """Return the cards of every lesson in a folder, once each, by the lesson's name."""
    found: dict[str, Cards] = {}
    for path in _notebooks(folder):
        cards = _read(path)
        if cards is not None:
            found.setdefault(cards.lesson, cards)
    return [found[lesson] for lesson in sorted(found)]


def _notebooks(folder: Path) -> list[Path]:
    """The latest first; one that vanishes while we look counts as old."""
    return sorted(folder.glob("*.ipynb"), key=lambda path: (-_stored(path)[0], path.name))


def _stored(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


def _read(path: Path) -> Cards | None:
    key = (str(path.resolve()), *_stored(path))
    if key not in _cache:
        try:
            stored = path.read_bytes()
            # Most notebooks of the world have none, and may be large.
            found = json.loads(stored) if FORMAT.encode() in stored else {}
            _cache[key] = read_cards(found.get("metadata"))
        except (OSError, ValueError, AttributeError, RecursionError):
            _cache[key] = None
    return _cache[key]
