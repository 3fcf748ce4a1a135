"""The layers hold, and a student's first import is light."""

import subprocess
import sys

import pytest
from grimp import ImportGraph
from importlinter import configuration

HEAVY = ("matplotlib", "sklearn", "nbconvert", "nbformat", "ipywidgets", "anywidget", "scipy")


@pytest.mark.parametrize(
    "line",
    ["import regcourse", "from regcourse import check, check_all, progress, rng_of"],
    ids=["the package", "check"],
)
def test_a_students_import_loads_nothing_heavy(line):
    shown = f"{line}; import sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.fixture
def wings(config, script):
    """The contract of the wings, as pyproject.toml has it."""
    configuration.configure()
    kind = script("contracts").WingsContract
    (found,) = [c for c in config["tool"]["importlinter"]["contracts"] if c["type"] == "wings"]
    return kind(found["name"], {"root_packages": ["regcourse"]}, found)


@pytest.fixture
def graph(root):
    """A function that makes a graph of the rooms that there are, with the imports given."""

    def make(*imports, more=()):
        found = ImportGraph()
        rooms = {p.stem for p in (root / "regcourse").iterdir() if p.name[:2] not in ("__", "py")}
        for name in ("regcourse", *(f"regcourse.{room}" for room in rooms), *more):
            found.add_module(name)
        for importer, imported in imports:
            found.add_import(
                importer=f"regcourse.{importer}",
                imported=f"regcourse.{imported}",
                line_number=1,
                line_contents="",
            )
        return found

    return make


ALLOWED = [("cli", "checks"), ("cli", "linear"), ("cli", "lab"), ("figures", "_arrays")]
REFUSED = {
    "checking knows the mathematics": ("checks", "norms"),
    "the mathematics knows checking": ("widgets", "compare"),
    "the lab knows checking": ("lab", "authoring"),
    "the lab knows the mathematics": ("lab", "linear"),
    "a wing knows the lab": ("grading", "lab"),
    "a lower room knows a higher": ("norms", "linear"),
    "neighbours know each other": ("grading", "authoring"),
    "a wing knows the command line": ("checks", "cli"),
    "what all may use knows a room": ("errors", "norms"),
}


def test_every_room_stands_in_a_wing(wings, graph):
    assert wings.check(graph(*ALLOWED), verbose=False).kept


@pytest.mark.parametrize("wrong", REFUSED.values(), ids=REFUSED)
def test_wings_are_closed_and_layers_hold(wings, graph, capsys, wrong):
    check = wings.check(graph(*ALLOWED, wrong), verbose=False)
    assert not check.kept
    wings.render_broken_contract(check)
    importer, imported = wrong
    said = f"regcourse.{importer} is not allowed to import regcourse.{imported}:"
    assert said in capsys.readouterr().out


def test_a_room_that_stands_in_no_wing_is_named(wings, graph, capsys):
    check = wings.check(graph(more=["regcourse.loose", "regcourse.checks.inner"]), verbose=False)
    assert not check.kept
    wings.render_broken_contract(check)
    said = " ".join(capsys.readouterr().out.split())
    assert said == "regcourse.loose stands in no wing: give it a place in this contract"
