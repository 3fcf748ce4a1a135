"""A JupyterLab server and a Chromium of one's own: for the browser tests and the benchmark."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Browser, Page, sync_playwright

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60
# What `make lab` starts with; tests/lab/test_workspace.py holds it to that.
OUR_DEFAULTS = Path(__file__).resolve().parents[2] / "regcourse" / "lab" / "jupyter"


@dataclass(frozen=True)
class Server:
    """A running JupyterLab: where it listens, which folder it shows, where its log is."""

    url: str
    token: str
    folder: Path
    log: Path

    def shut_down_kernels(self) -> None:
        """End every kernel, and forget which notebook it belonged to."""
        for session in json.loads(self._ask("GET", "api/sessions")):
            self._ask("DELETE", f"api/sessions/{session['id']}")

    def _ask(self, method: str, what: str) -> bytes:
        head = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(self.url + what, method=method, headers=head)
        with urllib.request.urlopen(request, timeout=START_SECONDS) as answer:
            return bytes(answer.read())

    def open(self, browser: Browser, name: str, *, width: int = 1280, height: int = 900) -> Page:
        """Open a notebook of the folder and wait until its kernel can run cells."""
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(1000 * START_SECONDS)
        page.goto(f"{self.url}lab/tree/{name}?token={self.token}&reset")
        _wait_for(page, name)
        return page


def open_beside(page: Page, name: str) -> None:
    """Open another notebook in the page, which costs much less than a page of its own."""
    opened = "window.jupyterapp.commands.execute('docmanager:open', { path })"
    page.evaluate(f"(path) => {opened}.then(() => null)", name)
    _wait_for(page, name)


def close(page: Page) -> None:
    """Close the notebook in front without saving it, and end its kernel."""
    page.evaluate(
        """async () => {
            const panel = window.jupyterapp.shell.currentWidget;
            panel.context.model.dirty = false;
            await panel.context.sessionContext.shutdown();
            panel.close();
        }"""
    )


def _wait_for(page: Page, name: str) -> None:
    """Wait until the notebook's kernel is idle, and whoever shows live figures listens to it."""
    page.wait_for_function(
        """(path) => {
            const panel = window.jupyterapp?.shell?.currentWidget;
            const kernel = panel?.context?.sessionContext?.session?.kernel;
            return panel?.context?.path === path && panel.content?.widgets?.length
                && kernel?.status === 'idle' && kernel._targetRegistry['jupyter.widget'];
        }""",
        arg=name,
    )


def run_all(page: Page) -> list[str]:
    """Run every cell of the notebook in front, and return what its errors say."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    errors: list[str] = page.evaluate(
        """() => window.jupyterapp.shell.currentWidget.content.widgets
            .filter((cell) => cell.model.type === 'code')
            .flatMap((cell) => cell.model.outputs.toJSON()
                .filter((output) => output.output_type === 'error')
                .map((output) => `${output.ename}: ${output.evalue}`))"""
    )
    unrun: list[str] = page.evaluate(
        """() => window.jupyterapp.shell.currentWidget.content.widgets
            .filter((cell) => cell.model.type === 'code' && cell.model.sharedModel.source.trim())
            .filter((cell) => cell.model.executionCount === null)
            .map((cell) => `not run: ${cell.model.sharedModel.source.split('\\n')[0]}`)"""
    )
    return errors + unrun


def forget_figures(path: Path) -> None:
    """Leave a notebook with the outputs of its figures and without their state."""
    notebook = nbformat.read(path, as_version=4)
    del notebook.metadata["widgets"]
    nbformat.write(notebook, path)


def trust(page: Page) -> None:
    """What the command of that name does, without its question."""
    page.evaluate(
        """() => {
            for (const cell of window.jupyterapp.shell.currentWidget.content.widgets)
                cell.model.trusted = true;
        }"""
    )


def write_notebook(path: Path, cells: list[Any]) -> None:
    """Write cells as a notebook for Python's kernel."""
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found_chromium(), args=SWITCHES)
        yield browser
        browser.close()


def found_chromium() -> str | None:
    """Where Chromium is, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for path in map(shutil.which, names) if path), None)


@contextmanager
def jupyterlab(private: Path, folder: Path) -> Iterator[Server]:
    """Serve `folder` on 127.0.0.1, with settings and history in `private` only."""
    token = secrets.token_hex(16)
    log = (private / "server.log").open("wb")
    process = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--allow-root",
            f"--port={_free_port()}", f"--IdentityProvider.token={token}",
            f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True",
            "--LabApp.extension_manager=readonly",
        ],
        env=_private(private),
        stdout=subprocess.DEVNULL,
        stderr=log,
    )  # fmt: skip
    try:
        yield Server(_address(process, private), token, folder, private / "server.log")
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def _private(private: Path) -> dict[str, str]:
    """An environment in which Jupyter sees the course's defaults and nothing of the user's."""
    places = {
        "HOME": "home",
        "IPYTHONDIR": "ipython",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }
    for name in places.values():
        (private / name).mkdir(parents=True, exist_ok=True)
    tracker = private / "settings" / "@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True, exist_ok=True)
    # Every cell is in the page, so that a figure can be found before one scrolls to it.
    tracker.write_text(json.dumps({"windowingMode": "none"}))
    ours = {"JUPYTER_CONFIG_PATH": str(OUR_DEFAULTS)}
    return {**os.environ, **{key: str(private / name) for key, name in places.items()}, **ours}


def _address(process: subprocess.Popen[bytes], private: Path) -> str:
    """The address the server wrote down: it may have taken another port than we asked for."""
    record = private / "runtime" / f"jpserver-{process.pid}.json"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if record.is_file() and (text := record.read_text()):
            return str(json.loads(text)["url"])
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{(private / 'server.log').read_text()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
