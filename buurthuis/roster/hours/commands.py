"""The command `allowance`: what a volunteer may be paid untaxed, with its date and its source."""

from decimal import Decimal, InvalidOperation

import click
from flask.cli import AppGroup

from buurthuis.foundation.formatting import amount
from buurthuis.roster.hours.actions import set_ceiling
from buurthuis.roster.hours.models import LONGEST_SOURCE
from buurthuis.roster.hours.queries import ceilings
from buurthuis.rules.allowance import Ceiling

group = AppGroup("allowance", help="What a volunteer may be paid untaxed.")

commands: list[click.Command] = [group]


class Euros(click.ParamType):  # type: ignore[type-arg]
    """An amount such as 5.60 or 5,60, in cents."""

    name = "euros"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it, or stop with one line."""
        try:
            cents = Decimal(str(value).replace(",", ".")) * 100
        except InvalidOperation:
            cents = Decimal(0)
        if not cents.is_finite() or cents != int(cents) or not 0 < cents < 10**8:
            raise click.ClickException(f"{value!r} is no amount; write one such as 5.60.")
        return int(cents)


@group.command("set")
@click.option("--from", "from_on", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--hour", type=Euros(), required=True)
@click.option("--month", type=Euros(), required=True)
@click.option("--year", type=Euros(), required=True)
@click.option("--source", required=True, help="Where it stands: a web address.")
def set_(from_on: click.DateTime, hour: int, month: int, year: int, source: str) -> None:
    """Write down the most for an hour, a month and a year, from a day on."""
    if not 0 < len(source.strip()) <= LONGEST_SOURCE:
        raise click.ClickException(f"--source takes 1 to {LONGEST_SOURCE} characters.")
    day = from_on.date()  # type: ignore[attr-defined]
    set_ceiling(Ceiling(day, hour, month, year), source.strip())
    click.echo(
        f"From {day}: {amount(hour)} an hour, {amount(month)} a month, {amount(year)} a year."
    )


@group.command("list")
def list_() -> None:
    """Print what was written down."""
    for each in ceilings():
        most = (each.hour_cents, each.month_cents, each.year_cents)
        click.echo(f"{each.from_on}  " + "  ".join(amount(cents) for cents in most))
