"""A file of a folder `js/` and all that it imports, as one ES module: a widget is one string.

Nothing is parsed or rewritten but the names of files. In the browser each file becomes a module
of its own, from a blob as anywidget makes one of the whole, so that imports, scopes and the lines
of an error are the browser's own business; see docs/decisions/0009-modules-become-blobs.md.
"""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path

_IMPORT = re.compile(r'\bfrom "(\.{1,2}/[^"]+)"')

# A relative name means nothing in a blob, so each import gets the address of its own. An error
# while loading is shown in the figure's place.
_LOADER = """\
const files = %s;
const addresses = {};
async function load() {
  try {
    for (const [name, text] of Object.entries(files)) {
      const linked = text.replace(/"regcourse:([^"]+)"/g, (_, other) => `"${addresses[other]}"`);
      const parts = [linked, `\\n//# sourceURL=regcourse/${name}`];
      addresses[name] = URL.createObjectURL(new Blob(parts, { type: "text/javascript" }));
    }
    return (await import(addresses[%s])).default;
  } catch (error) {
    console.error(error);
    const words = `This figure could not be loaded: ${error}`;
    return { render({ el }) { el.textContent = words; } };
  } finally {
    Object.values(addresses).forEach((address) => URL.revokeObjectURL(address));
  }
}
export default await load();
"""


def inlined(name: str, folder: Path) -> str:
    """The file `name` of a folder with everything that it imports, as an ES module without imports.

    Raises FileNotFoundError if a file is missing, and ImportError if files import in a circle;
    both say who asked.
    """
    files = _collected(name, folder, (), {})
    return _LOADER % (json.dumps(files, ensure_ascii=False), json.dumps(name))


def _collected(
    name: str, folder: Path, asked_by: tuple[str, ...], found: dict[str, str]
) -> dict[str, str]:
    """The file after all that it imports, each once, with addresses in place of relative names."""
    if name in asked_by:
        raise ImportError(f"js: files import in a circle: {' -> '.join((*asked_by, name))}")
    if name in found:
        return found
    if not (folder / name).is_file():
        raise FileNotFoundError(f"js/{name} does not exist{_whose(asked_by)}")
    text = (folder / name).read_text(encoding="utf-8")

    def address(match: re.Match[str]) -> str:
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))
        _collected(other, folder, (*asked_by, name), found)
        return f'from "regcourse:{other}"'

    found[name] = _IMPORT.sub(address, text)
    return found


def _whose(asked_by: tuple[str, ...]) -> str:
    return f", and js/{asked_by[-1]} imports it" if asked_by else ""
