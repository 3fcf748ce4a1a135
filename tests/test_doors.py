"""A room has one door: it names what is public, and loads it when it is asked for."""

import ast
import importlib
import re
import sys
from pathlib import Path

import pytest

import regcourse
from regcourse import linear
from regcourse._doors import door


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A function that makes an importable package of the given private files; its name."""

    def make(**files):
        folder = tmp_path / "a_room"
        folder.mkdir()
        (folder / "__init__.py").write_text("")
        for stem, text in files.items():
            (folder / f"{stem}.py").write_text(text)
        monkeypatch.syspath_prepend(tmp_path)
        __import__("a_room")
        return "a_room"

    yield make
    for name in [name for name in sys.modules if name.partition(".")[0] == "a_room"]:
        del sys.modules[name]


def test_a_door_gives_functions_and_not_files():
    assert callable(linear.ridge)
    assert linear.ridge.__module__ == "regcourse.linear._ridge"


def test_a_private_file_is_loaded_when_one_of_its_names_is_asked_for(room):
    name = room(_one="__all__ = ['one']\none = 1\n", _two="__all__ = ['two']\n1 / 0\n")
    load, listed, names = door(name)
    assert (load("one"), listed(), names) == (1, ["one", "two"], ["one", "two"])
    with pytest.raises(ZeroDivisionError):
        load("two")


def test_what_a_file_does_not_list_stays_behind_the_door(room):
    load, _, names = door(room(_one="inner = 1\n"))
    assert names == []
    with pytest.raises(AttributeError, match=r"^module 'a_room' has no attribute 'inner'$"):
        load("inner")


def test_a_name_has_one_home_in_a_room(room):
    name = room(_one="__all__ = ['same']\n", _two="__all__ = ['same']\n")
    with pytest.raises(ImportError, match=r"^a_room: same is public in _one and in _two$"):
        door(name)


ROOMS = [
    path.parent
    for path in Path(regcourse.__file__).parent.glob("*/__init__.py")
    if "door(__name__)" in path.read_text(encoding="utf-8")
]


def listed(file):
    """What a file's `__all__` holds, as Python reads it."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    lists = [node.value for node in body if isinstance(node, ast.Assign)]
    names = [ast.unparse(node.targets[0]) for node in body if isinstance(node, ast.Assign)]
    return ast.literal_eval(lists[names.index("__all__")]) if "__all__" in names else []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_door_shows_all_that_its_files_list_to_python_and_to_type_checkers(room):
    files = {file.stem: listed(file) for file in room.glob("_[!_]*.py")}
    door = importlib.import_module(f"regcourse.{room.name}")
    assert sorted(name for names in files.values() for name in names) == door.__all__
    init = (room / "__init__.py").read_text(encoding="utf-8")
    starred = re.findall(r"^    from \S+\.(\w+) import \*$", init, re.MULTILINE)
    assert sorted(starred) == sorted(stem for stem, names in files.items() if names)
