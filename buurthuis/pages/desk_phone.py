"""Booking at the desk for somebody without e-mail: look what is free, read out the price, print a paper."""

from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from buurthuis.accounts.models import Person
from buurthuis.bookings import making, pricing, queries
from buurthuis.bookings.door import per_person
from buurthuis.bookings.notice_words import rules_before
from buurthuis.bookings.refusals import NotBookable, PriceChanged, SpeaksForNobody
from buurthuis.bookings.slips import actions
from buurthuis.bookings.steps import confirms_at_once
from buurthuis.bookings.times import part_hours, part_pictograms, typed_time
from buurthuis.bookings.waiting.desk_actions import join_for
from buurthuis.bookings.waiting.refusals import PlaceIsFree
from buurthuis.bookings.waiting.routes import REFUSED
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.handover.newcomers import groups_of
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.pages.desk_paper import paper_or_booking
from buurthuis.pages.desk_phone_forms import PhoneForm
from buurthuis.rules.availability import Problem
from buurthuis.rules.calendar import NoSuchMoment, day_of, parse_moment, rfc3339
from buurthuis.rules.periods import EndBeforeStart, Period
from buurthuis.rules.standing import Purpose
from buurthuis.tariffs.queries import Priced
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.tariffs.wording import price_rows, reason_text
from buurthuis.venues.known import bookable_rooms
from buurthuis.venues.models import Room, Venue

