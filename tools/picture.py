"""Make docs/lesson.png: lesson 03 in JupyterLab, its live figure moved by a few keys.

The server and the browser are those of the tests, which know how to start them privately.
"""

from __future__ import annotations

import importlib.util
import io
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from PIL import Image

from regcourse.lab.workspace import prepare

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "lesson.png"
# The figure, and above it the code that shows it and the question that it answers.
MARGIN, ABOVE = 8, 176
COLOURS = 192


def main() -> None:
    lab = _load(ROOT / "tests" / "browser" / "lab.py")
    with tempfile.TemporaryDirectory() as name:
        private, work = Path(name) / "private", Path(name) / "work"
        private.mkdir()
        prepare(ROOT, work)
        with lab.jupyterlab(private, work) as server, lab.chromium() as browser:
            page = server.open(browser, "notebooks/03_ridge.ipynb", width=1240, height=1000)
            errors = lab.run_all(page)
            if errors:
                sys.exit(f"lesson 03 does not run: {errors}")
            figure = page.locator(".rc-live").first
            slider = figure.locator("input[type=range]")
            slider.scroll_into_view_if_needed()
            slider.focus()
            for _ in range(6):
                page.keyboard.press("ArrowRight")
            page.wait_for_timeout(800)
            figure.evaluate("(it) => it.scrollIntoView({block: 'end'})")
            page.wait_for_timeout(300)
            box = figure.bounding_box()
            top = max(box["y"] - ABOVE, 0)
            clip = {
                "x": box["x"] - MARGIN,
                "y": top,
                "width": box["width"] + 2 * MARGIN,
                "height": box["y"] + box["height"] - top,
            }
            picture = Image.open(io.BytesIO(page.screenshot(clip=clip)))
    # Few colours are enough for lines on white, and keep the checkout small.
    picture.convert("RGB").quantize(COLOURS).save(TARGET, optimize=True)
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1000:.0f} kB")


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up here
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
