"""The locks: hashed, without addresses, and agreeing with each other and with pyproject."""

import re

import pytest
from packaging.requirements import Requirement

LOCKS = ["requirements.lock", "tests/requirements.lock"]


def pins(text):
    """Name to version of a lock's lines; one name may stand there once per platform."""
    found = re.findall(r"^([A-Za-z0-9][\w.-]*)==(\S+)", text, re.MULTILINE)
    return {(name.lower().replace("_", "-"), version) for name, version in found}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(root, name):
    text = (root / name).read_text("utf-8")
    assert re.findall(r"\w+://|--(?:extra-)?index-url|--find-links|\s@\s", text) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_of_a_lock_has_its_hash(root, name):
    entries = re.split(r"^(?=[A-Za-z0-9])", (root / name).read_text("utf-8"), flags=re.MULTILINE)
    assert [e for e in entries[1:] if "--hash=sha256:" not in e or "==" not in e] == []


def test_what_students_run_is_what_the_tests_test(root):
    base, everything = (pins((root / name).read_text("utf-8")) for name in LOCKS)
    # The base's packages that the tests need too: the same versions, none left out.
    assert base - everything == set()


def test_each_lock_satisfies_what_pyproject_asks_for(root, config):
    project = config["project"]
    base, everything = (dict(pins((root / name).read_text("utf-8"))) for name in LOCKS)
    extras = project["optional-dependencies"]
    wanted = [(line, base) for line in [*project["dependencies"], *extras["instructor"]]]
    wanted += [(line, everything) for line in [*extras["test"], *extras["bench"]]]
    asked = [(Requirement(line), lock) for line, lock in wanted if "regcourse" not in line]
    assert [str(r) for r, lock in asked if lock.get(r.name.lower(), "0") not in r.specifier] == []


@pytest.mark.parametrize("name", LOCKS)
def test_what_pyproject_holds_back_is_held_back(root, config, name):
    locked = dict(pins((root / name).read_text("utf-8")))
    held = map(Requirement, config["tool"]["uv"]["constraint-dependencies"])
    assert [str(r) for r in held if locked[r.name] not in r.specifier] == []


def test_torch_is_apart_because_its_hash_depends_on_the_build(root):
    apart = (root / "tests/requirements-torch.txt").read_text("utf-8").splitlines()
    assert [line.split("==")[0] for line in apart] == ["torch", "keras"]
    locked = {name for lock in LOCKS for name, _ in pins((root / lock).read_text("utf-8"))}
    assert locked.isdisjoint({"torch", "keras"})
