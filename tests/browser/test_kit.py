"""What every live figure gets from the kit, tried on a toy without JupyterLab and a kernel."""

from __future__ import annotations

from pathlib import Path

import pytest

from regcourse.widgets import _modules

FAKE = (Path(__file__).parent / "fake.js").read_text("utf-8")
MOUNT = """async ([site, fake, wrong]) => {
    const { fakeModel, toy, traits } = await import(
        URL.createObjectURL(new Blob([fake], { type: 'text/javascript' })));
    const { live } = await import(site + 'kit/live.js');
    const kit = await import(site + 'kit/drawing.js');
    document.body.innerHTML = '<div id="here"></div><p id="beside" tabindex="0">beside</p>';
    const model = fakeModel(traits()), figure = toy(kit, eval(`(${wrong})`));
    const end = live(model, document.getElementById('here'), figure);
    Object.assign(window, { model, figure, end });
}"""


@pytest.fixture
def mount(modules):
    """A function that puts the toy on the page, with some of it replaced; the page."""

    def put(wrong="{}"):
        modules.evaluate(MOUNT, [modules.site, FAKE, wrong])
        return modules

    yield put
    modules.evaluate("() => window.end()")


def words(page):
    return " ".join(page.locator(".rc-words").inner_text().split())


def test_what_moves_is_drawn_said_and_saved(mount):
    page = mount()
    assert words(page) == "x = 4. Twice that is 8."
    page.locator("input").press("ArrowRight")
    page.get_by_text("Twice that is 10.", exact=True).wait_for()
    page.wait_for_function("() => model.saved.length")
    assert page.evaluate("() => model.saved.at(-1).x") == 5
    assert page.locator(".rc-value").inner_text() == "5"


def test_a_slider_and_a_point_that_move_together_are_both_saved(mount):
    page = mount()
    page.locator("input").press("Home")
    page.locator(".rc-handle").press("Shift+ArrowUp")
    page.wait_for_function("() => model.saved.length")
    saved = page.evaluate("() => model.saved.at(-1)")
    assert (saved["x"], saved["spot"]) == (0, pytest.approx([0.2, 0.7]))


def test_infinity_travels_as_a_word(mount):
    page = mount("{ controls: () => [{ ...toy(kit).controls()[0], value: () => Infinity }] }")
    page.locator("input").press("ArrowRight")
    page.wait_for_function("() => model.saved.length")
    assert page.evaluate("() => model.saved[0].x") == "inf"
    assert words(page).startswith("x = Infinity.")


def test_a_value_from_the_kernel_is_shown_as_it_is(mount):
    page = mount()
    page.evaluate("() => model.set('x', 77.5)")
    page.get_by_text("x = 77.5.", exact=True).wait_for()
    assert page.locator("input").input_value() == "10"  # the nearest step
    assert page.evaluate("() => model.saved.length") == 0  # what came from there goes not back


def test_reset_brings_back_what_the_figure_was_made_with(mount):
    page = mount()
    page.locator("input").press("End")
    page.wait_for_function("() => model.saved.length === 1")
    page.get_by_role("button", name="Reset").click()
    page.get_by_text("x = 1.", exact=True).wait_for()
    page.wait_for_function("() => model.saved.at(-1).x === 1")
    assert page.evaluate("() => model.traits.spot") == [0.5, 0.5]
    assert page.locator("input").input_value() == "1"


def test_a_page_key_and_a_landmark_glide_to_the_mark(mount):
    page = mount()
    at = "(step) => document.querySelector('input').value === step"
    page.locator("input").press("PageUp")
    page.wait_for_function(at, arg="5")
    page.locator("input").press("PageUp")
    page.wait_for_function(at, arg="10")
    page.get_by_role("button", name="x: 0").click()
    page.wait_for_function(at, arg="0")
    page.locator("input").press("End")
    page.locator("input").press("PageDown")
    page.wait_for_function(at, arg="5")


