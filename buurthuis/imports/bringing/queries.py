"""Questions about imports: those of a house, one of them, and its rows."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.imports.bringing.entries import Entry, as_found
from buurthuis.imports.bringing.models import CalendarImport, ImportRow
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


def rows_done(found: CalendarImport) -> Sequence[ImportRow]:
    """The rows with which something was done, in the order of the file."""
    asked = select(ImportRow).where(ImportRow.import_id == found.id, ImportRow.deed.is_not(None))
    return db.session.scalars(asked.order_by(ImportRow.number)).all()
