"""A manager's answers: yes, no, a question first, or taking a yes back."""

from flask import flash, redirect, session, url_for
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.bookings import actions
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AlreadyOver, WrongState
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.formatting import when
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.pages import desk_queries
from buurthuis.pages.desk_booking import booking_page
from buurthuis.pages.desk_door import Answer, blueprint, booking_here
from buurthuis.pages.desk_forms import CancelForm, QuestionForm, RefusalForm
from buurthuis.pages.desk_requests import PER_PAGE, TOLD
from buurthuis.rules.states import Status

TOO_LATE = (WrongState, AlreadyOver, RoomTaken)


@blueprint.post("/bookings/<int:booking_id>/approve")
@needs("booking.decide", booking_here)
def approve(booking: Booking) -> Answer:
    """Say yes."""
    following = _following(booking)
    try:
        actions.approve(booking.id, by=visitor())
    except TOO_LATE as refusal:
        if _is_my_own(booking, Status.CONFIRMED):
            return _on(
                booking, following, _("You already said yes to %(title)s.", title=booking.title)
            )
        return _too_late(booking, refusal)
    told = _("Yes to %(title)s, %(when)s.", title=booking.title, when=when(booking))
    return _on(booking, following, f"{told} {_who_hears(booking.booked_by)}")


@blueprint.post("/bookings/<int:booking_id>/refuse")
@needs("booking.decide", booking_here)
def refuse(booking: Booking) -> Answer:
    """Say no, with the reason."""
    form = RefusalForm.about(booking)
    if not form.validate():
        return booking_page(booking, refusal=form), 422
    following = _following(booking)
    try:
        actions.refuse(booking.id, by=visitor(), reason=form.sentence_for(booking))
    except TOO_LATE as refusal:
        if _is_my_own(booking, Status.REFUSED):
            return _on(
                booking, following, _("You already said no to %(title)s.", title=booking.title)
            )
        return _too_late(booking, refusal, refusal_form=form)
    told = _("No to %(title)s, %(when)s.", title=booking.title, when=when(booking))
    return _on(booking, following, f"{told} {_who_hears(booking.booked_by)}")


@blueprint.post("/bookings/<int:booking_id>/ask")
@needs("booking.decide", booking_here)
def ask(booking: Booking) -> Answer:
    """Ask something first."""
    form = QuestionForm.about(booking)
    if not form.validate():
        return booking_page(booking, question=form), 422
    following = _following(booking)
    actions.ask(booking.id, by=visitor(), text=form.text.data)
    told = _("Your question about %(title)s is on its way.", title=booking.title)
    told = f"{told} {_who_hears(booking.booked_by)}"
    if booking.status == Status.REQUESTED:
        return _on(booking, following, told)
    flash(told, "ok")
    return redirect(_address_of(booking), 303)


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
    flash(f"{told} {_who_hears(booking.booked_by)}", "ok")
    return redirect(_address_of(booking), 303)


def _following(booking: Booking) -> int | None:
    """The request to look at after this one: the next in line, else the first that still waits."""
    waiting = list(desk_queries.waiting_ids(booking.venue))
    if booking.id not in waiting:
        return waiting[0] if waiting else None
    place = waiting.index(booking.id)
    others = waiting[place + 1 :] + waiting[:place]
    return others[0] if others else None


def _on(booking: Booking, following: int | None, told: str) -> Answer:
    """Go on with the next request, and say there what happened."""
    slug = booking.venue.slug
    waiting = list(desk_queries.waiting_ids(booking.venue))
    if following not in waiting:
        flash(told, "ok")
        return redirect(url_for("desk.requests", slug=slug), 303)
    session[TOLD] = {"at": following, "words": told}
    page = waiting.index(following) // PER_PAGE + 1
    address = url_for(
        "desk.requests",
        slug=slug,
        page=page if page > 1 else None,
        _anchor=f"request-{following}",
    )
    return redirect(address, 303)


def _is_my_own(booking: Booking, status: Status) -> bool:
    """The same person pressed twice: what they wanted has happened."""
    return booking.status == status and booking.decided_by_id == visitor().id


def _too_late(
    booking: Booking,
    refusal: WrongState | AlreadyOver | RoomTaken,
    *,
    refusal_form: RefusalForm | None = None,
) -> Answer:
    """Somebody or something was earlier: show the booking as it is now."""
    sentence = sentence_of(refusal)
    decider = desk_queries.name_of(booking.decided_by_id)
    if decider and booking.status == Status.CONFIRMED:
        sentence = _("%(name)s already said yes. The booking stands.", name=decider)
    elif decider and booking.status == Status.REFUSED:
        sentence = _("%(name)s already said no. Nothing has changed.", name=decider)
    return booking_page(booking, notice=sentence, refusal=refusal_form), 409


def _who_hears(booker: Person) -> str:
    if booker.email:
        return _("%(name)s gets an e-mail.", name=booker.name)
    if booker.phone:
        return _("%(name)s has no e-mail. Call %(phone)s.", name=booker.name, phone=booker.phone)
    return _("%(name)s has no e-mail. Tell them yourself.", name=booker.name)


def _address_of(booking: Booking) -> str:
    return url_for("desk.booking", slug=booking.venue.slug, booking_id=booking.id)
