"""Verbs of the desk for somebody without e-mail: put them in the books, beside their group."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from buurthuis.accounts.actions import clean_name, new_person, speak_for
from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import speakers_of
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.handover import letters
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.models import Recognition
from buurthuis.venues.models import Venue

MOST_GROUPS = 300


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Who came to the desk."""

    name: str
    phone: str = ""


def groups_of(venue: Venue) -> Sequence[Initiative]:
    """The groups that booked in a house or are recognised there, by name."""
    booked = select(Booking.initiative_id).where(Booking.venue_id == venue.id)
    recognised = select(Recognition.initiative_id).where(Recognition.venue_id == venue.id)
    return db.session.scalars(
        select(Initiative)
        .where(Initiative.id.in_(booked) | Initiative.id.in_(recognised))
        .order_by(func.lower(Initiative.name), Initiative.id)
        .limit(MOST_GROUPS)
    ).all()


@action
def put_in_books(
    venue: Venue,
    who: Neighbour,
    *,
    by: Person,
    group_id: int | None = None,
    is_for_themselves: bool = False,
) -> Person:
    """Put somebody without e-mail in the books of a house, with a group of the house or their own.

    Whoever speaks for the group already hears of it.

    Raises:
        NotFound: the group does not come to this house.
        Invalid: the name is empty or too long.
    """
    person = new_person(clean_name(who.name), None, by.language, by=by, venue_id=venue.id)
    person.phone = who.phone
    if group_id is not None:
        group = next((each for each in groups_of(venue) if each.id == group_id), None)
        if group is None:
            raise NotFound
        letters.joined(group, person, venue, speakers_of(group))
        speak_for(group, person, by=by)
    elif is_for_themselves:
        group = Initiative(name=person.name, kind=Kind.PRIVATE, created_at=clock.now())
        db.session.add(group)
        db.session.flush()
        logbook.note("initiative.made", group, by=by, venue_id=venue.id, kind=group.kind)
        speak_for(group, person, by=by)
    return person
