"""From one dialect to another, through the hub."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping
from typing import Any

from regcourse._arrays import as_real, as_strength
from regcourse.conventions._names import pair
from regcourse.conventions._quantities import checked, needed
from regcourse.conventions._record import SHARE, Dialect, Loss, Range, short
from regcourse.errors import InvalidInput

__all__ = ["Settings", "convert"]


class Settings(Mapping[str, Any]):
    """What to write in a dialect: a mapping from settings to numbers, made to be unpacked.

    Parameters
    ----------
    written : mapping
    because : str
        Where the numbers come from.
    exact : bool
        False if they are a rule of thumb.
    """

    def __init__(self, written: Mapping[str, Any], *, because: str, exact: bool = True):
        self._written = dict(written)
        self.because, self.exact = because, exact

    def __getitem__(self, name: str) -> Any:
        return self._written[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)

    def __hash__(self) -> int:
        return hash(frozenset(self._written.items()))

    def __repr__(self) -> str:
        equals = "=" if self.exact else "≈"
        return ", ".join(f"{name} {equals} {_spelled(x)}" for name, x in self._written.items())


def _spelled(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_spelled, value))}]"
    return f"{value:.12g}" if isinstance(value, float) else repr(value)


def convert(
    value: float | Mapping[str, Any],
    source: str,
    target: str,
    *,
    loss: Loss | None = None,
    **quantities: float,
) -> Settings:
    """Return what to write in one dialect for what is written in another.

        source -> (lam, rho) of J -> target

    Parameters
    ----------
    value : float, or mapping from the settings of `source` to numbers
        A number alone if there is only one, or if `target` has only one penalty.
    source, target : str
        Names of `dialects()`. "regcourse" is J itself, whose settings are lam and rho.
    loss : "squared" or "logistic", optional
        Where both dialects know both: squared unless given.
    **quantities : float
        What the two need, by its name in QUANTITIES: n, sd_y, ...; others are not looked at.

    Returns
    -------
    Settings

    Raises
    ------
    InvalidInput
        If a name is not known, a quantity is missing, a number is out of its range, or the
        penalty has no number in `target`.

    Examples
    --------
    >>> convert(0.1, "sklearn.Ridge", "glmnet", n=50, sd_y=3.2)
    lambda = 0.0064, alpha = 0
    >>> convert({"lam": 0.3, "rho": 0.5}, "regcourse", "keras.L1L2")
    l1 = 0.3, l2 = 0.15
    >>> dict(convert(0.3, "regcourse", "sklearn.Ridge", n=50))
    {'alpha': 15.0}
    """
    there, here = pair(source, target, loss)
    given = checked(quantities)
    lam, rho = _meant(there, here, value, given)
    numbers = numbers_in(here, lam, rho, given)
    spelled = {
        name: limits.spell(number, **needed(here.name, limits.needs, given))
        for (name, limits), number in zip(here.write.items(), numbers, strict=True)
    }
    share = f", rho = {short(rho)}" if 0 < rho < 1 else ""
    return Settings(
        {**spelled, **here.fixed},
        because=f"lam = {short(lam)}{share}; {here.name} has {here.because}",
        exact=there.exact and here.exact,
    )


def numbers_in(
    dialect: Dialect, lam: float, rho: float, given: Mapping[str, float]
) -> tuple[float, ...]:
    """Return the number of each setting, each within its range."""
    if dialect.to is None:
        raise InvalidInput(f"{dialect.name} has no number for any lam: {dialect.because}")
    if lam == 0 and dialect.zero:
        raise InvalidInput(f"{dialect.name} has no number for lam = 0: {dialect.zero}")
    share = () if dialect.rho is not None else (rho,)
    found = _by(dialect, dialect.to, lam, *share, given=given)
    for (name, limits), number in zip(dialect.write.items(), found, strict=True):
        if not limits.holds(number):
            raise InvalidInput(
                f"{dialect.name} has no {name} for lam = {lam:g}: it would be {number:g}"
            )
    return found


def _meant(
    dialect: Dialect, target: Dialect, value: Any, given: Mapping[str, float]
) -> tuple[float, float]:
    """Return (lam, rho) of what is written in a dialect, if the target can hold it."""
    if dialect.back is None:
        raise InvalidInput(f"{dialect.name} has no lam for any number: {dialect.because}")
    written = value if isinstance(value, Mapping) else _named(dialect, target, value)
    numbers = [limits.read(written[name], name) for name, limits in _settings(dialect, written)]
    found = _by(dialect, dialect.back, *numbers, given=given)
    lam = as_strength(found[0], f"the lam of {dialect.name}")
    rho = as_real(found[1], "rho") if dialect.rho is None else dialect.rho
    if lam > 0 and not target.holds(rho):
        kind = {0.0: "an L2 strength", 1.0: "an L1 strength"}
        net = f"an elastic net with rho = {short(rho)}"
        raise InvalidInput(
            f"{target.name} holds an {target.penalty} strength only, "
            f"and in {dialect.name} this is {kind.get(rho, net)}"
        )
    return lam, rho


def _named(dialect: Dialect, target: Dialect, number: Any) -> dict[str, Any]:
    """Return a number alone under its name, beside the share of L1 that the target implies."""
    strength, *others = dialect.write
    if not others:
        return {strength: number}
    if target.rho is None or [dialect.write[name] for name in others] != [SHARE]:
        raise InvalidInput(
            f"{dialect.name} takes {' and '.join(dialect.write)}: give each by its name, "
            f"got {number!r} alone"
        )
    return {strength: number, others[0]: target.rho}


def _settings(dialect: Dialect, written: Mapping[str, Any]) -> ItemsView[str, Range]:
    """Return the settings of a dialect, if they are what is written and nothing else is."""
    if {*written} - {*dialect.fixed} != {*dialect.write}:
        raise InvalidInput(
            f"{dialect.name} takes {' and '.join(dialect.write)}, "
            f"got {' and '.join(written) or 'nothing'}"
        )
    for name, fixed in dialect.fixed.items():
        if written.get(name, fixed) != fixed:
            raise InvalidInput(f"{name} must be {fixed!r}, got {written[name]!r}")
    return dialect.write.items()


def _by(
    dialect: Dialect, rule: Callable[..., Any], *numbers: float, given: Mapping[str, float]
) -> tuple[float, ...]:
    """Return what a rule gives, as a tuple."""
    # For a net the share of L1 comes last, both ways.
    needs = needed(dialect.name, dialect.needs_at(numbers[-1]), given)
    try:
        found = rule(*numbers, **needs)
    except ArithmeticError:
        raise InvalidInput(
            f"{dialect.name} has no number this far out: {', '.join(f'{x:g}' for x in numbers)}"
        ) from None
    return found if isinstance(found, tuple) else (found,)
