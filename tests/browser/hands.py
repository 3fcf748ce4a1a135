"""What tests do with live figures on a page: press, look, wait for frames, ask the kernel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Route

from regcourse.widgets._modules import JS


def resize(page: Page, width: int, height: int) -> None:
    """Make the window as wide and high as asked, and wait until JupyterLab has laid itself out."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(
        """(width) => new Promise((done) => {
            const notebook = document.querySelector('.jp-Notebook');
            let last = null;
            const look = () => {
                const now = JSON.stringify(notebook.getBoundingClientRect());
                if (now === last && innerWidth === width) done();
                else { last = now; requestAnimationFrame(() => requestAnimationFrame(look)); }
            };
            look();
        })""",
        width,
    )


def two_frames(page: Page) -> None:
    """Wait until what was asked for is painted."""
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def press(target: Locator, key: str) -> None:
    """Press a key on the target, which gets the focus, and wait for the picture."""
    target.focus()
    target.page.keyboard.press(key)
    two_frames(target.page)


def drawn(live: Locator) -> str:
    """What the pictures of a live figure hold, as text."""
    return live.locator(".rc-row").inner_html()


def words(live: Locator) -> str:
    """What is said below them."""
    return " ".join(live.locator(".rc-words").inner_text().split())


_ASK = """async (code) => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    let text = "";
    const asked = kernel.requestExecute({ code });
    asked.onIOPub = (message) => { text += message.content.text ?? ""; };
    await asked.done;
    return text.trim();
}"""


def kernel(page: Page, code: str) -> str:
    """What a line of code prints in the notebook's kernel."""
    return str(page.evaluate(_ASK, code))


def wait_for_kernel(page: Page, code: str, before: str) -> None:
    """Wait until a line of code prints something else than before."""
    changed = f"async ([code, before]) => await ({_ASK})(code) !== before"
    page.wait_for_function(changed, arg=[code, before], polling=100)


def run_cell(page: Page, ending: str) -> int:
    """Run the cell whose source ends in this line as Shift+Enter does; its number.

    It stands at the lower edge of the window before, and without an output.
    """
    return int(
        page.evaluate(
            """async (ending) => {
                const { commands, shell } = window.jupyterapp;
                const { content } = shell.currentWidget;
                const k = content.widgets.findIndex((cell) =>
                    cell.model.sharedModel.source.endsWith(`\\n${ending}`));
                content.activeCellIndex = k;
                await commands.execute('notebook:clear-cell-output');
                content.widgets[k].node.scrollIntoView({ block: 'end' });
                await commands.execute('notebook:run-cell-and-select-next');
                return k;
            }""",
            ending,
        )
    )


# What stands below the picture of each live figure: the figure, or what is said in its place.
_BELOW = """() => {
    const below = '.jp-OutputArea-child:has(.rc-static) + * > .jp-OutputArea-output';
    return [...document.querySelectorAll(below)].map((output) => {
        const picture = output.parentElement.previousElementSibling;
        return {
            lives: output.querySelector('.rc-live') !== null,
            refused: output.textContent.includes('model not found'),
            picture: picture.checkVisibility(),
            words: getComputedStyle(output).visibility === 'visible' ? output.textContent : '',
            how: getComputedStyle(output, '::after').content,
        };
    });
}"""


def below(page: Page) -> list[dict[str, Any]]:
    """Of each live figure: does it live, is it refused, is its picture there, what is said?"""
    page.wait_for_function(f"() => ({_BELOW})().length")
    return list(page.evaluate(_BELOW))


def wait_until_decided(page: Page) -> None:
    """Wait until JupyterLab shows each live figure, or says that it will not."""
    page.wait_for_function(
        f"() => ({_BELOW})().length && ({_BELOW})().every((each) => each.lives || each.refused)"
    )


def serve_modules(page: Page, folder: Path = JS) -> str:
    """Let a page import the files of a js/ as they are written, and return the address before them.

    The page stands on that site; nothing but the files answers, and no request leaves.
    """
    site = "http://modules.invalid/"

    def answer(route: Route) -> None:
        path = folder / route.request.url.removeprefix(site)
        kind = "text/javascript" if path.suffix == ".js" else "text/html"
        route.fulfill(body=path.read_text("utf-8") if path.is_file() else "", content_type=kind)

    page.route(f"{site}**", answer)
    page.goto(site)
    return site
