import numpy as np
import pytest

from regcourse.questions import Rng, fresh, odd_part


@pytest.mark.parametrize(
    ("value", "odd"),
    [
        ((1, 2.5, "a", None, True, 1j, Rng(3)), ""),
        ({"w": [np.ones(2), np.float32(1)]}, ""),
        ([2**63], "a whole number of more than 64 bits"),
        ([-(2**63)], ""),
        (({2: 1.0},), "a dict with a key that is no string"),
        ({"w": [np.array([None])]}, "an array of dtype object"),
        ((1, {3}), "a value of type set"),
    ],
    ids=["plain", "nested", "large", "least", "key", "objects", "set"],
)
def test_the_first_part_that_is_not_plain_data_is_named(value, odd):
    assert odd_part(value) == odd


def test_a_generator_argument_is_rebuilt_for_each_call():
    first, second = fresh((Rng(7),)), fresh((Rng(7),))
    assert first[0].random() == second[0].random() == np.random.default_rng(7).random()


def test_fresh_copies_share_nothing_and_can_be_written():
    frozen = np.arange(3.0)
    frozen.setflags(write=False)
    value = {"a": [frozen, (frozen,)], "b": "word"}
    copy = fresh(value)
    copy["a"][0][0] = 9
    copy["a"][1][0][1] = 9
    np.testing.assert_array_equal(frozen, [0, 1, 2])
    assert copy["b"] == "word"
