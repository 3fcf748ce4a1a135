"""Where a student works: copies of lessons and exercises, apart from the course itself.

A student's work then neither dirties the checkout nor meets the answers in `questions.py`.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from regcourse.errors import InvalidInput

# The folders keep their names, so that a lesson's link to its exercise leads somewhere.
_HANDED_OUT = (
    "notebooks/*.ipynb",
    "exercises/*/*.ipynb",
    "exercises/*/*.checks.json",
    "exercises/*/data/**/*",
)
COURSE = Path(__file__).resolve().parents[2]
SETTINGS = Path(__file__).resolve().parent / "jupyter"


def prepare(source: Path, target: Path) -> list[Path]:
    """Copy what a student opens from `source` to `target`, and never overwrite a file.

    Parameters
    ----------
    source : Path
        A checkout of the course.
    target : Path
        Made if it is not there.

    Returns
    -------
    list of Path
        The files that are new in `target`, sorted; those that were there are as they were.

    Raises
    ------
    InvalidInput
        If `source` holds no lessons.
    """
    found = sorted({path for pattern in _HANDED_OUT for path in source.glob(pattern)})
    if not any(path.parent.name == "notebooks" for path in found):
        raise InvalidInput(f"source must hold notebooks/*.ipynb, got {source}: run in a checkout")
    copied = []
    for path in found:
        copy = target / path.relative_to(source)
        if path.is_dir() or copy.exists():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        # Under another name until it is whole: half a notebook would never be replaced.
        half = copy.with_name(f".{copy.name}.half")
        shutil.copyfile(path, half)
        half.replace(copy)
        copied.append(copy)
    return copied


def open_lab(options: Sequence[str]) -> int:
    """Prepare `work/` in the course's folder and run JupyterLab there until it is stopped."""
    work = COURSE / "work"
    new = prepare(COURSE, work)
    sys.stdout.write(f"{len(new)} new in {work}; what was there is untouched.\n")
    sys.stdout.flush()
    trust(new)

    from jupyterlab.labapp import LabApp

    os.environ["JUPYTER_CONFIG_PATH"] = _with_our_defaults()
    LabApp.launch_instance([f"--ServerApp.root_dir={work}", *_as_root(), *options])
    return 0


def trust(files: Sequence[Path]) -> None:
    """Sign the notebooks among `files`, as running their cells would.

    JupyterLab takes every picture out of a notebook that nobody here has run. The copies are
    the course's own, so their stored figures may show before the first cell has run.
    """
    from nbformat import NO_CONVERT, read
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary()
    for path in files:
        if path.suffix == ".ipynb":
            notary.sign(read(path, as_version=NO_CONVERT))
    notary.store.close()


def _with_our_defaults() -> str:
    """Let JupyterLab neither ask about news over the first lesson nor offer to leave the lock.

    A student's own settings win over these defaults, and so does a folder named by the user.
    """
    named = os.environ.get("JUPYTER_CONFIG_PATH")
    return os.pathsep.join([*filter(None, [named]), str(SETTINGS)])


def _as_root() -> list[str]:
    """JupyterLab refuses to run as root unless told; Windows knows no such user."""
    user = getattr(os, "geteuid", None)
    return ["--allow-root"] if user is not None and user() == 0 else []