def test_who_asks_for_less_motion_gets_the_jump(mount):
    page = mount()
    page.emulate_media(reduced_motion="reduce")
    page.locator("input").press("PageUp")
    page.emulate_media(reduced_motion="no-preference")
    assert page.locator("input").input_value() == "5"


def test_what_is_seen_is_read_out_once_it_rests(mount):
    page = mount()
    page.locator("input").press("ArrowLeft")
    page.wait_for_function(
        "() => document.querySelector('[aria-live]').textContent === 'x = 3. Twice that is 6.'"
    )
    assert page.locator("[aria-live], [role=status], output").count() == 1


# An error is shown where the figure would be, and says what happened; nothing more is drawn.
WRONG = {
    "in setting up": ("{ parts() { throw Error('no parts') } }", "no parts"),
    "in the first drawing": ("{ compute() { throw Error('no numbers') } }", "no numbers"),
    "in words": ("{ words: () => missing }", "missing is not defined"),
    "in an event": (
        "{ controls: () => [{ ...toy(kit).controls()[0], value: () => null.nothing }] }",
        "reading 'nothing'",
    ),
    "in a later drawing": (
        "{ compute: (given, { x }) => { if (x > 4) throw Error('too far'); return { x }; } }",
        "too far",
    ),
}


@pytest.mark.parametrize(("wrong", "message"), WRONG.values(), ids=WRONG)
def test_an_error_is_shown_inside_the_figure(mount, wrong, message):
    page = mount(wrong)
    page.evaluate(
        """() => {
            const input = document.querySelector('input');
            if (!input) return;
            input.value = 9;
            input.dispatchEvent(new Event('input'));
        }"""
    )
    page.locator(".rc-broken .rc-error").wait_for()
    told = page.locator(".rc-error").inner_text()
    assert "This figure stopped working. Run its cell again" in told
    assert message in told
    assert page.locator(".rc-live svg, .rc-live input").count() == 0
    assert page.evaluate("() => model.heard.size") == 0


def test_a_figure_that_was_taken_away_leaves_nothing_behind(mount):
    page = mount()
    page.evaluate(
        """() => {
            document.querySelector('input').value = 9;
            document.querySelector('input').dispatchEvent(new Event('input'));
            end();
            window.before = figure.painted.length;
            document.querySelector('input').dispatchEvent(new Event('input'));
        }"""
    )
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.evaluate("() => figure.painted.length - before") == 0
    assert page.evaluate("() => model.heard.size") == 0


SEEN_BY_JUPYTERLAB = """([where, key]) => {
    let kept = null;
    const look = ({ target }) => { kept = target.hasAttribute('data-lm-suppress-shortcuts'); };
    document.addEventListener('keydown', look, { capture: true, once: true });
    const parts = key.split('+'), name = parts.pop();
    document.querySelector(where).dispatchEvent(new KeyboardEvent('keydown', {
        key: name, bubbles: true,
        ctrlKey: parts.includes('Control'), shiftKey: parts.includes('Shift'),
    }));
    return kept;
}"""
KEPT = {
    "input": ["ArrowLeft", "ArrowUp", "PageUp", "PageDown", "Home", "End"],
    ".rc-handle": ["ArrowLeft", "ArrowDown", "Shift+ArrowRight"],
    ".rc-reset": ["Enter", " "],
    ".rc-marks button": ["Enter", " "],
}
LEFT = {
    "input": ["Control+s", "Escape", "Shift+Enter", "Control+ArrowUp", "Shift+ArrowDown", "d"],
    ".rc-handle": ["Control+s", "Escape", "Shift+Enter", "Control+ArrowUp", "Home", "d"],
    ".rc-reset": ["Control+s", "Escape", "Shift+Enter", "ArrowDown"],
    "#beside": ["ArrowDown", "Enter", "Escape"],
}


