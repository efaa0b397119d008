"""Commands that bring a calendar or a list along, and take it out of the books again."""

from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup

from buurthuis.accounts.beginning import first_admins
from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import people_with_role, person_with_address
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.formatting import euros
from buurthuis.foundation.rows import row_of
from buurthuis.imports.bringing import actions, drafting, sentences, undoing
from buurthuis.imports.bringing.choices import NEW, OWN, Choices, Prices, WholeDays, key_of
from buurthuis.imports.bringing.columns import columns_for, reading_of
from buurthuis.imports.bringing.looking import look
from buurthuis.imports.bringing.models import CalendarImport, Deed
from buurthuis.imports.bringing.opening import opened
from buurthuis.imports.bringing.places import remembered, words_of
from buurthuis.imports.bringing.plan import Fate, Looked, Plan
from buurthuis.imports.bringing.words import (
    fate_words,
    left_out_words,
    times_words,
    why_words,
)
from buurthuis.imports.commands import plainly
from buurthuis.imports.readers.rows import LeftOut, Reading, Table
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import all_venues, venue_by_slug

READ = (sentences,)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
ASKS = "These wait for somebody to say that it is good. Bring the file by page to tick them."

import_ = AppGroup("import", help="A calendar or a list of before: a look first, and the way back.")


@import_.command("bookings")
@click.argument("file", type=FILE)
@click.option("--venue", "slug", required=True, help="The slug of the house.")
@click.option("--commit", is_flag=True, help="Put it in the books; without it nothing is kept.")
@click.option("--room", "rooms", multiple=True, metavar="PLACE=SLUG", help="A place is this room.")
@click.option("--settled", is_flag=True, help="Everything was paid before: it costs nothing here.")
@click.option(
    "--whole-days",
    "days",
    type=click.Choice([each.value for each in WholeDays]),
    default=WholeDays.BY_WORD.value,
    help="Whole days: closed where they say so, all of them closed, or left out.",
)
@click.option("--as", "email", help="Who brings it: a manager. Without it the first of the house.")
@plainly
def bookings(
    file: Path,
    slug: str,
    commit: bool,
    rooms: tuple[str, ...],
    settled: bool,
    days: str,
    email: str | None,
) -> None:
    """Bring the bookings of FILE along: .ics, .csv or .xlsx. A look only, unless --commit."""
    venue = _house(slug)
    chosen = _rooms(rooms, venue)
    reading, others = _read(file, venue)
    prices = Prices.SETTLED if settled else Prices.CARD
    choices = Choices(chosen, others=others, whole_days=WholeDays(days), prices=prices)
    said = {each.place for each in reading.found} | {each.group for each in reading.found}
    choices = remembered(choices, words_of(venue), said)
    plan = _plan(reading, venue, choices)
    _tell(plan, reading.left_out)
    if not commit:
        db.session.rollback()
        click.echo("This was a look. Nothing is kept. Put it in the books with --commit.")
        return
    if not plan.deeds:
        click.echo("There is nothing to put in the books.")
        return
    by = _who(venue, email)
    number = drafting.begin(venue, reading, name=file.name, by=by)
    drafting.choose(number, choices, by=by)
    _tell_done(number, actions.bring(number, by=by, seen=plan.seen))


@import_.command("undo")
@click.argument("number", type=int, metavar="ID")
@click.option("--rest", is_flag=True, help="Leave what somebody went on with; undo the others.")
@click.option("--as", "email", help="Who undoes it: a manager. Without it the first of the house.")
@plainly
def undo(number: int, rest: bool, email: str | None) -> None:
    """Take import ID out of the books again: all is as it was before it."""
    try:
        venue = row_of(CalendarImport, number).venue
    except NotFound:
        raise click.ClickException(f"There is no import {number}.") from None
    by = _who(venue, email)
    count = undoing.undo_the_rest(number, by=by) if rest else undoing.undo(number, by=by)
    click.echo(f"Import {number} is undone: {count} rows.")


def _house(slug: str) -> Venue:
    known = [venue.slug for venue in all_venues()]
    if slug not in known:
        there_are = ", ".join(known) or "none yet"
        raise click.ClickException(f"There is no house {slug!r}. There are: {there_are}.")
    return venue_by_slug(slug)


def _who(venue: Venue, email: str | None) -> Person:
    """In whose name it happens: of the manager that was named, else of the first one."""
    if email is not None:
        person = person_with_address(email.strip().lower())
        if person is None:
            raise click.ClickException(f"Nobody has the address {email}.")
        return person
    found = [*people_with_role(venue, RoleName.MANAGER), *first_admins()]
    if not found:
        raise click.ClickException(
            f"{venue.name} has no manager yet."
            f" First: user add EMAIL --name NAME --role manager --venue {venue.slug}"
        )
    return found[0]


def _read(file: Path, venue: Venue) -> tuple[Reading, str]:
    """What the file says, and what names in it become: a list names groups, a calendar people."""
    said = opened(file.read_bytes(), file.name, now=clock.now())
    if isinstance(said, Table):
        return reading_of(said, columns_for(said, words_of(venue))), NEW
    return said, OWN


def _rooms(typed: Sequence[str], venue: Venue) -> dict[str, str]:
    slugs = [room.slug for room in venue.rooms]
    chosen = {}
    for each in typed:
        place, _equals, slug = each.rpartition("=")
        if slug not in slugs:
            raise click.ClickException(f"There is no room {slug!r}. There are: {', '.join(slugs)}.")
        chosen[key_of(place)] = slug
    return chosen


def _plan(reading: Reading, venue: Venue, choices: Choices) -> Plan:
    """What would happen, without keeping anything."""
    return look(venue, drafting.all_entries(reading, venue), choices, now=clock.now())


def _tell(plan: Plan, left_out: Sequence[LeftOut]) -> None:
    for row in plan.rows:
        click.echo(_line(row))
    for each in left_out:
        click.echo(f"Not read. {left_out_words(each)}")
    click.echo("")
    for fate in Fate:
        if plan.counts[fate]:
            click.echo(f"{plan.counts[fate]:6} {fate.value}")
    if plan.new_groups:
        names = ", ".join(group.name for group in plan.new_groups)
        click.echo(f"New groups: {names}")
    click.echo(f"The new bookings cost {euros(plan.total_cents)} together.")
    if plan.counts[Fate.ASK]:
        click.echo(ASKS)


def _line(row: Looked) -> str:
    found = row.entry.found
    room = row.room.name if row.room else found.place or "-"
    told = [f"{found.line:>5}", fate_words(row), times_words(row.entry), room, row.entry.title]
    return "  ".join(filter(None, [*told, why_words(row)]))


def _tell_done(number: int, done: dict[Deed, int]) -> None:
    told = ", ".join(f"{count} {deed.value}" for deed, count in done.items() if count)
    click.echo(f"Import {number} is in the books: {told}.")
    click.echo(f"Take it out again with: import undo {number}")


commands: list[click.Command] = [import_]
