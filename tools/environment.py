"""Make environment.yml from pyproject.toml, for those whose Python comes from conda.

It holds what students and instructors need, and no versions of its own. The tests' tools stay
out: several have other names on conda-forge, and `make test` has its own lock.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "environment.yml"

HEAD = """\
# Made by `make environment` from pyproject.toml: change that instead.
name: {name}
channels:
  - conda-forge
  - nodefaults
dependencies:
"""


def environment(config: dict[str, Any]) -> str:
    """The text of environment.yml that follows from the tables of a pyproject.toml."""
    project = config["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["instructor"]]
    lines = [f"python {project['requires-python']}", "pip", *sorted(map(_conda, needed))]
    body = "".join(f"  - {line}\n" for line in lines)
    return f"{HEAD.format(name=project['name'])}{body}  - pip:\n      - -e .\n"


def _conda(requirement: str) -> str:
    """The same requirement as conda writes it: a blank between name and versions."""
    return re.sub(r"(?<=[\w.-])(?=[<>=!~])", " ", requirement, count=1)


def main() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    TARGET.write_text(environment(config), encoding="utf-8")
    print(f"{TARGET.name} follows pyproject.toml")


if __name__ == "__main__":
    main()
