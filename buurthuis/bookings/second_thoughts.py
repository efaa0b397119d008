"""Taking back an answer that nobody has heard yet (decision 23)."""

from collections.abc import Sequence

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.bookings import letters, queries
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AnswerHasLeft, PlaceIsGone
from buurthuis.bookings.rights import decides
from buurthuis.bookings.steps import permit, release_expired, touch, use_of
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note_each
from buurthuis.occupancy import claims
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules import answers
from buurthuis.rules.states import Status


def undo(booking_id: int, *, by: Person) -> list[Booking]:
    """Make an answer a request again, and withdraw its letter; gives all that wait again.

    An answer that was given to several days of a series or rooms of a bundle is taken back for
    all of them.

    Raises:
        AnswerHasLeft: the letter has gone, or something else happened to one of them.
        PlaceIsGone: it was a no, and somebody else has the place.
    """
    try:
        return _undo(booking_id, by=by)
    except RoomTaken as taken:
        raise PlaceIsGone from taken


def answered_with(booking: Booking) -> list[Booking]:
    """This booking and the others that got the same answer with it, as long as that lies."""
    together = queries.made_together(booking)
    if booking.answer_leaves_at is None or together is None:
        return [booking]
    same = (
        Booking.status == booking.status,
        Booking.decided_at == booking.decided_at,
        Booking.decided_by_id == booking.decided_by_id,
        Booking.answer_leaves_at == booking.answer_leaves_at,
    )
    found = select(Booking).where(together, *same).options(*queries.WITH_EVERYTHING)
    return list(db.session.scalars(found.order_by(Booking.id))) or [booking]


@action
def _undo(booking_id: int, *, by: Person) -> list[Booking]:
    booking, spaces = _locked(booking_id)
    permit(decides(by, booking), booking, by)
    now = clock.now()
    status, leaves_at = Status(booking.status), booking.answer_leaves_at
    if not answers.can_be_taken_back(status, leaves_at=leaves_at, now=now):
        raise AnswerHasLeft
    answered = answered_with(booking)
    if _asked_since(answered) or not letters.taken_back(answered, booking.decided_at):
        raise AnswerHasLeft
    for each in answered:
        each.status = Status.REQUESTED
        each.refusal_reason, each.refusal_kind = "", None
        each.decided_at = each.decided_by_id = each.answer_leaves_at = None
        touch(each, now)
    _put_back(answered, spaces)
    note_each("booking.taken_back", [(each, {"answer": str(status)}) for each in answered], by=by)
    return answered


def _locked(booking_id: int) -> tuple[Booking, queries.Spaces]:
    """The booking and all that were answered with it, locked after their spaces, and those spaces."""
    booking = queries.booking(booking_id)
    before = answered_with(booking)
    spaces = claims.lock_rooms({each.room_id: each.room for each in before}.values())
    rows = select(Booking).where(Booking.id.in_([each.id for each in before])).order_by(Booking.id)
    # PostgreSQL locks no row of the houses and rooms that come along in the same question.
    locking = rows.with_for_update(of=Booking).execution_options(populate_existing=True)
    db.session.scalars(locking).all()
    return booking, spaces


def _asked_since(answered: Sequence[Booking]) -> bool:
    """Somebody asked for a change of one of them: they count on the yes."""
    of_them = ChangeRequest.booking_id.in_([booking.id for booking in answered])
    return db.session.scalar(select(ChangeRequest.id).where(of_them).limit(1)) is not None


def _put_back(answered: Sequence[Booking], spaces: queries.Spaces) -> None:
    """Let each hold its place, or not, as any request of its house; all are of one house."""
    ids = [booking.id for booking in answered]
    holding = select(Occupancy.booking_id).where(Occupancy.booking_id.in_(ids))
    held = {booking_id for booking_id in db.session.scalars(holding) if booking_id is not None}
    if not answered[0].venue.requests_occupy:
        claims.release_many(held)
        return
    missing = [booking for booking in answered if booking.id not in held]
    if missing:
        release_expired(sorted({space for own in spaces.values() for space in own}), clock.now())
        db.session.flush()
        claims.claim_many([use_of(booking) for booking in missing], spaces)
