"""Every live figure has its two halves and its examples, and every module is sound.

A linter reads the modules: a name that nothing defines, one that is imported and not used, one
that the other file does not export.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from regcourse import widgets
from regcourse.widgets._live import LiveFigure
from regcourse.widgets._modules import JS, inlined

ROOT = Path(__file__).parents[2]
OXLINT = Path(sys.executable).parent / "oxlint"


def test_every_module_twin_and_table_of_examples_has_the_other_two(tables):
    halves = {
        "regcourse/widgets/js": tables.stems(JS, ".js"),
        "regcourse/widgets/twins": tables.stems(tables.TWINS, ".py"),
        "tests/widgets/examples": tables.stems(tables.EXAMPLES, ".py"),
    }
    everything = set.union(*halves.values())
    missing = [
        f"{name} is missing in {folder}"
        for folder, stems in halves.items()
        for name in sorted(everything - stems)
    ]
    assert not missing, "; ".join(missing)


def test_every_live_figure_is_behind_the_door_and_has_an_example(tables):
    written = {
        node.name
        for path in tables.TWINS.glob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and "LiveFigure" in map(ast.unparse, node.bases)
    }
    unlisted = sorted(written - set(widgets.__all__))
    assert not unlisted, f"in the __all__ of no file in regcourse/widgets/twins: {unlisted}"
    untried = sorted(written - {type(each.make()).__name__ for each in tables.shown()})
    assert not untried, f"without an example in tests/widgets/examples: {untried}"


def test_a_live_figure_is_written_in_the_files_of_its_name(tables, example):
    live = example.make()
    assert isinstance(live, LiveFigure)
    words = re.findall("[A-Z][a-z]*", type(live).__name__)
    assert "_".join(words).lower() == example.stem
    assert live._esm == inlined(f"{example.stem}.js")
    assert sorted(live.start) == sorted(example.states[0])


def lint(folder):
    """What the linter says about a folder's modules, by our rules."""
    done = subprocess.run(
        [OXLINT, "--config", ROOT / ".oxlintrc.json", "--format", "unix", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_the_linter_finds_nothing_in_our_modules():
    assert lint(JS).strip() == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("export const two = one + missing;", "'missing' is not defined"),
        ("export const two = 2;", "'one' is imported but never used"),
        ('import { three } from "./a.js";\nexport const two = one + three;', '"three" not found'),
    ],
    ids=["an undefined name", "an unused import", "a name that is not exported"],
)
def test_the_linter_names_what_is_wrong(tmp_path, line, told):
    (tmp_path / "a.js").write_text("export const one = 1;\n")
    (tmp_path / "b.js").write_text(f'import {{ one }} from "./a.js";\n{line}\n')
    assert told in lint(tmp_path)
    assert "b.js" in lint(tmp_path)


def test_no_browser_test_waits_for_the_clock():
    waits = re.compile(r"wait_for_timeout|\bsleep\(")
    files = (ROOT / "tests" / "browser").glob("*.py")
    assert [path.name for path in files if waits.search(path.read_text("utf-8"))] == []
