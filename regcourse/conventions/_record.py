"""What a dialect is: a record of one way to write a strength down."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar, Literal

import numpy as np

from regcourse._arrays import as_real, as_vector
from regcourse.errors import InvalidInput

__all__ = ["Dialect"]

Loss = Literal["squared", "logistic"]
L2: Literal["L2"] = "L2"
L1: Literal["L1"] = "L1"
NET: Literal["elastic net"] = "elastic net"


@dataclass(frozen=True)
class Range:
    """Where a number may lie, how it is read, and how it is written."""

    at_least: float = 0.0
    above: float = -math.inf
    at_most: float = math.inf
    below: float = math.inf

    needs: ClassVar[tuple[str, ...]] = ()

    def read(self, value: Any, name: str) -> float:
        """Return the number that was written, within its range."""
        bounds = {"above": self.above, "at_most": self.at_most, "below": self.below}
        return as_real(value, name, at_least=self.at_least, **bounds)

    def holds(self, number: float) -> bool:
        """Whether the number is within the range; infinity, the widest end, is outside of all."""
        return self.at_least <= number <= self.at_most and self.above < number < self.below

    def spell(self, number: float, p: float = 1) -> Any:
        """Return what to write for the number."""
        return number

    def show(self, number: float) -> str:
        """Return the number as a table shows it."""
        return short(number)


@dataclass(frozen=True)
class EachWeight(Range):
    """A strength for each weight and none for the constant: [0, a, ..., a]."""

    needs: ClassVar[tuple[str, ...]] = ("p",)

    def read(self, value: Any, name: str) -> float:
        """Return a, from the whole list or alone."""
        if not isinstance(value, (list, tuple, np.ndarray)):
            return super().read(value, name)
        constant, *weights = as_vector(value, name)
        if constant != 0 or len(set(weights)) != 1:
            raise InvalidInput(
                f"{name} must be 0 for the constant and one number for all weights, got {value!r}"
            )
        return super().read(float(weights[0]), name)

    def spell(self, number: float, p: float = 1) -> tuple[float, ...]:
        """Return the whole list."""
        return (0.0, *(number,) * int(p))

    def show(self, number: float) -> str:
        """Return the list, without its length."""
        return f"[0, {short(number)}, ...]"


STRENGTH = Range()
POSITIVE = Range(above=0.0)
SHARE = Range(at_most=1.0)
CHANCE = Range(below=1.0)
EACH_WEIGHT = EachWeight()


# A record is equal to itself alone: it holds functions.
@dataclass(frozen=True, eq=False)
class Dialect:
    """One way to write a strength down, there and back.

    Parameters
    ----------
    name : str
        As a user would type it: "sklearn.Ridge".
    penalty : "L2", "L1" or "elastic net"
        Which penalties have a number there; an elastic net holds the other two.
    write : mapping from names to ranges
        The settings there, the strength first. POSITIVE has no number for lam = 0.
    because : str
        The formula first, then what it comes from and what must hold for it.
    to : function of lam (of lam and rho for an elastic net) and of what it needs
        Returns the number, or a tuple with one for each setting; None if there is no number.
    back : function of the settings and of what it needs
        The inverse of `to`: returns lam, or (lam, rho).
    needs : tuple of names in QUANTITIES
    if_l2 : tuple of names in QUANTITIES
        Needed where there is an L2 part, and only there.
    fixed : mapping, optional
        Settings that have to be written as well, whatever the strength.
    zero : str
        What lam = 0 means, where it has no number.
    some_l1 : bool
        True for an elastic net that holds no L2 penalty alone.
    exact : bool
        False if the number is a rule of thumb.
    loss : "squared" or "logistic"
    library : str
        The package or program that it is a setting of; empty for all that is none.
    """

    name: str
    penalty: Literal["L2", "L1", "elastic net"]
    write: Mapping[str, Range]
    because: str
    _: KW_ONLY
    to: Callable[..., Any] | None
    back: Callable[..., Any] | None
    needs: tuple[str, ...] = ()
    if_l2: tuple[str, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    zero: str = ""
    some_l1: bool = False
    exact: bool = True
    loss: Loss = "squared"
    library: str = ""

    @property
    def rho(self) -> float | None:
        """The only share of L1 that has a number there; None if each has."""
        return {L2: 0.0, L1: 1.0, NET: None}[self.penalty]

    def holds(self, rho: float) -> bool:
        """Whether a penalty with this share of L1 has a number there."""
        return self.rho in (None, rho) and not (self.some_l1 and rho == 0)

    def needs_at(self, share: float) -> tuple[str, ...]:
        """Return what is needed at this share of L1."""
        return self.needs if share == 1 else (*self.needs, *self.if_l2)


def proportional(
    name: str,
    penalty: Literal["L2", "L1"],
    setting: str,
    because: str,
    by: Callable[..., float] = lambda: 1.0,
    **others: Any,
) -> Dialect:
    """Return a dialect whose one number is lam times a factor, a function of what it needs."""
    return Dialect(
        name,
        penalty,
        {setting: STRENGTH},
        because,
        to=lambda lam, **needs: by(**needs) * lam,
        back=lambda strength, **needs: strength / by(**needs),
        **others,
    )


def inverse(
    name: str,
    penalty: Literal["L2", "L1"],
    setting: str,
    because: str,
    by: Callable[..., float] = lambda: 1.0,
    **others: Any,
) -> Dialect:
    """Return a dialect whose one number is a factor divided by lam."""
    return Dialect(
        name,
        penalty,
        {setting: POSITIVE},
        because,
        to=lambda lam, **needs: by(**needs) / lam,
        back=lambda number, **needs: by(**needs) / number,
        **others,
    )


def shared(name: str, strength: str, share: str, because: str, **others: Any) -> Dialect:
    """Return a dialect that writes lam and rho themselves, by other names."""
    return Dialect(
        name,
        NET,
        {strength: STRENGTH, share: SHARE},
        because,
        to=lambda lam, rho: (lam, rho),
        back=lambda lam, rho: (lam, rho),
        **others,
    )


def net(l1: float, l2: float) -> tuple[float, float]:
    """Return (lam, rho) of the strengths of ‖w‖₁ and of ‖w‖² / 2."""
    lam = l1 + l2
    return lam, l1 / lam if lam > 0 else 0.0


def short(value: float) -> str:
    """Return a number of up to five digits as it is, any other to three or to a whole number."""
    exact = f"{value:.5g}"
    if math.isclose(float(exact), value, rel_tol=1e-12):
        return exact
    return f"{value:.0f}" if 1e3 <= value < 1e6 else f"{value:.3g}"
