"""What travels between grader and sandbox arrives as it was sent, and nothing else arrives."""

import contextlib
import json
import socket
import threading
import time
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from regcourse.grading.sandbox import wire
from regcourse.questions import Rng

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
NESTED = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
ARRAYS = hnp.arrays(
    st.sampled_from(list(wire.DTYPES.values())), hnp.array_shapes(min_dims=0, min_side=0)
)


def there_and_back(value, bounds=wire.DEFAULT):
    encoder = wire.Encoder(bounds)
    tree = json.loads(json.dumps(encoder.tree(value), allow_nan=False))
    decoder = wire.Decoder(b"".join(encoder.raw), bounds)
    arrived = decoder.value(tree)
    decoder.finish()
    return arrived


@given(NESTED)
def test_plain_data_arrives_as_it_was_sent(value):
    arrived = there_and_back(value)
    assert arrived == value
    assert type(arrived) is type(value)


@given(ARRAYS)
def test_an_array_arrives_bit_for_bit_and_can_be_written(array):
    arrived = there_and_back(array)
    assert (arrived.dtype, arrived.shape) == (array.dtype, array.shape)
    assert arrived.tobytes() == array.tobytes()
    assert arrived.flags.writeable


class Word(str):
    """As a member of an enumeration: its word is one thing, what is printed another."""

    def __str__(self):
        return f"Word.{self.upper()}"


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["array", "tuple", "dict", "float", "complex", "rng"]), inner
        )
        | st.fixed_dictionaries(
            {"array": st.tuples(st.sampled_from(list(wire.DTYPES)), st.lists(inner)).map(list)}
        )
    ),
    max_leaves=8,
)


@given(TREES, st.binary(max_size=50))
def test_any_tree_decodes_to_a_value_or_to_a_wire_error(tree, raw):
    with contextlib.suppress(wire.WireError):
        wire.Decoder(raw).value(tree)


@pytest.mark.parametrize(
    ("sent", "arrives"),
    [
        (np.float64(2.5), 2.5),
        (np.int32(7), 7),
        (np.bool_(True), True),
        (np.longdouble(0.5), 0.5),
        (np.complex64(1 + 2j), 1 + 2j),
        (float("inf"), float("inf")),
        ("lone \ud800 surrogate", "lone ? surrogate"),
        (Fraction(1, 4), 0.25),
        (Decimal("0.1"), 0.1),
        (-(2**70), -(2.0**70)),
        (Word("ridge"), "ridge"),
    ],
    ids=[
        "float64",
        "int32",
        "bool",
        "longdouble",
        "complex64",
        "infinity",
        "surrogate",
        "fraction",
        "decimal",
        "long",
        "enumeration",
    ],
)
def test_a_scalar_arrives_as_its_python_twin(sent, arrives):
    got = there_and_back(sent)
    assert got == arrives
    assert type(got) is type(arrives)


def test_what_lies_as_deep_as_is_allowed_arrives():
    deep = [[[1 + 2j, "x"]]]
    assert there_and_back(deep, wire.Bounds(depth=3)) == deep


def test_nan_arrives_as_nan():
    assert np.isnan(there_and_back(float("nan")))


@pytest.mark.parametrize("dtype", [">f8", np.longdouble], ids=["big-endian", "longdouble"])
def test_an_array_of_another_layout_arrives_as_float64(dtype):
    arrived = there_and_back(np.array([1.5, -2.0], dtype=dtype))
    assert arrived.dtype == np.float64
    np.testing.assert_array_equal(arrived, [1.5, -2.0])


