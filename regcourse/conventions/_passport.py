"""The passport of a strength: one lam, shown in every dialect."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from regcourse._arrays import as_real, as_strength
from regcourse.conventions._convert import numbers_in
from regcourse.conventions._dialects import found
from regcourse.conventions._names import as_loss, called
from regcourse.conventions._quantities import checked, missing
from regcourse.conventions._record import Dialect, Loss, short
from regcourse.errors import InvalidInput

__all__ = ["Passport", "Row", "passport"]

WIDTH = 60
INDENT = "    "
# A narrow page, 400 pixels of a cell, holds the longest name beside the longest setting.
_TABLE = (
    "width:100%;max-width:42em;table-layout:auto;font-size:12px;"
    "overflow-wrap:normal;word-break:normal"
)
_LEFT, _RIGHT = "text-align:left", "text-align:right"


@dataclass(frozen=True)
class Row:
    """One dialect.

    Parameters
    ----------
    dialect : Dialect
    numbers : tuple of float
        One for each setting; empty if there are none, or if a quantity was not given.
    instead : str
        What is shown in place of numbers.
    """

    dialect: Dialect
    numbers: tuple[float, ...]
    instead: str = ""

    @property
    def value(self) -> float | None:
        """The strength there; None if there is none."""
        return self.numbers[0] if self.numbers else None

    @property
    def settings(self) -> tuple[str, ...]:
        """What to write there, a text for each setting."""
        if not self.numbers:
            return (f"{next(iter(self.dialect.write))}: {self.instead}",)
        equals = "=" if self.dialect.exact else "≈"
        settings = zip(self.dialect.write.items(), self.numbers, strict=True)
        return tuple(f"{name} {equals} {limits.show(x)}" for (name, limits), x in settings)

    @property
    def words(self) -> str:
        """What to write there, as one text."""
        return ", ".join(self.settings)


@dataclass(frozen=True, repr=False)
class Passport:
    """A strength in every dialect; prints as two lines for each.

    Parameters
    ----------
    lam, rho : float
    loss : "squared" or "logistic"
    given : tuple of (name, number)
        The quantities that were given, n first.
    rows : tuple of Row
    """

    lam: float
    rho: float
    loss: Loss
    given: tuple[tuple[str, float], ...]
    rows: tuple[Row, ...]

    def __getitem__(self, name: str) -> Row:
        """Return the row of a dialect; KeyError if there is none."""
        return {row.dialect.name: row for row in self.rows}[name]

    def __str__(self) -> str:
        lines = [*self._head, ""]
        column = max((len(row.dialect.name) for row in self.rows), default=0) + 2
        for names, settings, because in self._entries:
            where, words = ", ".join(names), ", ".join(settings)
            fits = column + len(words) <= WIDTH
            below = f"{'':<{column}}{words}" if fits else f"{words:>{WIDTH}}"
            one = fits and len(where) < column
            lines += [f"{where:<{column}}{words}"] if one else [where, below]
            lines += [INDENT + line for line in textwrap.wrap(because, WIDTH - len(INDENT))]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        # Two rows for each: a narrow page has room for the reason only below the number.
        body = "".join(
            f'<tr><th scope="row" style="{_LEFT}">{escape(", ".join(names))}</th>'
            f'<td style="{_RIGHT}">{escape(_unbroken(settings))}</td></tr>'
            f'<tr><td colspan="2" style="{_LEFT}">{escape(because)}</td></tr>'
            for names, settings, because in self._entries
        )
        head = "<br>".join(map(escape, self._head))
        caption = f'<caption style="{_LEFT}">{head}</caption>'
        return f'<table style="{_TABLE}">{caption}<tbody>{body}</tbody></table>'

    @property
    def _head(self) -> list[str]:
        """What is shown, what is known, and the letters of the reasons."""
        kind = {0.0: "an L2 penalty", 1.0: "an L1 penalty"}
        net = f"an elastic net with rho = {short(self.rho)}"
        beside = "" if self.loss == "squared" else f" beside a {self.loss} loss"
        return [
            *_wrapped(f"The strength lam = {short(self.lam)}, {kind.get(self.rho, net)}{beside}"),
            *_wrapped(_unbroken([f"{name} = {short(number)}" for name, number in self.given])),
            "r = y - b - Xw, l1 = lam·rho, l2 = lam·(1 - rho)",
        ]

    @property
    def _entries(self) -> list[tuple[list[str], tuple[str, ...], str]]:
        """Names, what to write, and why; dialects that say the same stand together."""
        together: dict[tuple[tuple[str, ...], str], list[str]] = {}
        for row in self.rows:
            together.setdefault((row.settings, row.dialect.because), []).append(row.dialect.name)
        return [(names, *said) for said, names in together.items()]


def _unbroken(settings: Sequence[str]) -> str:
    """Return a list of settings in which no line ends between a name and its number."""
    return ", ".join(words.replace(" ", "\xa0") for words in settings)


def _wrapped(text: str) -> list[str]:
    return [line.replace("\xa0", " ") for line in textwrap.wrap(text, WIDTH)]


def passport(
    lam: float,
    n: float,
    *,
    rho: float = 0.0,
    loss: Loss = "squared",
    only: Sequence[str] | None = None,
    **quantities: float,
) -> Passport:
    """Return what `lam` is called in every dialect that has a number for this penalty.

    Parameters
    ----------
    lam : float, >= 0
    n : float, > 0
        Number of rows; with sample weights, their sum.
    rho : float, 0 to 1
        The share of L1: 0 is ridge regression, 1 the lasso.
    loss : "squared" or "logistic"
    only : sequence of str, optional
        Names of dialects: these alone, in this order.
    **quantities : float
        What else is known, by its name in QUANTITIES: sd_y, sigma2, batch, ...

    Returns
    -------
    Passport

    Raises
    ------
    InvalidInput
        If an argument is out of range.

    Examples
    --------
    >>> passport(0.3, n=50)["torch.SGD"].value
    0.6
    >>> print(passport(0.3, n=50)["torch.AdamW"].words)
    weight_decay: none
    """
    lam, loss = as_strength(lam), as_loss(loss)
    rho = as_real(rho, "rho", at_least=0.0, at_most=1.0)
    given = checked({"n": n, **quantities})
    holds = {d.name: d for d in found() if d.loss == loss and d.holds(rho)}
    names = list(holds) if only is None else list(only)
    for name in names:
        if name not in holds:
            called(name, "only")
            raise InvalidInput(
                f"only must be dialects for rho = {rho:g} and a {loss} loss, got {name!r}"
            )
    rows = [_row(holds[name], lam, rho, given) for name in names]
    return Passport(lam, rho, loss, tuple(given.items()), tuple(rows))


def _row(dialect: Dialect, lam: float, rho: float, given: Mapping[str, float]) -> Row:
    if dialect.to is None:
        return Row(dialect, (), "none")
    if lam == 0 and dialect.zero:
        return Row(dialect, (), dialect.zero)
    if lacking := missing(dialect.needs_at(rho), given):
        return Row(dialect, (), f"needs {' and '.join(lacking)}")
    try:
        return Row(dialect, numbers_in(dialect, lam, rho, given))
    except InvalidInput:
        return Row(dialect, (), "out of its range")
