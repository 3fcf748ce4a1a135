import numpy as np
import pytest

from regcourse.checks.values import Rng, fresh, odd_part


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


def test_a_fresh_copy_shares_nothing_and_draws_alike():
    value = ([np.zeros(2)], {"rng": Rng(7)})
    (array,), named = fresh(value)
    array += 1
    assert not value[0][0].any()
    assert named["rng"].random() == np.random.default_rng(7).random()
