"""A lesson that was saved and is opened on another day, its kernel long gone."""

from __future__ import annotations

SAVE = "() => window.jupyterapp.commands.execute('docmanager:save')"


def opened_again(server, browser, attempts=3):
    """The notebook's page in a new kernel, as soon as its figure is there.

    JupyterLab gives a figure up if the kernel answers before the file's state is read, about
    once in twenty times on a busy machine; then a student, too, opens the page once more.
    """
    server.shut_down_kernels()
    page = server.open(browser, "figures.ipynb")
    figure, refusal = page.locator(".rc-live").first, page.get_by_text("model not found").first
    figure.or_(refusal).wait_for()
    if refusal.is_visible() and attempts > 1:
        page.close()
        return opened_again(server, browser, attempts - 1)
    return page


def test_a_figure_is_back_and_alive_however_often_the_notebook_is_saved(lab, server, browser):
    page = server.open(browser, "figures.ipynb")
    assert lab.run_all(page) == []
    page.locator(".rc-live").nth(2).wait_for()
    page.evaluate(SAVE)
    page.close()
    # Twice: at the first save after reopening JupyterLab drops what it did not get from a kernel.
    for _ in range(2):
        page = opened_again(server, browser)
        page.locator(".rc-live").nth(2).wait_for()
        control = page.locator(".rc-live").nth(2).locator("input[type=range]")
        control.focus()
        before = control.get_attribute("aria-valuetext")
        page.keyboard.press("ArrowRight")
        assert control.get_attribute("aria-valuetext") != before
        page.evaluate(SAVE)
        page.close()


def test_the_server_pairs_no_notebook_with_a_text(server):
    assert "jupytext" not in server.log.read_text().lower()
