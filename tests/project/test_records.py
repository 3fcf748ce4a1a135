"""Records of the mathematics can be compared and hashed, whatever they hold."""

import dataclasses
import importlib
import pkgutil

import pytest

import regcourse

# Compared entry by entry, these have no single truth; or they cannot be hashed.
MANY = ("Floats", "NDArray", "ndarray", "list[", "dict[", "set[")


def modules(config):
    """The modules of the rooms that the contracts call the mathematics."""
    wings = next(c for c in config["tool"]["importlinter"]["contracts"] if c["type"] == "wings")
    mathematics = next(wing for wing in wings["wings"] if "linear" in wing)
    for room in " | ".join(mathematics).split(" | "):
        module = importlib.import_module(f"regcourse.{room}")
        yield module
        below = getattr(module, "__path__", [])
        for found in pkgutil.walk_packages(below, f"{module.__name__}."):
            yield importlib.import_module(found.name)


@pytest.fixture(scope="module")
def records(config):
    """Every dataclass of the mathematics."""
    return {
        thing
        for module in modules(config)
        for thing in vars(module).values()
        if dataclasses.is_dataclass(thing) and thing.__module__.startswith(regcourse.__name__)
    }


def test_every_record_is_frozen(records):
    assert [kind.__name__ for kind in records if not kind.__dataclass_params__.frozen] == []


def test_a_record_that_holds_arrays_is_compared_as_an_object(records):
    by_value = [kind for kind in records if kind.__dataclass_params__.eq]
    holding = [
        f"{kind.__name__}.{field.name}"
        for kind in by_value
        for field in dataclasses.fields(kind)
        if any(name in str(field.type) for name in MANY)
    ]
    assert holding == []
