"""No result shares memory with what the caller gave, and no call changes it.

Every public function of the mathematics and every method of what it gives is called with arrays
that nothing needs to copy, and with strengths of 0 among others: where there is nothing to do,
handing the argument back would be the easiest way. What fits no argument tried here is run as
its own example shows it.
"""

import dataclasses
import doctest
import importlib
import inspect
import itertools

import numpy as np

from regcourse.errors import RegCourseError

DRAWN = {"widgets", "figures"}  # they give pictures
VALUES = {
    "ArrayLike": [np.linspace(0.5, 2.0, 6) ** 2, np.linspace(-0.5, 0.5, 2),
                  np.random.default_rng(0).normal(size=(6, 2))],
    "float": [0.0, 0.5, 2.0],
    "int": [2, 40],
}  # fmt: skip


def public(config):
    """The public functions and classes of the rooms of mathematics, by name."""
    contracts = config["tool"]["importlinter"]["contracts"]
    wings = next(c["wings"] for c in contracts if c["type"] == "wings")
    wing = next(wing for wing in wings if "norms" in wing)
    for room in sorted({room for layer in wing for room in layer.split(" | ")} - DRAWN):
        module = importlib.import_module(f"regcourse.{room}")
        for name in getattr(module, "__all__", vars(module)):
            thing = getattr(module, name)
            if getattr(thing, "__module__", "").startswith(module.__name__) and name[0] != "_":
                yield f"{room}.{name}", thing
                for other, made in inspect.getmembers(thing, inspect.ismethod):
                    if other[0] != "_":  # a class of the room has ways of making one
                        yield f"{room}.{name}.{other}", made


def arrays(value):
    return [part for part in parts(value) if isinstance(part, np.ndarray)]


def parts(value):
    """A result and all that it is packed of."""
    yield value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = [getattr(value, field.name) for field in dataclasses.fields(value)]
    value = list(value.values()) if isinstance(value, dict) else value
    for item in value if isinstance(value, (list, tuple)) else ():
        yield from parts(item)


def methods(value):
    ours = type(value).__module__.startswith("regcourse")
    named = inspect.getmembers(type(value), inspect.isfunction) if ours else []
    return [getattr(value, name) for name, _ in named if name[0] != "_"]


def fitting(function):
    """Every way to call `function` with the values above; of options, arrays only."""
    choices = {}
    for name, parameter in inspect.signature(function).parameters.items():
        kind = str(parameter.annotation).split(" | ")[0]
        if parameter.default is parameter.empty:
            choices[name] = VALUES.get(kind, [])
        elif kind == "ArrayLike":
            choices[name] = [parameter.default, VALUES[kind][0]]
    return [dict(zip(choices, some, strict=True)) for some in itertools.product(*choices.values())]


def watched(function, given, seen):
    """Call it on copies of its own, note what it did to them, and return what it gave."""
    given = {name: np.copy(v) if isinstance(v, np.ndarray) else v for name, v in given.items()}
    before = {name: np.copy(value) for name, value in given.items()}
    try:
        result = function(**given)
    except RegCourseError:
        return None
    seen += [(name, "changed") for name in given if not np.array_equal(given[name], before[name])]
    given["self"] = list(parts(getattr(function, "__self__", None)))
    gave = arrays(result)
    for name, value in given.items():
        shared = any(np.shares_memory(one, other) for one in arrays(value) for other in gave)
        seen.append((name, "shared" if shared else ""))
    return result


def as_shown(function):
    """The arguments of a function's own examples, by name."""
    found = []

    def note(*args, **kwargs):
        found.append(inspect.signature(function).bind(*args, **kwargs).arguments)
        return function(*args, **kwargs)

    scope = {**vars(inspect.getmodule(function)), "np": np, function.__name__: note}
    for example in doctest.DocTestParser().get_examples(function.__doc__ or ""):
        exec(example.source, scope)  # our own documentation
    return [{n: np.array(v, dtype=float) if isinstance(v, list) else v for n, v in given.items()}
            for given in found]  # fmt: skip


def test_no_result_shares_memory_with_an_argument_and_no_call_changes_one(config):
    everything = dict(public(config))
    assert len(everything) > 30
    found = []
    for name, thing in everything.items():
        seen, within = [], []
        for given in fitting(thing):
            result = watched(thing, given, seen)
            for function in methods(result):
                for more in fitting(function):
                    watched(function, more, within)
        if inspect.isroutine(thing) and not seen:
            for given in as_shown(thing):
                watched(thing, given, seen)
            found += [(name, "never called")] if fitting(thing) != [{}] and not seen else []
        found += [(name, *what) for what in (*seen, *within) if what[1]]
    assert sorted(set(found)) == []
