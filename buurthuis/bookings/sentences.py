"""What the booking desk says when it says no, and what the visitor can do instead."""

from flask_babel import gettext as _

from buurthuis.bookings.refusals import (
    AlreadyOver,
    AlreadySent,
    AnswerHasLeft,
    ChangedMeanwhile,
    ChangeNeedsApproval,
    NotBookable,
    PlaceIsGone,
    PriceChanged,
    ReasonMissing,
    SpeaksForNobody,
    WrongState,
)
from buurthuis.foundation.errors import says
from buurthuis.foundation.formatting import clock, euros, hours
from buurthuis.occupancy.refusals import RoomTaken, TooLongToHold
from buurthuis.rules.availability import Ask, Problem
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room


def problem_sentence(problem: Problem, room: Room, ask: Ask) -> str:
    """Why this cannot be booked, and the cure, in one or two short sentences."""
    venue = room.venue
    if problem == Problem.TAKEN:
        return _("%(room)s is taken at that time. Choose another time or room.", room=room.name)
    if problem == Problem.CLOSED:
        return _("The house is closed then. Choose another day.")
    if problem == Problem.OUTSIDE_HOURS:
        return _(
            "%(room)s is not open from %(start)s to %(end)s. Look at the opening hours.",
            room=room.name,
            start=clock(ask.period.start),
            end=clock(ask.period.end),
        )
    if problem == Problem.TOO_MANY_PEOPLE:
        return _(
            "%(room)s holds %(count)s people. Choose a larger room.",
            room=room.name,
            count=room.capacity,
        )
    if problem == Problem.IN_THE_PAST:
        return _("That time is over. Choose a later time.")
    if problem == Problem.TOO_SOON:
        return _(
            "Book at least %(time)s ahead, or call the house.", time=hours(venue.notice_minutes)
        )
    if problem == Problem.TOO_FAR_AHEAD:
        return _("Book at most %(days)s days ahead. Choose a nearer day.", days=venue.horizon_days)
    if problem == Problem.OFF_THE_STEP:
        return _("Choose times in steps of %(count)s minutes.", count=venue.step_minutes)
    if problem == Problem.TOO_SHORT:
        return _("Book at least %(time)s. Choose a later end.", time=hours(venue.min_minutes))
    return _("Book at most %(time)s. Choose an earlier end.", time=hours(venue.max_minutes))


@says(NotBookable)
def _not_bookable(refusal: NotBookable) -> str:
    return problem_sentence(refusal.problems[0], refusal.room, refusal.ask)


@says(RoomTaken)
def _room_taken(refusal: RoomTaken) -> str:
    return _("Somebody was just before you. Choose another time or room.")


@says(TooLongToHold)
def _too_long(refusal: TooLongToHold) -> str:
    return _("One booking is at most a week. Choose an earlier end.")


@says(PriceChanged)
def _price_changed(refusal: PriceChanged) -> str:
    return _(
        "The price is now %(price)s. Look at it, and send again if you agree.",
        price=euros(refusal.total_cents),
    )


@says(WrongState)
def _wrong_state(refusal: WrongState) -> str:
    return {
        Status.CONFIRMED: _("This booking is already confirmed. You need do nothing."),
        Status.REFUSED: _("This request is already refused. Ask for another time."),
        Status.CANCELLED: _("This booking is already cancelled. You can book again."),
        Status.EXPIRED: _("This place was kept for a while. That time is over. Book again."),
        Status.NO_SHOW: _("Nobody came. Nothing can change any more. Call the house."),
    }.get(refusal.booking_status, _("This is not possible any more. Reload the page."))


@says(AlreadyOver)
def _already_over(refusal: AlreadyOver) -> str:
    return _("This time is over. Nothing can change any more. Call the house.")


@says(AnswerHasLeft)
def _answer_has_left(refusal: AnswerHasLeft) -> str:
    return _("The booker has heard your answer. Call them, or cancel the booking.")


@says(PlaceIsGone)
def _place_is_gone(refusal: PlaceIsGone) -> str:
    return _("Somebody else has this place now. Your no stands. Offer another time.")


@says(ChangedMeanwhile)
def _changed_meanwhile(refusal: ChangedMeanwhile) -> str:
    return _("The booker changed this request just now. Look at it again.")


@says(ReasonMissing)
def _reason_missing(refusal: ReasonMissing) -> str:
    return _("Write a few words, so that the other knows why.")


@says(ChangeNeedsApproval)
def _change_needs_approval(refusal: ChangeNeedsApproval) -> str:
    return _("The house must agree to this change. Call the house, or cancel and book again.")


@says(AlreadySent)
def _already_sent(refusal: AlreadySent) -> str:
    return _("You sent this twice. The first one counts. Look at My page.")


@says(SpeaksForNobody)
def _speaks_for_nobody(refusal: SpeaksForNobody) -> str:
    return _("You do not speak for this group. Choose a group of your own.")
