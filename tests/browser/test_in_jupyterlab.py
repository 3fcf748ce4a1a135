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


def answers(page, live):
    """Does an arrow key on the figure's slider change its pixels?"""
    control = live.locator("input[type=range]")
    control.scroll_into_view_if_needed()
    control.focus()
    before = live.screenshot()
    press(page, control, "ArrowRight")
    return live.screenshot() != before


@pytest.mark.parametrize("name", LESSONS)
def test_every_cell_of_a_lesson_runs_and_its_figures_answer_to_a_key(lab, server, browser, name):
    page = server.open(browser, name)
    assert lab.run_all(page) == []
    live = page.locator(".rc-live")
    live.first.wait_for()
    assert [k for k in range(live.count()) if not answers(page, live.nth(k))] == []
    page.close()


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


def test_a_strength_from_the_kernel_is_shown_as_it_is(figures):
    live = figures.locator(".rc-live").nth(2)
    figures.evaluate(
        """() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
            .requestExecute({ code: "live.lam = 0.3" }).done"""
    )
    live.get_by_text("lam0.3", exact=True).wait_for()
    assert live.locator("output").text_content() == "0.3"  # 0.299 is the slider's nearest step


def test_who_asks_for_less_motion_gets_the_jump(figures):
    control = figures.locator(".rc-live").nth(0).locator("input[type=range]")
    press(figures, control, "Home")
    figures.emulate_media(reduced_motion="reduce")
    control.evaluate(
        "(input) => input.addEventListener('keydown', () => { window.at = input.value; })"
    )
    press(figures, control, "PageUp")
    figures.emulate_media(reduced_motion="no-preference")
    assert figures.evaluate("() => window.at") == "60"  # already there when the key event ends


@pytest.mark.parametrize("width", [1280, 620])
def test_a_figure_fits_the_width_of_its_cell(figures, width):
    figures.set_viewport_size({"width": width, "height": 900})
    overhang = figures.evaluate(
        """() => [...document.querySelectorAll('.rc-live')].map((figure) => {
            const edge = figure.parentElement.getBoundingClientRect().right;
            const parts = [...figure.querySelectorAll('svg.rc-picture, input, p, button')];
            return Math.max(...parts.map((part) => part.getBoundingClientRect().right)) - edge;
        })"""
    )
    figures.set_viewport_size({"width": 1280, "height": 900})
    assert max(overhang) <= 0
