"""The pages of activities: reading about one, reserving seats, and what its organiser sees."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address

from buurthuis.activities import actions, codes, in_calendar, queries, rights, sentences
from buurthuis.activities.forms import ReasonForm, SeatForm, StoryForm
from buurthuis.activities.models import Activity, Place, Seat
from buurthuis.activities.words import FOR_WHOM, spoken_words
from buurthuis.bookings import queries as bookings
from buurthuis.bookings.door import Page, per_person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.rights import decides, edits, is_booker
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, public, visitor
from buurthuis.foundation.errors import NotFound, Refusal, sentence_of
from buurthuis.foundation.formatting import when
from buurthuis.foundation.languages import chosen_language
from buurthuis.foundation.links import absolute, map_of
from buurthuis.foundation.security import limiter, takes_files
from buurthuis.rules.states import Status

blueprint = Blueprint("activities", __name__)
__all__ = ["blueprint", "rights", "sentences"]

MINE = "/me/bookings/<int:booking_id>"
SEAT = "/seats/<int:seat_id>/<seat_code>"
CALENDAR = "text/calendar; charset=utf-8"

# A computer in a house is shared by a queue of neighbours, so the hour is generous.
per_address = limiter.limit(
    "10 per minute; 60 per hour", key_func=get_remote_address, methods=["POST"]
)


@blueprint.get("/activities/<int:activity_id>")
@public
def activity(activity_id: int) -> Page:
    """What there is to do, and seats when one has to reserve."""
    return _activity_page(queries.shown(activity_id), SeatForm.empty())


@blueprint.post("/activities/<int:activity_id>")
@public
@per_address
def reserve(activity_id: int) -> Page:
    """Reserve seats, or wait for them; the answer is the visitor's own page."""
    found = queries.shown(activity_id)
    form = SeatForm()
    if not form.validate():
        return _activity_page(found, form), 422
    try:
        seat = actions.reserve(found.id, form.visitor(chosen_language()))
    except Refusal as refusal:
        flash(sentence_of(refusal), "attention")
        return _activity_page(found, form), refusal.status
    return redirect(_seat_url(seat), 303)


@blueprint.get("/activities/<int:activity_id>.ics")
@public
def calendar(activity_id: int) -> Response:
    """The activity, to put in a calendar."""
    return _to_keep(queries.shown(activity_id))


@blueprint.get(SEAT)
@public
def seat(seat_id: int, seat_code: str) -> Page:
    """A visitor's own page: seats, or a place in the line, and how to give them up."""
    mine = _opened(seat_id, seat_code)
    return render_template(
        "activities/seat.html",
        seat=mine,
        activity=mine.activity,
        link=codes.link_of(mine),
        is_shown=queries.is_shown(mine.activity),
        is_on=_is_on(mine.activity),
        address=_seat_url(mine),
        calendar=_seat_url(mine) + "/calendar.ics",
    )


@blueprint.get(SEAT + "/calendar.ics")
@public
def seat_calendar(seat_id: int, seat_code: str) -> Response:
    """What a visitor has a seat for, to put in a calendar; also when everybody no longer reads of it.

    Raises:
        NotFound: the code is wrong, or the seat was given back.
    """
    mine = _opened(seat_id, seat_code)
    if mine.place is Place.GIVEN_UP:
        raise NotFound
    response = _to_keep(mine.activity)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.post(SEAT)
@public
@per_address
def give_up(seat_id: int, seat_code: str) -> Page:
    """Give seats back."""
    mine = _opened(seat_id, seat_code)
    actions.give_up(mine.id)
    return redirect(_seat_url(mine), 303)


@blueprint.get(MINE + "/activity")
@needs("booking.edit", bookings.booking)
def edit(booking: Booking) -> Page:
    """What everybody may read about a booking."""
    return _edit_page(booking, _story_form(booking))


@blueprint.get(MINE + "/activity/picture.jpg")
@needs("booking.edit", bookings.booking)
def own_picture(booking: Booking) -> Response:
    """The picture as its group sees it, also while nobody else does."""
    response = Response(queries.own_picture(booking), mimetype="image/jpeg")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post(MINE + "/activity")
