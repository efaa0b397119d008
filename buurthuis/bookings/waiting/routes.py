"""The pages of the waiting list: joining it, one's place in it, and the offer of a place."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from buurthuis.bookings import drafts, making
from buurthuis.bookings import queries as bookings
from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.forms import NEW_GROUP
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import NotBookable
from buurthuis.bookings.waiting import actions, queries
from buurthuis.bookings.waiting.forms import WaitForm, Where
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.bookings.waiting.offering import is_at_once
from buurthuis.bookings.waiting.refusals import (
    AlreadyYours,
    NothingOffered,
    OfferOver,
    PlaceIsFree,
    TooLateToWait,
    TooManyWishes,
)
from buurthuis.bookings.words import PURPOSES
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, signed_in, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.rules.availability import Ask, Obstacle, Problem
from buurthuis.rules.calendar import NoSuchMoment, parse_moment
from buurthuis.rules.periods import EndBeforeStart, Period
from buurthuis.rules.states import Status
from buurthuis.rules.waiting import Turn
from buurthuis.tariffs.wording import why
from buurthuis.venues.known import room_by_slug
from buurthuis.venues.models import Room

OFFER = "/me/bookings/<int:booking_id>"
WISH = "/me/waiting/<int:wish_id>"
REFUSED = (AlreadyYours, NotBookable, TooLateToWait, TooManyWishes)


@blueprint.get("/rooms/<slug>/wait")
@signed_in
def wait(slug: str) -> Page:
    """What one waits for, filled in with what was typed before."""
    room = room_by_slug(slug)
    period = _period()
    if period is None:
        return redirect(url_for("bookings.new", slug=slug), 303)
    group = making.chosen_group(visitor(), request.args.get("for", ""))
    obstacles = _obstacles(room, period, None if group is None else group.id)
    if obstacles != [Problem.TAKEN]:
        if not obstacles:
            flash(sentence_of(PlaceIsFree(room, period)), "ok")
        return redirect(making.new_url(room, period), 303)
    told = {name: request.args[name][:60] for name in ("people", "purpose") if name in request.args}
    known = {"where": Where.ROOM.value, **drafts.kept_words(), **told}
    known["for"] = NEW_GROUP if group is None else str(group.id)
    form = WaitForm(formdata=MultiDict(known), meta={"csrf": False})
    return _wait_page(room, period, form)


@blueprint.post("/rooms/<slug>/wait")
@signed_in
@per_person
def join(slug: str) -> Page:
    """Join the list."""
    room, person = room_by_slug(slug), visitor()
    period = _period()
    if period is None:
        return redirect(url_for("bookings.new", slug=slug), 303)
    form = WaitForm().for_groups(making.groups_of(person))
    if not form.validate():
        return _wait_page(room, period, form), 422
    wish = form.wish_at(period)
    group = making.group_to_book_for(form, person)
    form.chose(group)
    try:
        joined = actions.join(room.venue, form.room_of(room), wish, by=person, for_=group)
    except PlaceIsFree as refusal:
        return _to_what_is_free(refusal, people=wish.people, purpose=wish.purpose.value)
    except REFUSED as refusal:
        form.form_errors.append(sentence_of(refusal))
        return _wait_page(room, period, form), refusal.status
    drafts.forget()
    return redirect(url_for("bookings.waiting", wish_id=joined.id, joined="yes"), 303)


@blueprint.get(WISH)
@needs("waiting.act", queries.one)
def waiting(wish: WaitingWish) -> Page:
    """One's place in line; what was offered has a page of its own."""
    if wish.offer_id is not None:
        return redirect(url_for("bookings.offer", booking_id=wish.offer_id), 303)
    standing = queries.standing_of(wish, clock.now())
    return render_template(
        "bookings/waiting.html",
        wish=wish,
        turn=standing.turn,
        place=standing.place,
        is_new="joined" in request.args and standing.turn is Turn.WAITING,
    )


@blueprint.post(WISH + "/leave")
@needs("waiting.act", queries.one)
@per_person
def leave(wish: WaitingWish) -> Page:
    """Stop waiting."""
    try:
        actions.leave(wish.id, by=visitor())
    except NothingOffered as refusal:
        flash(sentence_of(refusal), "attention")
        return redirect(url_for("bookings.waiting", wish_id=wish.id), 303)
    flash(_("You are off the list."), "ok")
    return redirect(url_for("pages.me"), 303)


