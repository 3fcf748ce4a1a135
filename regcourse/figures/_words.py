"""Numbers as words: the same in a picture, in its description and beside a live figure."""

from __future__ import annotations

import numpy as np


def kept_label(factor: float) -> str:
    """Two decimals, and never 0 or 1 for a factor that is only near: ridge makes nothing zero."""
    label = f"{factor:.2f}"
    if label == "0.00" and factor > 0:
        return "<0.01"
    return ">0.99" if label == "1.00" and factor < 1 else label


def plain(value: float) -> str:
    """Three significant digits, without an exponent where a browser writes none."""
    return np.format_float_positional(float(f"{value:.3g}"), trim="-")
