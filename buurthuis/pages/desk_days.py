"""The desk's pages of a day: what happens today, and who comes on any other day."""

from datetime import date, timedelta

from flask import request
from flask_babel import gettext as _

from buurthuis.bookings.slips.calls import calls_to_make
from buurthuis.discounts.budgets import level_here
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.remembered import remembered
from buurthuis.imports.outside.queries import alarms_of
from buurthuis.pages import desk_queries
from buurthuis.pages.desk_day_facts import facts_of_the_day
from buurthuis.pages.desk_door import blueprint, desk_page, house_to_read
from buurthuis.pages.desk_late import LateList
from buurthuis.pages.desk_words import NEWS_WORDS, age, waits
from buurthuis.pages.holiday_words import holiday_name
from buurthuis.rules.calendar import day_of, week_name
from buurthuis.venues.hours import dutch_holidays
from buurthuis.venues.models import Venue

FARTHEST = timedelta(days=20 * 366)


@blueprint.get("/")
@needs("desk.see", house_to_read)
@remembered
def overview(venue: Venue) -> str:
    """Who comes today and tomorrow, and what waits."""
    now = clock.now()
    today = day_of(now)
    tomorrow = today + timedelta(days=1)
    is_manager = may(visitor(), "house.manage", venue)
    asks_money = may(visitor(), "desk.owed", venue)
    in_line, to_decide, ask, keys_late, unseen, followed = desk_queries.beside_the_day(venue, now)
    late = LateList.of(visitor(), venue, now)
    visits = desk_queries.visits_on(venue, [today, tomorrow])
    return desk_page(
        "overview",
        venue,
        waiting=late.line.count if is_manager else None,
        days=[
            (_("Today"), today, visits[today]),
            (_("Tomorrow"), tomorrow, visits[tomorrow]),
        ],
        **facts_of_the_day([*visits[today], *visits[tomorrow]]),
        calls=calls_to_make(venue) if may(visitor(), "desk.book", venue) else [],
        news=NEWS_WORDS,
        closures={day: desk_queries.closures_on(venue, day) for day in (today, tomorrow)},
        holidays=_holidays(venue, today, tomorrow),
        week=week_name(today),
        in_line=in_line,
        alarms=alarms_of(venue, now) if is_manager and followed else None,
        ask=ask if is_manager else 0,
        keys_late=keys_late if may(visitor(), "roster.manage", venue) else 0,
        unseen=unseen if may(visitor(), "incidents.read", venue) else 0,
        budget_level=level_here(venue, today.year) if may(visitor(), "discounts.see", venue) else 0,
        to_decide=to_decide if asks_money else None,
        waits_since=age(late.line.oldest, now) if is_manager and late.line.oldest else None,
        late=late.waiting,
        late_ages={each.booking.id: waits(each.asked_at, now) for each in late.waiting},
        now=now,
    )


@blueprint.get("/bookings")
@needs("desk.see", house_to_read)
@remembered
def bookings(venue: Venue) -> str:
    """Who comes on one day, in the order of the clock."""
    now = clock.now()
    today = day_of(now)
    day = _chosen_day(request.args.get("day", ""), today)
    visits = desk_queries.visits_on(venue, [day])[day]
    return desk_page(
        "day",
        venue,
        day=day,
        today=today,
        tomorrow=today + timedelta(days=1),
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        visits=visits,
        **facts_of_the_day(visits),
        closures=desk_queries.closures_on(venue, day),
        holidays=_holidays(venue, day, day),
        now=now,
    )


def _chosen_day(text: str, today: date) -> date:
    """The day in the address; today when none is named.

    Raises:
        NotFound: there is no such day, or it lies far outside the life of a house.
    """
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotFound from None
    if abs(day - today) > FARTHEST:
        raise NotFound
    return day


def _holidays(venue: Venue, first: date, last: date) -> dict[date, str]:
    if not venue.closed_on_holidays:
        return {}
    return {day: holiday_name(name) for day, name in dutch_holidays(first, last).items()}
