"""The inbox of a house: every request with what a manager wants to know before saying yes or no."""

from dataclasses import dataclass

from flask import request, session, url_for
from flask_babel import gettext as _

from buurthuis.bookings.inbox import Request, inbox
from buurthuis.bookings.models import BookingMessage
from buurthuis.bookings.words import PURPOSES
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.pages import desk_queries
from buurthuis.pages.desk_door import blueprint, desk_page, house
from buurthuis.pages.desk_forms import QuestionForm, RefusalForm
from buurthuis.pages.desk_words import KIND_WORDS, age, recognised_as, why_this_price
from buurthuis.venues.models import Venue

PER_PAGE = 10
TOLD = "told"


@dataclass(frozen=True, slots=True)
class Card:
    """One request as it lies in the inbox."""

    request: Request
    age: str
    recognised_as: str
    why_this_price: str
    messages: list[BookingMessage]
    is_over: bool
    refusal: RefusalForm
    question: QuestionForm


@blueprint.get("/requests")
@needs("house.manage", house)
def requests(venue: Venue) -> str:
    """The requests that wait, oldest first, twenty to a page."""
    waiting = inbox(venue)
    last = max(1, -(-len(waiting) // PER_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    shown = waiting[(page - 1) * PER_PAGE : page * PER_PAGE]
    told = session.pop(TOLD, {}) if TOLD in session else {}
    return desk_page(
        "requests",
        venue,
        cards=_cards(shown),
        told=told,
        kinds=KIND_WORDS,
        purposes=PURPOSES,
        total=len(waiting),
        previous=_way(_("Earlier requests"), venue, page - 1) if page > 1 else None,
        next=_way(_("Later requests"), venue, page + 1) if page < last else None,
    )


def _cards(shown: list[Request]) -> list[Card]:
    now = clock.now()
    messages = desk_queries.messages_of([each.booking for each in shown])
    return [
        Card(
            request=each,
            age=age(each.booking.created_at, now),
            recognised_as=recognised_as(each.booking),
            why_this_price=why_this_price(each.booking),
            messages=messages[each.booking.id],
            is_over=each.booking.to_at <= now,
            refusal=RefusalForm.about(each.booking),
            question=QuestionForm.about(each.booking),
        )
        for each in shown
    ]


def _way(words: str, venue: Venue, page: int) -> tuple[str, str]:
    return words, url_for("desk.requests", slug=venue.slug, page=page)
