"""My page: what I booked, my calendars, the groups I book for, and the houses where I work."""

from datetime import date, datetime
from functools import partial
from itertools import groupby

from flask import render_template, request

from buurthuis.accounts.models import Initiative
from buurthuis.accounts.queries import initiatives_of
from buurthuis.bookings.fair_use import shares_of
from buurthuis.bookings.fair_words import left_words
from buurthuis.bookings.queries import bookings_of
from buurthuis.bookings.waiting.queries import of_person as waiting_of
from buurthuis.feeds.forms import MakeFeedForm
from buurthuis.feeds.queries import feeds_of
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, signed_in, visitor
from buurthuis.foundation.remembered import remembered
from buurthuis.pages import me_queries
from buurthuis.pages.blueprint import blueprint
from buurthuis.pages.me_queries import Entry, entries_of
from buurthuis.pages.money.list_queries import to_pay_of
from buurthuis.rules.calendar import day_of
from buurthuis.rules.states import Status
from buurthuis.tariffs.models import Recognition
from buurthuis.tariffs.queries import card_on
from buurthuis.tariffs.standing_words import KIND_WORDS, known_as
from buurthuis.venues.known import bookable_rooms

SHOWN = 10
# A refusal is news until its day has passed; what was cancelled is not.
COMING = frozenset(Status) - {Status.CANCELLED, Status.NO_SHOW}


@blueprint.get("/me")
@signed_in
@remembered
def me() -> str:
    """Everything of one person on one page."""
    person, now = visitor(), clock.now()
    bookings = bookings_of(person, now=now)
    is_coming = {each.id for each in bookings if each.to_at > now and each.status in COMING}
    coming = entries_of(each for each in bookings if each.id in is_coming)
    gone = entries_of(each for each in bookings if each.id not in is_coming)
    shown = coming if "all" in request.args else coming[:SHOWN]
    groups = initiatives_of(person)
    return render_template(
        "pages/me.html",
        person=person,
        now=now,
        today=day_of(now),
        days=_by_day(shown),
        coming=coming,
        is_shortened=len(shown) < len(coming),
        gone=gone[:SHOWN],
        questions=me_queries.open_questions([one for each in shown for one in each.all]),
        waiting=waiting_of(person, now),
        groups=groups,
        to_pay=to_pay_of([each.id for each in groups]),
        shares=_shares(groups, now),
        known=me_queries.recognitions_of(groups, day_of(now)),
        known_as=partial(_known_as, today=day_of(now)),
        kinds=KIND_WORDS,
        feeds=feeds_of(person),
        feed_form=MakeFeedForm.of(person),
        desks=me_queries.desks_of(person),
        sees_discounts=may(person, "houses.compare"),
        sees_applications=may(person, "applications.see"),
        has_keys=may(person, "shifts.mine"),
        has_work=may(person, "work.mine"),
    )


def _known_as(recognition: Recognition, today: date) -> str:
    """What the group was recognised as, in the words of the house."""
    venue_id = recognition.venue_id
    card = None if venue_id is None else card_on(venue_id, today)
    return known_as(recognition, card.standings if card else ())


def _shares(groups: list[Initiative], now: datetime) -> dict[int, list[tuple[str, str]]]:
    """What each group may still book in houses that count: the house, and a sentence for each quota."""
    rooms = {room.venue_id: room for room in bookable_rooms()}
    return {
        group_id: [
            (room.venue.name, words)
            for room, facts in known
            for words in left_words(facts, day_of(now))
        ]
        for group_id, known in shares_of(groups, list(rooms.values()), now).items()
    }


def _by_day(shown: list[Entry]) -> list[tuple[date, list[Entry]]]:
    days = groupby(shown, key=lambda each: day_of(each.booking.from_at))
    return [(day, list(of_day)) for day, of_day in days]
