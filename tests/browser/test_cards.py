"""Prediction cards in JupyterLab, as a student meets them: by keyboard alone, and by mouse."""

from __future__ import annotations

import pytest

KINDS = ["choice", "choices", "number", "order", "place"]
OUTCOMES = ["wrong", "right", "skipped"]
VERDICTS = {"right": "As you predicted.", "wrong": "Not what you predicted.", "skipped": "Skipped."}
SAVE = "() => window.jupyterapp.commands.execute('docmanager:save').then(() => null)"
CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .map((cell) => [cell.model.type, cell.model.sharedModel.source])"""
NAMES = "(all) => all.map((card) => card.dataset.name)"
ACTIVE = "() => window.jupyterapp.shell.currentWidget.content.activeCellIndex"


@pytest.fixture(scope="module")
def app(lab, asking, server, browser):
    """JupyterLab on the sample, every cell run once and no card answered."""
    asking.serve(server.folder)
    asking.forget(server.folder)
    page = server.open(browser, asking.NAME)
    page.errors = []
    page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    lab.trust(page)
    assert lab.run_all(page) == []
    page.set_default_timeout(20_000)
    yield page
    page.close()


@pytest.fixture(autouse=True)
def quiet(app, server, asking):
    """Nothing was guessed before, and nothing is logged as an error."""
    asking.settle(app)  # what the last test said is kept only now
    asking.forget(server.folder)
    yield
    errors, app.errors[:] = list(app.errors), []
    assert errors == []


# First, as the module's page has just run everything.
def test_after_run_all_every_card_asks_none_has_the_focus_and_no_result_is_in_sight(app, asking):
    app.locator(".pc-card").nth(5).wait_for()
    asking.settle(app)
    assert app.locator(".pc-card").count() == 6
    assert app.locator(".pc-told").count() == 0
    assert app.evaluate("() => document.activeElement.closest('.pc-card') === null")
    shown = asking.all_in_sight(app)
    assert [way.shown for way in asking.WAYS.values() if way.shown in shown] == []


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_card_is_answered_by_keyboard_alone(app, asking, server, kind, outcome):
    way = asking.WAYS[kind]
    cell = asking.come_to(app, kind)
    before, now = asking.seen(app), app.evaluate(ACTIVE)
    asking.answer_by_keys(app, way, outcome)
    tells(app, asking, cell, way, outcome, before)
    asking.settle(app)
    assert asking.kept(server.folder)[f"sample_{kind}"]["outcome"] == outcome
    # The next cell is the one that Shift+Enter runs.
    assert app.evaluate(ACTIVE) == now + 1
    assert app.evaluate("() => document.activeElement.matches('.jp-Cell.jp-mod-active')")


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_card_is_answered_by_mouse(app, asking, server, kind, outcome):
    way = asking.WAYS[kind]
    cell = asking.come_to(app, kind)
    before = asking.seen(app)
    asking.answer_by_mouse(cell, way, outcome)
    tells(app, asking, cell, way, outcome, before)
    asking.settle(app)
    assert asking.kept(server.folder)[f"sample_{kind}"]["outcome"] == outcome


def tells(page, asking, cell, way, outcome, before):
    """Nothing was in sight before; now outcome, sentence, result and debrief are, in this order."""
    hidden = [f"{way.shown}:", way.debrief, *VERDICTS.values(), "your guess", way.reply]
    assert [words for words in hidden if words in before] == []
    cell.locator(".pc-told").wait_for()
    now = asking.in_sight(cell)
    places = [now.find(words) for words in (VERDICTS[outcome], f"{way.shown}:", way.debrief)]
    assert places == sorted(places)
    assert places[0] >= 0
    assert (way.reply in now) == (outcome == "wrong")


def test_arrow_keys_go_from_option_to_option_and_enter_takes_one(app, asking, server):
    cell = asking.come_to(app, "choice")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        app.keyboard.press(key)
    assert "It depends" in app.evaluate("() => document.activeElement.innerText")
    app.keyboard.press("Enter")
    cell.locator(".pc-told").wait_for()
    asking.settle(app)
    assert asking.kept(server.folder)["sample_choice"]["guess"] == "c"


def test_an_item_is_dragged_to_its_place(app, asking, server):
    cell = asking.come_to(app, "order")
    row, top = cell.locator("[data-letter=c]"), cell.locator("[data-letter=a]")
    start, goal = row.bounding_box(), top.bounding_box()
    app.mouse.move(start["x"] + 60, start["y"] + 12)
    app.mouse.down()
    app.mouse.move(goal["x"] + 60, goal["y"] + 2, steps=6)
    app.mouse.up()
    app.keyboard.press("Enter")
    cell.locator(".pc-told").wait_for()
    asking.settle(app)
    assert asking.kept(server.folder)["sample_order"]["guess"] == "cab"


def test_what_is_no_answer_yet_is_said_and_not_taken(app, asking):
    for kind, words in [("choices", "Pick one"), ("number", "Type a number"), ("place", "Point")]:
        cell = asking.come_to(app, kind)
        app.keyboard.press("Enter")
        assert words in asking.in_sight(cell)
        assert cell.locator(".pc-told").count() == 0
        app.keyboard.press("s")


def test_a_letter_or_digit_that_is_no_answer_changes_no_cell(app, asking):
    before = app.evaluate(CELLS)
    asking.come_to(app, "place")
    for key in ["x", "d", "d", "1", "6", "y", "m", "a", "b", "c", "v", "z", "Shift+M", "0", "0"]:
        app.keyboard.press(key)
    assert app.evaluate(CELLS) == before
    assert app.locator(".jp-Dialog").count() == 0
    app.keyboard.press("s")


def test_with_the_focus_in_a_card_jupyterlab_saves(app, asking):
    asking.come_to(app, "choice")
    app.evaluate("() => { window.jupyterapp.shell.currentWidget.context.model.dirty = true; }")
    app.keyboard.press("Control+s")
    app.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    app.keyboard.press("s")


def test_escape_leaves_a_card_for_its_cell_and_arrow_keys_go_on_from_there(app, asking):
    asking.come_to(app, "number")
    k = app.evaluate(ACTIVE)
    app.keyboard.press("Escape")
    assert app.evaluate("() => document.activeElement.matches('.jp-Cell.jp-mod-active')")
    app.keyboard.press("ArrowDown")
    assert app.evaluate(ACTIVE) == k + 1


def test_shift_enter_goes_on_and_leaves_the_card_unanswered(app, asking, server):
    cell = asking.come_to(app, "choice")
    k = app.evaluate(ACTIVE)
    app.keyboard.press("Shift+Enter")  # the next cell is prose
    app.wait_for_function(f"() => ({ACTIVE})() === {k + 2}")
    asking.settle(app)
    assert cell.locator(".pc-card:not(.pc-told)").count() == 1
    assert asking.WAYS["choice"].shown + ":" not in asking.in_sight(cell)
    assert asking.kept(server.folder) == {}


def test_a_card_that_was_answered_tells_at_once_and_asks_again_if_one_wants(app, asking, server):
    way = asking.WAYS["choice"]
    cell = asking.come_to(app, "choice")
    app.keyboard.press("a")
    asking.settle(app)
    app.keyboard.press("ArrowUp")
    app.keyboard.press("Shift+Enter")
    cell.locator(".pc-told").wait_for()
    asking.settle(app)
    assert "Not what you predicted." in asking.in_sight(cell)
    assert f"{way.shown}:" in asking.in_sight(cell)
    cell.get_by_role("button", name="ask me again").click()
    assert f"{way.shown}:" not in asking.in_sight(cell)
    assert way.debrief not in asking.in_sight(cell)
    app.keyboard.press("b")
    asking.settle(app)
    assert asking.kept(server.folder)["sample_choice"]["outcome"] == "right"


SET_SOURCE = """(source) => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const cell = content.widgets.find((each) =>
        each.model.sharedModel.source.includes('predict("sample_order")')).model.sharedModel;
    const before = cell.source;
    cell.source = source;
    return before;
}"""


@pytest.fixture
def failing(app):
    """The cell of the card that asks for an order prints, and then fails."""
    before = app.evaluate(SET_SOURCE, 'predict("sample_order")\nprint("un" + "seen")\n1 / 0')
    yield
    app.evaluate(SET_SOURCE, before)


def test_an_error_is_not_held_back(app, asking, failing):
    cell = asking.come_to(app, "order")
    cell.get_by_text("ZeroDivisionError").first.wait_for()
    assert "unseen" not in asking.in_sight(cell)
    app.keyboard.press("s")
    assert "unseen" in asking.in_sight(cell)


def test_the_last_closing_card_names_what_to_look_at_again(app, asking):
    asking.come_to(app, "choice")
    app.keyboard.press("a")
    asking.come_to(app, "number")
    app.keyboard.press("s")
    asking.come_to(app, "choices")
    asking.answer_by_keys(app, asking.WAYS["choices"], "right")
    cell = asking.come_to(app, "close")
    app.keyboard.press("a")
    cell.get_by_text("look at these again").wait_for()
    assert cell.locator("li", has_text="Two dice of 3 and 4 pips").count() == 1
    assert cell.locator("li", has_text="How many percent of total").count() == 1
    assert cell.locator(".pc-debrief li").count() == 2


def test_after_restart_and_run_all_what_was_answered_is_told_and_the_rest_asks(app, asking):
    asking.come_to(app, "choice")
    app.keyboard.press("b")
    asking.settle(app)
    app.evaluate("() => { window.jupyterapp.commands.execute('notebook:restart-run-all'); }")
    app.locator(".jp-Dialog .jp-mod-accept").click()
    app.locator(".pc-card[data-name=sample_close]:not(.pc-told)").wait_for()
    app.wait_for_function("() => document.querySelectorAll('.pc-card').length === 6")
    asking.settle(app)
    assert app.locator(".pc-told").evaluate_all(NAMES) == ["sample_choice"]
    shown = asking.all_in_sight(app)
    seen = [kind for kind, way in asking.WAYS.items() if way.shown in shown]
    assert seen == ["choice"]


TEXTS = """() => [...document.querySelectorAll('.pc-card, .pc-debrief')].map((card) => {
    const walk = document.createTreeWalker(card, NodeFilter.SHOW_TEXT), sizes = [];
    const edge = card.closest('.jp-OutputArea-output').getBoundingClientRect().right;
    let widest = 0;
    while (walk.nextNode()) {
        const { parentElement, data } = walk.currentNode;
        const unseen = parentElement.closest('.pc-spoken') || !parentElement.checkVisibility();
        if (unseen || !data.trim()) continue;
        if (parentElement.closest('svg')) continue; // the lesson's own picture
        sizes.push(parseFloat(getComputedStyle(parentElement).fontSize));
        const range = document.createRange();
        range.selectNodeContents(walk.currentNode);
        widest = Math.max(widest, range.getBoundingClientRect().right);
    }
    return { smallest: Math.min(...sizes), over: widest - edge };
})"""


@pytest.mark.parametrize("width", [1280, 560])
def test_every_word_of_a_card_is_legible_and_inside_its_cell(app, asking, hands, width):
    """At 560 pixels without the side bar a cell is about 400 wide."""
    app.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    hands.resize(app, width, 900)
    for kind in KINDS[:3]:
        asking.come_to(app, kind)
        app.keyboard.press("s")
    asking.come_to(app, "place")
    found = app.evaluate(TEXTS)
    hands.resize(app, 1280, 900)
    app.keyboard.press("s")
    assert [each for each in found if each["smallest"] < 11 or each["over"] > 0] == []


# Opened on another day, its kernel long gone; and another lesson in the tab beside.


def test_a_lesson_that_is_opened_again_tells_what_was_answered_and_keeps_the_rest_out_of_sight(
    app, asking, lab, server
):
    asking.come_to(app, "choice")
    app.keyboard.press("b")
    asking.come_to(app, "number")
    app.evaluate(SAVE)
    lab.close(app)
    lab.open_beside(app, asking.NAME)
    lab.trust(app)
    app.errors.clear()  # of models that are not found: JupyterLab gives a card up at times
    panel = app.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    panel.locator(".jp-OutputArea-child").first.wait_for()
    asking.settle(app)
    number = panel.locator(".jp-Notebook-cell").filter(has_text='predict("sample_number")').first
    assert f"{asking.WAYS['number'].shown}:" not in asking.in_sight(number)
    assert lab.run_all(app) == []
    app.wait_for_function("() => document.querySelectorAll('.pc-card').length === 6")
    asking.settle(app)
    assert app.locator(".pc-told").evaluate_all(NAMES) == ["sample_choice"]
    app.errors.clear()


def test_two_lessons_at_once_keep_their_guesses_apart(app, asking, lab, server):
    lab.open_beside(app, asking.OTHER)
    lab.trust(app)
    assert lab.run_all(app) == []
    asking.come_to(app, "choice", "other")
    app.keyboard.press("b")
    asking.settle(app)
    lab.close(app)
    lab.open_beside(app, asking.NAME)
    assert lab.run_all(app) == []
    asking.come_to(app, "choice")
    app.keyboard.press("a")
    asking.settle(app)
    app.errors.clear()
    ours, theirs = asking.kept(server.folder), asking.kept(server.folder, "91_other")
    assert ours["sample_choice"]["outcome"] == "wrong"
    assert theirs["other_choice"]["outcome"] == "right"


def test_an_exported_lesson_shows_question_fold_and_result_without_the_network(
    app, asking, browser, server
):
    from nbconvert import HTMLExporter

    asking.come_to(app, "choice")
    app.keyboard.press("a")
    asking.settle(app)
    app.evaluate(SAVE)
    html, _ = HTMLExporter().from_filename(server.folder / asking.NAME)
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort())
    page.set_content(html)
    assert page.get_by_text("Two dice of 3 and 4 pips: what is their sum?").first.is_visible()
    assert page.get_by_text("the sum is printed here: 7").is_visible()
    answer = page.get_by_text("It is b: Seven pips together")
    assert not answer.is_visible()
    page.locator("summary").first.click()
    assert answer.is_visible()
    page.close()