@needs("booking.edit", bookings.booking)
@takes_files
@per_person
def save(booking: Booking) -> Page:
    """Put it in the agenda, or say it anew; what the house took out is asked back."""
    form = _story_form(booking)
    if not form.validate():
        return _edit_page(booking, form), 422
    try:
        if form.asks_house:
            actions.ask_back(booking.id, form.story, by=visitor(), word=form.word.data or "")
        else:
            actions.show(booking.id, form.story, by=visitor())
    except Refusal as refusal:
        form.wrong(
            form.title if refusal.code != "seats-given" else form.seats, sentence_of(refusal)
        )
        return _edit_page(booking, form), refusal.status
    if form.asks_house:
        flash(_("Saved. The house reads your question."), "ok")
    elif booking.status == Status.CONFIRMED:
        flash(_("Saved. Everybody can read it in the agenda."), "ok")
    else:
        flash(_("Saved. It comes in the agenda once the house says yes."), "ok")
    return redirect(_edit_url(booking), 303)


@blueprint.post(MINE + "/activity/out")
@needs("booking.edit", bookings.booking)
@per_person
def take_out(booking: Booking) -> Page:
    """Take it out of the agenda."""
    form = ReasonForm()
    try:
        if form.validate():
            actions.take_out(booking.id, by=visitor(), reason=form.reason.data or "")
            flash(_("It is no longer in the agenda."), "ok")
    except Refusal as refusal:
        form.wrong(form.reason, sentence_of(refusal))
    if form.errors:
        return _edit_page(booking, _story_form(booking, formdata=None), form), 422
    return redirect(_edit_url(booking), 303)


@blueprint.get(MINE + "/visitors")
@needs("booking.visitors", bookings.booking)
def visitors(booking: Booking) -> Page:
    """Who comes, by name for at the door, and who waits in line; to look at and to print."""
    found = queries.of_booking(booking)
    people = [] if found is None else queries.visitors(found)
    seated = [each for each in people if each.place is Place.SEATED]
    return render_template(
        "activities/visitors.html",
        booking=booking,
        activity=found,
        seated=sorted(seated, key=lambda each: each.name.casefold()),
        waiting=[each for each in people if each.place is Place.WAITING],
        can_change=edits(visitor(), booking),
    )


@blueprint.post("/me/seats/<int:seat_id>/remove")
@needs("seat.remove", queries.seat)
@per_person
def remove(seat: Seat) -> Page:
    """Take a visitor off the list, who called for instance."""
    actions.give_up(seat.id, by=visitor())
    flash(_("The visitor is off the list."), "ok")
    return redirect(url_for("activities.visitors", booking_id=seat.activity.booking_id), 303)


def _to_keep(found: Activity) -> Response:
    response = Response(in_calendar.file_of(found), content_type=CALENDAR)
    response.headers["Content-Disposition"] = "attachment; filename=buurthuis.ics"
    return response


def _opened(seat_id: int, seat_code: str) -> Seat:
    """Somebody's seats, for whoever has the code.

    Raises:
        NotFound
    """
    found = queries.seat(seat_id)
    if not codes.opens(found, seat_code):
        raise NotFound
    return found


def _activity_page(found: Activity, form: SeatForm) -> str:
    now, booking = clock.now(), found.booking
    where = f"{booking.room.name}, {booking.venue.name}"
    link = absolute("activities.activity", activity_id=found.id)
    words = (found.title, when(booking), where, booking.venue.address, link)
    return render_template(
        "activities/activity.html",
        activity=found,
        booking=booking,
        venue=booking.venue,
        form=form,
        for_whom=FOR_WHOM[found.for_whom],
        spoken=spoken_words(found.spoken_here, found.spoken),
        is_on=_is_on(found),
        is_over=booking.to_at <= now,
        can_reserve=actions.can_be_reserved(found, now),
        map_link=map_of(booking.venue.address) if booking.venue.street else "",
        share="\n".join(line for line in words if line),
    )


def _edit_page(booking: Booking, form: StoryForm, reason: ReasonForm | None = None) -> str:
    found = queries.of_booking(booking)
    return render_template(
        "activities/edit.html",
        booking=booking,
        activity=found,
        form=form,
        reason=reason or ReasonForm(formdata=None),
        needs_reason=not is_booker(visitor(), booking),
    )


def _story_form(booking: Booking, **more: Any) -> StoryForm:
    form = StoryForm.of(booking, queries.of_booking(booking), **more)
    form.asks_house = booking.kept_out_at is not None and not decides(visitor(), booking)
    return form


def _is_on(found: Activity) -> bool:
    return found.booking.status in actions.GOES_THROUGH


def _edit_url(booking: Booking) -> str:
    return url_for("activities.edit", booking_id=booking.id)


def _seat_url(seat: Seat) -> str:
    return url_for("activities.seat", seat_id=seat.id, seat_code=codes.code_of(seat))
