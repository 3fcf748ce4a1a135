"""What a strength may depend on besides the weights: one table of meanings, checks and defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from regcourse._arrays import as_count, as_real
from regcourse.errors import InvalidInput

__all__ = ["QUANTITIES", "Quantity"]


@dataclass(frozen=True)
class Quantity:
    """A quantity that a dialect may need.

    Parameters
    ----------
    meaning : str
        In words that fit after a comma.
    check : function of (value, name)
        Returns the value as a number, or raises InvalidInput.
    default : float, optional
        Taken where none is given; without one the quantity has to be given.
    """

    meaning: str
    check: Callable[[Any, str], float]
    default: float | None = None


def _positive(value: Any, name: str) -> float:
    return as_real(value, name, above=0.0)


def _momentum(value: Any, name: str) -> float:
    return as_real(value, name, at_least=0.0, below=1.0)


QUANTITIES: Mapping[str, Quantity] = {
    "n": Quantity("the number of rows; with sample weights, their sum", _positive),
    "p": Quantity("the number of columns besides the constant", as_count),
    "sd_y": Quantity("the standard deviation of y, with 1/n", _positive),
    "sigma2": Quantity("the variance of the noise in y", _positive),
    # As scikit-learn's batch_size="auto"; what is larger than n counts as n.
    "batch": Quantity("the number of rows in each step; 200 if not given", as_count, 200),
    "momentum": Quantity("the optimizer's momentum; 0 if not given", _momentum, 0.0),
    "outputs": Quantity("the number of outputs of the network; 1 if not given", as_count, 1),
}


def checked(given: Mapping[str, Any]) -> dict[str, float]:
    """Return the quantities that were given, each checked once."""
    strange = [name for name in given if name not in QUANTITIES]
    if strange:
        *names, last = QUANTITIES
        raise InvalidInput(f"a quantity must be {', '.join(names)} or {last}, got {strange[0]!r}")
    return {name: QUANTITIES[name].check(value, name) for name, value in given.items()}


def missing(needs: tuple[str, ...], given: Mapping[str, float]) -> list[str]:
    """Return the names of what is needed and neither given nor has a default."""
    return [name for name in needs if name not in given and QUANTITIES[name].default is None]


def needed(who: str, needs: tuple[str, ...], given: Mapping[str, float]) -> dict[str, float]:
    """Return what is needed, from what was given or by default."""
    if lacking := missing(needs, given):
        raise InvalidInput(f"{who} needs {lacking[0]}, {QUANTITIES[lacking[0]].meaning}")
    return {
        name: given[name] if name in given else float(QUANTITIES[name].default or 0.0)
        for name in needs
    }