def test_a_seed_arrives_as_a_generator_where_one_is_wanted():
    tree = wire.Encoder(rng_type=Rng).tree(Rng(7))
    arrived = wire.Decoder(b"", rng=np.random.default_rng).value(tree)
    assert arrived.random() == np.random.default_rng(7).random()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({1, 2}, "a set"),
        (Rng(7), "an object of type Rng"),
        (len, "a builtin_function_or_method"),
        (10**400, "a number beyond every float"),
        ([Fraction(-(10**400))], "a number beyond every float"),
        (Decimal("sNaN"), "an object of type Decimal"),
        (np.ma.array([1.0]), "a masked array"),
        (np.timedelta64(1, "ns"), "an object of type timedelta64"),
        (np.array([np.timedelta64(1, "ns")], dtype=object), "an array of dtype object"),
        (np.array([[1], [2, 3]], dtype=object), "an array of dtype object"),
        (np.broadcast_to(np.array(1, dtype=object), 10**12), "an array of dtype object"),
        ({1: 2}, "a dict with an int as a key"),
        (np.array(["x"]), "an array of dtype str32"),
        (np.array([None]), "an array of dtype object"),
        (np.zeros(2, "i4,f8"), "an array of dtype void96"),
        ([[[[[]]]]], "a structure nested more than 3 levels deep"),
        (list(range(60)), "more than 50 values"),
        (np.zeros(20), "arrays of more than 100 bytes"),
        (np.zeros((1,) * 4), "an array of more than 3 axes"),
        (["x" * 30, "y" * 31], "more than 60 characters"),
        ({"x" * 61: 1}, "more than 60 characters"),
        (np.broadcast_to(1.0, 10**12), "arrays of more than 100 bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_travel_is_named(value, words):
    bounds = wire.Bounds(text_bytes=60, raw_bytes=100, depth=3, items=50)
    with pytest.raises(wire.WireError, match=f"^{words}$"):
        wire.Encoder(bounds).tree(value)


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"pickle": "gASV"}, "a tree of an unknown form"),
        ({"tuple": [], "dict": []}, "a tree of an unknown form"),
        ({"tuple": "ab"}, "a tree of an unknown form"),
        ({"float": "1.0"}, "a tree of an unknown form"),
        ({"rng": 7}, "a tree of an unknown form"),
        ({"complex": ["1", "2"]}, "a complex number without two parts"),
        ({"dict": [["a"]]}, "a dict without string keys"),
        ({"dict": [[1, 2]]}, "a dict without string keys"),
        ({"array": "<f8"}, "an array without dtype and shape"),
        ({"array": ["|O", [1]]}, "an array of a dtype or shape that is not allowed"),
        ({"array": ["<f8", [1] * 40]}, "an array of a dtype or shape that is not allowed"),
        ({"array": ["<f8", [-1]]}, "an array of an impossible shape"),
        ({"array": ["<f8", [True]]}, "an array of an impossible shape"),
        ({"array": ["<f8", [0, 10**18]]}, "an array of an impossible shape"),
        ({"array": ["<f8", [10**5, 10**5]]}, "an array of an impossible shape"),
        ({"array": ["<f8", [9]]}, "an array longer than its frame"),
        (2**64, "a whole number of more than 64 bits"),
        (float("inf"), "a float out of range"),
        ([[[[[1]]]]], "too many values, or nested too deep"),
        ([1] * 60, "too many values, or nested too deep"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_tree_that_lies_is_refused(tree, words):
    bounds = wire.Bounds(depth=4, items=50)
    with pytest.raises(wire.WireError, match=words):
        wire.Decoder(b"12345678", bounds).value(tree)


def test_bytes_that_nothing_claims_are_refused():
    with pytest.raises(wire.WireError, match="bytes that no array claims"):
        wire.Decoder(b"1").finish()


def test_a_bool_array_holds_only_true_and_false():
    arrived = wire.Decoder(b"\x00\x01\x02\xff").value({"array": ["|b1", [4]]})
    assert arrived.tobytes() == b"\x00\x01\x01\x01"


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_a_frame_arrives_with_its_arrays(pair):
    ours, theirs = pair
    encoder = wire.Encoder()
    tree = encoder.tree(np.arange(300_000.0))  # longer than the socket's buffer
    writer = threading.Thread(target=wire.send, args=(theirs, {"value": tree}, encoder.raw))
    writer.start()
    header, raw = wire.receive(ours)
    writer.join()
    np.testing.assert_array_equal(wire.Decoder(raw).value(header["value"]), np.arange(300_000.0))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (wire.LENGTHS.pack(2**31, 0), "a frame longer than is allowed"),
        (wire.LENGTHS.pack(2, 2**31), "a frame longer than is allowed"),
        (wire.LENGTHS.pack(3, 0) + b"{a}", "a header that is not JSON"),
        (wire.LENGTHS.pack(2, 0) + b"\xff\xfe", "a header that is not JSON"),
        (wire.LENGTHS.pack(40_000, 0) + b"[" * 40_000, "a header that is not JSON"),
        (wire.LENGTHS.pack(2, 0) + b"[]", "a header that is not an object"),
        (wire.LENGTHS.pack(7, 0) + b'{"a":NaN}'[:7], "a header that is not JSON"),
        (wire.LENGTHS.pack(9, 0) + b'{"a":NaN}', "a header that is not JSON"),
    ],
    ids=["long text", "long raw", "no JSON", "no UTF-8", "deep", "a list", "cut off", "NaN"],
)
def test_a_frame_that_is_not_one_is_refused(pair, frame, words):
    ours, theirs = pair
    theirs.sendall(frame)
    with pytest.raises(wire.WireError, match=words):
        wire.receive(ours)


def test_a_side_that_has_gone_is_the_end_of_the_file(pair):
    ours, theirs = pair
    theirs.close()
    with pytest.raises(EOFError, match="the other side has gone"):
        wire.receive(ours)


def test_a_side_that_is_silent_is_waited_for_only_until_then(pair):
    ours, _ = pair
    with pytest.raises(TimeoutError):
        wire.receive(ours, until=time.monotonic() + 0.01)


def test_a_side_that_is_too_late_is_not_read(pair):
    ours, _ = pair
    with pytest.raises(TimeoutError, match="the other side did not answer in time"):
        wire.receive(ours, until=time.monotonic() - 1)
