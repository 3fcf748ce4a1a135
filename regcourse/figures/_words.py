"""Numbers as words: the same in a picture, in its description and in a live figure.

A tie rounds away from 0, as a browser does it: Python's own formats round 0.125 down.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np

from regcourse._arrays import Floats


def short(value: float) -> str:
    """Two decimals at most: 0.5, 2."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def point(w: Floats | Sequence[float]) -> str:
    """(0.90, -0.30)"""
    return f"({number(w[0])}, {number(w[1])})"


def p_name(p: float) -> str:
    """½, 1, 1.25, ∞."""
    return {0.5: "½", np.inf: "∞"}.get(float(p)) or short(p)


def number(value: float) -> str:
    """Two decimals, and never a minus before zero."""
    text = f"{Decimal(float(value)).quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
    return "0.00" if text == "-0.00" else text


def kept_label(factor: float) -> str:
    """Two decimals, and never 0 or 1 for a factor that is only near: ridge makes nothing zero."""
    label = number(factor)
    if label == "0.00" and factor > 0:
        return "<0.01"
    return ">0.99" if label == "1.00" and factor < 1 else label


def plain(value: float) -> str:
    """Three significant digits, without an exponent where a browser writes none."""
    rounded = Context(prec=3, rounding=ROUND_HALF_UP).create_decimal(Decimal(float(value)))
    return np.format_float_positional(float(rounded), trim="-")
