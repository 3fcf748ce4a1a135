"""Every public function of the mathematics says what it computes, in one order of sections."""

import importlib
import inspect
import pkgutil
import re

import pytest

import regcourse

SECTIONS = ["Parameters", "Returns", "Raises", "Source", "Examples"]
ROOMS = ["norms", "losses", "penalties", "conventions", "data", "linear"]


def modules():
    for room in ROOMS:
        module = importlib.import_module(f"regcourse.{room}")
        yield module
        for found in pkgutil.iter_modules(getattr(module, "__path__", [])):
            yield importlib.import_module(f"{module.__name__}.{found.name}")


def _public(module):
    """What a private file lists, and what a room without private files names without a line."""
    behind_a_door = module.__name__.rpartition(".")[2].startswith("_")
    names = [] if behind_a_door else [name for name in vars(module) if name[0] != "_"]
    return getattr(module, "__all__", names)


def public_functions():
    for module in modules():
        for name, thing in vars(module).items():
            ours = inspect.isfunction(thing) and thing.__module__ == module.__name__
            if ours and name in _public(module):
                yield pytest.param(thing, id=f"{module.__name__}.{name}")


@pytest.mark.parametrize("function", list(public_functions()))
def test_a_public_function_has_its_sections_in_order(function):
    doc = inspect.getdoc(function)
    found = re.findall(r"^(\w+)\n-{3,}$", doc, re.MULTILINE)
    assert found == [section for section in SECTIONS if section in found]
    assert re.match(r"\S.*[.:]$", doc.splitlines()[0])


@pytest.mark.parametrize("function", list(public_functions()))
def test_it_says_what_goes_in_and_shows_an_example(function):
    takes_any = "Parameters" if inspect.signature(function).parameters else "Returns"
    assert [n for n in (takes_any, "Examples") if n not in inspect.getdoc(function)] == []


def test_every_room_is_documented_above_its_code():
    assert [m.__name__ for m in modules() if not (m.__doc__ or "").strip()] == []
    assert regcourse.__doc__.startswith("regcourse")
