"""Numbers of invoices: the next ones of a house and year, without gaps, and references to pay with."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as insert_in_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_in_sqlite
from stdnum.iso7064 import mod_97_10

from buurthuis.foundation.db import db
from buurthuis.payments.invoices.models import Invoice, InvoiceCount
from buurthuis.venues.models import Venue

OPENING_YEAR = 0
"""What was open before counts apart; nobody sees that number."""


class Number(NamedTuple):
    """A number, how people call the invoice, and what the payer writes with the money."""

    number: int
    name: str
    reference: str


def next_numbers(venue: Venue, year: int, count: int = 1) -> list[Number]:
    """The next numbers of a house in a year, so many at once.

    The row of the count stays locked until the transaction ends, so numbers are given one after
    the other; who is refused after all gives it back.
    """
    insert = insert_in_sqlite if db.engine.dialect.name == "sqlite" else insert_in_postgresql
    first = insert(InvoiceCount).values(venue_id=venue.id, year=year, last=0)
    db.session.execute(first.on_conflict_do_nothing())
    counted = (
        update(InvoiceCount)
        .where(InvoiceCount.venue_id == venue.id, InvoiceCount.year == year)
        .values(last=InvoiceCount.last + count)
        .returning(InvoiceCount.last)
        .execution_options(synchronize_session=False)
    )
    last = db.session.execute(counted).scalar_one()
    return [number_of(venue, year, each) for each in range(last - count + 1, last + 1)]


def number_of(venue: Venue, year: int, number: int) -> Number:
    """A number of a house in a year, as people and banks write it."""
    name = f"{letters_of(venue.slug)}-{year}-{number:04d}"
    return Number(number, name, reference_of(venue.id, year, number))


def batches_of(venue: Venue, run: str, initiative_ids: Iterable[int]) -> dict[int, str]:
    """How the next invoice of each group in a run is called: "2026-03/7", later "2026-03/7/2"."""
    asked = select(Invoice.batch).where(Invoice.venue_id == venue.id)
    names = db.session.scalars(asked.where(Invoice.batch.startswith(f"{run}/")))
    made = Counter(int(name.split("/")[1]) for name in names if name)
    return {
        number: f"{run}/{number}/{made[number] + 1}" if made[number] else f"{run}/{number}"
        for number in initiative_ids
    }


def letters_of(slug: str) -> str:
    """A few letters by which people know the house: "DM" of "de-meevaart", "LUT" of "lutmastraat"."""
    words = [word for word in slug.split("-") if word]
    short = "".join(word[0] for word in words) if len(words) > 1 else slug[:3]
    return short[:6].upper()


def reference_of(venue_id: int, year: int, number: int) -> str:
    """A reference of ISO 11649, of digits alone; unique over all houses, and typing errors show."""
    body = f"{venue_id}{year:04d}{number:06d}"
    return f"RF{mod_97_10.calc_check_digits(body + 'RF')}{body}"
