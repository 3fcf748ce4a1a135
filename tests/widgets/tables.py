"""Everything that is tried on live figures: one file of `examples/` for each pair of js and twin.

A file may hold
    SHOWN     name -> (source that makes the figure, [states to compare it in]): tried everywhere; a
              figure has at least one, and its slider does not begin at the right end
    COMPARED  the same, tried in Python and between the halves, but not in JupyterLab
    CALLS     function of the twin -> [arguments, ...]: at least one call for each that js exports
    WITHIN    how far numbers of browser and Python may be apart, with the reason beside it
Nothing else lists live figures: all their tests and the benchmark loop over these.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from regcourse import widgets
from regcourse.widgets._modules import JS

EXAMPLES = Path(__file__).parent / "examples"
TWINS = JS.parent / "twins"
# Two ways to compute the same sum or power of doubles are a few roundings apart.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Shown:
    """One live figure of a notebook: what the cell says, and the states to compare it in."""

    name: str
    stem: str
    source: str
    states: list[dict[str, Any]]
    within: float
    in_jupyterlab: bool

    def make(self) -> Any:
        """The figure itself, as the cell makes it."""
        return eval(self.source, {name: getattr(widgets, name) for name in widgets.__all__})

    @property
    def cell(self) -> str:
        """A notebook's cell that shows the figure and keeps its name."""
        maker = self.source.partition("(")[0]
        return f"from regcourse.widgets import {maker}\n{self.name} = {self.source}\n{self.name}"

    @property
    def movable(self) -> bool:
        """Is there a point to take hold of: a state with two coordinates?"""
        return any(isinstance(value, list) for state in self.states for value in state.values())


@dataclass(frozen=True)
class Calls:
    """Calls of one function of a twin, to be compared with the browser's."""

    stem: str
    function: str
    arguments: list[tuple[Any, ...]]
    within: float

    @property
    def name(self) -> str:
        return f"{self.stem}.{self.function}"

    @property
    def in_the_browser(self) -> str:
        """The same name as JavaScript writes it: zero_wedges is zeroWedges there."""
        first, *rest = self.function.split("_")
        return first + "".join(word.capitalize() for word in rest)


def pytest_generate_tests(metafunc: Any) -> None:
    """Give a test that asks for one of these names each example in turn."""
    kinds = {
        "example": examples(),
        "shown": shown(),
        "movable": [each for each in shown() if each.movable],
        "calls": calls(),
    }
    for kind, cases in kinds.items():
        if kind in metafunc.fixturenames:
            metafunc.parametrize(kind, cases, ids=[case.name for case in cases])


def leaves(value: Any, where: str = "") -> dict[str, Any]:
    """What a result holds, by the way to it: `.w[0]` of a record, a dict or an array."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, dict):
        parts = [leaves(part, f"{where}.{name}") for name, part in value.items()]
    elif isinstance(value, (list, tuple)):
        parts = [leaves(part, f"{where}[{k}]") for k, part in enumerate(value)]
    else:
        return {where: value}
    return {way: leaf for part in parts for way, leaf in part.items()}


def assert_agree(theirs: Any, ours: Any, within: float, where: str) -> None:
    """Same parts, same words, and numbers that differ by less than `within`."""
    browser, python = leaves(theirs), leaves(ours)
    told = [f"only in Python: {way}" for way in sorted(python.keys() - browser.keys())]
    told += [f"only in the browser: {way}" for way in sorted(browser.keys() - python.keys())]
    told += [
        f"{way or 'the result'} is {browser[way]!r} in the browser and {python[way]!r} in Python"
        for way in python.keys() & browser.keys()
        if not _same(browser[way], python[way], within)
    ]
    assert not told, f"{where}: {'; '.join(told)}"


def _same(theirs: Any, ours: Any, within: float) -> bool:
    if _is_number(theirs) and _is_number(ours):
        return bool(np.isclose(theirs, ours, rtol=within, atol=within))
    return bool(theirs == ours)


def _is_number(leaf: Any) -> bool:
    return isinstance(leaf, (int, float, np.number)) and not isinstance(leaf, bool)


def stems(folder: Path, ending: str) -> set[str]:
    """The names of a folder's files, private ones apart."""
    return {path.stem for path in folder.glob(f"[!_]*{ending}")}


def twin(stem: str) -> ModuleType:
    return importlib.import_module(f"regcourse.widgets.twins.{stem}")


def table(stem: str) -> ModuleType:
    """The examples of one stem."""
    path = EXAMPLES / f"{stem}.py"
    spec = importlib.util.spec_from_file_location(f"examples_{stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def examples() -> list[Shown]:
    """Every live figure that is tried, in the order of the files."""
    return [
        Shown(name, stem, source, states, getattr(of, "WITHIN", ROUNDING), kind == "SHOWN")
        for stem, of in _tables()
        for kind in ("SHOWN", "COMPARED")
        for name, (source, states) in getattr(of, kind, {}).items()
    ]


def shown() -> list[Shown]:
    """Those that are tried in JupyterLab too."""
    return [each for each in examples() if each.in_jupyterlab]


def calls() -> list[Calls]:
    """The calls of every function that both twins have."""
    return [
        Calls(stem, function, arguments, getattr(of, "WITHIN", ROUNDING))
        for stem, of in _tables()
        for function, arguments in getattr(of, "CALLS", {}).items()
    ]


def _tables() -> list[tuple[str, ModuleType]]:
    return [(stem, table(stem)) for stem in sorted(stems(EXAMPLES, ".py"))]


def as_ours(argument: Any) -> Any:
    """An argument as Python's twin takes it: lists of numbers are arrays there."""
    return np.array(argument) if isinstance(argument, list) else argument
