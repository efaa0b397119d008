"""What stands around a booking that is being made: the live look at the room, the prices, the choices."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext as _

from buurthuis.accounts.actions import make_initiative
from buurthuis.accounts.models import Initiative, Person, RoleName
from buurthuis.accounts.queries import has_role, initiatives_of
from buurthuis.bookings import pricing, queries
from buurthuis.bookings.bundles.wishes import added_up, wishes
from buurthuis.bookings.fair_use import known_of
from buurthuis.bookings.fair_words import left_words
from buurthuis.bookings.forms import NEW_GROUP, BookingForm, SendForm, seen_text
from buurthuis.bookings.paying_ways import ways_offered
from buurthuis.extras import stock
from buurthuis.foundation import clock, formatting
from buurthuis.foundation.access import visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.rules.availability import Obstacle, Problem
from buurthuis.rules.calendar import day_of, rfc3339
from buurthuis.rules.fair_use import Excess, TooEarly
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.tariffs.each import Wanted
from buurthuis.tariffs.queries import Priced
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.models import Room, Venue

Link = tuple[str, str]

PLAIN = "!$'()*,/:;?@"
"""What stands in the query of an address as it is, so that links stay short and readable."""


def groups_of(person: Person | None) -> list[Initiative]:
    """The initiatives for which somebody may book."""
    return [] if person is None else initiatives_of(person)


def chosen_group(person: Person | None, typed: str) -> Initiative | None:
    """The own initiative that was chosen, else the first; None for a visitor or a new group."""
    groups = groups_of(person)
    if typed == NEW_GROUP or not groups:
        return None
    return next((group for group in groups if str(group.id) == typed), groups[0])


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the room found: its price, or other times at which it can be had."""

    priced: Priced | None = None
    others: tuple[Period, ...] = ()
    left: tuple[str, ...] = ()
    """What is left of what the group may have."""
    is_too_early: bool = False
    """Neighbours go first; who looks may be one, once signed in."""
    can_except: bool = False
    """Fair use stands in the way, and who looks may set it aside."""
    can_wait: bool = False
    """Nothing stands in the way but somebody else's booking, so one may wait for it."""


def look(form: BookingForm, room: Room, initiative: Initiative | None) -> Look:
    """Tell beside its fields what stands in the way at this moment.

    The form must know its time. What is told is what the booking itself would refuse.
    """
    if form.also:
        return _look_at_all(form, room, initiative)
    now, initiative_id = clock.now(), None if initiative is None else initiative.id
    found = queries.problems_of(room, form.ask, now=now, initiative_id=initiative_id)
    problems, can_except = without_exception(found, form, room)
    form.tell(problems, room, form.ask)
    _look_at_extras(form, room)
    if not problems:
        left = _left(room, form.ask.period, initiative_id)
        return Look(priced=_price(form, room, initiative), left=left, can_except=can_except)
    others = queries.alternatives_of(room, form.ask, now=now, initiative_id=initiative_id)
    return Look(
        others=tuple(others),
        can_wait=problems == [Problem.TAKEN],
        is_too_early=any(isinstance(each, TooEarly) for each in problems),
        can_except=can_except,
    )


def _look_at_all(form: BookingForm, room: Room, initiative: Initiative | None) -> Look:
    """The same for several rooms at once: each is told by its name."""
    now, initiative_id = clock.now(), None if initiative is None else initiative.id
    stands_in_the_way = False
    for each, wish in wishes([room, *form.also], form.wish_of_rooms):
        problems = queries.problems_of(each, wish.ask, now=now, initiative_id=initiative_id)
        form.tell(problems, each, wish.ask)
        stands_in_the_way = stands_in_the_way or bool(problems)
    _look_at_extras(form, room)
    return Look() if stands_in_the_way else Look(priced=_price(form, room, initiative))


def _look_at_extras(form: BookingForm, room: Room) -> None:
    """Tell beside each extra why it cannot be had."""
    for wanted in form.extras:
        try:
            stock.insist([wanted], room, form.ask.period, now=clock.now())
        except Refusal as refusal:
            form.wrong(form.field_of_extra(wanted.extra_id), sentence_of(refusal))


def without_exception(
    problems: Sequence[Obstacle], form: BookingForm, room: Room
) -> tuple[list[Obstacle], bool]:
    """What still stands in the way, and whether the visitor is asked for an exception to fair use."""
    is_asked = makes_exceptions(room) and any(isinstance(each, Excess) for each in problems)
    if is_asked and exception_of(form, room):
        return [each for each in problems if not isinstance(each, Excess)], True
    return list(problems), is_asked


