"""environment.yml says what pyproject.toml says, in conda's words."""

import re

import pytest


def listed(text):
    return re.findall(r"^  - (?!pip:)(.+)$", text.partition("dependencies:\n")[2], re.MULTILINE)


def test_the_committed_file_follows_from_pyproject(root, config, script):
    written = (root / "environment.yml").read_text(encoding="utf-8")
    assert written == script("environment").environment(config)


def test_conda_understands_every_line(root):
    # Half a second, which no other test has to wait for.
    from rattler import MatchSpec

    lines = listed((root / "environment.yml").read_text(encoding="utf-8"))
    names = [MatchSpec(line).name.normalized for line in lines]
    assert names == [line.split(" ")[0] for line in lines]
    assert {"python", "jupyterlab", "scikit-learn", "nbclient"} <= set(names)


@pytest.mark.parametrize(
    ("requirement", "line"),
    [("numpy>=2.0", "numpy >=2.0"), ("jupyterlab>=4.4,<5", "jupyterlab >=4.4,<5"), ("a-b", "a-b")],
    ids=["one bound", "two bounds", "no bound"],
)
def test_a_requirement_keeps_its_bounds(requirement, line, script):
    project = {
        "name": "course",
        "requires-python": ">=3.11",
        "dependencies": [requirement],
        "optional-dependencies": {"instructor": []},
    }
    assert listed(script("environment").environment({"project": project})) == [
        "python >=3.11",
        "pip",
        line,
    ]
