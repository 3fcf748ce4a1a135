"""Dialects by their names: all of them, two that can talk, and what a wrong name may have meant."""

from __future__ import annotations

from difflib import SequenceMatcher

from regcourse.conventions._dialects import found
from regcourse.conventions._record import Dialect, Loss
from regcourse.errors import InvalidInput

__all__ = ["dialects"]

LOSSES: tuple[Loss, ...] = ("squared", "logistic")


def dialects() -> tuple[Dialect, ...]:
    """Return every record: the hub first, then the settings of libraries, then the rest.

    A dialect that is written differently beside another loss has a record for each.

    Returns
    -------
    tuple of Dialect

    Examples
    --------
    >>> sorted({record.name for record in dialects() if record.library == "statsmodels"})
    ['statsmodels.GLM', 'statsmodels.Logit', 'statsmodels.OLS']
    """
    return found()


def as_loss(loss: str, name: str = "loss") -> Loss:
    """Return a loss that dialects know."""
    for known in LOSSES:
        if loss == known:
            return known
    raise InvalidInput(f"{name} must be {' or '.join(LOSSES)}, got {loss!r}")


def pair(source: str, target: str, loss: str | None) -> tuple[Dialect, Dialect]:
    """Return the records of two dialects for a loss that both know, squared if there are two."""
    there, here = called(source, "source"), called(target, "target")
    for kind in LOSSES if loss is None else (as_loss(loss),):
        if kind in there and kind in here:
            return there[kind], here[kind]
    raise InvalidInput(
        f"{source} is for a {' or '.join(there)} loss and {target} for a {' or '.join(here)} one"
        + ("" if loss is None else f", got loss={loss!r}")
        + ": no number of one is a number of the other"
    )


def called(name: str, argument: str) -> dict[Loss, Dialect]:
    """Return the records of a name by their loss; there is at least one."""
    called = [record for record in found() if record.name == name]
    records = {record.loss: record for kind in LOSSES for record in called if record.loss == kind}
    if not records:
        near = ", ".join(nearest(str(name)))
        raise InvalidInput(f"{argument} must be a dialect, perhaps one of {near}; got {name!r}")
    return records


def nearest(name: str) -> list[str]:
    """Return the names most like one that is not known: as a whole, and behind the last dot."""

    def likeness(known: str) -> float:
        pairs = ((name, known), (name.rpartition(".")[2], known.rpartition(".")[2]))
        return sum(SequenceMatcher(None, a.casefold(), b.casefold()).ratio() for a, b in pairs)

    scores = {record.name: likeness(record.name) for record in found()}
    near = [known for known in scores if scores[known] >= 0.85 * max(scores.values())]
    return sorted(near, key=scores.__getitem__, reverse=True)[:5]
