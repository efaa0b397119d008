"""Fair use of what everybody wants: who goes first, how much one group may have, what series leave.

A house may say which hours are prime time. Then it has three rules to choose from, each by itself:

- **Neighbours first.** Who has one of the chosen standings, or comes for one of the chosen purposes,
  books prime time at any moment. Others do so from some days ahead.
- **A quota.** One group has at most so many hours, or so many bookings, in a week or a month; in all
  or in prime time; every group or those of some kinds.
- **A reserve.** Series hold at most a part of the prime time of a room in a week. The rest stays for
  single bookings until some days ahead.

What is counted is counted in minutes that pass. The house's own activities are never counted, and a
booking may always become shorter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from buurthuis.rules.calendar import day_of
from buurthuis.rules.periods import Period, intersect
from buurthuis.rules.prime_time import (
    Per,
    PrimeTime,
    from_day,
    minutes_in,
    prime_within,
    span_of,
    spans_in,
)
from buurthuis.rules.standing import Kind, Purpose, StandingCode
from buurthuis.rules.tally import Tally

_A_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)


class Rule(StrEnum):
    """The rules of fair use; the words are public."""

    NEIGHBOURS_FIRST = "neighbours_first"
    QUOTA = "quota"
    SERIES_RESERVE = "series_reserve"


@dataclass(frozen=True, slots=True)
class Quota:
    """How much one group may have in a week or a month; without kinds it is for every group."""

    per: Per
    most_minutes: int | None = None
    most_bookings: int | None = None
    is_prime_only: bool = False
    kinds: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class FairUse:
    """What a house has decided. Without any of it, everybody may book everything."""

    prime_time: tuple[PrimeTime, ...] = ()
    others_days: int | None = None
    first_kinds: frozenset[Kind] = frozenset()
    first_purposes: frozenset[Purpose] = frozenset()
    quotas: tuple[Quota, ...] = ()
    series_percentage: int | None = None
    series_days: int = 0


NO_RULES: Final = FairUse()


@dataclass(frozen=True, slots=True)
class FairFacts:
    """What is known of who asks for a room, around the time that is asked for.

    `standing` is what the house recognises; `kind` is that, or else what the group says of itself.
    `held` is what the group has booked in the house already, and `by_series` what series hold of
    the room, merged. `before` is the place of a booking that would change; it is in neither.
    """

    rules: FairUse
    standing: StandingCode | None = None
    kind: StandingCode | None = None
    held: Tally = field(default_factory=Tally)
    by_series: Tally = field(default_factory=Tally)
    before: Period | None = None


@dataclass(frozen=True, slots=True)
class TooEarly:
    """Neighbours go first at this time; others may book it from the day `opens_on`."""

    rule: ClassVar[Rule] = Rule.NEIGHBOURS_FIRST
    opens_on: date


@dataclass(frozen=True, slots=True)
class QuotaReached:
    """The group would have more than its share of the week or month that begins on `first`.

    What is left is in minutes and in bookings; None where the quota does not count them.
    """

    rule: ClassVar[Rule] = Rule.QUOTA
    quota: Quota
    first: date
    left_minutes: int | None
    left_bookings: int | None


@dataclass(frozen=True, slots=True)
class SeriesFull:
    """Series have their part of the week's prime time; the rest opens for them on a day."""

    rule: ClassVar[Rule] = Rule.SERIES_RESERVE
    opens_on: date
    most_minutes: int
    left_minutes: int


Excess = TooEarly | QuotaReached | SeriesFull

Left = tuple[int | None, int | None]
"""Minutes and bookings that are left; None where they are not counted."""


def excesses(
    period: Period, facts: FairFacts, *, purpose: Purpose | None, is_series: bool, now: datetime
) -> list[Excess]:
    """The rules of fair use that stand against this time; an empty list means none does."""
    if _is_exempt(facts) or (facts.before is not None and facts.before.contains(period)):
        return []
    return [
        *_too_early(period, facts, purpose, now),
        *_over_a_quota(period, facts),
        *(_over_the_reserve(period, facts, now) if is_series else ()),
    ]


def shut(
    spans: Sequence[Period],
    facts: FairFacts | None,
    *,
    purpose: Purpose | None,
    is_series: bool,
    now: datetime,
) -> list[Period]:
    """The part of these spans of which this group cannot have a minute, merged.

    What lies outside may still be more than is left of a quota.
    """
    if facts is None or _is_exempt(facts):
        return []
    kept = [part for span in spans for part in _shut(span, facts, purpose, now)]
    if is_series:
        kept += [part for span in spans for part in _shut_to_series(span, facts, now)]
    return intersect(kept, spans)


def _shut(
    span: Period, facts: FairFacts, purpose: Purpose | None, now: datetime
) -> Iterator[Period]:
    yield from _prime_for_others(span, facts, purpose, now)
    for quota in _quotas(facts):
        for part in spans_in(quota.per, span):
            counted = _counted(quota, facts.rules, part)
            if 0 in _left(quota, counted, facts):
                yield from counted


