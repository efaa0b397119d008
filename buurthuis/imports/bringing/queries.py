"""Questions about imports: those of a house, one of them, and its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.imports.bringing.entries import Entry, as_found
from buurthuis.imports.bringing.models import CalendarImport, Deed, ImportRow
from buurthuis.venues.models import Venue

MOST_SHOWN = 20


def import_here(slug: str, import_id: int) -> CalendarImport:
    """An import of this house.

    Raises:
        NotFound: there is none, or it is of another house.
    """
    found = db.session.get(CalendarImport, import_id, options=[joinedload(CalendarImport.venue)])
    if found is None or found.venue.slug != slug:
        raise NotFound
    return found


def imports_of(venue: Venue) -> Sequence[CalendarImport]:
    """The latest imports of a house, the newest first."""
    return db.session.scalars(
        select(CalendarImport)
        .where(CalendarImport.venue_id == venue.id)
        .options(joinedload(CalendarImport.made_by), joinedload(CalendarImport.brought_by))
        .order_by(CalendarImport.id.desc())
        .limit(MOST_SHOWN)
    ).all()


def entries_of(found: CalendarImport) -> list[Entry]:
    """Its entries, in the order of the file."""
    columns = (ImportRow.number, ImportRow.key, ImportRow.says, ImportRow.tick)
    asked = select(*columns).where(ImportRow.import_id == found.id).order_by(ImportRow.number)
    return [
        Entry(number, key, as_found(says), tick, is_gone=bool(says.get("is_gone")))
        for number, key, says, tick in db.session.execute(asked)
    ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did: how often what, and the entries with which it did nothing, each with why."""

    deeds: Mapping[Deed, int]
    stayed: Sequence[tuple[Entry, str]]


def outcome_of(found: CalendarImport) -> Outcome:
    """What an import did, as it was written down."""
    here = ImportRow.import_id == found.id
    asked = select(ImportRow.deed, func.count()).where(here, ImportRow.deed.is_not(None))
    counts = db.session.execute(asked.group_by(ImportRow.deed)).all()
    deeds = {row[0]: row[1] for row in counts}
    others = (
        select(ImportRow.number, ImportRow.key, ImportRow.says, ImportRow.why)
        .where(here, ImportRow.why.is_not(None))
        .order_by(ImportRow.number)
    )
    stayed = [
        (Entry(number, key, as_found(says)), why)
        for number, key, says, why in db.session.execute(others)
    ]
    return Outcome({deed: deeds.get(deed, 0) for deed in Deed}, stayed)


def rows_done(found: CalendarImport) -> Sequence[ImportRow]:
    """The rows with which something was done, in the order of the file."""
    asked = select(ImportRow).where(ImportRow.import_id == found.id, ImportRow.deed.is_not(None))
    return db.session.scalars(asked.order_by(ImportRow.number)).all()
