"""When each event is, time by time: the answer of the reader that this house wrote itself."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Final

from buurthuis.imports.readers.events import Event
from buurthuis.imports.readers.repeating import NoSuchRule, Repetition, RuleTooLarge
from buurthuis.imports.readers.rows import MOST_FOUND, Doubt, LeftOut, Unreadable, Why
from buurthuis.imports.readers.times import Length, Time
from buurthuis.imports.readers.zones import clock_doubt, in_zone
from buurthuis.rules.periods import Period

LONGEST_UID: Final = 150
FAR: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of one event, whose words it has."""

    event: Event
    key: str
    start: Time
    end: Time
    doubts: tuple[Doubt, ...]


@dataclass(slots=True)
class Series:
    """All events of one UID that belong together."""

    uid: str
    master: Event | None = None
    instead: dict[datetime, Event] = field(default_factory=dict)
    """What replaces one time, by the moment of that time."""


@dataclass(slots=True)
class Expander:
    """Finds the times of events within a period, and leaves out what cannot be followed."""

    period: Period
    house: tzinfo
    found: list[Occurrence] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    endless: set[int] = field(default_factory=set)
    """The numbers of events with rules that never come true: nobody should go on looking."""
    far: set[int] = field(default_factory=set)
    """The numbers of events that are once, and long before or after the period."""

    def expand(self, events: Iterable[Event]) -> None:
        """Find every time of these events.

        Raises:
            Unreadable: there are more than one reading gives.
        """
        for series in self._series_of(events):
            try:
                for occurrence in self._times_of(series):
                    self._keep(occurrence)
            except RuleTooLarge as error:
                self._leave_out(series, Why.RULE_TOO_LARGE, str(error))
            except (NoSuchRule, OverflowError) as error:
                self._leave_out(series, Why.NO_SUCH_RULE, str(error))

    def _keep(self, occurrence: Occurrence) -> None:
        start, end = span_of(occurrence, self.house)
        if not lies_in(self.period, start, end):
            if occurrence.key == occurrence.event.uid and _lies_far(self.period, start, end):
                self.far.add(occurrence.event.number)
            return
        self.found.append(occurrence)
        if len(self.found) > MOST_FOUND:
            raise Unreadable("too-many-rows", most=MOST_FOUND)

    def _leave_out(self, series: Series, why: Why, rule: str) -> None:
        for event in filter(None, (series.master, *series.instead.values())):
            self.left_out.append(LeftOut.of(event.number, why, rule=rule[:80]))

    def _series_of(self, events: Iterable[Event]) -> Iterator[Series]:
        """The events of each UID together; of two editions of one event the newer counts."""
        by_uid: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            by_uid[event.uid or f"no uid {event.number}"].append(event)
        for uid, same in by_uid.items():
            masters = self._newest([event for event in same if event.instead_of is None])
            name = key_of_uid(uid) if same[0].uid else _key_of_words(same[0])
            series = Series(name, masters[0] if masters else None)
            for event in same:
                if event.instead_of is not None:
                    self._replace(series, event)
            yield series
            # Two that have one name and say different things: which is meant, nobody can say.
            for other in masters[1:]:
                moment = f"{other.start.moment(self.house):%Y%m%dT%H%M%SZ}"
                yield Series(f"{name}#{moment}", other)

    def _newest(self, editions: list[Event]) -> list[Event]:
        """The editions with the highest number; more than one when they differ and it is the same."""
        if len(editions) < 2:
            return editions
        highest = max(event.sequence for event in editions)
        kept: list[Event] = []
        newest = sorted(editions, key=lambda event: (-event.sequence, event.number))
        for event in newest:
            same = next((one for one in kept if _says_the_same(one, event)), None)
            if event.sequence < highest or same is not None:
                line = (same or newest[0]).number
                self.left_out.append(LeftOut.of(event.number, Why.OLDER, newer=line))
            else:
                kept.append(event)
        for event in kept if len(kept) > 1 else ():
            other = next(one.number for one in kept if one is not event)
            event.doubts.append(Doubt.of(Why.TWICE, other=other))
        return kept

    def _replace(self, series: Series, event: Event) -> None:
        """Note what replaces one time of a series; the newest edition of it counts."""
        event.instead_of = _like(series.master, event.instead_of)
        moment = event.instead_of.moment(self.house)
        known = series.instead.get(moment)
        if known is None:
            series.instead[moment] = event
            return
        older, newer = sorted(
            (known, event), key=lambda each: (each.sequence, each.changed, each.number)
        )
        series.instead[moment] = newer
        self.left_out.append(LeftOut.of(older.number, Why.OLDER, newer=newer.number))

    def _times_of(self, series: Series) -> Iterator[Occurrence]:
        """Every time of one series, as far as the period reaches."""
        master = series.master
        gone: set[datetime] = set()
        if master is not None:
            gone = {_like(master, time).moment(self.house) for time in master.without}
            yield from self._times_of_master(series, master, gone)
        for moment, event in series.instead.items():
            if moment not in gone and event.instead_of is not None:
                key = _key(series, event.instead_of, moment)
                yield _occurrence(event, key, event.start, event.length)

    def _times_of_master(
        self, series: Series, master: Event, gone: set[datetime]
    ) -> Iterator[Occurrence]:
        is_series = master.is_series or bool(series.instead)
        from_then_on = (
            sorted((moment, event) for moment, event in series.instead.items() if event.and_later)
            if series.instead
            else []
        )
        for start, length in self._starts_of(master):
            moment = start.moment(self.house)
            if moment in series.instead or moment in gone:
                continue
            key = _key(series, start, moment) if is_series else series.uid
            later = [event for since, event in from_then_on if since < moment]
            if later:
                yield _moved_along(later[-1], key, start)
            else:
                yield _occurrence(master, key, start, length or master.length)

    def _starts_of(self, master: Event) -> Iterator[tuple[Time, Length | None]]:
        """When a series starts each time, with a length where one time has its own."""
        lengths: dict[datetime, Length | None] = {}
        last_of_all = self._last_wall(master)
        lasts = [_until(rule, master.start, last_of_all) for rule in master.repeats]
        if not lasts or max(lasts) >= min(master.start.wall, last_of_all):
            lengths[master.start.wall] = None
        for rule, last in zip(master.repeats, lasts, strict=True):
            walls = list(islice(rule.walls(master.start.wall, last), MOST_FOUND + 1))
            if not walls and not rule.comes_true(master.start.wall):
                self.endless.add(master.number)
            for wall in walls:
                lengths.setdefault(wall, None)
                if len(lengths) > MOST_FOUND:
                    raise Unreadable("too-many-rows", most=MOST_FOUND)
        for time_added, length in master.also:
            lengths[_like(master, time_added).wall] = length
        for wall in sorted(lengths):
            yield master.start.at(wall), lengths[wall]

    def _last_wall(self, master: Event) -> datetime:
        """What the clock of an event shows when the period is over, and a day more."""
        zone = master.start.zone or self.house
        return self.period.end.astimezone(zone).replace(tzinfo=None) + timedelta(days=1)


