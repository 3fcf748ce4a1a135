"""How long from a key press to the new picture, in JupyterLab: prints quantiles, decides nothing.

    python benchmarks/live_figures.py [UPDATES]

The clock starts at the key event in the page and stops after the first frame in which the
figure has changed: the next task after the frame's own callbacks, when its pixels are painted.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import nbformat
import numpy as np

TESTS = Path(__file__).parents[1] / "tests"

WATCH = """(figure) => {
    window.updates = [];
    let pressed = 0, changed = false;
    figure.addEventListener('keydown', (event) => { pressed = event.timeStamp; }, true);
    figure.addEventListener('pointermove', (event) => { pressed = event.timeStamp; }, true);
    new MutationObserver(() => {
        if (!pressed || changed) return;
        changed = true;
        const from = pressed;
        const painted = () => {
            window.updates.push(performance.now() - from);
            pressed = 0;
            changed = false;
        };
        // The change is made within a frame: the first task after it finds the pixels painted.
        const channel = new MessageChannel();
        channel.port1.onmessage = painted;
        channel.port2.postMessage(0);
    }).observe(figure.querySelector('svg'), { subtree: true, attributes: true });
}"""


def main(updates: int) -> None:
    """Press an arrow key `updates` times on each example, then drag each movable point."""
    lab = _load(TESTS / "browser" / "lab.py")
    shown = _load(TESTS / "widgets" / "tables.py").shown()
    with tempfile.TemporaryDirectory() as private, tempfile.TemporaryDirectory() as work:
        cells = [nbformat.v4.new_code_cell(each.cell) for each in shown]
        lab.write_notebook(Path(work) / "figures.ipynb", cells)
        with lab.chromium() as browser, lab.jupyterlab(Path(private), Path(work)) as server:
            page = server.open(browser, "figures.ipynb")
            errors = lab.run_all(page)
            if errors:
                sys.exit("\n".join(errors))
            page.locator(".rc-live").nth(len(shown) - 1).wait_for()
            print(f"{'figure':<10}{'how':<8}{'updates':>8}{'median':>9}{'90 %':>9}{'worst':>9}  ms")
            for k, each in enumerate(shown):
                live = page.locator(".rc-live").nth(k)
                live.scroll_into_view_if_needed()
                live.evaluate(WATCH)
                _report(each.name, "keys", _keys(page, live, updates))
                if each.movable:
                    _report(each.name, "drag", _drag(page, live, updates))


def _keys(page, live, updates: int) -> list[float]:
    live.locator("input[type=range]").focus()
    return _timed(
        page, updates, lambda k: page.keyboard.press("ArrowRight" if k % 40 < 20 else "ArrowLeft")
    )


def _drag(page, live, updates: int) -> list[float]:
    box = live.locator(".rc-handle").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    times = _timed(
        page,
        updates,
        lambda k: page.mouse.move(x + 30 * np.cos((k + 1) / 5) - 30, y + 30 * np.sin((k + 1) / 5)),
    )
    page.mouse.up()
    return times


def _timed(page, updates: int, act) -> list[float]:
    """Act as often as a key repeats that is held down, at any moment of a frame."""
    page.evaluate("() => { window.updates = []; }")
    for k in range(updates):
        act(k)
        page.wait_for_timeout(30)
    return page.evaluate("() => window.updates")


def _report(name: str, how: str, times: list[float]) -> None:
    median, most, worst = np.quantile(times, [0.5, 0.9, 1.0])
    print(f"{name:<10}{how:<8}{len(times):>8}{median:>9.1f}{most:>9.1f}{worst:>9.1f}")


def _load(path: Path) -> ModuleType:
    """The tests know how to start a private server and what there is to show."""
    spec = importlib.util.spec_from_file_location(f"tests_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
