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

import nbformat
import numpy as np

ROOT = Path(__file__).parents[1]

FIGURES = {
    "ball": "from regcourse.widgets import RidgeGeometry, UnitBall\nUnitBall(p=1)",
    "ellipse": "UnitBall(p=2, ellipse=True)",
    "ridge": "RidgeGeometry()",
}

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
    """Press an arrow key `updates` times on each figure, then drag each movable point."""
    lab = _lab()
    with tempfile.TemporaryDirectory() as private, tempfile.TemporaryDirectory() as work:
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in FIGURES.values()],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        nbformat.write(notebook, Path(work) / "figures.ipynb")
        with lab.chromium() as browser, lab.jupyterlab(Path(private), Path(work)) as server:
            page = server.open(browser, "figures.ipynb")
            errors = lab.run_all(page)
            if errors:
                sys.exit("\n".join(errors))
            page.locator(".rc-live").nth(len(FIGURES) - 1).wait_for()
            print(f"{'figure':<10}{'how':<8}{'updates':>8}{'median':>9}{'90 %':>9}{'worst':>9}  ms")
            for k, name in enumerate(FIGURES):
                live = page.locator(".rc-live").nth(k)
                live.scroll_into_view_if_needed()
                live.evaluate(WATCH)
                _report(name, "keys", _keys(page, live, updates))
                if live.locator(".rc-handle").count():
                    _report(name, "drag", _drag(page, live, updates))


def _keys(page, live, updates: int) -> list[float]:
    live.locator("input[type=range]").focus()
    page.evaluate("() => { window.updates = []; }")
    for k in range(updates):
        page.keyboard.press("ArrowRight" if k % 40 < 20 else "ArrowLeft")
        page.wait_for_timeout(30)
    return page.evaluate("() => window.updates")


def _drag(page, live, updates: int) -> list[float]:
    box = live.locator(".rc-handle").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("() => { window.updates = []; }")
    for k in range(updates):
        page.mouse.move(x + 30 * np.cos(k / 5) - 30, y + 30 * np.sin(k / 5))
        page.wait_for_timeout(30)
    page.mouse.up()
    return page.evaluate("() => window.updates")


def _report(name: str, how: str, times: list[float]) -> None:
    median, most, worst = np.quantile(times, [0.5, 0.9, 1.0])
    print(f"{name:<10}{how:<8}{len(times):>8}{median:>9.1f}{most:>9.1f}{worst:>9.1f}")


def _lab():
    spec = importlib.util.spec_from_file_location("browser_lab", ROOT / "tests/browser/lab.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
