"""The command `report annual`: the annual sheet of a year or of other days, as files."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from buurthuis.foundation import clock
from buurthuis.foundation.languages import DEFAULT, LANGUAGES
from buurthuis.rules.figures.spans import Span, year_span
from buurthuis.statistics.annual.files import all_files, write
from buurthuis.statistics.annual.reading import NothingCounted, read
from buurthuis.statistics.annual.subject import House
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import all_venues, in_totals

DAY: Final = click.DateTime(formats=["%Y-%m-%d"])
_A_DAY: Final = timedelta(days=1)

report = AppGroup("report", help="Reports about what the houses are worth.")


@report.command("annual")
@click.option("--year", type=click.IntRange(1970, 2199), help="A calendar year.")
@click.option("--from", "first", type=DAY, help="The first day, instead of a year.")
@click.option("--to", "last", type=DAY, help="The last day, included.")
@click.option("--venue", "slug", help="One house alone. Without it: all, and all together.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option(
    "--language", type=click.Choice(sorted(LANGUAGES)), default=DEFAULT, show_default=True
)
def annual(
    year: int | None,
    first: datetime | None,
    last: datetime | None,
    slug: str | None,
    out: Path,
    language: str,
) -> None:
    """Write the annual sheet to the folder OUT: papers, numbers and their checksum."""
    span = _span(year, first, last)
    houses = _houses(slug)
    try:
        reading = read(houses, span, clock.now(), is_whole=slug is None)
    except NothingCounted:
        raise click.ClickException(
            f"{span.first} is not over yet: there is nothing to tell."
        ) from None
    try:
        out.mkdir(parents=True, exist_ok=True)
        with force_locale(language):
            for file in all_files(reading):
                click.echo(write(file, out))
    except OSError as error:
        raise click.ClickException(f"Cannot write in {out}: {error.strerror}.") from None


def _span(year: int | None, first: datetime | None, last: datetime | None) -> Span:
    if year is not None and first is None and last is None:
        return year_span(year)
    if year is not None or first is None or last is None:
        raise click.UsageError("Say --year, or --from and --to.")
    if last < first:
        raise click.UsageError("--to is before --from.")
    return Span(first.date(), last.date() + _A_DAY)


def _houses(slug: str | None) -> list[House]:
    venues: Sequence[Venue] = all_venues()
    if not venues:
        raise click.ClickException("There are no houses yet. First: seed, or house import.")
    if slug is None:
        return [House(each.id, each.slug, each.name) for each in in_totals(venues)]
    found = [House(each.id, each.slug, each.name) for each in venues if each.slug == slug]
    if not found:
        known = ", ".join(each.slug for each in venues)
        raise click.ClickException(f"There is no house {slug!r}. There are: {known}.")
    return found


commands: list[click.Command] = [report]
