"""The days and moments of the demo: when something takes place, and when it was asked for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from buurthuis.rules.calendar import day_of, moment, moment_forgiving
from buurthuis.venues.models import Venue

WEEKS_AHEAD = 26
CROWDED = 0.3
"""So many bookings for each room and day, and one house cannot have more than its share."""


@dataclass(frozen=True, slots=True)
class Scope:
    """How much to plan, from which day to which, seen from which moment, and which house leads."""

    count: int
    first: date
    last: date
    now: datetime
    home: str

    @property
    def today(self) -> date:
        """The day on which the demo is made."""
        return day_of(self.now)


def scope(count: int, *, years: int, today: date, home: str) -> Scope:
    """So many bookings, from so many years ago until half a year from today.

    It is seen from the first moment of the day, so that every hour of it gives the same.
    """
    return Scope(
        count=count,
        first=today - timedelta(days=365 * years),
        last=today + timedelta(weeks=WEEKS_AHEAD),
        now=moment(today, 0),
        home=home,
    )


class Moments:
    """Draws days and moments; a small demo crowds around today, a large one fills every week."""

    def __init__(self, scope: Scope, chance: Random, *, rooms: int) -> None:
        self._scope, self._chance = scope, chance
        days = (scope.last - scope.first).days + 1
        density = scope.count / (days * max(1, rooms))
        self._near = max(0.05, 0.65 - density)
        self.home_weight = 3 if density < CROWDED else 1

    def first_of(self, weeks: int) -> date:
        """The first day of a group that comes for so many weeks; many come at this moment."""
        chance, scope = self._chance, self._scope
        if chance.random() < self._near:
            begins = scope.today - timedelta(days=chance.randint(0, weeks * 7))
            return max(begins, scope.first + timedelta(days=begins.weekday()))
        return scope.first + timedelta(days=chance.randint(0, (scope.last - scope.first).days))

    def some_day(self) -> date:
        """Any day, and often one of these weeks."""
        chance, scope = self._chance, self._scope
        if chance.random() < self._near:
            day = scope.today + timedelta(days=round(chance.gauss(8, 20)))
            return min(max(day, scope.first), scope.last)
        if chance.random() < 0.85:
            return scope.first + timedelta(days=chance.randint(0, (scope.today - scope.first).days))
        ahead = (scope.last - scope.today).days
        return scope.today + timedelta(days=int((ahead + 1) * chance.random() ** 2))

    def made_before(self, day: date, venue: Venue, days: int) -> datetime:
        """A moment by day, so many days before, within the house's notice and horizon, and not to come."""
        notice = venue.notice_minutes // 1440 + 2
        made_on = day - timedelta(days=max(notice, min(days, venue.horizon_days)))
        made_at = moment_forgiving(made_on, self._chance.randint(8 * 60, 22 * 60))
        latest = self._scope.now - timedelta(hours=self._chance.randint(2, 90))
        return min(made_at, latest.replace(second=0, microsecond=0))


def is_summer(day: date) -> bool:
    """Most groups rest in the middle of summer."""
    return (7, 15) <= (day.month, day.day) <= (8, 25)
