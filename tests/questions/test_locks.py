import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regcourse.questions import grid_key, grid_keys, lock, unlock

few = settings(max_examples=30)


@few
@given(st.text(), st.text(), st.text())
def test_a_key_opens_what_was_locked_under_it(words, key, salt):
    assert unlock([lock(words, key, salt)], key, salt) == words


@few
@given(st.text(max_size=8), st.text(max_size=8))
def test_another_key_or_salt_opens_nothing(key, salt):
    box = lock("right", key, salt)
    assert unlock([box], key + "x", salt) is None
    assert unlock([box], key, salt + "x") is None


def test_the_first_box_that_opens_is_read():
    boxes = [lock("no", "1", "s"), lock("a longer one", "2", "s"), lock("later", "2", "s")]
    assert unlock(boxes, "2", "s") == "a longer one"
    assert unlock([], "2", "s") is None


def test_neither_words_nor_key_can_be_read_off_a_box():
    box = lock("the answer is four", "4", "salt")
    assert "answer" not in box
    assert lock("right", "4", "salt")[:8] == box[:8]  # the mark, under one key
    assert lock("right", "5", "salt")[:8] != box[:8]


@given(st.floats(-1e3, 1e3), st.floats(-1, 1), st.floats(1e-4, 10))
def test_what_lies_within_a_step_has_one_of_the_keys(value, share, step):
    assert grid_key(value + share * step * (1 - 1e-9), step) in grid_keys(value, step)


@given(st.floats(-1e3, 1e3), st.floats(2.001, 100), st.floats(1e-4, 10))
def test_what_lies_two_steps_away_has_none(value, steps, step):
    assert grid_key(value + steps * step, step) not in grid_keys(value, step)


@pytest.mark.parametrize(
    "value",
    [np.nan, np.inf, [1.0, 2.0], [3.0], np.array([[3.0]]), None, 1j, {}, [[1], [2, 3]], 10**400],
    ids=repr,
)
def test_what_is_no_single_number_has_no_key(value):
    assert grid_key(value, 0.1) is None


def test_a_number_may_come_in_an_array_without_axes_and_a_word_is_its_own_key():
    assert grid_key(np.array(3.0), 1.0) == "3"
    assert grid_key("ridge", 1.0) == "ridge"
    assert grid_keys("ridge", 1.0) == ["ridge"]
    assert grid_key(1e300, 1e-12) is None


def test_many_boxes_are_tried_within_the_time_of_a_check():
    boxes = [lock(f"mistake {i}", str(i), "s") for i in range(30)]
    start = time.process_time()
    assert unlock(boxes, "none of them", "s") is None
    # One slow step takes about 10 ms; thirty would take 300.
    assert time.process_time() - start < 0.1
