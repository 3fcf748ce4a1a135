"""Whatever a student hands in: taken as scikit-learn takes it, or refused in words of our own."""

import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from sklearn.utils import check_array

from regcourse import _arrays
from regcourse.errors import InvalidInput

PATIENTS = pd.DataFrame({"age": [50.5, 60.0, 70.0], "smokes": [True, False, True],
                         "visits": [1, 2, 3], "ward": ["a", "b", "a"]})  # fmt: skip
NUMBERS = PATIENTS[["age", "smokes", "visits"]]
TABLES = {
    "truth values beside numbers": NUMBERS,
    "truth values alone": PATIENTS[["smokes"]],
    "dummies": pd.get_dummies(PATIENTS),
    "dummies alone": pd.get_dummies(PATIENTS[["ward"]]),
    "nullable whole numbers": PATIENTS[["visits"]].astype("Int64"),
    "nullable small numbers": PATIENTS[["visits"]].astype("UInt8"),
    "nullable floats": PATIENTS[["age"]].astype("Float64"),
    "nullable truth values": PATIENTS[["smokes"]].astype("boolean"),
    "nullable of every kind": NUMBERS.astype(
        {"age": "Float64", "smokes": "boolean", "visits": "Int64"}
    ),
    "categories that are numbers": NUMBERS.astype({"visits": "category"}),
    "objects": NUMBERS.astype(object),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_a_table_is_taken_as_scikit_learn_takes_it(table):
    ours = _arrays.as_matrix(table)
    assert ours.dtype == np.float64
    np.testing.assert_array_equal(ours, check_array(table, dtype=np.float64))


@pytest.mark.parametrize(
    "column",
    [
        pd.array([True, False], dtype="boolean"),
        pd.Series([1, 2], dtype="Int64"),
        pd.Index([1.5, 2.0]),
        pd.Series([True, 2.5], dtype=object),
    ],
    ids=lambda column: type(column).__name__,
)
def test_a_column_is_a_vector(column):
    np.testing.assert_array_equal(_arrays.as_vector(column, "y"), [float(v) for v in column])


MISSING = {
    "Int64": pd.Series([1, None, None], dtype="Int64"),
    "Float64": pd.Series([1.5, None, None], dtype="Float64"),
    "boolean": pd.Series([True, None, None], dtype="boolean"),
    "float64": pd.Series([1.5, np.nan, np.nan]),
    "object": np.array([1.5, None, None], dtype=object),
    "list": [1, None, pd.NA],
    "mixed": pd.DataFrame({"a": [1.5, 2.5], "b": pd.array([None, None], dtype="boolean")}),
    "times": np.array([1.5, pd.NaT, None], dtype=object),
}


@pytest.mark.parametrize("values", MISSING.values(), ids=MISSING.keys())
def test_what_is_missing_is_told_as_missing(values):
    with pytest.raises(InvalidInput, match=r"^X must have no missing values, got 2$"):
        _arrays.as_array(values, "X")


def test_what_is_infinite_is_not_told_as_missing():
    with pytest.raises(InvalidInput, match=r"^X must be finite, got 1 NaN or infinite values$"):
        _arrays.as_array(pd.Series([1.0, np.inf]), "X")


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        ([Fraction(1, 2), Decimal("0.25"), 1], [0.5, 0.25, 1.0]),
        (np.array([Fraction(1, 2), True, np.float32(2)], dtype=object), [0.5, 1.0, 2.0]),
        ([2**70, 1], [2.0**70, 1.0]),
        (range(3), [0.0, 1.0, 2.0]),
        (np.array([1, 2], ">i2"), [1.0, 2.0]),
        (np.array([1.5], np.float16), [1.5]),
        (np.array([1.5], np.longdouble), [1.5]),
        (memoryview(np.array([1.5, 2.5])), [1.5, 2.5]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_numbers_of_every_kind_are_numbers(values, numbers):
    array = _arrays.as_vector(values, "y")
    assert array.dtype == np.float64
    assert array.dtype.isnative
    assert array.tolist() == numbers


class Raises:
    """As a tensor that is bound to its gradient, or lies on another device."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("this is no\n  array")


class Strange:
    def __array__(self, dtype=None, copy=None):
        return [1.0, 2.0]


class Words:
    def __array__(self, dtype=None, copy=None):
        return np.array(["a"])


class NoMethod:
    __array__ = 5


class NoInterface:
    __array_interface__ = 5


class NoLength:
    def __len__(self):
        raise KeyError("no length")

    def __getitem__(self, index):
        raise KeyError("no entry")


class Unspeakable:
    def __repr__(self):
        raise ZeroDivisionError


class Silent(Exception):
    def __str__(self):
        raise ZeroDivisionError


class RaisesSilently:
    def __array__(self, dtype=None, copy=None):
        raise Silent


NONE = "X must be an array, and from an object of type"
REFUSED = {
    "masked": (np.ma.array([1.0]), "X must not be a masked array: fill what is masked, or drop it"),
    "masked with gaps": (np.ma.array([1.0], mask=[True]), "X must not be a masked array"),
    "csr": (scipy.sparse.csr_matrix([[1.0]]),
            r"X must be a dense array, got a csr_matrix: X.toarray\(\) makes one$"),
    "coo": (scipy.sparse.coo_array([[1.0]]), "X must be a dense array, got a coo_array: "),
    "strings": (["a"], "X must hold real numbers, got strings$"),
    "long strings": (np.array(["a"], np.dtypes.StringDType()), "X must hold real numbers, got str"),
    "a string": ("abc", "X must hold real numbers, got strings$"),
    "bytes": (b"abc", "X must hold real numbers, got bytes$"),
    "a bytearray": (bytearray(b"abc"), "X must hold real numbers, got bytes$"),
    "dates": (np.array(["2020"], "M8[D]"), "X must hold real numbers, got dates$"),
    "dates of Python": (PATIENTS.assign(day=pd.to_datetime("2020-01-01")),
                        "X must hold real numbers, got "),
    "time spans": (np.array([1], "m8[s]"), "X must hold real numbers, got time spans$"),
    "a time span among numbers": (np.array([1.0, np.timedelta64(1, "s")], dtype=object),
                                  r"X must hold real numbers, got np.timedelta64\(1,'s'\)$"),
    "records": (np.zeros(2, [("a", float)]), "X must hold real numbers, got records$"),
    "complex": ([1j], "X must hold real numbers, got complex numbers$"),
    "complex objects": ([Fraction(1), 1j], "X must hold real numbers, got 1j$"),
    "words in a table": (PATIENTS, "X must hold real numbers, got 'a'$"),
    "numbers as words": (pd.Series(["1.5"], dtype=object), "X must hold real numbers, got '1.5'$"),
    "a long word": ([1, None, "x" * 999][::2], "X must hold real numbers, got strings$"),
    "a long word among objects": ([Fraction(1), "x" * 999], "X must hold real numbers, got 'xxx"),
    "lists in an array": (np.array([[1], [2, 3]], dtype=object),
                          r"X must hold real numbers, got \[1\]$"),
    "ragged": ([[1], [1, 2]], "X must be a rectangular array: setting an array element"),
    "huge": ([10**400], "X must be finite, got one beyond the largest float$"),
    "huge alone": (10**400, "X must be finite, got one beyond the largest float$"),
    "a huge long double": (np.array([np.longdouble("1e4000")]), "X must be finite, got 1 NaN or"),
    "signalling": ([Decimal("sNaN")], r"X must hold real numbers, got Decimal\('sNaN'\)$"),
    "None": (None, "X must be an array of real numbers, got None$"),
    "a set": ({1}, r"X must be an array of real numbers, got \{1\}$"),
    "a dict": ({"a": 1}, r"X must be an array of real numbers, got \{'a': 1\}$"),
    "a generator": (iter([1]), "X must be an array of real numbers, got an object of type list_it"),
    "a function": (len, "X must be an array of real numbers, got an object of type builtin"),
    "raises": (Raises(), f"{NONE} Raises none could be made: this is no array$"),
    "raises in a list": ([Raises()], f"{NONE} list none could be made: this is no array$"),
    "raises silently": (RaisesSilently(), f"{NONE} RaisesSilently none could be made: Silent$"),
    "strange": (Strange(), f"{NONE} Strange none could be made: object __array__"),
    "words": (Words(), "X must hold real numbers, got strings$"),
    "no method": (NoMethod(), f"{NONE} NoMethod none could be made: 'int' object"),
    "no interface": (NoInterface(), f"{NONE} NoInterface none could be made: "),
    "no length": (NoLength(), "X must be an array of real numbers, got an object of type NoLeng"),
    "unspeakable": (Unspeakable(), "X must be an array of real numbers, got an object of type Uns"),
    "unspeakable in a list": ([Unspeakable()], "X must hold real numbers, got an object of type "),
}  # fmt: skip


@pytest.mark.parametrize(("values", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_holds_no_numbers_is_refused_in_words(values, message):
    with pytest.raises(InvalidInput, match=f"^{message}") as told:
        _arrays.as_array(values, "X")
    assert len(str(told.value)) < 350
    assert "\n" not in str(told.value)


def test_what_is_quoted_is_cut_where_a_line_ends():
    assert _arrays.shown("x" * 78) == repr("x" * 78)
    assert _arrays.shown("x" * 79) == "'" + "x" * 78 + "…"

    class Wordy:
        def __array__(self, dtype=None, copy=None):
            raise RuntimeError("y" * 999)

    with pytest.raises(InvalidInput, match=r"made: y{200}$"):
        _arrays.as_array(Wordy(), "X")


def test_a_matrix_class_is_refused_by_name():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy advises against the class at its making
        matrix = np.matrix([[1.0]])
    with pytest.raises(InvalidInput, match=r"^X must be an array, got a matrix: np.asarray\(X\)"):
        _arrays.as_array(matrix, "X")


def test_a_want_of_memory_is_no_wrong_argument():
    class Enormous:
        def __array__(self, dtype=None, copy=None):
            raise MemoryError

    with pytest.raises(MemoryError):
        _arrays.as_array(Enormous(), "X")


NO_NUMBERS = [
    (np.ma.masked, "masked"),
    (np.ma.array(1.0), r"masked_array\("),
    (np.timedelta64(1, "s"), r"np.timedelta64\(1,'s'\)"),
    (np.array(1, "m8[s]"), "array"),
    (pd.NA, "<NA>"),
    (Unspeakable(), "an object of type Unspeakable"),
    (len, "an object of type builtin_function_or_method"),
    ("x" * 999, "'x{78}…$"),
    (1j, "1j"),
    (np.array("a"), "'a'"),
]


@pytest.mark.parametrize(("value", "words"), NO_NUMBERS, ids=lambda value: type(value).__name__)
def test_what_is_no_number_is_quoted_in_short(value, words):
    with pytest.raises(InvalidInput, match=f"^lam must be a number, got {words}"):
        _arrays.as_real(value, "lam")
    with pytest.raises(InvalidInput, match=f"^n must be a whole number, got {words}"):
        _arrays.as_count(value, "n")


def test_fractions_decimals_and_numbers_in_boxes_are_numbers():
    assert _arrays.as_real(Decimal("0.1"), "lam") == _arrays.as_real(Fraction(1, 10), "lam") == 0.1
    assert type(_arrays.as_real(np.array(np.float32(2)), "lam")) is float
    assert type(_arrays.as_count(np.array(4), "n")) is int


@pytest.mark.parametrize("value", [Decimal("sNaN"), Decimal("Infinity"), Fraction(10**400)])
def test_a_number_that_no_float_holds_is_refused(value):
    with pytest.raises(InvalidInput, match=r"^lam must be (a number|finite), got "):
        _arrays.as_real(value, "lam")