def _shut_to_series(span: Period, facts: FairFacts, now: datetime) -> Iterator[Period]:
    for week in spans_in(Per.WEEK, span):
        if _left_for_series(week, facts) <= 0:
            yield from _reserved(week, facts.rules, now)


def left_of(quota: Quota, day: date, facts: FairFacts) -> Left:
    """What is left of a quota in the week or month of a day: minutes and bookings, never below 0."""
    return _left(quota, _counted(quota, facts.rules, span_of(quota.per, day)), facts)


def goes_first(facts: FairFacts, purpose: Purpose | None) -> bool:
    """Whether this group may book prime time at any moment."""
    rules = facts.rules
    return facts.standing in rules.first_kinds or purpose in rules.first_purposes


def counts_for(quota: Quota, kind: StandingCode | None) -> bool:
    """Whether a quota is for a group of this kind."""
    return not quota.kinds or kind in quota.kinds


def _is_exempt(facts: FairFacts) -> bool:
    return facts.standing == Kind.INTERNAL


def _too_early(
    period: Period, facts: FairFacts, purpose: Purpose | None, now: datetime
) -> Iterator[TooEarly]:
    days = facts.rules.others_days
    wanted = _prime_for_others(period, facts, purpose, now)
    if days is not None and wanted:
        # The last of it opens last.
        yield TooEarly(day_of(wanted[-1].end - _MINUTE) - days * _A_DAY)


def _prime_for_others(
    reach: Period, facts: FairFacts, purpose: Purpose | None, now: datetime
) -> list[Period]:
    """The prime time that does not open yet for who does not go first."""
    days = facts.rules.others_days
    if days is None or goes_first(facts, purpose):
        return []
    return from_day(prime_within(facts.rules.prime_time, reach), day_of(now) + (days + 1) * _A_DAY)


def _over_a_quota(period: Period, facts: FairFacts) -> Iterator[QuotaReached]:
    for quota in _quotas(facts):
        for span in spans_in(quota.per, period):
            counted = _counted(quota, facts.rules, span)
            wanted = minutes_in([period], counted)
            if not wanted or _asks_no_more(wanted, counted, facts):
                continue
            minutes, bookings = _left(quota, counted, facts)
            if (minutes is not None and wanted > minutes) or bookings == 0:
                yield QuotaReached(quota, day_of(span.start), minutes, bookings)


def _asks_no_more(wanted: int, counted: Sequence[Period], facts: FairFacts) -> bool:
    """The booking that would change has as much of this already."""
    return facts.before is not None and minutes_in([facts.before], counted) >= wanted


def _quotas(facts: FairFacts) -> list[Quota]:
    return [quota for quota in facts.rules.quotas if counts_for(quota, facts.kind)]


def _counted(quota: Quota, rules: FairUse, span: Period) -> list[Period]:
    """The time of a week or month that counts for a quota."""
    return prime_within(rules.prime_time, span) if quota.is_prime_only else [span]


def _left(quota: Quota, counted: Sequence[Period], facts: FairFacts) -> Left:
    minutes = bookings = None
    if quota.most_minutes is not None:
        minutes = max(0, quota.most_minutes - facts.held.minutes_in(counted))
    if quota.most_bookings is not None:
        bookings = max(0, quota.most_bookings - facts.held.number_in(counted))
    return minutes, bookings


def _over_the_reserve(period: Period, facts: FairFacts, now: datetime) -> Iterator[SeriesFull]:
    if facts.rules.series_percentage is None:
        return
    for week in spans_in(Per.WEEK, period):
        late = intersect([period], _reserved(week, facts.rules, now))
        left = _left_for_series(week, facts)
        if late and minutes_in([period], prime_within(facts.rules.prime_time, week)) > left:
            opens_on = day_of(late[-1].end - _MINUTE) - facts.rules.series_days * _A_DAY
            yield SeriesFull(opens_on, _most_for_series(week, facts.rules), left)


def _reserved(week: Period, rules: FairUse, now: datetime) -> list[Period]:
    """The prime time of a week of which a part is still kept from series."""
    if rules.series_percentage is None:
        return []
    return from_day(
        prime_within(rules.prime_time, week), day_of(now) + (rules.series_days + 1) * _A_DAY
    )


def _most_for_series(week: Period, rules: FairUse) -> int:
    """How many minutes of a week's prime time series may hold; a part of a minute is not theirs."""
    whole = sum(each.minutes for each in prime_within(rules.prime_time, week))
    return whole * (rules.series_percentage or 0) // 100


def _left_for_series(week: Period, facts: FairFacts) -> int:
    held = facts.by_series.minutes_in(prime_within(facts.rules.prime_time, week))
    return max(0, _most_for_series(week, facts.rules) - held)
