import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from regcourse.compare import difference
from regcourse.errors import ExerciseError
from regcourse.questions import Raised, Rng, from_json, to_json

dtypes = st.sampled_from([np.bool_, np.int64, np.uint8, np.float32, np.float64])
arrays = dtypes.flatmap(lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, min_side=0)))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | arrays,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(values)
def test_every_value_comes_back_through_plain_json(value):
    text = json.dumps(to_json(value), allow_nan=False)
    back = from_json(json.loads(text))
    assert type(back) is type(value)
    assert difference(back, value, rtol=0.0) is None


@given(arrays)
def test_arrays_keep_dtype_shape_and_every_bit(array):
    back = from_json(json.loads(json.dumps(to_json(array))))
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    np.testing.assert_array_equal(back, array)


def test_generators_and_exceptions_are_marked():
    assert to_json((Rng(7), Raised("ValueError", "secret"))) == {
        "tuple": [{"rng": 7}, {"raises": "ValueError"}]
    }
    assert from_json({"rng": 7}) == Rng(7)
    assert from_json({"raises": "ValueError"}) == Raised("ValueError")


def test_numpy_scalars_become_plain_numbers():
    assert to_json(np.float64(1.5)) == 1.5
    assert type(to_json(np.int64(3))) is int
    assert to_json(np.bool_(True)) is True


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (np.array([1j]), "an array of dtype complex128 cannot be released"),
        (np.array(["a"]), "an array of dtype <U1 cannot be released"),
        ({1: 2}, "a value of type dict with a key that is no string cannot be released"),
        (len, "^a value of type builtin_function_or_method cannot be released$"),
        (1j, "a value of type complex cannot be released"),
    ],
    ids=["complex", "words", "keys", "function", "number"],
)
def test_what_is_not_plain_data_is_refused(value, says):
    with pytest.raises(ExerciseError, match=says):
        to_json(value)
