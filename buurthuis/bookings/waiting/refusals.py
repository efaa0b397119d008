"""What the waiting list says no to, each with the facts its sentence needs."""

from buurthuis.foundation.errors import Refusal
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Room


class PlaceIsFree(Refusal):
    """There is nothing to wait for: this room can be booked right now."""

    code = "place-is-free"
    status = 409

    def __init__(self, room: Room, period: Period) -> None:
        super().__init__(room=room, period=period)
        self.room = room
        self.period = period


class AlreadyYours(Refusal):
    """The initiative has this room at that time itself."""

    code = "already-yours"
    status = 409


class TooLateToWait(Refusal):
    """The start is so near that nobody could be asked any more."""

    code = "too-late-to-wait"
    status = 409


class TooManyWishes(Refusal):
    """The initiative waits for so many places already."""

    code = "too-many-wishes"
    status = 409


class OfferOver(Refusal):
    """The time to answer has passed; the place went on to the next in line, or to everybody."""

    code = "offer-over"
    status = 409


class NothingOffered(Refusal):
    """There is no offer to answer: one still waits, or was answered before."""

    code = "wrong-state"
    status = 409
