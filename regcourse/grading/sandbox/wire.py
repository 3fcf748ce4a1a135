"""Frames and values on the socket between the grader and a student's process.

A frame is two lengths, a JSON header, and the raw bytes of its arrays, in the
order in which the header names them. Nothing is ever unpickled. The student's
process owns its end of the socket, so whoever reads here trusts no byte: every
length, dtype, shape, depth and count is bounded before it is believed.

This file also runs inside the sandbox, started by path: it needs only NumPy.

Values:  None, bool, int, finite float, str and list are plain JSON;
         {"tuple": [...]}  {"dict": [[key, value], ...]}  {"float": "nan"}
         {"complex": [re, im]}  {"array": [dtype, shape]}  {"rng": seed}
"""

from __future__ import annotations

import json
import math
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Number
from typing import Any

import numpy as np

LENGTHS = struct.Struct("<II")
# Little-endian and fixed in size, so that raw bytes mean the same on both sides.
_NUMBERS = "|b1 |i1 <i2 <i4 <i8 |u1 <u2 <u4 <u8 <f2 <f4 <f8 <c8 <c16"
DTYPES = {name: np.dtype(name) for name in _NUMBERS.split()}
SPECIAL_FLOATS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class WireError(ValueError):
    """A value that cannot travel, or a frame that must not be believed."""


class TooMuch(WireError):
    """A value that could travel, were there less of it."""


@dataclass(frozen=True)
class Bounds:
    """What one frame may hold. 2 MB of JSON can become some 50 MB of objects, no more."""

    text_bytes: int = 2_000_000
    raw_bytes: int = 32_000_000
    depth: int = 16
    items: int = 200_000
    axis: int = 100_000_000


DEFAULT = Bounds()
ROOMY = Bounds(text_bytes=50_000_000, raw_bytes=500_000_000, items=5_000_000)


def describe(value: Any) -> str:
    """Name the type of a value in words: "a set", "an object of type Model"."""
    kind = type(value)
    name = kind.__name__
    if kind.__module__ not in ("builtins", "types") and not isinstance(value, np.ndarray):
        return f"an object of type {name}"
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"


class Encoder:
    """Turn values into the header's tree, gathering their arrays' bytes in `raw`."""

    def __init__(self, bounds: Bounds = DEFAULT, rng_type: Any = None) -> None:
        self.raw: list[bytes] = []
        self._bounds = bounds
        self._rng_type = rng_type
        self._size = 0
        self._items = 0
        self._characters = 0

    def tree(self, value: Any, depth: int = 0) -> Any:
        self._items += 1
        if self._items > self._bounds.items:
            raise TooMuch(f"more than {self._bounds.items} values")
        if depth > self._bounds.depth:
            raise WireError(f"a structure nested more than {self._bounds.depth} levels deep")
        if type(value) is float and math.isfinite(value):  # by far the most common
            return value
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, np.timedelta64):  # which NumPy counts among its numbers
            raise WireError(describe(value))
        if isinstance(value, (np.bool_, np.number)):
            value = value.item()
            if isinstance(value, np.number):  # longdouble has no Python twin
                value = complex(value) if value.dtype.kind == "c" else float(value)
        if isinstance(value, bool):
            return value
        if isinstance(value, int) and -(2**63) <= value < 2**63:
            return int(value)
        if isinstance(value, float):
            return float(value) if math.isfinite(value) else {"float": repr(float(value))}
        if isinstance(value, complex):
            return {"complex": [self.tree(value.real, depth), self.tree(value.imag, depth)]}
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, np.ndarray):
            return self._array(value)
        if _is_number(value):
            return self.tree(_nearest(value), depth)
        if isinstance(value, (list, tuple)):
            items = [self.tree(item, depth + 1) for item in value]
            return {"tuple": items} if isinstance(value, tuple) else items
        if isinstance(value, dict):
            return {"dict": [self._entry(k, v, depth) for k, v in value.items()]}
        if self._rng_type is not None and type(value) is self._rng_type:
            return {"rng": int(value.seed)}
        raise WireError(describe(value))

    def _entry(self, key: Any, value: Any, depth: int) -> list[Any]:
        if not isinstance(key, str):
            raise WireError(f"a dict with {describe(key)} as a key")
        return [self._text(key), self.tree(value, depth + 1)]

    def _text(self, value: str) -> str:
        # As JSON it takes at least a byte for each: no need to write it down to know.
        self._characters += len(value)
        if self._characters > self._bounds.text_bytes:
            raise TooMuch(f"more than {self._bounds.text_bytes} characters")
        return str.__str__(value)  # of a member of an enumeration, its word alone

    def _array(self, value: np.ndarray[Any, Any]) -> Any:
        if isinstance(value, np.ma.MaskedArray):
            raise WireError("a masked array")
        array = np.asarray(value)
        if array.dtype in (np.longdouble, np.clongdouble):
            array = array.astype(np.float64 if array.dtype.kind == "f" else np.complex128)
        if array.dtype.kind == "O" and array.nbytes <= self._bounds.raw_bytes:
            array = _numbers(array)
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        if array.dtype.str not in DTYPES:
            raise WireError(f"an array of dtype {array.dtype.name}")
        if array.ndim > self._bounds.depth:
            raise WireError(f"an array of more than {self._bounds.depth} axes")
        self._size += array.nbytes
        if self._size > self._bounds.raw_bytes:
            raise TooMuch(f"arrays of more than {self._bounds.raw_bytes} bytes")
        self.raw.append(array.tobytes())
        return {"array": [array.dtype.str, list(array.shape)]}


