"""What was just stored of a booking, in the place of the booking itself."""

from collections.abc import Mapping
from typing import Any, NoReturn

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.wishes import Order
from buurthuis.foundation.db import db
from buurthuis.venues.models import Room


class JustStored:
    """Reads as its booking does, without being read back from the database and made an object.

    A verb that stores a whole series works with these. What such a one was not told, the booking
    itself answers, which is read when somebody asks for that. It changes nothing.
    """

    __tablename__ = Booking.__tablename__

    period = Booking.period
    starts_setting_up_at = Booking.starts_setting_up_at
    is_cleared_at = Booking.is_cleared_at
    normal_cents = Booking.normal_cents
    is_live = Booking.is_live
    is_pay_hold = Booking.is_pay_hold

    def __init__(self, told: Mapping[str, Any], order: Order, room: Room, by: Person) -> None:
        self.__dict__.update(
            told,
            room=room,
            venue=room.venue,
            initiative=order.initiative,
            booked_by=order.booker or by,
            series=order.series,
            bundle=order.bundle,
            extras=(),
        )

    def show(self, **told: Any) -> None:
        """Tell this, too, from now on: it stands in the database already."""
        self.__dict__.update(told)

    def __getattr__(self, name: str) -> Any:
        """What was not told, as the booking itself has it."""
        return getattr(db.session.get_one(Booking, self.id), name)

    def __setattr__(self, name: str, _value: Any) -> NoReturn:
        raise TypeError(f"{name} is changed on the booking itself")
