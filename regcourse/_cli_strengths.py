"""How strengths are typed on the command line, and a command whose options are quantities."""

from __future__ import annotations

import contextlib
from typing import Any

import click


def number(text: str) -> float:
    """A whole number if it is written as one, else any number."""
    for kind in (int, float):
        with contextlib.suppress(ValueError):
            return kind(text)
    raise click.BadParameter(f"{text!r} is not a number")


def strength(text: str) -> float | dict[str, float]:
    """A number, or several with their names: alpha=0.1,l1_ratio=0.5."""
    if "=" not in text:
        return number(text)
    pairs = (entry.partition("=") for entry in text.split(","))
    return {name.strip(): number(value) for name, _, value in pairs}


class Quantities(click.Command):
    """Its options are the quantities that dialects need, and its help lists the dialects."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        from regcourse.conventions import QUANTITIES

        form: dict[str, Any] = {"type": number, "metavar": "NUMBER"}
        options = [
            click.Option(
                [f"--{name.replace('_', '-')}"],
                help=f"{quantity.meaning[0].upper()}{quantity.meaning[1:]}.",
                **form,
            )
            for name, quantity in QUANTITIES.items()
        ]
        return [*super().get_params(ctx), *options]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from regcourse.conventions import dialects

        names = dict.fromkeys(record.name for record in dialects())
        formatter.write_paragraph()
        formatter.write_text(f"Dialects: {', '.join(names)}")
