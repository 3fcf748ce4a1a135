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


@pytest.mark.parametrize("k", [0, 1, 2], ids=["ball", "ellipse", "ridge"])
def test_after_a_press_in_the_curves_the_arrow_keys_are_the_figures(figures, k):
    live = figures.locator(".rc-live").nth(k)
    control = live.locator("input[type=range]")
    press(figures, control, "Home")
    figures.evaluate("() => document.activeElement.blur()")
    live.locator(".rc-scrub").click(button="right")
    assert control.input_value() == "0"
    figures.keyboard.press("Escape")
    live.locator(".rc-scrub").click()
    middle = control.input_value()
    assert middle != "0"
    figures.keyboard.press("ArrowRight")
    assert int(control.input_value()) == int(middle) + 1


def test_the_right_button_takes_no_point_along(figures):
    point = figures.locator(".rc-live").nth(0).locator(".rc-handle")
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    figures.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    figures.mouse.down(button="right")
    figures.mouse.move(box["x"] - 40, box["y"], steps=3)
    figures.mouse.up(button="right")
    figures.keyboard.press("Escape")
    assert point.bounding_box() == box


@pytest.mark.parametrize("k", [0, 1, 2], ids=["ball", "ellipse", "ridge"])
def test_a_figure_speaks_once_and_names_its_keys(figures, k):
    live = figures.locator(".rc-live").nth(k)
    assert live.locator("[aria-live], [role=status], output").count() == 1
    assert "Page Up" in live.locator("input[type=range]").get_attribute("title")


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
    # 0.299 is the slider's nearest step.
    live.locator(".rc-value").get_by_text("0.3", exact=True).wait_for()


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


def test_where_ridge_begins_no_name_covers_another(figures):
    live = figures.locator(".rc-live").nth(2)
    press(figures, live.locator("input[type=range]"), "Home")
    names = (live.get_by_text(name, exact=True) for name in ("least squares", "ridge"))
    above, below = (name.bounding_box()["y"] for name in names)
    assert below - above > 14  # the letters are 13 units high, and a unit is less than a pixel


@pytest.fixture
def window(figures):
    """Make the window as wide as asked, and as it was again in the end."""

    def resized(width):
        figures.set_viewport_size({"width": width, "height": 800})
        figures.wait_for_timeout(300)  # JupyterLab lays its panels out anew

    yield resized
    figures.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("width", [1280, 800, 620])
def test_a_figure_fits_its_cell_and_no_picture_is_far_from_its_slider(figures, window, width):
    window(width)
    found = figures.evaluate(
        """() => [...document.querySelectorAll('.rc-live')].map((figure) => {
            const of = (part) => part.getBoundingClientRect(), edge = of(figure.parentElement);
            const parts = [...figure.querySelectorAll('svg.rc-picture, input, p, button')].map(of);
            const pictures = [...figure.querySelectorAll('svg.rc-picture')].map(of);
            return {
                left: edge.left - Math.min(...parts.map((box) => box.left)),
                right: Math.max(...parts.map((box) => box.right)) - edge.right,
                tallest: Math.max(...pictures.map((box) => box.height)) / innerHeight,
                span: (pictures[0].bottom - of(figure.querySelector('input')).top) / innerHeight,
            };
        })"""
    )
    assert max(figure["left"] for figure in found) <= 0
    assert max(figure["right"] for figure in found) <= 0
    assert max(figure["tallest"] for figure in found) < 0.46
    assert min(figure["span"] for figure in found) > 0  # the slider comes first
    assert max(figure["span"] for figure in found) < 0.6


def test_the_three_pictures_of_ridge_stand_in_a_row_in_a_cell_of_600_pixels(figures, window):
    window(1024)
    live = figures.locator(".rc-live").nth(2)
    assert live.bounding_box()["width"] < 620
    tops = {round(picture.bounding_box()["y"]) for picture in live.locator("svg.rc-picture").all()}
    assert len(tops) == 1
