"""What the doctor looks at in houses: who manages them, and what they remember of themselves."""

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from buurthuis.accounts.models import Person, Role, RoleName
from buurthuis.extras.trouble import promised_too_often
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.imports.outside.models import OutsideCalendar
from buurthuis.imports.outside.taking import is_settled
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import FileHasMistakes
from buurthuis.imports.versions import house_at, latest_number
from buurthuis.venues.models import Venue

LOOKED_AT_WITHIN: Final = timedelta(hours=2)
"""After the agreed moment; a calendar waits while others are looked at."""


def houses_without_manager() -> list[str]:
    """Every house where somebody has a role has a manager without a last day."""
    here = select(Role.id).join(Person, Person.id == Role.person_id)
    of_house = here.where(Role.venue_id == Venue.id, Person.left_at.is_(None))
    manages = of_house.where(Role.name == RoleName.MANAGER, Role.until_on.is_(None))
    found = select(Venue.slug).where(of_house.exists(), ~manages.exists()).order_by(Venue.slug)
    return [
        f"{slug} has no manager without a last day."
        f" Run `flask --app app user add EMAIL --name NAME --role manager --venue {slug}`."
        for slug in db.session.scalars(found)
    ]


def extras_promised_twice() -> list[str]:
    """No house has promised more of an extra than it has, from now on."""
    return [
        f"Booking {booking_id} was promised an extra that others have at that moment."
        f" Change what goes with it."
        for booking_id in promised_too_often(clock.now())
    ]


def calendars_of_others() -> list[str]:
    """Calendars of others hold what they want and nobody else has, and are looked at in time."""
    now = clock.now()
    astray = [
        f"In {venue.slug} calendars of others do not hold what they want."
        f" Press `Look again now` on the page of each."
        for venue in db.session.scalars(select(Venue).order_by(Venue.slug))
        if not is_settled(venue, now)
    ]
    waiting = select(OutsideCalendar).where(OutsideCalendar.look_at < now - LOOKED_AT_WITHIN)
    late = [
        f"Nobody looked at calendar {each.id} of {each.venue.slug} in time. Does a worker run?"
        for each in db.session.scalars(waiting.order_by(OutsideCalendar.id))
    ]
    return astray + late


def stray_houses() -> list[str]:
    """What a house says now is what its newest version says; a house without versions never changed."""
    return [
        f"{venue.slug} says something else than its version {number}."
        f" Change something on its pages; then the history goes on from how it is."
        for venue in db.session.scalars(select(Venue).order_by(Venue.slug))
        if (number := latest_number(venue)) and not _says_the_same(venue, number)
    ]


def _says_the_same(venue: Venue, number: int) -> bool:
    try:
        return house_at(venue, number) == house_of(venue)
    except FileHasMistakes:
        return False
