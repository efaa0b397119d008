"""The pages on which a booking is made: the form, and the last look before it is sent."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from buurthuis.accounts.models import Person
from buurthuis.bookings import actions, drafts, making, queries
from buurthuis.bookings.bundles.actions import book_together
from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.forms import NEW_GROUP, BookingForm, SendForm
from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice_words import rules_before
from buurthuis.bookings.paying_page import pay_url
from buurthuis.bookings.refusals import (
    NotBookable,
    NotThatWay,
    OneHouseOnly,
    PriceChanged,
    SomeNotBookable,
)
from buurthuis.bookings.rights import answers
from buurthuis.bookings.room_fields import extra_hint
from buurthuis.bookings.steps import confirms_at_once
from buurthuis.bookings.times import part_hours, part_pictograms, typed_time
from buurthuis.bookings.wishes import Wish
from buurthuis.bookings.words import goes_with_words
from buurthuis.extras.refusals import ExtraTooLate, NotInThisRoom, OutOfStock
from buurthuis.extras.words import quantity_words
from buurthuis.foundation import clock
from buurthuis.foundation.access import public, signed_in, visitor
from buurthuis.foundation.errors import NotFound, Refusal, sentence_of
from buurthuis.foundation.remembered import remembered
from buurthuis.foundation.rows import HIGHEST
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.calendar import NoSuchMoment, day_of, parse_moment
from buurthuis.rules.periods import EndBeforeStart, Period
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.tariffs.ways.words import LATER, ONLY_WAYS, WAY_HINTS
from buurthuis.tariffs.wording import price_rows, reason_text
from buurthuis.venues.known import room_by_slug
from buurthuis.venues.models import Room

CANNOT_BE_HAD = (
    *(RoomTaken, NotBookable, SomeNotBookable, NoPrice, OneHouseOnly),
    *(OutOfStock, ExtraTooLate, NotInThisRoom),
)
FROM_THE_LINK = ("people", "purpose", "for")


@blueprint.get("/rooms/<slug>/book")
@public
@remembered
def new(slug: str) -> Page:
    """The form, filled in with what a link or an earlier visit tells."""
    room = room_by_slug(slug)
    form = _form(room, {**drafts.kept_words(), **_from_link(room)})
    found = making.Look()
    if form.is_by_the_clock and form.read_time() is not None:
        found = making.look(form, room, making.chosen_group(visitor(), form.whose.data))
    elif "from" in request.args and not form.is_by_the_clock:
        form.wrong(form.day, _("This link has no good time. Choose a day and a time."))
        return _form_page(form, room), 422
    return _form_page(form, room, found)


@blueprint.post("/rooms/<slug>/book")
@public
@per_person
def check(slug: str) -> Page:
    """Look at what was typed; go on when nothing stands in the way."""
    person = visitor()
    room = room_by_slug(slug)
    form = BookingForm().for_room(room, _today())
    drafts.keep(room, form.typed())
    if "series" in request.form:
        return redirect(url_for("bookings.series_new", slug=slug), 303)
    is_right = form.validate()
    found = making.Look()
    if form.period is not None:
        found = making.look(form, room, making.chosen_group(person, form.whose.data))
    if not is_right or form.errors:
        return _form_page(form, room, found), 422
    return _on_to_review(room)


@blueprint.get("/rooms/<slug>/book/review")
@signed_in
def review(slug: str) -> Page:
    """The last look: what, when, for whom, for how much."""
    room = room_by_slug(slug)
    person = visitor()
    form = _form(room, drafts.kept_for(room))
    is_right = form.validate()
    group = making.chosen_group(person, form.whose.data)
    if is_right:
        making.look(form, room, group)
    if not is_right or form.errors:
        return redirect(url_for("bookings.new", slug=slug), 303)
    chosen = NEW_GROUP if group is None else str(group.id)
    send = SendForm(formdata=MultiDict({"for": chosen, "submission": making.mark()}))
    return _review_page(room, form, send, person)


@blueprint.post("/rooms/<slug>/book/review")
@public
@per_person
def send(slug: str) -> Page:
    """Book. Everything is looked at again: the page may be old, and others book too."""
    person = visitor()
    room = room_by_slug(slug)
    form = BookingForm().for_room(room, _today())
    drafts.keep(room, form.typed())
    if not form.validate():
        return _form_page(form, room), 422
    if person is None:
        return _on_to_review(room)
    sending = SendForm().for_groups(making.groups_of(person))
    if not sending.validate():
        return _review_page(room, form, sending, person), 422
    return _book(room, form, sending, person)


def _book(room: Room, form: BookingForm, sending: SendForm, person: Person) -> Page:
    seen = sending.seen_cents
    group = making.group_to_book_for(sending, person)
    sending.chose(group)
    try:
        facts: dict[str, Any] = {"by": person, "for_": group, "pays_by": sending.pays_by.data}
        facts |= {"submission": sending.mark, "seen_total": seen}
        if form.also:
            booking = book_together([room, *form.also], form.wish, **facts)[0]
        else:
            exception = making.exception_of(form, room)
            booking = actions.book(room, form.wish, exception=exception, **facts)
    except PriceChanged as refusal:
        flash(sentence_of(refusal), "attention")
        return _review_page(room, form, sending, person), refusal.status
    except NotThatWay as refusal:
        sending.wrong(sending.pays_by, sentence_of(refusal))
        return _review_page(room, form, sending, person), refusal.status
    except CANNOT_BE_HAD as refusal:
        return _not_bookable(room, form, refusal, person)
    drafts.forget()
    return redirect(pay_url(booking) or _shown_url(booking), 303)


def _shown_url(booking: Booking) -> str:
    return url_for("bookings.show", booking_id=booking.id, sent="yes")


def _not_bookable(room: Room, form: BookingForm, refusal: Refusal, person: Person) -> Page:
    """Back to the form: nothing typed is lost, and other times are a tap away."""
    found = making.look(form, room, making.chosen_group(person, form.whose.data))
    if not form.errors:
        form.wrong(form.time_field, sentence_of(refusal))
    return _form_page(form, room, found), refusal.status


def _form(room: Room, typed: dict[str, str]) -> BookingForm:
    """The form as it was typed before; it stores nothing, so it needs no proof of where it came from."""
    form = BookingForm(formdata=MultiDict(typed), meta={"csrf": False})
    return form.for_room(room, _today())


def _from_link(room: Room) -> dict[str, str]:
    """What the address tells; without a time in it, what was typed about this room before."""
    told = {name: request.args[name][:60] for name in FROM_THE_LINK if name in request.args}
    told = {**_as_before(), **told}
    if "from" not in request.args:
        return {**drafts.kept_for(room), **told}
    try:
        period = Period(
            parse_moment(request.args["from"]), parse_moment(request.args.get("to", ""))
        )
    except (NoSuchMoment, EndBeforeStart):
        return told
    return {**told, **typed_time(period)}


def _as_before() -> dict[str, str]:
    """What was typed for a booking of one's own that is to be made again."""
    number = request.args.get("again", type=int)
    if number is None or not 0 < number <= HIGHEST:
        return {}
    try:
        before = queries.booking(number)
    except NotFound:
        return {}
    if not answers(visitor(), before):
        return {}
    typed = {"title": before.title, "remark": before.remark, "purpose": before.purpose.value}
    people, public = str(before.people or ""), "y" if before.is_public else ""
    typed = {**typed, "people": people, "public": public, "for": str(before.initiative_id)}
    return {name: text for name, text in typed.items() if text}


