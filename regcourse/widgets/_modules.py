"""Where the modules of live figures lie, and how each of them comes in one string."""

from __future__ import annotations

from pathlib import Path

from regcourse import _modules

JS = Path(__file__).parent / "js"


def inlined(name: str, folder: Path = JS) -> str:
    """The file `name` with everything that it imports, as an ES module without imports."""
    return _modules.inlined(name, folder)
