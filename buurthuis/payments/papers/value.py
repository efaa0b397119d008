"""The statement of value: what the use of rooms would have cost, and what the neighbourhood gives.

It is no invoice and asks for nothing. It is told from the frozen prices of bookings as they stand
on the day that is on it: what everybody pays for the room (the list), what this group was charged
for it, and the difference, which is what houses give (`rules.giving`). All without VAT, and
without coffee and other extras, so that it equals the figures of the houses.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _

from buurthuis.bookings.models import Booking
from buurthuis.foundation.formatting import clock as clock_of
from buurthuis.foundation.formatting import euros, hours, language
from buurthuis.foundation.papers import paper
from buurthuis.payments.papers.sides import readable
from buurthuis.payments.papers.uses import Use
from buurthuis.payments.papers.wording import short_day, written_day
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents

TEMPLATE: Final = "value.typ"
Facts = dict[str, Any]


def value_statement(use: Use, *, made_on: date) -> bytes:
    """The file (PDF/UA) of at least one booking, in the language of here.

    Of one day, the same bookings give the same bytes.
    """
    return paper(TEMPLATE, facts_of(use, made_on), made_on=made_on)


def facts_of(use: Use, made_on: date) -> Facts:
    """Everything the paper shows, in words."""
    listed = sum(each.list_cents for each in use.bookings)
    given = sum(each.given_cents for each in use.bookings)
    houses = list(dict.fromkeys(readable(each.venue.name) for each in use.bookings))
    name = readable(use.initiative.name)
    return {
        "language": language(),
        "title": _("What the use was worth"),
        "name": name,
        "houses": houses,
        "period": _period(use, made_on),
        "lead": _lead(name, houses, given, listed),
        "bigs": [
            [euros(given), _("given by the neighbourhood")],
            [euros(listed), _("the normal price")],
            [euros(listed - given), _("your price")],
            [hours(sum(each.period.minutes for each in use.bookings)), _("in use")],
        ],
        "head": [_("Day"), _("Where"), _("Time"), _("Normal price"), _("Your price"), _("Given")],
        "rows": list(_rows(use, several=len(houses) > 1)),
        "total": [_("Together"), euros(listed), euros(listed - given), euros(given)],
        "closing": list(_closing(sum(each.total_cents for each in use.bookings))),
        "footer": _("Made on %(day)s, from the bookings as they stood.", day=written_day(made_on)),
        "pages": _("Page {page} of {pages}"),
    }


def _period(use: Use, made_on: date) -> str:
    first, last = day_of(use.bookings[0].from_at), day_of(use.bookings[-1].from_at)
    if use.year is not None and made_on.year == use.year:
        return _("%(year)s, until %(day)s", year=use.year, day=written_day(made_on))
    if use.year is not None:
        return str(use.year)
    if first == last:
        return written_day(first)
    return _("%(first)s until %(last)s", first=written_day(first), last=written_day(last))


def _lead(name: str, houses: list[str], given: Cents, listed: Cents) -> str:
    """Who gave what, in a sentence."""
    if not listed:
        return _("No price is asked for these rooms.")
    if not given:
        return _("%(group)s pays the normal price.", group=name)
    is_free = given == listed
    if len(houses) > 1 and is_free:
        return _("These houses give %(group)s free rooms.", group=name)
    if len(houses) > 1:
        return _("These houses give %(group)s a discount.", group=name)
    if is_free:
        return _("%(house)s gives %(group)s a free room.", house=houses[0], group=name)
    return _("%(house)s gives %(group)s a discount.", house=houses[0], group=name)


def _rows(use: Use, *, several: bool) -> Iterator[list[str]]:
    for each in use.bookings:
        room = readable(each.room.name)
        where = f"{readable(each.venue.name)}, {room}" if several else room
        yield [
            short_day(day_of(each.from_at)),
            where,
            _times(each),
            euros(each.list_cents),
            euros(each.list_cents - each.given_cents),
            euros(each.given_cents),
        ]


def _times(booking: Booking) -> str:
    return f"{clock_of(booking.from_at)}–{clock_of(booking.to_at)}"


def _closing(to_pay: Cents) -> Iterator[str]:
    yield _("Neighbours keep the house open together. That is how this is possible.")
    if to_pay:
        yield _("This is no invoice.")
    else:
        yield _("This is no invoice. There is nothing to pay.")
    yield _("You may show this sheet to a fund or to the municipality.")
    yield _("All amounts are without VAT. Coffee and other extras do not count.")