@blueprint.get(OFFER + "/offer")
@needs("booking.answer", bookings.booking)
def offer(booking: Booking) -> Page:
    """The place that is kept: until when, what it costs, yes or no; and what now when that is over."""
    wish = queries.of_offer(booking)
    turn = None if wish is None else queries.turn(wish, clock.now())
    if turn not in {Turn.OFFERED, Turn.MISSED}:
        return redirect(url_for("bookings.show", booking_id=booking.id), 303)
    return render_template(
        "bookings/offer.html",
        booking=booking,
        venue=booking.venue,
        is_open=turn is Turn.OFFERED,
        is_at_once=is_at_once(booking, visitor()),
        purpose=PURPOSES[booking.purpose],
        reason=why(booking.price_reason, booking.standing, booking.rate_card_id),
    )


@blueprint.post(OFFER + "/accept")
@needs("booking.answer", bookings.booking)
@per_person
def accept(booking: Booking) -> Page:
    """Say yes."""
    try:
        actions.accept(booking.id, by=visitor())
    except (OfferOver, NothingOffered) as refusal:
        return _too_late(booking, refusal)
    return redirect(url_for("bookings.show", booking_id=booking.id, sent="yes"), 303)


@blueprint.post(OFFER + "/pass")
@needs("booking.answer", bookings.booking)
@per_person
def pass_on(booking: Booking) -> Page:
    """Say no."""
    try:
        actions.pass_on(booking.id, by=visitor())
    except (OfferOver, NothingOffered) as refusal:
        return _too_late(booking, refusal)
    flash(_("Thank you. The next one on the list gets the place."), "ok")
    return redirect(url_for("pages.me"), 303)


@blueprint.post(OFFER + "/again")
@needs("booking.answer", bookings.booking)
@per_person
def wait_again(booking: Booking) -> Page:
    """Wait once more for what was missed."""
    wish = queries.of_offer(booking)
    if wish is None:
        return redirect(url_for("bookings.show", booking_id=booking.id), 303)
    try:
        joined = actions.join_again(wish, by=visitor())
    except PlaceIsFree as refusal:
        return _to_what_is_free(refusal, people=wish.people, purpose=wish.purpose.value)
    except REFUSED as refusal:
        flash(sentence_of(refusal), "attention")
        return redirect(url_for("bookings.offer", booking_id=booking.id), 303)
    return redirect(url_for("bookings.waiting", wish_id=joined.id, joined="yes"), 303)


def _wait_page(room: Room, period: Period, form: WaitForm) -> str:
    groups = making.groups_of(visitor())
    form.for_groups(groups)
    form.for_place(room)
    return render_template(
        "bookings/wait.html",
        room=room,
        venue=room.venue,
        period=period,
        form=form,
        groups=groups,
        action=making.wait_url(room, period),
    )


def _period() -> Period | None:
    """The time in the address, if it names one."""
    try:
        return Period(
            parse_moment(request.args.get("from", "")), parse_moment(request.args.get("to", ""))
        )
    except (NoSuchMoment, EndBeforeStart):
        return None


def _obstacles(room: Room, period: Period, initiative_id: int | None) -> list[Obstacle]:
    people = request.args.get("people", type=int)
    ask = Ask(period, people if people is not None and 0 < people <= room.capacity else None)
    return bookings.problems_of(room, ask, now=clock.now(), initiative_id=initiative_id)


def _to_what_is_free(refusal: PlaceIsFree, *, people: int | None, purpose: str) -> Page:
    flash(sentence_of(refusal), "ok")
    url = making.new_url(refusal.room, refusal.period, people=people, purpose=purpose)
    return redirect(url, 303)


def _too_late(booking: Booking, refusal: Refusal) -> Page:
    """Say why, on the page that tells what one can do now."""
    flash(sentence_of(refusal), "attention")
    is_offer = booking.status in {Status.HELD, Status.EXPIRED}
    endpoint = "bookings.offer" if is_offer else "bookings.show"
    return redirect(url_for(endpoint, booking_id=booking.id), 303)