@pytest.mark.parametrize("where", KEPT)
def test_a_control_keeps_the_keys_that_it_uses_from_jupyterlab(mount, where):
    page = mount()
    kept = [key for key in KEPT[where] if page.evaluate(SEEN_BY_JUPYTERLAB, [where, key])]
    assert kept == KEPT[where]


@pytest.mark.parametrize("where", LEFT)
def test_every_other_key_is_jupyterlab_s(mount, where):
    page = mount()
    page.evaluate(SEEN_BY_JUPYTERLAB, ["input", "ArrowLeft"])  # a kept key before changes nothing
    assert [key for key in LEFT[where] if page.evaluate(SEEN_BY_JUPYTERLAB, [where, key])] == []


def test_escape_leaves_the_figure(mount):
    page = mount()
    page.locator("input").press("Escape")
    assert page.evaluate("() => document.activeElement === document.body")


def test_a_region_covers_where_the_field_is_positive_and_nothing_else(modules):
    wrong = modules.evaluate(
        """async (site) => {
            const { positiveRegion } = await import(site + 'kit/region.js');
            const field = (points) => points.map(([x, y]) => 1 - (x + 1.4) ** 2 - 2 * y * y);
            const path = new Path2D();
            for (const part of positiveRegion(field, [-2, 2], [-1, 1])) {
                part.forEach(([x, y], k) => (k ? path.lineTo(x, y) : path.moveTo(x, y)));
                path.closePath();
            }
            const canvas = new OffscreenCanvas(1, 1).getContext('2d');
            const all = Array.from({ length: 47 * 23 }, (_, k) =>
                [-1.9 + 0.083 * (k % 47), -0.95 + 0.083 * Math.floor(k / 47)]);
            return all.filter(([x, y]) => Math.abs(field([[x, y]])[0]) > 0.02
                && canvas.isPointInPath(path, x, y) !== field([[x, y]])[0] > 0);
        }""",
        modules.site,
    )
    assert wrong == []


# The one string that a notebook carries.
LOAD = """async ([source, traits, fake]) => {
    const blob = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const { fakeModel } = await import(blob(fake));
    document.body.innerHTML = '<div id="here"></div>';
    const figure = (await import(blob(source))).default;
    return String(figure.render({ model: fakeModel(traits), el: document.getElementById('here') }));
}"""
# What a strict page must allow to anywidget itself: modules from blobs, and nothing from elsewhere.
STRICT = (
    "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; script-src blob:\">"
)


@pytest.fixture(scope="module")
def strict(browser):
    """A page that loads nothing but modules from blobs."""
    page = browser.new_page()
    page.set_content(STRICT)
    yield page
    page.close()


def test_a_figure_comes_whole_in_its_string_with_nothing_from_elsewhere(strict, shown):
    live = shown.make()
    state = live.get_state(["given", "start", *live.start])
    strict.evaluate(LOAD, [live._esm, state, FAKE])
    assert words(strict) in live.picture().caption


def test_a_module_that_cannot_be_loaded_says_so_in_the_figure(modules, tmp_path):
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "a.js").write_text("export const one = 1;\n")
    (tmp_path / "b.js").write_text('import { two } from "./kit/a.js";\nexport default { two };\n')
    modules.evaluate(LOAD, [_modules.inlined("b.js", tmp_path), {}, FAKE])
    told = modules.locator("#here").inner_text()
    assert told.startswith("This figure could not be loaded: SyntaxError")
    assert "'two'" in told


def test_an_error_names_the_line_of_its_own_file(modules, tmp_path):
    (tmp_path / "a.js").write_text("export const fail = () => {\n  throw Error('here');\n};\n")
    (tmp_path / "b.js").write_text(
        'import { fail } from "./a.js";\nexport default { render: fail };\n'
    )
    where = modules.evaluate(
        """async (source) => {
            const blob = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
            const figure = (await import(blob)).default;
            try { figure.render(); } catch (error) { return error.stack; }
        }""",
        _modules.inlined("b.js", tmp_path),
    )
    assert "regcourse/a.js:2:" in where