MOST_OTHER_TIMES = 4
MOST_ROOMS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What the desk can offer: rooms that are free, or other times of the room that was chosen."""

    rooms: tuple[queries.Offer, ...] = ()
    is_searched: bool = False
    other_times: tuple[tuple[str, str], ...] = ()
    can_wait: bool = False
    """It is taken, so they can be put on the waiting list."""
    can_except: bool = False
    """Fair use stands in the way, and who types may set it aside."""


@blueprint.get("/phone")
@needs("desk.book", house)
def phone(venue: Venue) -> Answer:
    """The form; a link may fill in a time and a room."""
    form = _form(venue, MultiDict({**_time_of_link(), "room": request.args.get("room", "")[:60]}))
    return _form_page(form, venue)


@blueprint.post("/phone")
@needs("desk.book", house)
@per_person
def phone_look(venue: Venue) -> Answer:
    """Look at what was typed: which rooms are free, what stands in the way, or what it costs."""
    form = _form(venue, _typed())
    if "again" in request.form:
        return _form_page(form, venue)
    is_right, found = form.validate(), Found()
    if form.period is not None and form.people.data is not None:
        found = _look(form, venue)
    if not is_right or form.errors:
        return _form_page(form, venue, found), 422
    if form.chosen_room is None:
        return _form_page(form, venue, found)
    return _review_page(form, venue)


@blueprint.post("/phone/send")
@needs("desk.book", house)
@per_person
def phone_send(venue: Venue) -> Answer:
    """Book it, and print the paper."""
    form = _form(venue, _typed())
    room = form.chosen_room
    if not form.validate() or room is None:
        return _form_page(form, venue), 422
    whom = form.initiative or form.caller
    sending = replace(form.sending, exception=making.exception_of(form, room))
    try:
        made = actions.book_for(room, form.wish, whom, by=visitor(), sending=sending)
    except PriceChanged as refusal:
        flash(sentence_of(refusal), "attention")
        return _review_page(form, venue), refusal.status
    except (RoomTaken, NotBookable, NoPrice) as refusal:
        found = _look(form, venue)
        if not form.errors:
            form.wrong(form.time_field, sentence_of(refusal))
        return _form_page(form, venue, found), refusal.status
    return paper_or_booking(made)


@blueprint.post("/phone/wait")
@needs("desk.book", house)
@per_person
def phone_wait(venue: Venue) -> Answer:
    """Put them on the waiting list: of one room, or of any that fits."""
    form = _form(venue, _typed())
    if not form.validate():
        return _form_page(form, venue, Found(can_wait=True)), 422
    whom, mark = form.initiative or form.caller, form.sending.mark
    try:
        joined = join_for(venue, form.chosen_room, form.wish, whom, by=visitor(), mark=mark)
    except (*REFUSED, PlaceIsFree, SpeaksForNobody) as refusal:
        form.wrong(form.time_field, sentence_of(refusal))
        return _form_page(form, venue), refusal.status
    told = _("%(name)s is on the waiting list.", name=joined.asked_by.name)
    flash(f"{told} {who_hears_of_place(joined.asked_by)}", "ok")
    return redirect(url_for("desk.waiting", slug=venue.slug, _anchor=f"wish-{joined.id}"), 303)


def who_hears_of_place(asker: Person) -> str:
    """How they hear that a place comes free."""
    if asker.email:
        return _("They get an e-mail when a place comes free.")
    if asker.phone:
        return _("When a place comes free, you see here whom to call.")
    return _("They have no telephone. Ask them to come by.")


def _form(venue: Venue, typed: MultiDict[str, str]) -> PhoneForm:
    # The proof that the form is ours was looked at before any form is read.
    form = PhoneForm(formdata=typed, meta={"csrf": False})
    rooms = list(bookable_rooms(venue))
    return form.for_house(venue, rooms, groups_of(venue), day_of(clock.now()))


def _typed() -> MultiDict[str, str]:
    """What was typed; a time or a room that was pressed goes before what stands in the fields."""
    typed = MultiDict(request.form)
    if "pick" in typed:
        typed["room"] = typed["pick"]
    if "other" in typed:
        starts, _slash, ends = typed["other"].partition("/")
        for name, text in _time_between(starts, ends).items():
            typed[name] = text
    return typed


def _time_of_link() -> dict[str, str]:
    return _time_between(request.args.get("from", ""), request.args.get("to", ""))


def _time_between(starts: str, ends: str) -> dict[str, str]:
    try:
        return typed_time(Period(parse_moment(starts), parse_moment(ends)))
    except (NoSuchMoment, EndBeforeStart):
        return {}


def _look(form: PhoneForm, venue: Venue) -> Found:
    """What is free, or what stands in the way of the chosen room, told beside the fields."""
    if form.chosen_room is not None:
        return _other_times(form, form.chosen_room)
    offers = queries.find(
        form.ask.period,
        people=form.people.data,
        purpose=form.purpose.data or Purpose.OTHER,
        initiative=form.payer,
        now=clock.now(),
        venue=venue,
    ).free
    by_size = sorted((each for each in offers if each.priced), key=lambda each: each.room.capacity)
    return Found(rooms=tuple(by_size[:MOST_ROOMS]), is_searched=True, can_wait=not offers)


def _other_times(form: PhoneForm, room: Room) -> Found:
    """Nothing when the room can be had; else why not beside the fields, and when it can."""
    now, group = clock.now(), form.payer.id
    found = queries.problems_of(room, form.ask, now=now, initiative_id=group)
    problems, can_except = making.without_exception(found, form, room)
    form.tell(problems, room, form.ask)
    if not problems:
        try:
            wish = form.wish_of_rooms
            pricing.price_of(room, wish.period, form.payer, wish.purpose, wish.beside)
        except NoPrice as refusal:
            form.wrong(form.time_field, sentence_of(refusal))
        return Found(can_except=can_except)
    others = queries.alternatives_of(room, form.ask, now=now, initiative_id=group)
    times = tuple(
        (
            making.time_label(other, form.ask.period),
            f"{rfc3339(other.start)}/{rfc3339(other.end)}",
        )
        for other in others[:MOST_OTHER_TIMES]
    )
    is_taken = found == [Problem.TAKEN]
    return Found(other_times=times, can_wait=is_taken, can_except=can_except)


def _form_page(form: PhoneForm, venue: Venue, found: Found | None = None) -> str:
    return desk_page(
        "phone",
        venue,
        form=form,
        found=found or Found(),
        mark=making.mark() if found is not None and found.can_wait else "",
        hours=part_hours(venue),
        pictograms=part_pictograms(venue),
    )


def _review_page(form: PhoneForm, venue: Venue) -> str:
    room = form.chosen_room
    assert room is not None  # noqa: S101 - the caller looked
    wish = form.wish
    priced = pricing.price_of(room, wish.period, form.payer, wish.purpose, wish.beside)
    return desk_page(
        "phone_review",
        venue,
        form=form,
        room=room,
        wish=wish,
        typed=form.typed_words(),
        submission=making.mark(),
        seen=priced.quote.total_cents,
        **_told(room, priced, wish.period),
    )


def _told(room: Room, priced: Priced, period: Period) -> dict[str, Any]:
    """What is read out before they say yes."""
    return {
        "priced": priced,
        "reason": reason_text(priced),
        "lines": price_rows(priced.quote.lines),
        "is_at_once": confirms_at_once(room, priced, visitor()),
        "cancelling": rules_before(room, period, priced, clock.now()),
    }