def makes_exceptions(room: Room) -> bool:
    """Whether the visitor may set fair use aside: a manager of the house."""
    return has_role(visitor(), RoleName.MANAGER, venue_id=room.venue_id)


def exception_of(form: BookingForm, room: Room) -> str:
    """Why fair use is set aside, when the visitor may do that."""
    return str(form.exception.data or "") if makes_exceptions(room) else ""


def _left(room: Room, period: Period, initiative_id: int | None) -> tuple[str, ...]:
    facts = None if initiative_id is None else known_of(room, period, initiative_id)
    return () if facts is None else tuple(left_words(facts, day_of(period.start)))


def _price(form: BookingForm, room: Room, initiative: Initiative | None) -> Priced | None:
    purpose = form.purpose.data or Purpose.OTHER
    try:
        return _price_of_all(form, room, initiative, purpose)
    except NoPrice as refusal:
        form.wrong(form.time_field, sentence_of(refusal))
        return None


def other_times(room: Room, wanted: Period, others: Sequence[Period]) -> list[Link]:
    """Links to the form for other times; what was typed comes along by itself."""
    return [(time_label(other, wanted), new_url(room, other)) for other in others]


def time_label(other: Period, wanted: Period) -> str:
    """A time as short as it can be: without its day when that is the wanted one."""
    clocks = f"{formatting.clock(other.start)}–{formatting.clock(other.end)}"
    if day_of(other.start) == day_of(wanted.start):
        return clocks
    return f"{formatting.short_day(other.start)}, {clocks}"


def new_url(room: Room, period: Period, **more: object) -> str:
    """The address of the form, with the time filled in."""
    known = {name: value for name, value in more.items() if value not in (None, "")}
    kept = f"{urlencode(known, safe=PLAIN)}&" if known else ""
    start, end = _short_moment(period.start), _short_moment(period.end)
    return f"{_form_url(room.slug, request.script_root)}?{kept}from={start}&to={end}"


def wait_url(room: Room, period: Period, **more: object) -> str:
    """The address of the waiting list for a room at a time."""
    asked: dict[str, Any] = {name: value for name, value in more.items() if value}
    asked |= {"from": rfc3339(period.start), "to": rfc3339(period.end)}
    return url_for("bookings.wait", slug=room.slug, **asked)


@lru_cache(maxsize=4096)
def _form_url(slug: str, _script_root: str) -> str:
    """A week has hundreds of links to a few rooms."""
    return url_for("bookings.new", slug=slug)


@lru_cache(maxsize=4096)
def _short_moment(moment: datetime) -> str:
    """A moment as an address carries it, without its seconds: a booking has none."""
    written = rfc3339(moment)
    return (written[:16] + written[19:]).replace("+", "%2B")


def prices(form: BookingForm, room: Room, groups: Sequence[Initiative]) -> dict[str, Priced]:
    """What each own group would pay, and a group that is new here.

    Raises:
        NoPrice: the house sells nothing that covers this time.
    """
    wish = form.wish
    found = {str(group.id): _price_of_all(form, room, group, wish.purpose) for group in groups}
    return {**found, NEW_GROUP: _price_of_all(form, room, None, wish.purpose)}


def _price_of_all(
    form: BookingForm, room: Room, group: Initiative | None, purpose: Purpose
) -> Priced:
    asked = wishes([room, *form.also], form.wish_of_rooms)
    wanted = [Wanted(each, wish.period, group, purpose, wish.beside) for each, wish in asked]
    return added_up(pricing.prices_of(wanted))


def mark() -> str:
    """A mark for one sending: the same mark never books twice."""
    return secrets.token_urlsafe(24)


def group_to_book_for(form: SendForm, person: Person) -> Initiative:
    """The chosen initiative; a new one is made, unless the person has one of that name and kind."""
    if form.initiative is not None:
        return form.initiative
    for group in groups_of(person):
        if (group.name, group.kind) == (form.name.data, form.kind.data):
            return group
    return make_initiative(form.name.data, form.kind.data, by=person)


def ways_to_pay(found: dict[str, Priced], venue: Venue) -> list[Way]:
    """The ways in which one of these groups can pay, in the order of the house; none for nothing."""
    every = [way for priced in found.values() for way in ways_offered(venue, priced)]
    return [way for way in dict.fromkeys(every) if way is not Way.NONE]


def seen_totals(found: dict[str, Priced]) -> str:
    """The totals that the page shows, as the form carries them back."""
    return seen_text({group: priced.quote.total_cents for group, priced in found.items()})


def total_words(found: dict[str, Priced]) -> dict[str, str]:
    """What each choice of a group costs, in a word."""
    return {
        group: formatting.euros(priced.quote.total_cents)
        if priced.quote.total_cents
        else _("Free of charge")
        for group, priced in found.items()
    }
