"""What stands beside the bookings: work and money that were written down, and since when groups come."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, false, func, literal, select, union_all

from buurthuis.accounts.models import Initiative, Role, RoleName
from buurthuis.bookings.models import Booking
from buurthuis.evidence.work.models import VolunteerWork
from buurthuis.evidence.year.models import MoneyKind
from buurthuis.evidence.year.queries import (
    Yearly,
    money_by_house,
    money_of,
    outcomes_of,
    outcomes_written,
    rates,
)
from buurthuis.evidence.year.told_models import SocialOutcome
from buurthuis.foundation.db import db
from buurthuis.roster.holders.models import WeeklyTime
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.facts import Beside
from buurthuis.rules.figures.sheet import Sheet, Table
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.money import Cents
from buurthuis.rules.states import Status
from buurthuis.rules.yearly import years_in
from buurthuis.venues.models import Venue

Firsts = Mapping[tuple[int, int], date]
"""The day on which each group first came to a house, by house and group."""


@dataclass(frozen=True, slots=True)
class Notes:
    """All that was written down about some houses and spans, read once for many questions."""

    logged: Sequence[tuple[int, date, str, int]]
    """Volunteer work: house, day, kind and minutes."""
    rates: Mapping[str, list[tuple[date, Cents]]]
    money: Yearly
    outcomes: Sequence[SocialOutcome]
    known_since: Mapping[int, date]
    offered: Sequence[tuple[int, int, int]]
    """House, key-holder, and the minutes of a week in which they can come."""
    firsts: Firsts

    def beside(self, venue_ids: Collection[int], span: Span) -> Beside:
        """What of it belongs to some of the houses and days."""
        logged: Counter[str] = Counter()
        months: Counter[tuple[int, int]] = Counter()
        for venue, day, kind, minutes in self.logged:
            if venue in venue_ids and day in span:
                logged[kind] += minutes
                months[day.year, day.month] += minutes
        money = money_of(sorted(venue_ids), span, self.money)
        known = [self.known_since[each] for each in venue_ids if each in self.known_since]
        return Beside(
            logged_minutes=logged,
            logged_by_month=months,
            rates=self.rates,
            housing_costs_cents=money.cents[MoneyKind.HOUSING_COSTS],
            contribution_cents=money.cents[MoneyKind.CONTRIBUTION],
            other_funds_cents=money.cents[MoneyKind.OTHER_FUNDS],
            covered={
                kind.value: Fraction(number, money.houses or 1)
                for kind, number in money.covered.items()
            },
            first_days=self._first_days(venue_ids),
            # In a house that came in this year every group is there for the first time.
            known_since=max(known, default=None),
            outcomes=outcomes_of(venue_ids, span, self.outcomes),
            offered_minutes=self._offered(venue_ids, span),
        )

    def _first_days(self, venue_ids: Collection[int]) -> dict[int, date]:
        found: dict[int, date] = {}
        for (venue, group), day in self.firsts.items():
            if venue in venue_ids:
                found[group] = min(day, found.get(group, day))
        return found

    def _offered(self, venue_ids: Collection[int], span: Span) -> dict[int, int]:
        """Somebody who holds keys of two houses offers their week once."""
        weekly = {person: minutes for venue, person, minutes in self.offered if venue in venue_ids}
        return {person: minutes * span.days // 7 for person, minutes in weekly.items()}


def notes_of(
    venue_ids: Collection[int],
    spans: Iterable[Span],
    sheets: Iterable[Mapping[int, Sheet]],
    now: datetime,
) -> Notes:
    """Everything written down about houses and spans; a constant number of statements."""
    several = list(spans)
    years = sorted({year for span in several for year in years_in(span)})
    return Notes(
        logged=_logged(venue_ids, several),
        rates=rates(),
        money=money_by_house(venue_ids, years),
        outcomes=outcomes_written(*years),
        known_since=first_bookings(venue_ids),
        offered=_offered(venue_ids),
        firsts=first_days(_groups(sheets), now),
    )


def _logged(venue_ids: Collection[int], spans: Sequence[Span]) -> list[tuple[int, date, str, int]]:
    if not spans:
        return []
    by = (VolunteerWork.venue_id, VolunteerWork.day, VolunteerWork.kind)
    asked = select(*by, func.sum(VolunteerWork.minutes)).where(
        VolunteerWork.venue_id.in_(venue_ids),
        VolunteerWork.day >= min(span.first for span in spans),
        VolunteerWork.day < max(span.after for span in spans),
    )
    rows = db.session.execute(asked.group_by(*by).order_by(*by))
    return [(venue, day, kind.value, int(minutes)) for venue, day, kind, minutes in rows]


def first_bookings(venue_ids: Collection[int]) -> dict[int, date]:
    """The day of the first booking of each house that has any."""
    first = (
        select(func.min(Booking.from_at))
        .where(Booking.venue_id == Venue.id)
        .correlate(Venue)
        .scalar_subquery()
    )
    rows = db.session.execute(select(Venue.id, first).where(Venue.id.in_(venue_ids)))
    return {venue: day_of(at) for venue, at in rows if at is not None}


def _offered(venue_ids: Collection[int]) -> list[tuple[int, int, int]]:
    minutes = func.sum(WeeklyTime.ends_minute - WeeklyTime.starts_minute)
    asked = (
        select(Role.venue_id, Role.person_id, minutes)
        .join(WeeklyTime, WeeklyTime.person_id == Role.person_id)
        .where(Role.venue_id.in_(venue_ids), Role.name == RoleName.KEY_HOLDER)
        .group_by(Role.id, Role.venue_id, Role.person_id)
        .order_by(Role.venue_id, Role.person_id)
    )
    rows = db.session.execute(asked)
    return [(venue or 0, person, int(weekly)) for venue, person, weekly in rows]


def _groups(sheets: Iterable[Mapping[int, Sheet]]) -> dict[int, set[int]]:
    """The groups of all the houses for each of them: who came to one may have been in another before."""
    everybody: set[int] = set()
    venues: set[int] = set()
    for by_house in sheets:
        venues |= by_house.keys()
        for sheet in by_house.values():
            everybody |= {int(key[1]) for key in sheet.tables[Table.GROUPS]}
    return dict.fromkeys(venues, everybody)


def first_days(groups: Mapping[int, Collection[int]], now: datetime) -> dict[tuple[int, int], date]:
    """When each group first came to each house: one statement, one glance into an index for each."""
    asked = [_firsts(venue, ids, now) for venue, ids in sorted(groups.items()) if ids]
    if not asked:
        return {}
    rows = db.session.execute(union_all(*asked) if len(asked) > 1 else asked[0])
    return {(venue, group): day_of(at) for venue, group, at in rows if at is not None}


def _firsts(venue: int, groups: Collection[int], now: datetime) -> Select[*tuple[Any, ...]]:
    first = (
        select(func.min(Booking.from_at))
        .where(
            Booking.venue_id == venue,
            Booking.initiative_id == Initiative.id,
            Booking.status == Status.CONFIRMED,
            Booking.cancelled_late == false(),
            Booking.to_at <= now,
        )
        .correlate(Initiative)
        .scalar_subquery()
    )
    asked = select(literal(venue).label("venue"), Initiative.id, first.label("first_at"))
    return asked.where(Initiative.id.in_(sorted(groups)))
