"""The inbox of a house: the requests that wait, filtered and in the order a manager wants."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request, session, url_for
from flask_babel import gettext as _

from buurthuis.bookings import inbox
from buurthuis.bookings.door import TOLD
from buurthuis.bookings.inbox import Request, Waiting
from buurthuis.bookings.models import BookingMessage
from buurthuis.bookings.things.words import things_of
from buurthuis.bookings.words import PURPOSES
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.remembered import remembered
from buurthuis.pages import desk_choice, desk_queries
from buurthuis.pages.desk_change_cards import change_cards
from buurthuis.pages.desk_choice import PER_PAGE, Choice
from buurthuis.pages.desk_door import blueprint, desk_page, house_to_read
from buurthuis.pages.desk_series_cards import series_change_cards
from buurthuis.pages.desk_words import age, recognised_as, waits, why_this_price
from buurthuis.tariffs.standing_words import KIND_WORDS
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Card:
    """One request as it lies in the inbox."""

    request: Request
    age: str
    is_late: bool
    recognised_as: str
    why_this_price: str
    messages: list[BookingMessage]
    things: str
    is_over: bool
    approve_url: str


@blueprint.get("/requests")
@needs("house.manage", house_to_read)
@remembered
def requests(venue: Venue) -> str:
    """The requests that wait, oldest first unless one chooses otherwise, 25 to a page."""
    now = clock.now()
    choice = Choice.of_request()
    line, asked = inbox.line(venue, now=now), change_cards(venue, now)
    of_series = series_change_cards(venue, [each.change for each in asked], now)
    asked = [each for each in asked if each.change.series_change_id is None]
    found = desk_choice.chosen(line, choice, now=now)
    last = max(1, -(-len(found) // PER_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    is_all_ticked = "all" in request.args
    return desk_page(
        "requests",
        venue,
        waiting=len(line) + len(asked) + len(of_series),
        series_changes=of_series,
        changes=asked,
        cards=_cards(shown, choice, venue, now),
        told=session.pop(TOLD, {}) if TOLD in session else {},
        kinds=KIND_WORDS,
        purposes=PURPOSES,
        total=len(found),
        filters=desk_choice.tabs(line, choice, venue, now=now),
        rooms=desk_choice.room_tabs(line, choice, venue),
        order=desk_choice.orders(choice, venue),
        choice=choice,
        is_all_ticked=is_all_ticked,
        tick_url=choice.url(venue, page=page, all=None if is_all_ticked else "yes"),
        previous=_way(_("Earlier requests"), venue, choice, page - 1) if page > 1 else None,
        next=_way(_("Later requests"), venue, choice, page + 1) if page < last else None,
    )


def following(venue: Venue, choice: Choice, number: int) -> int | None:
    """The request to look at after this one: the next of the choice, else the first that waits."""
    found = [each.id for each in _found(venue, choice)]
    if number not in found:
        return found[0] if found else None
    place = found.index(number)
    others = found[place + 1 :] + found[:place]
    return others[0] if others else None


def address_at(venue: Venue, choice: Choice, number: int | None, told: dict[str, Any]) -> str:
    """Where to go on in the inbox; what happened is told beside the request that is looked at next."""
    found = _found(venue, choice)
    is_there = number in {each.id for each in found}
    session[TOLD] = {**told, "at": number if is_there else None}
    if number is None or not is_there:
        return choice.url(venue)
    page = desk_choice.page_of(number, found)
    return choice.url(venue, page=page, _anchor=f"request-{number}")


def _found(venue: Venue, choice: Choice) -> list[Waiting]:
    now = clock.now()
    return desk_choice.chosen(inbox.line(venue, now=now), choice, now=now)


def _cards(shown: list[Waiting], choice: Choice, venue: Venue, now: datetime) -> list[Card]:
    found = inbox.requests_of(shown)
    messages = desk_queries.messages_of([each.booking for each in found])
    things = things_of(each.booking for each in found)
    return [
        Card(
            request=each,
            age=waits(each.booking.created_at, now)
            if each.waiting.is_late(now)
            else age(each.booking.created_at, now),
            is_late=each.waiting.is_late(now),
            recognised_as=recognised_as(each.booking),
            why_this_price=why_this_price(each.booking),
            messages=messages[each.booking.id],
            things=things.get(each.booking.id, ""),
            is_over=each.booking.to_at <= now,
            approve_url=url_for(
                "desk.approve", slug=venue.slug, booking_id=each.booking.id, **choice.query
            ),
        )
        for each in found
    ]


def _way(words: str, venue: Venue, choice: Choice, page: int) -> tuple[str, str]:
    return words, choice.url(venue, page=page)
