"""`predict`: the first line of a lesson's cell asks, before the rest of the cell shows."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from regcourse.cards._beside import find_card
from regcourse.cards._guesses import recall_guesses, remember_guess
from regcourse.cards._place import frame_of
from regcourse.cards._records import Answer, Card, Cards
from regcourse.cards._released import opened
from regcourse.cards._still import HOW, plain, still

__all__ = ["predict"]

# When the last cell ended: one that had been sent before then has waited in line.
_ended: list[datetime] = []


def predict(name: str) -> None:
    """Ask the lesson's question of this name, and show the rest of the cell after the guess.

    One key answers, `s` skips; the card has no marks. What was guessed is kept in `.regcourse/`
    beside the notebook, and nowhere else.

    Parameters
    ----------
    name : str
        A card of the notebook beside which the kernel runs.
    """
    found = find_card(name)
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if found is None:
        sys.stdout.write(
            f"No notebook here has a card called {name}: is this the lesson's folder?\n"
        )
        return
    cards, card = found
    if shell is None:
        _say(plain(card))
        return
    drawing = shell.user_ns.get(card.on)
    if card.on and drawing is None:
        sys.stdout.write(
            f"This card asks about the picture {card.on}: run the cells above first.\n"
        )
        return
    picture = frame_of(drawing) if card.on else {}
    _show(cards, card, picture, shell)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _show(cards: Cards, card: Card, picture: dict[str, Any], shell: Any) -> None:
    from IPython.display import display

    answer = opened(cards.lesson, card)
    html = still(card, answer, picture.get("html", ""))
    display({"text/html": html, "text/plain": plain(card)}, raw=True)
    # Two outputs, as JupyterLab shows one kind of data of each, and nothing beside a live card that
    # does not come.
    view, metadata = {}, {}
    if answer is not None:
        view, metadata = _live(cards, card, answer, picture, _waited(shell)).view()
    display({**view, "text/plain": HOW}, metadata=metadata, raw=True)


def _live(
    cards: Cards, card: Card, answer: Answer, picture: dict[str, Any], queued: bool
) -> Any:  # a CardView: anywidget is imported when a card is shown, and no sooner
    from regcourse.cards._widget import CardView

    before = recall_guesses(cards.lesson).get(card.name)
    live = CardView(
        card={key: value for key, value in asdict(card).items() if key != "locked"},
        answer=asdict(answer),
        picture=picture,
        said={"guess": before.guess, "outcome": before.outcome} if before else {},
        kept=before.outcome if before else "",
        queued=queued,
    )

    def keep(change: Any) -> None:
        live.kept = change.new.get("outcome", "")
        if live.kept:
            remember_guess(cards.lesson, card.name, live.kept, change.new["guess"])
            live.back = _to_look_at_again(cards, card)

    live.observe(keep, "said")
    if before:
        live.back = _to_look_at_again(cards, card)
    return live


def _to_look_at_again(cards: Cards, card: Card) -> list[str]:
    """What was guessed wrongly or skipped, once the lesson's last card has been answered."""
    if not card.closing or card.name != list(cards.cards)[-1]:
        return []
    kept = recall_guesses(cards.lesson)
    return [
        each.ask
        for name, each in cards.cards.items()
        if name in kept and kept[name].outcome != "right"
    ]


def _waited(shell: Any) -> bool:
    """Was this cell sent before the last one had ended, as in Run All?"""
    if not _ended:
        _ended.append(datetime.min.replace(tzinfo=UTC))
        shell.events.register("post_run_cell", lambda result: _ended.append(datetime.now(UTC)))
    del _ended[:-1]
    parent: dict[str, Any] = getattr(shell, "get_parent", dict)()
    sent = parent.get("header", {}).get("date")
    return isinstance(sent, datetime) and sent.tzinfo is not None and sent < _ended[-1]
