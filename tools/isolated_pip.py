"""Run pip in `.venv/`: in words meanwhile, and deaf to what was set for other environments.

Where packages come from is the user's to say: mirrors, proxies and certificates are taken from
pip.conf and the environment. Where they go, and which, is not: `user = true`, PIP_TARGET or a
PYTHONPATH would leave `.venv/` empty, or mix it with somebody else's packages.
"""

from __future__ import annotations

import ast
import collections
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

KEPT = {
    "cache-dir",
    "cert",
    "client-cert",
    "default-timeout",
    "extra-index-url",
    "find-links",
    "index-url",
    "keyring-provider",
    "no-cache-dir",
    "no-index",
    "proxy",
    "retries",
    "timeout",
    "trusted-host",
    "use-deprecated",
    "use-feature",
}
# What pip says when it turns to a package: "Collecting name==1", or the path of a wheel.
_TURN = re.compile(
    r"(?:Collecting|Processing|Requirement already satisfied:) (?:\S*[/\\])?"
    r"([\w.]+(?:-[A-Za-z][\w.]*)*)"
)
# Where output is no screen, a long step says this often that it is alive.
QUIET_SECONDS = 30.0
TICK_SECONDS = 0.5
TAIL = 40


class Progress:
    """What pip has said so far, and what follows for somebody who waits."""

    def __init__(self, total: int):
        self.total = total
        self.turned_to = 0
        self.words = "asking for packages"
        self.tail: collections.deque[str] = collections.deque(maxlen=TAIL)

    def hear(self, line: str) -> None:
        self.tail.append(line)
        turn = _TURN.match(line)
        if line.startswith("Ignoring "):
            self.total -= 1  # a package of another system or Python
        elif line.startswith("Installing collected packages:"):
            self.words = f"putting {line.count(',') + 1} packages in place"
        elif turn:
            self.turned_to += 1
            of = f" of {self.total}" if self.total else ""
            self.words = f"{self.turned_to}{of}: {turn[1]}"


class Line:
    """One line that is written over; where output is no screen, a new one now and then."""

    def __init__(self) -> None:
        self.screen = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self.began = self.told = time.monotonic()

    def show(self, words: str) -> None:
        now = time.monotonic()
        words = f"  {words} ({now - self.began:.0f} s)"
        if self.screen:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r{words[:width]:<{width}}", end="", flush=True)
        elif now - self.told >= QUIET_SECONDS:
            print(words, flush=True)
            self.told = now

    def end(self, words: str) -> None:
        if self.screen:
            print(f"\r{'':<{shutil.get_terminal_size().columns - 1}}\r", end="")
        print(f"  {words} after {time.monotonic() - self.began:.0f} s", flush=True)


def run(python: Path, arguments: list[str], cwd: Path, packages: int = 0) -> None:
    """Run `pip install`, telling how far it is; show the end of what it said only if it fails.

    `packages` is how many a lock names, or 0 if pip finds out.
    """
    quiet = ["--progress-bar", "off", "--disable-pip-version-check", "--no-input"]
    # Jupyter and SciPy start two to three times slower without their bytecode.
    command = [str(python), "-m", "pip", "install", *quiet, "--compile", *arguments]
    line, progress = Line(), Progress(packages)
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=environment(python),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        listener = threading.Thread(target=_listen, args=(process, progress), daemon=True)
        listener.start()
        try:
            while True:
                listener.join(TICK_SECONDS)
                line.show(progress.words)
                if not listener.is_alive():
                    break
        except BaseException:
            process.terminate()
            listener.join()
            raise
    failed = process.returncode
    line.end("failed" if failed else "done")
    if failed:
        print("".join(progress.tail), end="")
        raise subprocess.CalledProcessError(failed, ["pip", "install", *arguments])


def _listen(process: subprocess.Popen[str], progress: Progress) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        progress.hear(line)


def environment(python: Path) -> dict[str, str]:
    """The environment in which pip looks for packages where it should, and puts them here."""
    clean = without_pythons()
    named = {key: os.environ[key] for key in ("PIP_CONFIG_FILE",) if key in os.environ}
    listed = subprocess.run(
        [str(python), "-m", "pip", "config", "list"],
        # Where pip.conf says quiet, the list would be empty.
        env={**clean, **named, "PIP_QUIET": "0", "PYTHONIOENCODING": "utf-8"},
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ).stdout
    kept = {**_in_files(listed), **_in_environment()}
    return {
        **clean,
        **{f"PIP_{key.upper().replace('-', '_')}": value for key, value in kept.items()},
        "PIP_CONFIG_FILE": os.devnull,
        "PYTHONIOENCODING": "utf-8",
    }


def without_pythons() -> dict[str, str]:
    """This environment without what is said to another Python or another pip."""
    theirs = ("PIP_", "PYTHON")
    return {name: value for name, value in os.environ.items() if not name.startswith(theirs)}


def _in_files(listed: str) -> dict[str, str]:
    """What to keep of `pip config list`; a command's own section wins over the global one."""
    found = re.findall(r"^(global|install)\.([\w-]+)=(.+)$", listed, re.MULTILINE)
    said = sorted(found, key=lambda each: each[0] == "install")
    return {key: ast.literal_eval(value) for _, key, value in said if key in KEPT}


def _in_environment() -> dict[str, str]:
    theirs = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    named = {name[4:].lower().replace("_", "-"): value for name, value in theirs.items()}
    return {key: value for key, value in named.items() if key in KEPT}
