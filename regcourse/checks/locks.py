"""Keep a released answer from a glance: salted digests, and words locked under an answer.

This is a curtain, not a safe. Whoever wants to can try every option; documentation and
exercise design must not rest on it.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import numpy as np

_MARK = b"regcourse:"


def lock(words: str, key: str, salt: str) -> str:
    """Return `words` such that only `key` opens them."""
    plain = _MARK + words.encode()
    return base64.b64encode(_mix(plain, key, salt)).decode("ascii")


def unlock(locked: str, key: str, salt: str) -> str | None:
    """Return the words that were locked under `key`, or None if they were locked otherwise."""
    plain = _mix(base64.b64decode(locked), key, salt)
    return plain[len(_MARK) :].decode() if plain.startswith(_MARK) else None


def grid_keys(value: Any, step: float) -> list[str]:
    """Return the keys that open what was locked for `value`: its grid point and the neighbours.

    Whatever lies within `step` of the value rounds to one of the three.

    Examples
    --------
    >>> grid_keys(0.52, 0.1), grid_key(0.49, 0.1)
    (['4', '5', '6'], '5')
    """
    if isinstance(value, str):
        return [value]
    nearest = round(float(value) / step)
    return [str(nearest - 1), str(nearest), str(nearest + 1)]


def grid_key(value: Any, step: float) -> str | None:
    """Return the key that a student's value stands for, or None if it cannot be one."""
    if isinstance(value, str):
        return value
    try:
        number = float(np.asarray(value).item())
    except (ValueError, TypeError):
        return None
    return str(round(number / step)) if np.isfinite(number) else None


def _mix(data: bytes, key: str, salt: str) -> bytes:
    # 2**12 rounds take some 10 ms: slow enough against idle guessing, quick enough for a check.
    stream = hashlib.scrypt(key.encode(), salt=salt.encode(), n=2**12, r=8, p=1, dklen=len(data))
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))
