"""Lessons and live figures in JupyterLab, as a student meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

LESSONS = sorted(p.name for p in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def figures(lab, server, browser):
    """The page of a notebook that holds each live figure once, every cell run."""
    page = server.open(browser, "figures.ipynb")
    assert lab.run_all(page) == []
    page.locator(".rc-live").nth(2).wait_for()
    yield page
    page.close()


def press(page, target, key):
    """Focus the target, press a key, wait two frames."""
    target.scroll_into_view_if_needed()
    target.focus()
    page.keyboard.press(key)
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


@pytest.mark.parametrize("name", LESSONS)
def test_every_cell_of_a_lesson_runs_and_its_figures_answer_to_a_key(lab, server, browser, name):
    page = server.open(browser, name)
    assert lab.run_all(page) == []
    live = page.locator(".rc-live")
    live.first.wait_for()
    unmoved = []
    for k in range(live.count()):
        control = live.nth(k).locator("input[type=range]")
        control.scroll_into_view_if_needed()
        control.focus()
        before = live.nth(k).screenshot()
        press(page, control, "ArrowRight")
        if live.nth(k).screenshot() == before:
            unmoved.append(k)
    page.close()
    assert unmoved == []


@pytest.mark.parametrize("k", [0, 1, 2], ids=["ball", "ellipse", "ridge"])
@pytest.mark.parametrize("key", ["ArrowRight", "PageUp", "ArrowLeft"])
def test_a_key_moves_the_slider_and_the_pixels(figures, k, key):
    live = figures.locator(".rc-live").nth(k)
    control = live.locator("input[type=range]")
    control.scroll_into_view_if_needed()
    control.focus()
    before, value = live.screenshot(), control.input_value()
    press(figures, control, key)
    figures.wait_for_timeout(600)  # a page key glides to the next landmark
    assert control.input_value() != value
    assert live.screenshot() != before


@pytest.mark.parametrize("k", [0, 1], ids=["arrow", "best fit"])
def test_the_movable_point_follows_keys_and_pointer(figures, k):
    live = figures.locator(".rc-live").nth(k)
    point = live.locator(".rc-handle")
    start = live.screenshot()
    press(figures, point, "ArrowUp")
    moved = live.screenshot()
    assert moved != start
    box = point.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    figures.mouse.move(x, y)
    figures.mouse.down()
    figures.mouse.move(x - 60, y - 30, steps=4)
    figures.mouse.up()
    press(figures, point, "Shift+ArrowLeft")
    assert live.screenshot() != moved


def test_what_is_read_out_is_what_is_seen(figures):
    live = figures.locator(".rc-live").nth(2)
    press(figures, live.locator("input[type=range]"), "ArrowRight")
    figures.wait_for_timeout(700)  # words are read out once they rest
    spoken = live.locator("[aria-live=polite]").text_content()
    assert live.locator(".rc-words").text_content() in spoken
    assert "effective degrees of freedom" in spoken


def test_the_kernel_knows_where_the_slider_stands(figures):
    live = figures.locator(".rc-live").nth(2)
    control = live.locator("input[type=range]")
    press(figures, control, "Home")
    figures.wait_for_timeout(600)
    answer = figures.evaluate(
        """async () => {
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            let text = "";
            const asked = kernel.requestExecute({ code: "print(f'{live.lam:.4f}')" });
            asked.onIOPub = (message) => { text += message.content.text ?? ""; };
            await asked.done;
            return text.trim();
        }"""
    )
    assert answer == "0.0010"
