"""My page: what I booked, my calendars, the groups I book for, and the houses where I work."""

from datetime import date
from itertools import groupby

from flask import render_template, request

from buurthuis.accounts.queries import initiatives_of
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import bookings_of
from buurthuis.feeds.forms import MakeFeedForm
from buurthuis.feeds.queries import feeds_of
from buurthuis.foundation import clock
from buurthuis.foundation.access import signed_in, visitor
from buurthuis.foundation.remembered import remembered
from buurthuis.pages import me_queries
from buurthuis.pages.blueprint import blueprint
from buurthuis.pages.desk_words import KIND_WORDS
from buurthuis.rules.calendar import day_of
from buurthuis.rules.states import Status

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
    coming = [each for each in bookings if each.to_at > now and each.status in COMING]
    gone = [each for each in bookings if each not in coming]
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
        questions=me_queries.open_questions(shown),
        groups=groups,
        known=me_queries.recognitions_of(groups, day_of(now)),
        kinds=KIND_WORDS,
        feeds=feeds_of(person),
        feed_form=MakeFeedForm.of(person),
        desks=me_queries.desks_of(person),
        has_keys=me_queries.holds_keys(person),
    )


def _by_day(bookings: list[Booking]) -> list[tuple[date, list[Booking]]]:
    days = groupby(bookings, key=lambda each: day_of(each.from_at))
    return [(day, list(of_day)) for day, of_day in days]