def lies_in(period: Period, start: datetime, end: datetime) -> bool:
    """Whether something of it lies in the period; what lasts no time lies where it starts."""
    return start < period.end and (end > period.start or start == end >= period.start)


def _lies_far(period: Period, start: datetime, end: datetime) -> bool:
    return end < period.start - FAR or start > period.end + FAR


def span_of(occurrence: Occurrence, house: tzinfo) -> tuple[datetime, datetime]:
    """From when until when, in UTC; the end is never before the start."""
    start = occurrence.start.moment(house)
    return start, max(start, occurrence.end.moment(house))


def key_of_uid(uid: str) -> str:
    """A UID that is not too long to keep."""
    return uid if len(uid) <= LONGEST_UID else hashlib.sha256(uid.encode()).hexdigest()


def _key_of_words(event: Event) -> str:
    """For an event without a UID: what it says is all there is to know it by."""
    words = (event.component.text("SUMMARY"), event.component.text("LOCATION"))
    told = "\n".join((event.start.wall.isoformat(), *words))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _key(series: Series, start: Time, moment: datetime) -> str:
    written = f"{start.wall:%Y%m%d}" if start.is_day else f"{moment:%Y%m%dT%H%M%SZ}"
    return f"{series.uid}/{written}"


def _like(master: Event | None, told: Time | None) -> Time:
    """A time of a series told in the manner of its start: as a day, or on its clock."""
    if told is None:
        raise NoSuchRule
    if master is None or (told.is_day and master.start.is_day):
        return told
    start = master.start
    if start.is_day:
        return start.at(datetime.combine(told.wall, time.min))
    if told.is_day:
        return start.at(datetime.combine(told.wall, start.wall.time()))
    shown = told.moment(UTC).astimezone(start.zone)
    return start.at(shown.replace(tzinfo=None))


def _occurrence(event: Event, key: str, start: Time, length: Length) -> Occurrence:
    end = length.after(start)
    doubts = list(event.doubts)
    for each in (start, end):
        unclear = clock_doubt(each.wall, each.zone) if each.zone is not None else None
        if unclear is not None and unclear not in doubts:
            doubts.append(unclear)
    return Occurrence(event, key, start, end, tuple(doubts))


def _moved_along(event: Event, key: str, start: Time) -> Occurrence:
    """A later time of a series that changed from some time on: it moves as that one moved."""
    assert event.instead_of is not None  # noqa: S101 - `series.instead` holds no others.
    moved = event.start.wall - event.instead_of.wall
    return _occurrence(event, key, event.start.at(start.wall + moved), event.length)


def _until(rule: Repetition, start: Time, last: datetime) -> datetime:
    """The last moment, on the clock of the series, at which a rule still counts."""
    if not rule.until:
        return last
    day = datetime.strptime(rule.until[:8], "%Y%m%d")  # noqa: DTZ007
    if "T" not in rule.until:
        # A day is over when it is over, also for what starts in its evening.
        return min(last, day + timedelta(days=1, seconds=-1))
    wall = datetime.strptime(rule.until[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007
    if rule.until.endswith("Z") and start.zone is not None:
        wall = in_zone(wall, UTC).astimezone(start.zone).replace(tzinfo=None, fold=0)
    return min(last, wall)


def _says_the_same(one: Event, other: Event) -> bool:
    return (one.start, one.length, one.repeats) == (other.start, other.length, other.repeats)