def _on_to_review(room: Room) -> Page:
    """To the last look; whoever has not signed in does so on the way."""
    on = url_for("bookings.review", slug=room.slug)
    if visitor() is not None:
        return redirect(on, 303)
    flash(_("Almost there. Tell us who you are, then you can send it."), "attention")
    return redirect(url_for("accounts.sign_in", next=on), 303)


def _form_page(form: BookingForm, room: Room, found: making.Look | None = None) -> str:
    found = found or making.Look()
    links = making.other_times(room, form.period, found.others) if form.period else []
    return render_template(
        "bookings/new.html",
        form=form,
        room=room,
        goes_with=goes_with_words(room),
        extra_hint=partial(extra_hint, day=form.day.data),
        venue=room.venue,
        other_times=links,
        wait_url=_wait_url(form, room) if found.can_wait else None,
        priced=None if form.errors else found.priced,
        left=found.left,
        can_except=found.can_except,
        sign_in_first=_sign_in_first(found),
        hours=part_hours(room.venue),
        pictograms=part_pictograms(room.venue),
    )


def _sign_in_first(found: making.Look) -> str:
    """The way to sign in, for a neighbour whom the house cannot know yet."""
    if not found.is_too_early or visitor() is not None:
        return ""
    return url_for("accounts.sign_in", next=request.full_path)


def _wait_url(form: BookingForm, room: Room) -> str:
    """The address of the waiting list for what was typed."""
    typed = form.typed()
    more = {name: typed.get(name) for name in FROM_THE_LINK}
    return making.wait_url(room, form.ask.period, **more)


def _review_page(room: Room, form: BookingForm, sending: SendForm, person: Person) -> str:
    groups = making.groups_of(person)
    found = making.prices(form, room, groups)
    sending.for_groups(groups)
    sending.seen.data = making.seen_totals(found)
    ways = making.ways_to_pay(found, room.venue)
    sending.offer_ways(ways)
    priced = found.get(sending.group.typed) or next(iter(found.values()))
    wish = form.wish
    is_at_once = all(confirms_at_once(each, priced, person) for each in [room, *form.also])
    return render_template(
        "bookings/review.html",
        room=room,
        venue=room.venue,
        wish=wish,
        elsewhere=url_for("pages.find", **_as_a_search(wish)),
        typed={name: text for name, text in form.typed().items() if name != "for"},
        form=sending,
        groups=groups,
        totals=making.total_words(found),
        priced=priced,
        reason=reason_text(priced),
        lines=price_rows(priced.quote.lines),
        also=form.also,
        ready_from=wish.period.start - timedelta(minutes=wish.setup_minutes),
        clear_by=wish.period.end + timedelta(minutes=wish.teardown_minutes),
        things=[
            quantity_words(field.data, each) for each, field in form.extra_fields if field.data
        ],
        is_at_once=is_at_once,
        ways=ways,
        way_hints=WAY_HINTS if is_at_once else LATER,
        only_way=(ONLY_WAYS if is_at_once else LATER)[ways[0]] if len(ways) == 1 else "",
        cancelling=rules_before(room, wish.period, priced, clock.now()),
    )


def _as_a_search(wish: Wish) -> dict[str, Any]:
    """The same wish as a question to all houses."""
    return {**typed_time(wish.period), "people": wish.people, "purpose": wish.purpose.value}


def _today() -> date:
    return day_of(clock.now())
