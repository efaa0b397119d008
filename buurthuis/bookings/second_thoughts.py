"""Taking back an answer that nobody has heard yet (decision 23)."""

from buurthuis.accounts.models import Person
from buurthuis.bookings import letters
from buurthuis.bookings.changes.queries import latest_change_of
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AnswerHasLeft, PlaceIsGone
from buurthuis.bookings.rights import decides
from buurthuis.bookings.steps import locked, permit, release_expired, touch, use_of
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules import answers
from buurthuis.rules.states import Status


def undo(booking_id: int, *, by: Person) -> Booking:
    """Make an answer a request again, and withdraw its letter.

    Raises:
        AnswerHasLeft: the letter has gone, or something else happened to the booking.
        PlaceIsGone: it was a no, and somebody else has the place.
    """
    try:
        return _undo(booking_id, by=by)
    except RoomTaken as taken:
        raise PlaceIsGone from taken


@action
def _undo(booking_id: int, *, by: Person) -> Booking:
    booking = locked(booking_id)
    permit(decides(by, booking), booking, by)
    now = clock.now()
    status, leaves_at = Status(booking.status), booking.answer_leaves_at
    if not answers.can_be_taken_back(status, leaves_at=leaves_at, now=now):
        raise AnswerHasLeft
    if latest_change_of(booking) is not None or not letters.taken_back(booking, booking.decided_at):
        raise AnswerHasLeft
    booking.status = Status.REQUESTED
    booking.refusal_reason, booking.refusal_kind = "", None
    booking.decided_at = booking.decided_by_id = booking.answer_leaves_at = None
    touch(booking, now)
    _put_back(booking)
    note("booking.taken_back", booking, by=by, venue_id=booking.venue_id, answer=str(status))
    return booking


def _put_back(booking: Booking) -> None:
    """Let it hold its place, or not, as any request of this house."""
    is_held = claims.is_held(booking.id)
    if booking.venue.requests_occupy and not is_held:
        spaces = claims.lock_rooms([booking.room])[booking.room_id]
        release_expired(spaces, clock.now())
        db.session.flush()
        claims.claim(use_of(booking), spaces)
    elif is_held and not booking.venue.requests_occupy:
        claims.release(booking.id)
