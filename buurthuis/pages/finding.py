"""The front page: which rooms are free when I want one, and what each costs me."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from flask import render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.bookings import making, queries
from buurthuis.bookings.queries import Found, Offer, Taken
from buurthuis.bookings.sentences import problem_sentence
from buurthuis.bookings.times import day_name, typed_time
from buurthuis.foundation import clock, formatting
from buurthuis.foundation.access import public, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.forms import span_text
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.blueprint import Page, blueprint
from buurthuis.pages.fitting import place_in_line
from buurthuis.pages.forms import PARTS, PICTOGRAMS, FindForm
from buurthuis.pages.room_words import Fact, facts_of
from buurthuis.rules.availability import Ask, Problem
from buurthuis.rules.calendar import day_of, minute_of
from buurthuis.rules.periods import Period
from buurthuis.tariffs.queries import Priced
from buurthuis.venues.known import all_venues
from buurthuis.venues.models import Room, Venue

Link = tuple[str, str]
InLine = TypeVar("InLine", Offer, Taken)
FACTS_ON_A_CARD = 4
FURTHEST = 730
SHOWN_AT_ONCE = 8
OTHERS_AT_ONCE = 6
DAYS_TO_SUGGEST = 3


@dataclass(frozen=True, slots=True)
class Card:
    """A room in the answer: what it costs and how to take it, or why not and when it can be had."""

    room: Room
    facts: list[Fact]
    priced: Priced | None = None
    url: str = ""
    note: str = ""
    other_times: tuple[Link, ...] = ()
    is_taken: bool = False
    wait_url: str = ""


@blueprint.get("/")
@public
@remembered
def find() -> Page:
    """Ask three things; with an answer in the address, show the rooms."""
    today = day_of(clock.now())
    form = FindForm(formdata=request.args if "day" in request.args else None)
    first = _first_day(today)
    form.for_visitor(making.groups_of(visitor()), first, today)
    if "day" not in request.args:
        form.day.typed = first.isoformat()
        return _front(form, today)
    if "change" in request.args:
        return _front(form, today)
    if not form.validate() or form.period is None:
        return _front(form, today), 422
    return _answer(form, form.period, today)


def _front(form: FindForm, today: date) -> str:
    spans = {span_text(*span): span for span in PARTS}
    later = (today.replace(day=1) + timedelta(days=62)).replace(day=1)
    return render_template(
        "pages/find.html",
        form=form,
        houses=all_venues(),
        hours={text: "–".join(map(formatting.clock, span)) for text, span in spans.items()},
        pictograms={text: PICTOGRAMS[span] for text, span in spans.items()},
        later=(formatting.month(later), url_for("pages.find", month=f"{later:%Y-%m}")),
    )


def _answer(form: FindForm, period: Period, today: date) -> str:
    change = form.query(day=form.day.typed, part=form.part.typed, change="yes")
    form.show_clock()
    found = _search(form, period)
    offers = [offer for offer in _best_fit_first(found.free, form) if offer.priced is not None]
    is_all = "all" in request.args
    shown = offers if is_all else offers[:SHOWN_AT_ONCE]
    looked_at = _with_other_times(
        found.taken, period, form, at_most=OTHERS_AT_ONCE if offers and not is_all else None
    )
    others = [each for each in looked_at if each.alternatives]
    others_shown = others if is_all else others[:OTHERS_AT_ONCE]
    return render_template(
        "pages/found.html",
        form=form,
        period=period,
        free=[_free_card(offer, form) for offer in shown],
        more_free=len(offers) - len(shown),
        all_free=_address(form, period, all="yes"),
        unpriced=[offer.room for offer in found.free if offer.priced is None],
        taken=[_taken_card(each, form, period) for each in others_shown],
        more_taken=len(others) - len(others_shown) + len(found.taken) - len(looked_at),
        shut=[each.room for each in looked_at if not each.alternatives],
        next_days=[] if offers else _next_days(form, looked_at, period, today),
        change=url_for("pages.find", **change),
        can_pay_less=form.initiative is None,
    )


def _search(form: FindForm, period: Period) -> Found:
    houses = all_venues()
    form.house.options = [("", _("All houses")), *((each.slug, each.name) for each in houses)]
    return queries.find(
        period,
        venue=_house(form, houses),
        people=form.people.data,
        purpose=form.asked_purpose,
        initiative=form.initiative,
        now=clock.now(),
    )


def _house(form: FindForm, houses: Sequence[Venue]) -> Venue | None:
    """The only house in which to look.

    Raises:
        NotFound: there is no such house.
    """
    if not form.house.data:
        return None
    for house in houses:
        if house.slug == form.house.data:
            return house
    raise NotFound


def _first_day(today: date) -> date:
    """The day on which the list begins: today, or the first of a later month that was asked for."""
    try:
        asked = date.fromisoformat(request.args.get("month", "")[:7] + "-01")
    except ValueError:
        return today
    return min(max(asked, today), today + timedelta(days=FURTHEST))


def _best_fit_first(found: Sequence[InLine], form: FindForm) -> list[InLine]:
    def place(each: InLine) -> tuple[int, int]:
        features = [offered.feature for offered in each.room.features]
        return place_in_line(
            features, each.room.capacity, purpose=form.asked_purpose, people=form.people.data
        )

    return sorted(found, key=place)


def _with_other_times(
    taken: Sequence[Taken], wanted: Period, form: FindForm, *, at_most: int | None
) -> list[Taken]:
    """Other times of the rooms that fit best; where nothing is free, of all of them."""
    ask = Ask(wanted, form.people.data, purpose=form.asked_purpose)
    return queries.with_other_times(
        _best_fit_first(taken, form)[:at_most], ask, initiative=form.initiative, now=clock.now()
    )


def _free_card(offer: Offer, form: FindForm) -> Card:
    more = form.query()
    return Card(
        room=offer.room,
        facts=facts_of(offer.room)[:FACTS_ON_A_CARD],
        priced=offer.priced,
        url=making.new_url(offer.room, offer.period, **more),
        note=_once_recognised(offer.priced),
    )


def _once_recognised(priced: Priced | None) -> str:
    if priced is None or priced.would_pay is None:
        return ""
    total = priced.would_pay.total_cents
    if not total:
        return _("Free, once the house knows your group.")
    return _("%(amount)s, once the house knows your group.", amount=formatting.euros(total))


def _taken_card(taken: Taken, form: FindForm, wanted: Period) -> Card:
    is_taken = Problem.TAKEN in taken.problems
    ask = Ask(wanted, form.people.data)
    more = form.query()
    return Card(
        room=taken.room,
        facts=facts_of(taken.room)[:1],
        note="" if is_taken else problem_sentence(taken.problems[0], taken.room, ask),
        other_times=tuple(
            (making.time_label(other, wanted), making.new_url(taken.room, other, **more))
            for other in taken.alternatives
        ),
        is_taken=is_taken,
        wait_url=making.wait_url(taken.room, wanted, **more)
        if taken.problems == [Problem.TAKEN]
        else "",
    )


def _next_days(
    form: FindForm, looked_at: Sequence[Taken], wanted: Period, today: date
) -> list[Link]:
    """When nothing is free: the next days on which some room is, at the same time of day."""
    same_time = {
        other.start: other
        for taken in looked_at
        for other in taken.alternatives
        if minute_of(other.start) == minute_of(wanted.start) and other.start > wanted.start
    }
    return [
        (day_name(day_of(start), today), _address(form, same_time[start]))
        for start in sorted(same_time)[:DAYS_TO_SUGGEST]
    ]


def _address(form: FindForm, period: Period, **more: str) -> str:
    """The address of the same search at another time, or with more of its answer."""
    return url_for("pages.find", **form.query(**typed_time(period), **more))
