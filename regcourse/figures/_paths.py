"""What a picture reads of a path of solutions, and which paths it can draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from regcourse._arrays import Floats, as_matrix, as_real, as_strengths
from regcourse.errors import InvalidInput


class Path(Protocol):
    """What a picture reads of a path: one row of weights for each strength."""

    @property
    def lams(self) -> Floats:
        """Strengths, shape (m,)."""

    @property
    def W(self) -> Floats:  # noqa: N802 - the house symbol for the path's weights
        """Weights, shape (m, p)."""


class ScoredPath(Path, Protocol):
    """A path with two criteria by which to choose a strength."""

    @property
    def loo(self) -> Floats:
        """Leave-one-out error, shape (m,)."""

    @property
    def gcv(self) -> Floats:
        """Generalised cross-validation, shape (m,)."""


def checked_path(path: Path, names: Sequence[str] | None) -> tuple[Floats, Floats, Sequence[str]]:
    lams, W = increasing(as_strengths(path.lams)), as_matrix(path.W, "W")
    if W.shape[0] != lams.size:
        raise InvalidInput(f"W must have a row for each of {lams.size} strengths, got {W.shape}")
    labels = [_numbered(k + 1) for k in range(W.shape[1])] if names is None else list(names)
    if len(labels) != W.shape[1]:
        raise InvalidInput(f"names must have {W.shape[1]} entries, got {len(labels)}")
    return lams, W, labels


def checked_strength(lam: float, lams: Floats) -> float:
    """Return a strength within those of the path."""
    return as_real(lam, "lam", at_least=float(lams[0]), at_most=float(lams[-1]))


def increasing(lams: Floats) -> Floats:
    if lams.size < 2 or lams[0] <= 0 or not (np.diff(lams) > 0).all():
        raise InvalidInput(f"lams must be > 0 and increasing, got {lams.size} from {lams[0]:g}")
    return lams


def _numbered(k: int) -> str:
    return "w" + "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(k))
