"""The layers hold, and a student's first import is light."""

import subprocess
import sys

import pytest

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


def test_every_room_stands_in_a_wing(root, config):
    contracts = config["tool"]["importlinter"]["contracts"]
    layers = " ".join(" ".join(contract["layers"]) for contract in contracts[:2])
    rooms = {path.stem for path in (root / "regcourse").iterdir() if path.name[0] not in "_."}
    assert rooms - {*layers.replace("|", " ").split(), "lab"} == set()


def test_each_wing_is_closed_to_the_whole_other_wing(config):
    contracts = config["tool"]["importlinter"]["contracts"]
    checking, mathematics = (set(c["source_modules"]) for c in contracts[2:4])
    assert [set(c["forbidden_modules"]) for c in contracts[2:4]] == [mathematics, checking]
    layers = {name for c in contracts[:2] for line in c["layers"] for name in line.split(" | ")}
    shared = {"cli", "_arrays", "_doors", "errors"}
    assert {name.rpartition(".")[2] for name in checking | mathematics} == layers - shared
