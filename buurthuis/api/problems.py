"""Refusals in the words of the API: which field is wrong, and at what other time the room is free."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from flask import Blueprint, Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.api.answers import time_answer
from buurthuis.api.refusals import KeyJustTaken, OtherBody
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import alternatives_of
from buurthuis.bookings.refusals import NotBookable
from buurthuis.bookings.sentences import problem_sentence
from buurthuis.foundation import clock
from buurthuis.foundation.errors import (
    Busy,
    Invalid,
    NotAllowed,
    NotFound,
    Refusal,
    SignInNeeded,
    says,
    sentence_of,
)
from buurthuis.foundation.refused import problem
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.availability import Ask, Obstacle, Problem
from buurthuis.rules.calendar import minute_of
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues import known, queries
from buurthuis.venues.models import Room

FIELDS: Final[dict[Obstacle, str]] = {
    Problem.TOO_SHORT: "to",
    Problem.TOO_LONG: "to",
    Problem.TOO_MANY_PEOPLE: "people",
    Problem.TAKEN: "room",
}
"""Which field to change for which problem; every other one is about the start."""

CURES: Final = {
    SignInNeeded: _l("Send a token that counts: Authorization: Bearer bh_…"),
    NotAllowed: _l("You may see this, but not do this. Ask a manager of the house."),
    NotFound: _l("There is no such thing, or you may not see it. Look at the address once more."),
    Invalid: _l("Some fields are not right. Look at `errors`."),
    Busy: _l("Many people are booking at this moment. Try again."),
}
"""What a program is told where a page would show a form or a link."""


@says(OtherBody)
def _other_body(_refusal: OtherBody) -> str:
    return _("You sent this key before with something else. Make a new key for each booking.")


@says(KeyJustTaken)
def _key_just_taken(_refusal: KeyJustTaken) -> str:
    return _("The same request is being answered at this moment. Try again.")


def init_problems(blueprint: Blueprint) -> None:
    """Draw what the desk refuses the way other programs can use it."""
    blueprint.register_error_handler(Refusal, _refusal)
    blueprint.register_error_handler(NotBookable, _not_bookable)
    blueprint.register_error_handler(NoPrice, _no_price)
    blueprint.register_error_handler(RoomTaken, _room_taken)


def wanted_room(slug: str) -> Room:
    """The room that a body names, as a row.

    Raises:
        Invalid: there is none, so the field is wrong and not the address.
    """
    return _room(slug, queries.room_by_slug)


def known_room(slug: str) -> Room:
    """The room that a body names, to be read.

    Raises:
        Invalid: as `wanted_room`.
    """
    return _room(slug, known.room_by_slug)


def _room(slug: str, by_slug: Callable[[str], Room]) -> Room:
    try:
        return by_slug(slug)
    except NotFound:
        raise Invalid({"room": [_("There is no such room. Look it up in the list.")]}) from None


@contextmanager
def naming_other_times(room: Room, ask: Ask, *, initiative_id: int) -> Iterator[None]:
    """When the room turns out to be taken, look for the nearest times at which it is free."""
    try:
        yield
    except RoomTaken as refusal:
        others = alternatives_of(room, ask, now=clock.now(), initiative_id=initiative_id)
        raise RoomTaken(alternatives=others) from refusal


@contextmanager
def naming_other_times_for(booking: Booking) -> Iterator[None]:
    """The same, for a booking that waits for its place."""
    ask = Ask(booking.period, booking.people)
    with naming_other_times(booking.room, ask, initiative_id=booking.initiative_id):
        yield


def _refusal(refusal: Refusal) -> Response:
    detail = str(CURES[type(refusal)]) if type(refusal) in CURES else sentence_of(refusal)
    if not isinstance(refusal, Invalid):
        return problem(refusal.status, refusal.code, detail)
    errors = {name: [str(text) for text in texts] for name, texts in refusal.errors.items()}
    return problem(refusal.status, refusal.code, detail, errors=errors)


def _not_bookable(refusal: NotBookable) -> Response:
    errors: dict[str, list[str]] = {}
    for each in refusal.problems:
        sentence = problem_sentence(each, refusal.room, refusal.ask)
        errors.setdefault(_field_of(each, refusal), []).append(sentence)
    return problem(refusal.status, refusal.code, sentence_of(refusal), errors=errors)


def _field_of(each: Obstacle, refusal: NotBookable) -> str:
    if each == Problem.OFF_THE_STEP:
        step = refusal.room.venue.step_minutes
        return "to" if minute_of(refusal.ask.period.start) % step == 0 else "from"
    return FIELDS.get(each, "from")


def _no_price(refusal: NoPrice) -> Response:
    sentence = sentence_of(refusal)
    return problem(422, Invalid.code, sentence, errors={"from": [sentence]})


def _room_taken(refusal: RoomTaken) -> Response:
    others = [time_answer(each) for each in refusal.facts.get("alternatives", [])]
    return problem(refusal.status, refusal.code, sentence_of(refusal), alternatives=others)
