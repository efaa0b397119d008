"""A manager's answers: yes, no, a question first, taking an answer back, or taking a yes back."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.bookings import actions, second_thoughts
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import (
    AlreadyOver,
    AnswerHasLeft,
    ChangedMeanwhile,
    PlaceIsGone,
    WrongState,
)
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.formatting import when
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.pages import desk_queries
from buurthuis.pages.desk_booking import booking_page
from buurthuis.pages.desk_choice import Choice
from buurthuis.pages.desk_door import Answer, blueprint, booking_here
from buurthuis.pages.desk_forms import CancelForm, QuestionForm, RefusalForm
from buurthuis.pages.desk_requests import address_at, following
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.rules.states import Status

TOO_LATE = (WrongState, AlreadyOver, RoomTaken, ChangedMeanwhile)


@blueprint.post("/bookings/<int:booking_id>/approve")
@needs("booking.decide", booking_here)
def approve(booking: Booking) -> Answer:
    """Say yes."""
    choice = Choice.of_request()
    then = following(booking.venue, choice, booking.id)
    try:
        actions.approve(booking.id, by=visitor(), lies_for=TIME_TO_THINK)
    except TOO_LATE as refusal:
        if is_my_own(booking, Status.CONFIRMED):
            return on_with(
                booking, then, _("You already said yes to %(title)s.", title=booking.title)
            )
        return _too_late(booking, refusal)
    told = _("Yes to %(title)s, %(when)s.", title=booking.title, when=when(booking))
    return on_with(booking, then, f"{told} {who_hears(booking.booked_by)}")


@blueprint.post("/bookings/<int:booking_id>/refuse")
@needs("booking.decide", booking_here)
def refuse(booking: Booking) -> Answer:
    """Say no, with the reason."""
    form = RefusalForm.about(booking)
    if not form.validate():
        return booking_page(booking, refusal=form), 422
    then = following(booking.venue, Choice.of_request(), booking.id)
    reason = form.sentence_for(booking)
    try:
        actions.refuse(
            booking.id, by=visitor(), reason=reason, kind=form.kind, lies_for=TIME_TO_THINK
        )
    except TOO_LATE as refusal:
        if is_my_own(booking, Status.REFUSED):
            return on_with(
                booking, then, _("You already said no to %(title)s.", title=booking.title)
            )
        return _too_late(booking, refusal, refusal_form=form)
    told = _("No to %(title)s, %(when)s.", title=booking.title, when=when(booking))
    return on_with(booking, then, f"{told} {who_hears(booking.booked_by)}")


@blueprint.post("/bookings/<int:booking_id>/ask")
@needs("booking.decide", booking_here)
def ask(booking: Booking) -> Answer:
    """Ask something first."""
    form = QuestionForm.about(booking)
    if not form.validate():
        return booking_page(booking, question=form), 422
    then = following(booking.venue, Choice.of_request(), booking.id)
    actions.ask(booking.id, by=visitor(), text=form.text.data)
    told = _("Your question about %(title)s is on its way.", title=booking.title)
    told = f"{told} {who_hears(booking.booked_by)}"
    if booking.status == Status.REQUESTED:
        return on_with(booking, then, told)
    flash(told, "ok")
    return redirect(_address_of(booking), 303)


@blueprint.post("/bookings/<int:booking_id>/undo")
@needs("booking.decide", booking_here)
def undo(booking: Booking) -> Answer:
    """Take back an answer that nobody has heard."""
    if booking.status == Status.REQUESTED:
        return on_with(
            booking, booking.id, _("%(title)s waits for an answer.", title=booking.title)
        )
    try:
        waiting = second_thoughts.undo(booking.id, by=visitor())
    except (AnswerHasLeft, PlaceIsGone) as refusal:
        return booking_page(booking, notice=sentence_of(refusal)), 409
    told = _("Your answer is taken back. %(title)s waits again.", title=booking.title)
    if len(waiting) > 1:
        told = f"{told} {for_all(len(waiting))}"
    return on_with(booking, booking.id, told)


@blueprint.post("/bookings/<int:booking_id>/cancel")
@needs("booking.decide", booking_here)
def cancel(booking: Booking) -> Answer:
    """Take a yes back, with the reason."""
    form = CancelForm.about(booking)
    if not form.validate():
        return booking_page(booking, cancelling=form), 422
    try:
        actions.cancel(booking.id, by=visitor(), reason=form.reason.data)
    except TOO_LATE as refusal:
        return _too_late(booking, refusal)
    told = _("%(title)s is cancelled. The room is free again.", title=booking.title)
    flash(f"{told} {who_hears(booking.booked_by)}", "ok")
    return redirect(_address_of(booking), 303)


def is_my_own(booking: Booking, status: Status) -> bool:
    """The same person pressed twice: what they wanted has happened."""
    return booking.status == status and booking.decided_by_id == visitor().id


def who_hears(booker: Person) -> str:
    """Whether the booker gets a letter, or has to be told."""
    if booker.email:
        return _("%(name)s gets an e-mail.", name=booker.name)
    if booker.phone:
        return _("%(name)s has no e-mail. Call %(phone)s.", name=booker.name, phone=booker.phone)
    return _("%(name)s has no e-mail. Tell them yourself.", name=booker.name)


def for_all(count: int) -> str:
    """That an answer was for several bookings, and so is taking it back."""
    return _("This goes for all %(count)s bookings that you answered together.", count=count)


def on_with(booking: Booking, then: int | None, words: str) -> Answer:
    """Go on with the next request, and say there what happened and how to take it back."""
    told = {"words": words, "undo": booking.id if booking.answer_leaves_at else None}
    return redirect(address_at(booking.venue, Choice.of_request(), then, told), 303)


def _too_late(
    booking: Booking, refusal: Refusal, *, refusal_form: RefusalForm | None = None
) -> Answer:
    """Somebody or something was earlier: show the booking as it is now."""
    sentence = sentence_of(refusal)
    decider = desk_queries.name_of(booking.decided_by_id)
    if decider and booking.status == Status.CONFIRMED:
        sentence = _("%(name)s already said yes. The booking stands.", name=decider)
    elif decider and booking.status == Status.REFUSED:
        sentence = _("%(name)s already said no. Nothing has changed.", name=decider)
    return booking_page(booking, notice=sentence, refusal=refusal_form), 409


def _address_of(booking: Booking) -> str:
    return url_for("desk.booking", slug=booking.venue.slug, booking_id=booking.id)
