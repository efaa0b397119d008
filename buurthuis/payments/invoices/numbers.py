"""Numbers of invoices: the next one of a house and year, without gaps, and the reference to pay with."""

from typing import NamedTuple

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert as insert_in_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_in_sqlite
from stdnum.iso7064 import mod_97_10

from buurthuis.foundation.db import db
from buurthuis.payments.invoices.models import InvoiceCount
from buurthuis.venues.models import Venue

OPENING_YEAR = 0
"""What was open before counts apart; nobody sees that number."""


class Number(NamedTuple):
    """A number, how people call the invoice, and what the payer writes with the money."""

    number: int
    name: str
    reference: str


def next_number(venue: Venue, year: int) -> Number:
    """The next number of a house in a year.

    The row of the count stays locked until the transaction ends, so numbers are given one after
    the other; who is refused after all gives it back.
    """
    insert = insert_in_sqlite if db.engine.dialect.name == "sqlite" else insert_in_postgresql
    first = insert(InvoiceCount).values(venue_id=venue.id, year=year, last=0)
    db.session.execute(first.on_conflict_do_nothing())
    counted = (
        update(InvoiceCount)
        .where(InvoiceCount.venue_id == venue.id, InvoiceCount.year == year)
        .values(last=InvoiceCount.last + 1)
        .returning(InvoiceCount.last)
        .execution_options(synchronize_session=False)
    )
    number = db.session.execute(counted).scalar_one()
    name = f"{letters_of(venue.slug)}-{year}-{number:04d}"
    return Number(number, name, reference_of(venue.id, year, number))


def letters_of(slug: str) -> str:
    """A few letters by which people know the house: "DM" of "de-meevaart", "LUT" of "lutmastraat"."""
    words = [word for word in slug.split("-") if word]
    short = "".join(word[0] for word in words) if len(words) > 1 else slug[:3]
    return short[:6].upper()


def reference_of(venue_id: int, year: int, number: int) -> str:
    """A reference of ISO 11649, of digits alone; unique over all houses, and typing errors show."""
    body = f"{venue_id}{year:04d}{number:06d}"
    return f"RF{mod_97_10.calc_check_digits(body + 'RF')}{body}"
