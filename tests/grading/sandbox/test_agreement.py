"""Whatever is right in a notebook is right once it has travelled, and the same is wrong."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from regcourse.compare import difference
from regcourse.grading.sandbox import wire


class Word(str):
    """As a member of an enumeration: its word is one thing, what is printed another."""

    def __str__(self):
        return f"Word.{self.upper()}"


class Odd:
    def __array__(self, dtype=None, copy=None):
        return np.array([1.0, -3.0])


W = np.array([1.0, -3.0])
ANSWERS = [
    (Fraction(1, 3), 1 / 3), (Decimal("0.1"), 0.1), (2**70, 2.0**70), (-(10**400), 1.0),
    (Decimal("sNaN"), 1.0), (True, 1.0), (np.True_, 1.0), (1.0, True), (np.float32(0.5), 0.5),
    (np.array(0.5), 0.5), ([0.5], 0.5), (np.timedelta64(1, "ns"), 1.0), (1 + 0j, 1.0), (1j, 1.0),
    (np.longdouble(2), 2.0), (np.longdouble("1e4000"), 1.0), (None, 1.0), ("1.0", 1.0),
    ([Fraction(1), Decimal(-3)], W), (np.array([Fraction(1), -3], dtype=object), W),
    (np.array([Fraction(1), 2**70], dtype=object), np.array([1.0, 2.0**70])),
    (np.array([1, -3 + 0j], dtype=object), W), (np.array([None, 1.0], dtype=object), W),
    (np.array([1.0, np.timedelta64(1, "ns")], dtype=object), W), (W.astype(">f4"), W),
    (W.astype(np.clongdouble), W), (W.astype(np.float16), W), ([True, False], np.array([1.0, 0])),
    ([np.array(1.0), np.float32(-3)], W), ([[1.0], [2.0, 3.0]], W), ([1.0, "two"], W), ((), W),
    (W[:, None], W), (range(2), W), ({1.0, -3.0}, W), (Odd(), W), (np.ma.array(W), W),
    (np.ma.array(W, mask=[True, False]), W), (np.array(["a", "b"]), W), (np.str_("ridge"), "ridge"),
    (Word("ridge"), "ridge"), ("WORD", "ridge"), (b"ridge", "ridge"),
    ({"b": Fraction(1), "w": [1, -3]}, {"b": 1.0, "w": W}), ({"b": 1, "z": 2}, {"b": 1.0}),
    ({Word("ridge"): 1.0}, {"ridge": 1.0}), ((1.0, W.tolist()), (1.0, W)),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "expected"), ANSWERS, ids=lambda value: type(value).__name__)
def test_an_answer_is_as_right_in_a_notebook_as_it_is_for_the_grader(answer, expected):
    encoder = wire.Encoder()
    try:
        tree = encoder.tree(answer)
        arrived = wire.Decoder(b"".join(encoder.raw)).value(tree)
    except wire.WireError:
        arrived = wire.WireError  # as no answer ever is
    there, here = difference(arrived, expected), difference(answer, expected)
    assert (there is None) is (here is None)
