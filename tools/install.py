"""Make `.venv/` ready for students and instructors, or with `--test` for every test.

It runs before anything is installed, so it needs the standard library alone. It says before each
step what it does and how long that takes. A stamp in
`.venv/` says what stands there; an environment without its stamp was left half-finished
and is made again from nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

import isolated_pip

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "regcourse-stamp.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

BASE_LOCK = Path("requirements.lock")
TEST_LOCK = Path("tests/requirements.lock")
TORCH = Path("tests/requirements-torch.txt")

# A command that the tests start, and the system package it comes in.
SYSTEM = {"bwrap": "bubblewrap", "chromium": "chromium", "git": "git"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class SetUpError(Exception):
    """Something that this script may not or cannot do; its text says who can, and how."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--test", action="store_true", help="also what `make test` needs")
    parser.add_argument("--this-python", action="store_true", help="remake .venv/ of another one")
    wanted = parser.parse_args()
    # A path that a console cannot encode is no reason to stop.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        if sys.version_info < (3, 11):
            raise SetUpError(
                f"regcourse needs Python 3.11 or newer, and {sys.executable} is "
                f"{sys.version.split()[0]}: name another, `make install PYTHON=/path/to/python3`"
            )
        if wanted.test:
            system_packages()
        environment(wanted.test, wanted.this_python)
    except SetUpError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("error: interrupted; the next run begins where it is safe", file=sys.stderr)
        return 130
    except subprocess.CalledProcessError as error:
        print(f"error: {' '.join(map(str, error.cmd))} failed: see above", file=sys.stderr)
        return 1
    return 0


def environment(test: bool, this_python: bool) -> None:
    """Bring `.venv/` to what the locks say, at no cost when it is there already."""
    before = stamp()
    if before is None or (this_python and not made_by_this_python()):
        before = {}
        if VENV.exists():
            print("Removing .venv/: it is unfinished, or made for another place or Python.")
            shutil.rmtree(VENV)
    after = {"place": str(ROOT), "base": fingerprint(BASE_LOCK), "test": before.get("test")}
    if test:
        after["test"] = fingerprint(TEST_LOCK, TORCH)
    if before == after:
        return
    if not PYTHON.exists():
        new_environment()
    # Without its stamp, an environment that is interrupted from here on is made again.
    STAMP.unlink(missing_ok=True)
    if before.get("base") != after["base"]:
        locked(BASE_LOCK, "what lessons and exercises need", "140 MB")
        print("Installing regcourse itself, a few seconds.", flush=True)
        pip("--no-deps", "--no-build-isolation", "--editable", ".")
    if after["test"] and before.get("test") != after["test"]:
        locked(TEST_LOCK, "what the tests need besides", "160 MB")
        print(
            "Installing torch and keras, with which tests compare: 210 MB, and several times "
            "that where torch comes with a GPU's libraries; about a minute, longer on a slow line.",
            flush=True,
        )
        pip("-r", str(TORCH))
    half = STAMP.with_suffix(".half")
    half.write_text(json.dumps(after))
    half.replace(STAMP)


def stamp() -> dict[str, str | None] | None:
    """What stands in `.venv/`, or None if it is absent, half-finished or was moved."""
    try:
        found = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return None
    return found if found.get("place") == str(ROOT) and PYTHON.exists() else None


def fingerprint(*locks: Path) -> str:
    """A digest of what an installation follows from: locks, and how regcourse is packaged."""
    import tomllib

    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packaged = {key: config[key] for key in ("project", "build-system")}
    digest = hashlib.sha256(json.dumps(packaged, sort_keys=True).encode())
    for lock in locks:
        digest.update((ROOT / lock).read_bytes())
    return digest.hexdigest()


def made_by_this_python() -> bool:
    lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    config = dict(line.split(" = ", 1) for line in lines if " = " in line)
    version = ".".join(map(str, sys.version_info[:3]))
    home = str(Path(base_python()).parent)
    return config.get("version") == version and config.get("home") == home


def base_python() -> str:
    """This Python, or the one behind it if it lives in an environment itself."""
    return getattr(sys, "_base_executable", None) or sys.executable


def new_environment() -> None:
    # Debian and Ubuntu ship `python3` without ensurepip, and then venv fails half-way.
    if importlib.util.find_spec("ensurepip") is None:
        major, minor = sys.version_info[:2]
        apt_get([f"python{major}.{minor}-venv"], "this Python has no venv")
    version = sys.version.split()[0]
    print(f"Making .venv/ with {base_python()} ({version}), a few seconds.", flush=True)
    command = [base_python(), "-m", "venv", str(VENV)]
    subprocess.run(command, check=True, cwd=ROOT, env=isolated_pip.without_pythons())


def locked(lock: Path, what: str, size: str) -> None:
    """Install what a lock names, which is known before pip is asked."""
    entries = re.findall(r"^[\w.-]+==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    print(
        f"Installing {what}: {len(entries)} packages, about {size} if none is here yet; "
        "about a minute, longer on a slow line.",
        flush=True,
    )
    pip("--require-hashes", "--no-deps", "-r", str(lock), packages=len(entries))


def pip(*arguments: str, packages: int = 0) -> None:
    isolated_pip.run(PYTHON, list(arguments), ROOT, packages)


def system_packages() -> None:
    """What the tests need that no Python package brings: a sandbox, a browser, git."""
    missing = [package for command, package in SYSTEM.items() if not present(command)]
    if is_ubuntu():
        missing = ["chromium-browser" if name == "chromium" else name for name in missing]
    if not missing:
        return
    try:
        apt_get(missing, f"the tests also need {' and '.join(missing)}")
    except SetUpError as error:
        if os.environ.get("CI") == "true":
            raise
        print(f"note: {error}\nnote: the tests that need them will be skipped", file=sys.stderr)


def present(command: str) -> bool:
    names = BROWSERS if command == "chromium" else (command,)
    return any(shutil.which(name) for name in names)


def is_ubuntu() -> bool:
    """Ubuntu packs its Chromium as a snap, under another name than Debian."""
    try:
        return platform.freedesktop_os_release()["ID"] == "ubuntu"
    except OSError:
        return False


def apt_get(packages: list[str], why: str) -> None:
    """Install Debian packages if we may, else say the exact command."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise SetUpError(f"{why}, and this system has no apt-get: install {' '.join(packages)}")
    if getattr(os, "geteuid", lambda: 1)() != 0:
        raise SetUpError(f"{why}: run `sudo {' '.join(command)}` and try again")
    print(f"Installing system packages: {' '.join(packages)}; a minute or two.", flush=True)
    silent = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "--quiet=2"], [*command, "--quiet=2"]):
        subprocess.run(step, check=True, env=silent, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