def _is_number(value: Any) -> bool:
    return isinstance(value, (Number, np.bool_)) and not isinstance(value, np.timedelta64)


def _nearest(number: Any) -> complex:
    """Return the float nearest to a fraction, a decimal or a whole number of any length.

    Such an answer is compared as the number that it is, here as in a notebook.
    """
    try:
        nearest = complex(number)
    except OverflowError:
        raise WireError("a number beyond every float") from None
    except Exception:  # a signalling NaN, or whatever a class of the student's own may raise
        raise WireError(describe(number)) from None
    return nearest if nearest.imag else nearest.real


def _numbers(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return an array of objects as one of floats, if it holds nothing but numbers."""
    items = array.ravel().tolist()
    return (
        np.array([*map(_nearest, items)]).reshape(array.shape)
        if all(map(_is_number, items))
        else array
    )


class Decoder:
    """Turn a header's tree back into values, taking arrays from `raw` in order.

    `rng` builds a generator from a seed; without it a seed is refused.
    """

    def __init__(
        self, raw: bytes, bounds: Bounds = DEFAULT, rng: Callable[[int], Any] | None = None
    ) -> None:
        self._raw = memoryview(raw)
        self._at = 0
        self._bounds = bounds
        self._rng = rng
        self._items = 0

    def value(self, tree: Any, depth: int = 0) -> Any:
        self._items += 1
        if self._items > self._bounds.items or depth > self._bounds.depth:
            raise WireError("too many values, or nested too deep")
        if tree is None or isinstance(tree, bool):
            return tree
        if isinstance(tree, int):
            if not -(2**63) <= tree < 2**63:
                raise WireError("a whole number of more than 64 bits")
            return tree
        if isinstance(tree, float):
            if not math.isfinite(tree):
                raise WireError("a float out of range")
            return tree
        if isinstance(tree, str):
            return well_formed(tree)
        if isinstance(tree, list):
            return [self.value(item, depth + 1) for item in tree]
        if not isinstance(tree, dict) or len(tree) != 1:
            raise WireError("a tree of an unknown form")
        ((tag, body),) = tree.items()
        if tag == "array":
            return self._array(body)
        if tag == "tuple" and isinstance(body, list):
            return tuple(self.value(item, depth + 1) for item in body)
        if tag == "dict" and isinstance(body, list):
            return dict(self._entry(pair, depth) for pair in body)
        if tag == "float" and isinstance(body, str) and body in SPECIAL_FLOATS:
            return SPECIAL_FLOATS[body]
        if tag == "complex" and isinstance(body, list) and len(body) == 2:
            return complex(*(self._real(part, depth) for part in body))
        if tag == "rng" and self._rng is not None and isinstance(body, int) and body >= 0:
            return self._rng(body)
        raise WireError("a tree of an unknown form")

    def finish(self) -> None:
        """Demand that the header has named every byte of the frame."""
        if self._at != len(self._raw):
            raise WireError("bytes that no array claims")

    def _real(self, tree: Any, depth: int) -> float:
        part = self.value(tree, depth)
        if not isinstance(part, float):
            raise WireError("a complex number without two parts")
        return part

    def _entry(self, pair: Any, depth: int) -> tuple[str, Any]:
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str):
            raise WireError("a dict without string keys")
        return well_formed(pair[0]), self.value(pair[1], depth + 1)

    def _array(self, body: Any) -> np.ndarray[Any, Any]:
        if not isinstance(body, list) or len(body) != 2 or not isinstance(body[0], str):
            raise WireError("an array without dtype and shape")
        dtype, shape = DTYPES.get(body[0]), body[1]
        if dtype is None or not isinstance(shape, list) or len(shape) > self._bounds.depth:
            raise WireError("an array of a dtype or shape that is not allowed")
        # An empty axis must not hide an enormous one, so empty axes count as 1 here.
        room = self._bounds.axis
        for length in shape:
            if type(length) is not int or not 0 <= length <= room:
                raise WireError("an array of an impossible shape")
            room //= max(length, 1)
        size = math.prod(shape) * dtype.itemsize
        if size > len(self._raw) - self._at:
            raise WireError("an array longer than its frame")
        chunk = self._raw[self._at : self._at + size]
        self._at += size
        array: np.ndarray[Any, Any]
        if dtype.kind == "b":  # a bool byte other than 0 and 1 is undefined in NumPy
            array = np.frombuffer(chunk, np.uint8) != 0
        else:
            array = np.frombuffer(chunk, dtype).copy()
        return array.reshape(shape)


def well_formed(text: str) -> str:
    """Replace lone surrogates, which no file or page could hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def send(sock: socket.socket, header: dict[str, Any], raw: list[bytes] | None = None) -> None:
    text = json.dumps(header, allow_nan=False).encode()
    body = b"".join(raw or ())
    sock.sendall(LENGTHS.pack(len(text), len(body)) + text)
    if body:
        sock.sendall(body)


def receive(
    sock: socket.socket, bounds: Bounds = DEFAULT, until: float | None = None
) -> tuple[dict[str, Any], bytes]:
    """Return the next frame's header and raw bytes.

    Raises EOFError when the other side has gone, WireError for a frame that is
    not one, TimeoutError when it is not complete at `until` (monotonic time).
    """
    text_length, raw_length = LENGTHS.unpack(_exactly(sock, LENGTHS.size, until))
    if text_length > bounds.text_bytes or raw_length > bounds.raw_bytes:
        raise WireError("a frame longer than is allowed")
    text = _exactly(sock, text_length, until)
    raw = _exactly(sock, raw_length, until)
    try:
        header = json.loads(text.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise WireError("a header that is not JSON") from None
    if not isinstance(header, dict):
        raise WireError("a header that is not an object")
    return header, raw


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity, which JSON does not have


def _exactly(sock: socket.socket, length: int, until: float | None) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        if until is not None:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError("the other side did not answer in time")
            sock.settimeout(left)
        chunk = sock.recv(min(length - len(parts), 1 << 20))
        if not chunk:
            raise EOFError("the other side has gone")
        parts += chunk
    return bytes(parts)
