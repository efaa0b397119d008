"""What somebody wants of a series, before it is one: the rule, the clock times and the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from buurthuis.bookings.models import Booking
from buurthuis.bookings.wishes import Wish
from buurthuis.extras.wishes import Wanted
from buurthuis.rules import recurrence
from buurthuis.rules.calendar import moment
from buurthuis.rules.periods import Period
from buurthuis.rules.recurrence import Rule
from buurthuis.rules.standing import Purpose
from buurthuis.venues.models import Room


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesWish:
    """The same wish on every day of a rule, at the same time of the clock.

    Minutes count from the midnight of each day; an end past 1440 is in the night after it.
    `setup_minutes` and `teardown_minutes` are the group's own, around every day. `booked_until` is
    the last day that is booked already, when a series goes on for a season more. With an `exception`
    a manager sets the rules of fair use aside on every day, and says why.
    """

    rule: Rule
    first_on: date
    starts_minute: int
    ends_minute: int
    title: str
    purpose: Purpose
    people: int | None = None
    remark: str = ""
    is_public: bool = False
    setup_minutes: int = 0
    teardown_minutes: int = 0
    extras: tuple[Wanted, ...] = ()
    booked_until: date | None = None
    exception: str = ""

    def days(self) -> list[date]:
        """The days that are asked for.

        Raises:
            rules.recurrence.WrongRule: the rule cannot be kept from the first day on.
        """
        found = recurrence.days(self.rule, self.first_on)
        return [day for day in found if self.booked_until is None or day > self.booked_until]

    def on(self, day: date) -> Wish:
        """The wish for one day.

        Raises:
            rules.calendar.MissingHour: the clock skips its start or its end.
        """
        return Wish(
            period=Period(moment(day, self.starts_minute), moment(day, self.ends_minute)),
            people=self.people,
            title=self.title,
            purpose=self.purpose,
            remark=self.remark,
            is_public=self.is_public,
            setup_minutes=self.setup_minutes,
            teardown_minutes=self.teardown_minutes,
            extras=self.extras,
            is_series=True,
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """What the booker chose for single days: to leave them out, or to take another room.

    `without` are the extras, by id, without which a day is taken all the same.
    """

    left_out: frozenset[date] = frozenset()
    elsewhere: Mapping[date, Room] = field(default_factory=dict)
    without: Mapping[date, frozenset[int]] = field(default_factory=dict)

    def wish_on(self, day: date, wish: Wish) -> Wish:
        """What is asked for on a day, without what it does without."""
        if day not in self.without:
            return wish
        kept = tuple(each for each in wish.extras if each.extra_id not in self.without[day])
        return replace(wish, extras=kept)


NO_CHOICES = Choices()


def wish_again(booking: Booking, period: Period, own_minutes: tuple[int, int]) -> Wish:
    """What a day that is booked would ask for at another time, or with other minutes of its own."""
    setup_minutes, teardown_minutes = own_minutes
    return Wish(
        period=period,
        people=booking.people,
        title=booking.title,
        purpose=booking.purpose,
        setup_minutes=setup_minutes,
        teardown_minutes=teardown_minutes,
        is_series=True,
    )
