"""Numbers of any size: an answer of finite numbers, or a refusal by name; nothing in between."""

import dataclasses
import inspect
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regcourse import linear
from regcourse.errors import InvalidInput
from regcourse.linear import duality_gap, effective_dof, objective, ridge, ridge_path

FUNCTIONS = [
    thing
    for thing in (getattr(linear, name) for name in linear.__all__)
    if inspect.isfunction(thing)
]
# From less than the smallest float to nearly the largest; -400 stands for zero.
powers = st.integers(-330, 308) | st.integers(-45, 45) | st.just(-400)
digits = st.integers(-9, 9)


@st.composite
def numbers_of_any_size(draw):
    """An argument for every name in the room: five rows, two columns."""
    columns = np.array(draw(st.lists(digits, min_size=15, max_size=15))).reshape(3, 5) / 9

    def of_some_size(values):
        return values * 10.0 ** draw(powers)

    return {
        "X": np.column_stack([of_some_size(column) for column in columns[:2]]),
        "y": of_some_size(columns[2]),
        "b": of_some_size(1.5),
        "w": np.array([of_some_size(1.0), of_some_size(-0.5)]),
        "lam": of_some_size(1.0),
        "lams": [of_some_size(1.0), of_some_size(2.0)],
        "rho": draw(st.sampled_from([0.0, 1e-300, 1e-30, 0.3, 1.0])),
        "sample_weight": [of_some_size(weight) for weight in (1.0, 2.0, 0.5, 1.0, 1.5)],
        "alpha": of_some_size(1.0),
        "s": [of_some_size(2.0), of_some_size(1.0)],
    }


def floats(result):
    """All numbers of a result in one array."""
    parts = result if isinstance(result, tuple) else (result,)
    fields = [vars(part).values() if dataclasses.is_dataclass(part) else [part] for part in parts]
    return np.concatenate([np.ravel(value) for values in fields for value in values])


every_function = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda each: each.__name__)


def answered(function, known):
    """Call a function of the room with what is known for the names of its parameters."""
    return function(**{name: known[name] for name in inspect.signature(function).parameters})


@every_function
@settings(max_examples=30)
@given(known=numbers_of_any_size())
def test_numbers_of_any_size_are_answered_or_refused(function, known):
    # Warnings are errors in all tests.
    with suppress(InvalidInput):
        assert np.isfinite(floats(answered(function, known))).all()


@every_function
@pytest.mark.parametrize("unit", [1e-30, 1.0, 1e30])
def test_numbers_of_a_common_size_are_answered(function, unit):
    rng = np.random.default_rng(28)
    known = {
        "X": unit * rng.normal(size=(5, 2)), "y": unit * rng.normal(size=5), "b": unit, "w": [1, 2],
        "lam": 0.3, "lams": [0.3, 1.0], "rho": 0.4, "sample_weight": unit * rng.uniform(size=5),
        "alpha": 1.0, "s": [2 * unit, unit],
    }  # fmt: skip
    assert np.isfinite(floats(answered(function, known))).all()


X, y = np.array([[-1.0, 2.0], [0.0, 1.0], [4.0, -1.0]]), np.array([0.0, 1.0, 11.0])
between = r"must be 0 or between 1e-40 and 1e\+40 in size"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ridge(X, y * 1e170, 0.1), f"the largest of y {between}, got 1.1e\\+171"),
        (lambda: ridge(X, y * 1e-170, 0.1), f"the largest of y {between}, got 1.1e-169"),
        (lambda: ridge(X, y, 10**400), "lam must be finite, got one beyond the largest float"),
        (lambda: ridge(X, y, 1.7e308), f"lam {between}, got 1.7e\\+308"),
        (lambda: ridge(X, y, 1e-300), f"lam {between}, got 1e-300"),
        (lambda: ridge_path(X, y, [0.1, 1e300]), f"lams {between}, got 1e\\+300"),
        (lambda: duality_gap(X * 1e154, y, 1.0, [0, 0], 0.1), f"column 0 of X {between}, got 4e"),
        (lambda: ridge(X * [1, 1e-200], y, 0.0), f"column 1 of X {between}, got 2e-200"),
        (lambda: effective_dof(X * 1e200, 1.0), f"column 0 of X {between}, got 4e\\+200"),
        (lambda: ridge(X, y, 0.1, sample_weight=[1e-310, 1, 1]),
         "sample_weight must be 0 or at least 1e-40 of the largest"),
        (lambda: objective(X, y, 0.0, [0, 0], 0.1, rho=1e-300), f"rho {between}, got 1e-300"),
    ],
)  # fmt: skip
def test_what_no_model_can_compute_with_is_refused_by_name(call, message):
    with pytest.raises(InvalidInput, match=f"^{message}"):
        call()


def test_sample_weights_of_any_common_size_are_the_same():
    tiny, huge = (ridge(X, y, 0.1, sample_weight=np.array([1, 2, 0.5]) * unit)
                  for unit in (2.0**-1050, 2.0**1000))  # fmt: skip
    np.testing.assert_array_equal(tiny.w, huge.w)
    assert tiny.gap == huge.gap
