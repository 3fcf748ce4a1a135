"""What tests do with prediction cards on a page: come to one, answer it, see what is in sight."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from regcourse.cards import as_metadata, locked, opened, read_cards

SAMPLE = Path(__file__).parents[1] / "cards" / "sample" / "90_sample.ipynb"
NAME, OTHER = "90_sample.ipynb", "91_other.ipynb"
HOW = "To answer, run this cell: Shift+Enter."


@dataclass(frozen=True)
class Way:
    """How a card of the sample is answered, rightly and wrongly, and what is seen then."""

    keys: dict[str, list[str]]
    clicks: dict[str, list[str]]
    shown: str
    debrief: str
    reply: str
    place: dict[str, tuple[float, float]] = field(default_factory=dict)


_DONE = "That is my guess"
_RIGHTS = ["ArrowRight"] * 7  # the first one puts the mark into the middle
_DOWNS = ["Shift+ArrowDown"] * 3 + ["ArrowDown"] * 3
WAYS = {
    "choice": Way(
        keys={"right": ["b"], "wrong": ["1"]},
        clicks={"right": ["Seven pips together"], "wrong": ["The larger of"]},
        shown="the sum is printed here",
        debrief="A sum takes both of them: three pips",
        reply="That is the maximum: a sum takes both.",
    ),
    "choices": Way(
        keys={"right": ["3", "a", "Enter"], "wrong": ["b", "c", "Enter"]},
        clicks={"right": ["Two", "Four", _DONE], "wrong": ["Three", "Four", _DONE]},
        shown="the remainders are printed here",
        debrief="Evenness looks at the last bit",
        reply="Two is even, as half of it is a whole number. Three leaves one over.",
    ),
    "number": Way(
        keys={"right": ["4", "3", "Enter"], "wrong": ["7", "5", "Enter"]},
        clicks={"right": ["=43 %", _DONE], "wrong": ["=300/4", _DONE]},
        shown="the share is printed here",
        debrief="Three of seven pips",
        reply="It is 42.9 %. That is its share of the other die.",
    ),
    "order": Way(
        keys={
            "right": ["c", "ArrowUp", "ArrowUp", "2", "ArrowUp", "Enter"],
            "wrong": ["Enter"],
        },
        clicks={"right": ["Move a down", "Move a down", "Move c up", _DONE], "wrong": [_DONE]},
        shown="the squares are printed here",
        debrief="Squares grow with the number",
        reply="It is c, b, a. That is from the largest to the smallest.",
    ),
    "place": Way(
        keys={"right": [*_RIGHTS, *_DOWNS, "Enter"], "wrong": ["ArrowUp", "Enter"]},
        clicks={"right": ["@", _DONE], "wrong": ["@", _DONE]},
        shown="the lowest value is printed here",
        debrief="The curve turns where it stops falling",
        reply="It is at (2, 0). Follow the curve down until it turns.",
        place={"right": (2.0, 0.0), "wrong": (1.0, 3.0)},
    ),
}


def serve(folder: Path) -> None:
    """Put the sample into a folder, and beside it another lesson with cards of other names."""
    shutil.copy(SAMPLE, folder / NAME)
    text = SAMPLE.read_text(encoding="utf-8").replace("sample_", "other_")
    other = json.loads(text)
    ours = read_cards(json.loads(SAMPLE.read_text(encoding="utf-8"))["metadata"])
    assert ours is not None
    cards = {}
    for name, card in ours.cards.items():
        answer = opened(ours.lesson, card)
        assert answer is not None
        new = name.replace("sample_", "other_")
        cards[new] = replace(card, name=new, locked=locked("91_other", new, answer))
    other["metadata"]["regcourse"] = as_metadata(replace(ours, lesson="91_other", cards=cards))
    (folder / OTHER).write_text(json.dumps(other), encoding="utf-8")


def forget(folder: Path) -> None:
    """Forget every guess."""
    shutil.rmtree(folder / ".regcourse", ignore_errors=True)


def kept(folder: Path, lesson: str = "90_sample") -> dict[str, Any]:
    """What is kept of the guesses of a lesson."""
    path = folder / ".regcourse" / "predictions" / f"{lesson}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


# Watches a cell in every frame: whatever has been in sight, for however short a time.
_WATCH = """(name) => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const k = content.widgets.findIndex((cell) =>
        cell.model.sharedModel.source.includes(`predict("${name}")`));
    content.activeCellIndex = k;
    content.node.focus();
    window.seen = new Set();
    cancelAnimationFrame(window.watching);
    const look = () => {
        for (const area of content.widgets[k].node.querySelectorAll('.jp-Cell-outputArea'))
            window.seen.add(area.innerText);
        window.watching = requestAnimationFrame(look);
    };
    return window.jupyterapp.commands.execute('notebook:clear-cell-output')
        .then(() => { look(); content.activate(); return k; });
}"""
_FOCUSED = """(name) =>
    document.activeElement.closest('.pc-card:not(.pc-told)')?.dataset.name === name"""


def come_to(page: Page, kind: str, lesson: str = "sample") -> Locator:
    """Run the cell of a card with Shift+Enter, and wait until the card has the focus; its cell."""
    name = f"{lesson}_{kind}"
    k = page.evaluate(_WATCH, name)
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(_FOCUSED, arg=name)
    settle(page)
    return cell(page, k)


def cell(page: Page, k: int) -> Locator:
    """The cell of a number in the notebook in front."""
    return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-cell").nth(k)


def settle(page: Page) -> None:
    """Wait until the kernel has done all that it was sent, which it does in order."""
    page.evaluate(
        """async () => {
            const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
            await kernel.requestExecute({ code: '', silent: true }).done;
            const frame = () => new Promise((done) => requestAnimationFrame(done));
            await frame();
            await frame();
        }"""
    )


def seen(page: Page) -> str:
    """All that has been in sight in the watched cell, in any frame."""
    return str(page.evaluate("() => [...window.seen].join('\\n')"))


def in_sight(cell: Locator) -> str:
    """What is in sight below the code of a cell, on one line."""
    return " ".join(cell.locator(".jp-Cell-outputArea").first.inner_text().split())


def all_in_sight(page: Page) -> str:
    """What is in sight below the code of all cells."""
    return "\n".join(page.locator(".jp-Cell-outputArea").all_inner_texts())


def answer_by_keys(page: Page, way: Way, outcome: str) -> None:
    """Answer the card that has the focus; as `skipped` by its key."""
    for key in ["s"] if outcome == "skipped" else way.keys[outcome]:
        page.keyboard.press(key)


def answer_by_mouse(cell: Locator, way: Way, outcome: str) -> None:
    """Answer the card of a cell."""
    card = cell.locator(".pc-card")
    for what in ["Skip"] if outcome == "skipped" else way.clicks[outcome]:
        if what.startswith("="):
            card.locator("input").click()
            card.page.keyboard.type(what[1:])
        elif what == "@":
            _point(card, way.place[outcome])
        else:
            named = card.locator(f"[aria-label='{what}']")
            (named if named.count() else card.locator("button", has_text=what)).click()


def _point(card: Locator, place: tuple[float, float]) -> None:
    """Click into the sample's picture, whose axes have 5 % of room around 0 to 3 and 0 to 4."""
    frame = card.page.evaluate(
        """(svg) => {
            const boxes = [...svg.querySelectorAll('path')].map((a) => a.getBoundingClientRect());
            const { left, top, width, height } = boxes.reduce((a, b) =>
                (a.width * a.height > b.width * b.height ? a : b));
            return [left, top, width, height];
        }""",
        card.locator("svg").first.element_handle(),
    )
    left, top, width, height = frame
    x, y = (place[0] + 0.15) / 3.3, 1 - (place[1] + 0.2) / 4.4
    card.page.mouse.click(left + x * width, top + y * height)
