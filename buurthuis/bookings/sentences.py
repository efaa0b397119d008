"""What the booking desk says when it says no, and what the visitor can do instead."""

from flask_babel import gettext as _

from buurthuis.bookings.fair_words import excess_sentence
from buurthuis.bookings.refusals import (
    AlreadyOver,
    AlreadySent,
    AnswerHasLeft,
    AskedTogether,
    ChangedMeanwhile,
    ChangeIsAnswered,
    ChangeNeedsApproval,
    LeavesAlone,
    NotBookable,
    NotThatWay,
    OneHouseOnly,
    PayFirst,
    PlaceIsGone,
    PriceChanged,
    ReasonMissing,
    RoomRetired,
    SomeNotBookable,
    SpeaksForNobody,
    TakenOut,
    WrongState,
)
from buurthuis.bookings.words import either_of
from buurthuis.foundation.errors import says
from buurthuis.foundation.formatting import clock, euros, hours, short_day
from buurthuis.occupancy.refusals import RoomTaken, TooLongToHold
from buurthuis.rules.availability import Ask, Obstacle, Problem
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.fair_use import Excess
from buurthuis.rules.states import Status
from buurthuis.tariffs.ways.words import ways_in_words
from buurthuis.venues.models import Room

OF_THE_ROOM = (Problem.TOO_MANY_PEOPLE, Problem.ALONE, Problem.BUFFER_TOO_LONG)


def problem_sentence(problem: Obstacle, room: Room, ask: Ask) -> str:
    """Why this cannot be booked, and the cure, in one or two short sentences."""
    if isinstance(problem, Excess):
        return excess_sentence(problem, room.venue)
    return _problem(problem, room, ask)


def _problem(problem: Problem, room: Room, ask: Ask) -> str:
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
    if problem in OF_THE_ROOM:
        return _of_the_room(problem, room)
    if problem == Problem.TOO_SHORT:
        return _("Book at least %(time)s. Choose a later end.", time=hours(venue.min_minutes))
    return _("Book at most %(time)s. Choose an earlier end.", time=hours(venue.max_minutes))


def _of_the_room(problem: Problem, room: Room) -> str:
    if problem == Problem.TOO_MANY_PEOPLE:
        return _(
            "%(room)s holds %(count)s people. Choose a larger room.",
            room=room.name,
            count=room.capacity,
        )
    if problem == Problem.ALONE:
        return _(
            "%(room)s goes only together with %(others)s. Book that too.",
            room=room.name,
            others=either_of(room.only_with),
        )
    if not room.own_buffer_minutes:
        return _("%(room)s has no extra time around a booking. Book longer.", room=room.name)
    return _(
        "Take at most %(time)s to prepare or clear up. Or book longer.",
        time=hours(room.own_buffer_minutes),
    )


@says(NotBookable)
def _not_bookable(refusal: NotBookable) -> str:
    return problem_sentence(refusal.problems[0], refusal.room, refusal.ask)


@says(SomeNotBookable)
def _some_not_bookable(refusal: SomeNotBookable) -> str:
    order, problems = refusal.refused[0]
    return _(
        "Nothing is booked. Look at %(day)s: %(why)s",
        day=short_day(order.wish.period.start),
        why=problem_sentence(problems[0], order.room, order.wish.ask),
    )


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


@says(TakenOut)
def _taken_out(refusal: TakenOut) -> str:
    return _("The house took this out of the agenda. Ask the house on the page for everybody.")


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


@says(ChangeIsAnswered)
def _change_is_answered(refusal: ChangeIsAnswered) -> str:
    return {
        ChangeStatus.APPROVED: _("The house already said yes to this change. Look at the booking."),
        ChangeStatus.REFUSED: _("The house already said no to this change. Ask something else."),
        ChangeStatus.WITHDRAWN: _("This change was taken back. The booking stays as it is."),
    }.get(refusal.change_status, _("It is too late for this change. The booking stays as it is."))


@says(AskedTogether)
def _asked_together(refusal: AskedTogether) -> str:
    return _("This is one day of a series. Open the series, and answer all days together.")


@says(ChangeNeedsApproval)
def _change_needs_approval(refusal: ChangeNeedsApproval) -> str:
    return _("The house must agree to this change. Call the house, or cancel and book again.")


@says(LeavesAlone)
def _leaves_alone(refusal: LeavesAlone) -> str:
    names = ", ".join(room.name for room in refusal.rooms)
    return _("You also have %(rooms)s, and that needs this room. Change that first.", rooms=names)


@says(RoomRetired)
def _room_retired(refusal: RoomRetired) -> str:
    return _(
        "The house does not lend %(room)s any more. Say no, or ask them to choose another room.",
        room=refusal.room.name,
    )


@says(OneHouseOnly)
def _one_house_only(refusal: OneHouseOnly) -> str:
    return _("Choose different rooms of one house. Book other houses by themselves.")


@says(AlreadySent)
def _already_sent(refusal: AlreadySent) -> str:
    return _("You sent this twice. The first one counts. Look at My page.")


@says(NotThatWay)
def _not_that_way(refusal: NotThatWay) -> str:
    ways = ways_in_words(refusal.facts["ways"])
    return _("This group cannot pay in that way here. Choose: %(ways)s.", ways=ways)


@says(PayFirst)
def _pay_first(refusal: PayFirst) -> str:
    return _("Pay first, or cancel all rooms. Then you can change things.")


@says(SpeaksForNobody)
def _speaks_for_nobody(refusal: SpeaksForNobody) -> str:
    return _("You do not speak for this group. Choose a group of your own.")
