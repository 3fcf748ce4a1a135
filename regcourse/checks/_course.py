"""How far a student has come in the whole course, as `.regcourse/` beside each notebook has it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from regcourse.checks._beside import check_data, recall
from regcourse.errors import ChecksMissing

__all__ = ["Course", "whole_course"]

NOTHING = "No lesson with cards and no exercise was found here."


@dataclass(frozen=True)
class Course:
    """Lessons, then exercises: the name of each, its title, and what is done of it."""

    lines: tuple[tuple[str, str, str], ...]

    def __repr__(self) -> str:
        if not self.lines:
            return NOTHING
        width = max(len(name) for name, _, _ in self.lines)
        return "\n".join(f"{name:<{width}}  {done}" for name, _, done in self.lines)

    def _repr_html_(self) -> str:
        if not self.lines:
            return f"<p>{NOTHING}</p>"
        left = "style='text-align:left'"
        rows = "".join(
            f"<tr><td {left}><strong>{escape(name)}</strong><br>{escape(title)}</td>"
            f"<td {left}>{escape(done)}</td></tr>"
            for name, title, done in self.lines
        )
        return (
            f"<table style='table-layout:auto;width:min(100%,40em)'><caption {left}>"
            "Your way through the course</caption>"
            f"<thead><tr><th scope='col' {left}>lesson or exercise</th>"
            f"<th scope='col' {left}>so far</th></tr></thead><tbody>{rows}</tbody></table>"
        )


def whole_course() -> Course:
    """Return what is done of every lesson and exercise of the course around this folder."""
    here = Path().resolve()
    root = next((each for each in (here, *here.parents[:2]) if (each / "notebooks").is_dir()), None)
    lessons = here if root is None else root / "notebooks"
    exercises = [] if root is None else sorted((root / "exercises").glob("*"))
    return Course((*_lessons(lessons), *_exercises(exercises)))


def _lessons(folder: Path) -> list[tuple[str, str, str]]:
    # Here, as a grader's sandbox has no cards, and nobody there to ask.
    from regcourse.cards import cards_beside, recall_guesses

    lines = []
    for cards in cards_beside(folder):
        kept = recall_guesses(cards.lesson, folder)
        outcomes = [kept[name].outcome for name in cards.cards if name in kept]
        skipped = outcomes.count("skipped")
        done = f"{len(outcomes) - skipped} of {len(cards.cards)} cards answered"
        if outcomes:
            done += f", {outcomes.count('right')} as predicted"
        if skipped:
            done += f", {skipped} skipped"
        lines.append((f"lesson {cards.lesson}", cards.title, done))
    return lines


def _exercises(folders: list[Path]) -> list[tuple[str, str, str]]:
    lines = []
    for folder in folders:
        try:
            checks = check_data(folder)
        except ChecksMissing:
            continue
        statuses = list(recall(checks.questions, folder).values())
        done = f"{statuses.count('passed')} of {len(statuses)} right so far"
        lines.append((f"exercise {checks.name}", checks.title, done))
    return lines
