"""The tree of exceptions: its drawing is true, and what callers rely on holds."""

import inspect
import re

import pytest

from regcourse import errors

CLASSES = {
    name: member
    for name, member in vars(errors).items()
    if inspect.isclass(member) and member.__module__ == errors.__name__
}
DRAWN = [
    (len(prefix) // 4, name)
    for prefix, name in re.findall(r"^([│├└─ ]*)([A-Z]\w+)(?=$|  )", errors.__doc__ or "", re.M)
]


def test_the_drawing_names_every_exception_once():
    assert sorted(name for _, name in DRAWN) == sorted(CLASSES)


@pytest.mark.parametrize("position", range(1, len(DRAWN)))
def test_the_drawing_hangs_every_exception_below_its_parent(position):
    depth, name = DRAWN[position]
    parent = next(above for level, above in reversed(DRAWN[:position]) if level == depth - 1)
    assert CLASSES[parent] in CLASSES[name].__bases__


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_exception_says_what_it_means(name):
    assert CLASSES[name].__doc__
    assert issubclass(CLASSES[name], errors.RegCourseError)


def test_a_wrong_argument_is_a_value_error_too():
    assert issubclass(errors.InvalidInput, ValueError)


def test_a_solver_that_stops_early_is_a_runtime_error_too():
    assert issubclass(errors.DidNotConverge, RuntimeError)
