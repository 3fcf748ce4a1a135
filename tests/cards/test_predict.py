"""`predict` shows a card, the same on every run, and keeps what is guessed."""

import sys
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from regcourse.cards import HOW, recall_guesses, remember_guess, still
from regcourse.cards import _predict as module
from regcourse.cards._predict import predict


@pytest.fixture
def shell(monkeypatch):
    """A kernel's shell, and what was displayed in it."""
    hooks = []
    running = SimpleNamespace(
        user_ns={},
        shown=[],
        hooks=hooks,
        sent=datetime.now(UTC),
        events=SimpleNamespace(register=lambda name, act: hooks.append(act)),
    )
    running.get_parent = lambda: {"header": {"date": running.sent}}
    monkeypatch.setattr("IPython.get_ipython", lambda: running)
    monkeypatch.setattr("IPython.display.display", lambda data, **more: running.shown.append(data))
    monkeypatch.setattr(module, "_ended", [])
    return running


@pytest.fixture
def live(shell, monkeypatch):
    """A function that runs `predict("twins")` and returns the live card."""
    from regcourse.cards._widget import CardView

    made = []
    whole = CardView.__init__

    def init(self, **given):
        whole(self, **given)
        made.append(self)

    monkeypatch.setattr(CardView, "__init__", init)

    def run():
        predict("twins")
        return made[-1]

    return run


def test_a_card_is_shown_twice_still_and_live(lesson, shell, answer):
    predict("twins")
    first, second = shell.shown
    assert first["text/html"] == still(lesson.cards["twins"], answer)
    assert first["text/plain"].splitlines() == [
        "What will they agree on?", "  a  Both", "  b  Only their `sum`"
    ]  # fmt: skip
    assert second["text/plain"] == HOW
    assert any("widget-view" in kind for kind in second)


def test_what_is_shown_does_not_depend_on_guesses(lesson, shell):
    predict("twins")
    before = [{**data} for data in shell.shown]
    remember_guess("91_fits", "twins", "wrong", "a")
    shell.shown.clear()
    predict("twins")
    texts = ("text/html", "text/plain")
    assert [[d.get(t) for t in texts] for d in shell.shown] == [
        [d.get(t) for t in texts] for d in before
    ]


def test_a_guess_in_the_browser_is_kept(lesson, live):
    card = live()
    assert card.said == {}
    card.said = {"guess": "a", "outcome": "wrong"}
    kept = recall_guesses("91_fits")["twins"]
    assert (kept.outcome, kept.guess) == ("wrong", "a")


def test_a_card_that_was_answered_comes_back_with_its_guess(lesson, live):
    remember_guess("91_fits", "twins", "right", "b")
    assert live().said == {"guess": "b", "outcome": "right"}


def test_being_asked_again_forgets_nothing(lesson, live):
    remember_guess("91_fits", "twins", "right", "b")
    live().said = {}
    assert recall_guesses("91_fits")["twins"].outcome == "right"


def test_the_last_closing_card_names_what_to_look_at_again(store, tmp_path, monkeypatch, live):
    monkeypatch.chdir(tmp_path)
    store(tmp_path / "a.ipynb", "91_fits", closing=True)
    card = live()
    assert card.back == []
    card.said = {"guess": "a", "outcome": "wrong"}
    assert card.back == ["What will they agree on?"]
    card.said = {"guess": "b", "outcome": "right"}
    assert card.back == []


def test_a_card_that_does_not_close_looks_back_at_nothing(lesson, live):
    card = live()
    card.said = {"guess": "a", "outcome": "wrong"}
    assert card.back == []


def test_a_cell_that_waited_in_line_is_told_from_one_that_did_not(lesson, shell, live):
    assert not live().queued  # the first cell of all has nothing to wait for
    shell.hooks[0](None)
    shell.sent = datetime.now(UTC) - timedelta(seconds=5)
    assert live().queued
    shell.sent = datetime.now(UTC) + timedelta(seconds=5)
    assert not live().queued
    assert len(shell.hooks) == 1


def test_without_its_notebook_a_card_says_so_and_shows_nothing(
    tmp_path, monkeypatch, shell, capsys
):
    monkeypatch.chdir(tmp_path)
    predict("twins")
    assert "No notebook here has a card called twins" in capsys.readouterr().out
    assert shell.shown == []


def test_outside_a_notebook_a_card_is_its_question(lesson, monkeypatch, capsys):
    monkeypatch.setattr("IPython.get_ipython", lambda: None)
    predict("twins")
    assert capsys.readouterr().out.startswith("What will they agree on?\n  a  Both\n")


def test_a_card_about_a_picture_that_was_not_made_says_so(
    store, tmp_path, monkeypatch, shell, capsys
):
    monkeypatch.chdir(tmp_path)
    store(tmp_path / "a.ipynb", "91_fits", on="plane")
    predict("twins")
    assert "the picture plane: run the cells above first" in capsys.readouterr().out


def test_a_picture_comes_with_the_place_of_its_axes(store, tmp_path, monkeypatch, shell, live):
    from matplotlib.figure import Figure

    from regcourse.figures import Picture

    monkeypatch.chdir(tmp_path)
    store(tmp_path / "a.ipynb", "91_fits", on="plane")
    figure = Figure((4, 3))
    axes = figure.add_axes((0.25, 0.1, 0.5, 0.8), xlim=(-1, 3), ylim=(1, 100), yscale="log")
    axes.plot([0, 1], [2, 50])
    shell.user_ns["plane"] = Picture(figure, "A line", "A line.", "It rises.")
    placed = live().picture
    assert placed["html"].startswith("<figure")
    box = [placed[side] for side in ("left", "top", "width", "height")]
    assert box == pytest.approx([72, 21.6, 144, 172.8])
    assert (placed["x"], placed["y"], placed["log"]) == ([-1, 3], [1, 100], [False, True])


def test_importing_predict_is_light(subprocess_modules):
    loaded = subprocess_modules("from regcourse import predict")
    assert not {"anywidget", "ipywidgets", "matplotlib", "sklearn", "nbformat"} & loaded
    assert "regcourse.cards._predict" in loaded


@pytest.fixture
def subprocess_modules():
    """A function that runs a line in a fresh Python and returns what it imported."""
    import subprocess

    def run(line):
        code = f"{line}; import sys; print(*sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        return set(done.stdout.split())

    return run
