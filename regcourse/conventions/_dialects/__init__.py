"""The records themselves, a file for each family; what a file lists in DIALECTS is found."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from regcourse.conventions._record import Dialect

HUB = "regcourse"


@functools.cache
def found() -> tuple[Dialect, ...]:
    """Return all records: the hub, what is a setting of some library, then the rest."""
    names = [file.name for file in pkgutil.iter_modules(__path__)]
    records: list[Dialect] = []
    for name in names:
        records += importlib.import_module(f"{__name__}.{name}").DIALECTS
    return tuple(
        sorted(records, key=lambda d: (d.name != HUB, not d.library, d.name.casefold(), d.loss))
    )
