"""The command `figures show`: what the houses came to, on a screen or in a pipe."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

import click
from flask.cli import with_appcontext

from buurthuis.foundation import clock
from buurthuis.foundation.spreadsheet import Cell, Table, csv_lines, in_words
from buurthuis.rules.calendar import YEARS
from buurthuis.rules.figures.figure import Figure, rounded
from buurthuis.rules.figures.spans import NoSuchSpan, Span
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.figures import answer
from buurthuis.venues.queries import all_venues, in_totals

COLUMNS = ("code", "value", "unit", "numerator", "denominator", "coverage", "definition", "reason")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("show")
@click.option("--from", "first", type=DAY, required=True, help="The first day.")
@click.option("--to", "last", type=DAY, required=True, help="The last day, included.")
@click.option("--venue", "slug", help="One house alone. Without it: all together.")
@click.option("--csv", "is_csv", is_flag=True, help="With commas, for other programs.")
@with_appcontext
def show(first: datetime, last: datetime, slug: str | None, is_csv: bool) -> None:
    """Print every figure of some days, up to yesterday."""
    asked = Asked(_houses(slug), _span(first, last))
    found = answer(asked, clock.now())
    if found.span is None:
        click.echo("Nothing of these days is over yet.", err=True)
    rows = [_row(each) for each in found.figures]
    if is_csv:
        click.echo("".join(csv_lines(Table("figures", COLUMNS, rows))), nl=False)
        return
    told = [COLUMNS, *([in_words(cell) for cell in row] for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*told, strict=True)]
    for line in told:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _row(figure: Figure) -> Sequence[Cell]:
    known: Fraction | None = figure.coverage
    return [
        *(figure.code, figure.written, figure.unit, figure.numerator, figure.denominator),
        None if known is None else rounded(known),
        *(figure.definition, figure.reason),
    ]


def _span(first: datetime, last: datetime) -> Span:
    if not (first.year in YEARS and last.year in YEARS):
        raise click.UsageError(f"Days lie from {YEARS[0]} to {YEARS[-1]}.")
    try:
        return Span(first.date(), last.date() + timedelta(days=1))
    except NoSuchSpan:
        raise click.UsageError("--to is before --from.") from None


def _houses(slug: str | None) -> frozenset[int]:
    venues = all_venues()
    if slug is None:
        return frozenset(each.id for each in in_totals(venues))
    found = frozenset(each.id for each in venues if each.slug == slug)
    if not found:
        known = ", ".join(each.slug for each in venues)
        raise click.ClickException(f"There is no house {slug!r}. There are: {known}.")
    return found
