"""What tests of paying say shortly: what a house offers, a place that is kept, letters about it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import time_machine
from sqlalchemy import select

from buurthuis.accounts.models import Initiative
from buurthuis.bookings import actions
from buurthuis.bookings.bundles.actions import book_together
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.paying.ways import HOLD, Way
from buurthuis.rules.periods import Period
from buurthuis.tariffs.ways.models import EVERYBODY, WayToPay
from buurthuis.venues.models import Room, Venue
from tests.builders import a_wish


def offers(venue: Venue, *ways: Way, to: str = EVERYBODY) -> None:
    """The house offers these ways, to everybody or to one standing."""
    db.session.add_all(
        WayToPay(venue_id=venue.id, standing=to, position=place, way=way)
        for place, way in enumerate(ways)
    )
    db.session.commit()


def kept(room: Room, period: Period, group: Initiative, **facts: Any) -> Booking:
    """A place that is kept until it is paid for."""
    by = group.memberships[0].person
    return actions.book(room, a_wish(period, **facts), by=by, for_=group, pays_by=Way.ONLINE)


def kept_together(rooms: Sequence[Room], period: Period, group: Initiative) -> list[Booking]:
    """Several rooms that are kept until they are paid for."""
    by = group.memberships[0].person
    return book_together(rooms, a_wish(period), by=by, for_=group, pays_by=Way.ONLINE)


def after_the_hold(minutes: int = 1) -> time_machine.travel:
    """So many minutes after a place that is kept now is no longer kept."""
    return time_machine.travel(clock.now() + HOLD + timedelta(minutes=minutes), tick=False)


def letters(template: str | None = None) -> list[OutboxLetter]:
    """The letters of this kind that wait to be carried away, or all."""
    asked = select(OutboxLetter).order_by(OutboxLetter.created_at)
    found = db.session.scalars(asked).all()
    return [each for each in found if template in {None, each.template}]
