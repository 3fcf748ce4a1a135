"""A card as its author writes it: TOML, with expressions that the lesson's kernel evaluates."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regcourse.cards._records import KINDS, Answer, Card, Kind, Right, Wrong
from regcourse.cards._toml import Part, is_number, parsed
from regcourse.errors import LessonError

__all__ = ["WrittenCard", "written_card"]

LONGEST_DEBRIEF = 80
SHORTEST_DEBRIEF = 10
_EVERY = {"kind", "ask", "debrief", "closing"}
_OWN = {
    "choice": {"options"},
    "choices": {"options"},
    "number": {"right", "within", "factor", "unit", "wrong", "reply", "holds"},
    "order": {"items", "right", "holds", "wrong", "reply"},
    "place": {"on", "right", "within", "wrong", "reply", "holds"},
}


@dataclass(frozen=True, kw_only=True)
class WrittenCard:
    """A card, and what must be asked of the lesson's kernel after its cell was run.

    `asked` holds expressions: "right", "near 1", "near 2", ... are values; "holds", or "holds a",
    "holds b", ... are true or false. `rest` is the answer but for those values.
    """

    card: Card
    asked: Mapping[str, str]
    rest: Answer

    def answer(self, found: Mapping[str, Any]) -> tuple[Answer | None, list[str]]:
        """Return the answer that the cell's own results give, and in words what does not hold.

        `found` is what `probe` printed: for each expression a "value" or an "error".
        """
        said = [
            f"{name} `{self.asked[name]}` raises {found[name]['error']}"
            for name in self.asked
            if "error" in found[name]
        ]
        if said:
            return None, [f"card {self.card.name}: {words}" for words in said]
        values = {name: found[name]["value"] for name in self.asked}
        said += [words for name in self.asked for words in self._untrue(name, values[name])]
        try:
            answer = self._filled(values)
        except LessonError as error:
            said.append(str(error))
            answer = None
        if answer is not None:
            said += _unreachable(self.card.kind, answer)
            if self.card.kind == "order" and answer.right == "".join(self.card.options):
                said.append("its items are listed in the right order: list them in another")
        return answer, [f"card {self.card.name}: {words}" for words in said]

    def _untrue(self, name: str, value: Any) -> list[str]:
        if not name.startswith("holds"):
            return []
        option = name.removeprefix("holds").strip()
        must = not option or option in str(self.rest.right)
        if value is must:
            return []
        if not isinstance(value, bool):
            return [f"{name} `{self.asked[name]}` must be True or False, it is {value!r:.60}"]
        which = f"{'right' if must else 'wrong'} answer {option}" if option else "right answer"
        return [f"its {which} is not what the cell shows: `{self.asked[name]}` is {value}"]

    def _filled(self, values: Mapping[str, Any]) -> Answer:
        if self.card.kind in ("choice", "choices"):
            return self.rest
        wrong = tuple(
            Wrong(_right(self.card, f"near {k}", values[f"near {k}"]), each.reply)
            for k, each in enumerate(self.rest.wrong, start=1)
        )
        return Answer(
            right=_right(self.card, "right", values["right"]),
            debrief=self.rest.debrief,
            wrong=wrong,
            reply=self.rest.reply,
            within=self.rest.within,
            factor=self.rest.factor,
        )


def written_card(name: str, source: str) -> WrittenCard:
    """Return the card that `source` describes in TOML.

    Raises LessonError, naming the card and what must change: an answer that is wrong and has no
    sentence, a kind's own entry that is missing, an entry that no kind knows.
    """
    part = Part(name, parsed(name, source))
    kind = part.one_of("kind", KINDS)
    part.only(_EVERY | _OWN[kind])
    ask, debrief = part.text("ask"), part.text("debrief")
    if "?" not in ask or "\n" in ask:
        raise part.wrong("ask must be one line with a question mark")
    if not SHORTEST_DEBRIEF <= len(debrief.split()) <= LONGEST_DEBRIEF:
        words = f"{SHORTEST_DEBRIEF} to {LONGEST_DEBRIEF} words"
        raise part.wrong(f"debrief must have {words}, it has {len(debrief.split())}")
    options, rest, asked = _BY_KIND[kind](part, kind, debrief)
    card = Card(
        name=name,
        kind=kind,
        ask=ask,
        options=options,
        unit=part.text("unit", ""),
        on=part.text("on", ""),
        closing=part.flag("closing"),
        edition=hashlib.sha256(source.encode()).hexdigest()[:8],
    )
    return WrittenCard(card=card, asked=asked, rest=rest)


Entries = tuple[dict[str, str], Answer, dict[str, str]]


def _options(part: Part, kind: Kind, debrief: str) -> Entries:
    """choice and choices: letters a to d, the right ones proved by what holds."""
    options = part.tables("options", "abcd")
    right = [letter for letter, option in options.items() if option.flag("right")]
    if kind == "choice" and len(right) != 1:
        raise part.wrong(f"exactly one option must be right, got {', '.join(right) or 'none'}")
    if kind == "choices" and len(right) < 2:
        raise part.wrong("two options or more must be right: with one it is a choice")
    replies, asked = {}, {}
    for letter, option in options.items():
        is_right = letter in right
        own = "missed" if is_right and kind == "choices" else "reply"
        option.only({"text", "holds", "right", own})
        said = option.text(own, "" if is_right else None)
        if said:
            replies[letter] = said
        if holds := option.text("holds", ""):
            asked[f"holds {letter}"] = holds
        elif is_right and not part.flag("closing"):
            raise option.wrong("the right answer must have `holds`: what shows that it is right")
    texts = {letter: option.text("text") for letter, option in options.items()}
    return texts, Answer(right="".join(right), debrief=debrief, replies=replies), asked


def _number(part: Part, kind: Kind, debrief: str) -> Entries:
    within, factor = part.number("within", 0.0), part.number("factor", 0.0)
    if (within > 0) == (factor > 1):
        raise part.wrong("it must have within > 0 or factor > 1, and not both")
    rest, asked = _open(part, debrief, ((within,) if within else ()), factor)
    return {}, rest, asked


def _order(part: Part, kind: Kind, debrief: str) -> Entries:
    items = part.tables("items", "abcdef")
    for item in items.values():
        item.only({"text"})
    rest, asked = _open(part, debrief, (), 0.0, near="order")
    if "holds" not in asked and not part.flag("closing"):
        raise part.wrong("the right order must have `holds`: what shows that it is right")
    return {letter: item.text("text") for letter, item in items.items()}, rest, asked


def _place(part: Part, kind: Kind, debrief: str) -> Entries:
    if not part.text("on").isidentifier():
        raise part.wrong("on must be the name of a picture that an earlier cell makes")
    within = part.found.get("within")
    pair = within if isinstance(within, list) else [within, within]
    near = tuple(float(each) for each in pair if is_number(each) and each > 0)
    if len(pair) != 2 or len(near) != 2:
        raise part.wrong("within must be a number > 0, or two of them")
    rest, asked = _open(part, debrief, near, 0.0)
    return {}, rest, asked


_BY_KIND = {
    "choice": _options,
    "choices": _options,
    "number": _number,
    "order": _order,
    "place": _place,
}


def _open(
    part: Part, debrief: str, within: tuple[float, ...], factor: float, near: str = "near"
) -> tuple[Answer, dict[str, str]]:
    """What kinds without options share: an expression, known wrong answers, and a last word."""
    asked = {"right": part.expression("right")}
    replies = []
    for k, each in enumerate(part.list_of_tables("wrong"), start=1):
        each.only({near, "reply"})
        known = each.found.get(near)
        is_order = near == "order" and isinstance(known, str)
        asked[f"near {k}"] = repr(known) if is_order else each.expression(near)
        replies.append(Wrong("", each.text("reply")))
    if "holds" in part.found:
        asked["holds"] = part.text("holds")
    rest = Answer(
        right="",
        debrief=debrief,
        wrong=tuple(replies),
        reply=part.text("reply"),
        within=within,
        factor=factor,
    )
    return rest, asked


def _right(card: Card, name: str, value: Any) -> Right:
    """What an expression gave, as an answer of the card's kind; six digits, as on any machine."""
    if card.kind == "order":
        order = "".join(value) if isinstance(value, list) else str(value)
        if sorted(order) != sorted(card.options):
            raise LessonError(f"{name} must be every letter once, in order, it is {value!r:.60}")
        return order
    if card.kind == "number":
        if not is_number(value):
            raise LessonError(f"{name} must be a finite number, it is {value!r:.60}")
        return float(f"{value:.6g}")
    if not isinstance(value, list) or len(value) != 2 or not all(map(is_number, value)):
        raise LessonError(f"{name} must be two finite numbers, it is {value!r:.60}")
    return float(f"{value[0]:.6g}"), float(f"{value[1]:.6g}")


def _unreachable(kind: Kind, answer: Answer) -> list[str]:
    return [
        f"the wrong answer {wrong.near} is taken for the right one, {answer.right}"
        for wrong in answer.wrong
        if _same(wrong.near, answer)
    ]


def _same(near: Right, answer: Answer) -> bool:
    """Whether the browser would call this right: js/card.js has the same."""
    right = answer.right
    if isinstance(near, tuple) and isinstance(right, tuple):
        far = [(a - b) / d for a, b, d in zip(near, right, answer.within, strict=True)]
        return math.hypot(*far) <= 1
    if isinstance(near, float) and isinstance(right, float):
        if answer.within:
            return abs(near - right) <= answer.within[0]
        return near * right > 0 and max(near / right, right / near) <= answer.factor
    return near == right
