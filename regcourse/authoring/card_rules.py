"""What a lesson with prediction cards promises besides: one small function a rule, as elsewhere.

A lesson without any card is held to `> **Predict.**` and `> **Look**` instead, until it has some.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from typing import Any

from regcourse.authoring.lesson_cards import asking, is_card
from regcourse.authoring.lesson_rules import RESULT, Lesson, Rule, syntax_tree

CARDS = (10, 15)
CLOSING = 3
ENOUGH_DRAWS = 100
LONGEST_LINE = 60
SHORTEST_SENTENCE = 5  # words: shorter ones are said twice by chance
SHORTEST_OPTION = 3  # the same of an option, such as "both weights"

_DRAWS = {
    "binomial", "choice", "exponential", "gamma", "integers", "laplace", "multivariate_normal",
    "normal", "permutation", "permuted", "poisson", "random", "shuffle", "standard_cauchy",
    "standard_normal", "standard_t", "uniform",
}  # fmt: skip
_SAYS_DRAWS = re.compile(r"#.*?(\d[\d_,]*|\b\w+)\s+draws?\b(.*)")
_CARD = re.compile(r'^# %% \[raw\].*\bcard="(\w+)"', re.MULTILINE)


def asks_ten_to_fifteen_times(lesson: Lesson) -> Iterator[str]:
    asked = len(_opening(lesson))
    if not CARDS[0] <= asked <= CARDS[1]:
        yield f"{asked} cards, the closing ones not counted: {CARDS[0]} to {CARDS[1]} a lesson"


def closes_with_cards(lesson: Lesson) -> Iterator[str]:
    closing = [written.card.closing for written in lesson.cards.values()]
    if sum(closing) < CLOSING:
        yield f"{sum(closing)} closing cards: a lesson ends with {CLOSING} at least"
    if closing != sorted(closing):
        yield "a card that is asked after a closing one must close the lesson too"


def asks_below_prose(lesson: Lesson) -> Iterator[str]:
    above = {id(cell): before for before, cell in itertools.pairwise(lesson.notebook.cells)}
    for name, cell in _opening(lesson).items():
        if getattr(above.get(id(cell)), "cell_type", None) != "markdown":
            yield f"card {name} has no prose right above it: what leads to its question?"


def keeps_its_insights_until_asked(lesson: Lesson) -> Iterator[str]:
    visible = [_plain(cell.source) for cell in lesson.notebook.cells]
    for name, written in lesson.cards.items():
        rest = written.rest
        told = [("debrief", rest.debrief), ("reply", rest.reply)]
        told += [("reply", said) for said in rest.replies.values()]
        told += [("reply", wrong.reply) for wrong in rest.wrong]
        for what, text in told:
            for sentence in re.split(r"[.?!:;]\s", text):
                words = _plain(sentence)
                if len(words.split()) >= SHORTEST_SENTENCE and any(words in v for v in visible):
                    yield f"card {name}: the {what} stands in the lesson already: {sentence!r}"


def gives_no_right_answer_away(lesson: Lesson) -> Iterator[str]:
    cells = lesson.notebook.cells
    for name, cell in _opening(lesson).items():
        card, place = lesson.cards[name], cells.index(cell)
        if card.card.kind not in ("choice", "choices"):
            continue
        around = [("prose above", before) for before in _source(cells, place - 1)]
        around += [("next heading", heading) for heading in _heading(cells, place + 1)]
        for letter in str(card.rest.right):
            words = _plain(card.card.options[letter])
            for where, text in around:
                if len(words.split()) >= SHORTEST_OPTION and words in _plain(text):
                    yield f"card {name}: the {where} gives its right answer away: {words!r}"


def follows_a_result_with_words(lesson: Lesson) -> Iterator[str]:
    asked = {id(cell) for cell in asking(lesson.notebook).values()}
    names = {id(cell): name for name, cell in lesson.code}
    for cell, after in itertools.pairwise(lesson.notebook.cells):
        is_heading = after.cell_type == "markdown" and after.source.startswith("#")
        if cell.cell_type == "code" and id(cell) not in asked and is_heading:
            heading = after.source.splitlines()[0]
            yield (
                f"{names[id(cell)]} is followed by {heading!r}: say what it showed, "
                "or ask a card, whose debrief does"
            )


def says_how_often_it_draws(lesson: Lesson) -> Iterator[str]:
    for name, cell in lesson.code:
        nodes = list(ast.walk(syntax_tree(cell.source)))
        called = [node.func for node in nodes if isinstance(node, ast.Call)]
        if not any(isinstance(f, ast.Attribute) and f.attr in _DRAWS for f in called):
            continue
        typed = {node.value for node in nodes if isinstance(node, ast.Constant)}
        if not any(_is_said(a, b, typed) for a, b in _SAYS_DRAWS.findall(cell.source)):
            yield (
                f"{name} draws: say how often, in a comment. A claim takes `# 1000 draws` (at "
                f"least {ENOUGH_DRAWS}, a number of the code); else it is `# one draw, to look at`"
            )


def _is_said(many: str, rest: str, typed: set[Any]) -> bool:
    if rest.strip(" ,;:").startswith("to look at"):
        return True
    digits = many.replace("_", "").replace(",", "")
    return digits.isdigit() and int(digits) >= ENOUGH_DRAWS and int(digits) in typed


def types_no_result_in_a_debrief(lesson: Lesson) -> Iterator[str]:
    for name, written in lesson.cards.items():
        for result in RESULT.findall(written.rest.debrief):
            yield f"card {name}: its debrief quotes {result}: let a cell print results"


def names_its_cards_as_no_other_lesson_does(lesson: Lesson) -> Iterator[str]:
    for text in sorted((lesson.folder / "text").glob("*.py")):
        if text.stem != lesson.name:
            theirs = set(_CARD.findall(text.read_text(encoding="utf-8")))
            for name in sorted(theirs & set(lesson.cards)):
                yield f"card {name}: {text.stem} has one of this name, and a name is unique"


def shows_rather_than_prints(lesson: Lesson) -> Iterator[str]:
    steps = _opening(lesson)
    drawn = [name for name, cell in steps.items() if any(map(_draws, cell.outputs))]
    if 2 * len(drawn) < len(steps):
        yield f"{len(drawn)} of {len(steps)} cards end in a picture or a live figure: half at least"


def prints_narrow_lines(lesson: Lesson) -> Iterator[str]:
    for name, cell in lesson.code:
        for line in "\n".join(map(_printed, cell.outputs)).splitlines():
            if len(line) > LONGEST_LINE:
                yield f"{name} prints {len(line)} letters in a line, {line!r:.40}: {LONGEST_LINE}"


def _opening(lesson: Lesson) -> dict[str, Any]:
    """The cells of all cards but those that close."""
    cells = asking(lesson.notebook)
    return {name: cells[name] for name, w in lesson.cards.items() if not w.card.closing}


def _plain(text: str) -> str:
    """Its words alone, in small letters."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _source(cells: list[Any], place: int) -> Iterator[str]:
    if place >= 0 and cells[place].cell_type == "markdown":
        yield cells[place].source


def _heading(cells: list[Any], place: int) -> Iterator[str]:
    """The heading with which the next prose begins, if it does."""
    following = [cell.source for cell in cells[place:] if cell.cell_type == "markdown"]
    if following and following[0].startswith("#"):
        yield following[0].splitlines()[0]


def _draws(output: Any) -> bool:
    # A place is asked for in a picture of the card's own.
    html = output.get("data", {}).get("text/html", "")
    return "<svg" in html and not is_card(output)


def _printed(output: Any) -> str:
    data = output.get("data", {})
    text: str = output.get("text", "") or (
        "" if "text/html" in data else data.get("text/plain", "")
    )
    return text


OF_TEXT: tuple[Rule, ...] = (
    asks_ten_to_fifteen_times,
    closes_with_cards,
    asks_below_prose,
    keeps_its_insights_until_asked,
    gives_no_right_answer_away,
    follows_a_result_with_words,
    says_how_often_it_draws,
    types_no_result_in_a_debrief,
    names_its_cards_as_no_other_lesson_does,
)
OF_RESULTS: tuple[Rule, ...] = (shows_rather_than_prints, prints_narrow_lines)
