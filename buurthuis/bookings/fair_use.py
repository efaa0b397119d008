"""What fair use needs to know of who asks, read in a constant number of questions for any number of wishes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, bindparam, or_, select, type_coerce

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db, is_reading
from buurthuis.rules.availability import RoomFacts
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.fair_use import FairFacts
from buurthuis.rules.periods import Period, merge
from buurthuis.rules.prime_time import Per, span_of
from buurthuis.rules.standing import Recognition, StandingCode, recognised
from buurthuis.rules.states import LIVE, Status
from buurthuis.rules.tally import Seconds, Tally
from buurthuis.tariffs.each import recognitions_of_each
from buurthuis.venues.fair_use import fair_use_of
from buurthuis.venues.models import Room

COUNTED = LIVE | {Status.NO_SHOW}
"""What a group has had of its share: also an evening on which nobody came."""

TWO_DAYS = timedelta(days=2)
"""No booking lasts longer than a day, so whoever overlaps starts less than two before."""


class Asked(NamedTuple):
    """A room around a time, for an initiative; None is a visitor."""

    room: Room
    around: Period
    initiative_id: int | None
    is_series: bool = False
    before: Period | None = None
    """Where the booking is now that would change into this, when that is in the same house."""


class Ledger:
    """Who has what in the houses with rules of fair use; where there are none, nothing is asked.

    Inside an action no other booking of the same groups comes between, where a house has quotas.
    """

    def __init__(self, asked: Sequence[Asked], *, ignoring: Collection[int] = ()) -> None:
        self._rules = fair_use_of({each.room.venue_id for each in asked})
        here = [each for each in asked if each.room.venue_id in self._rules]
        groups = {each.initiative_id for each in here if each.initiative_id is not None}
        self.recognitions: Mapping[int, Sequence[Recognition]] = {}
        self._kinds: dict[int, StandingCode] = {}
        self._held: dict[tuple[int, int], Tally] = defaultdict(Tally)
        self._by_series: dict[int, Tally] = {}
        self._of_series: Sequence[tuple[int, int, int]] = ()
        self._before: tuple[int, Period] | None = None
        if groups:
            self.recognitions = recognitions_of_each(groups)
            # Whoever is new at the desk has no row yet.
            known = (db.session.get(Initiative, each) for each in groups)
            self._kinds = {each.id: each.kind for each in known if each is not None}
            self._before = _place_of(ignoring)
        if groups and any(rules.quotas for rules in self._rules.values()):
            if not is_reading():
                _lock(groups)
            self._read_held(here, groups, ignoring)
        series = [each for each in here if each.is_series and self._keeps_from_series(each.room)]
        if series:
            self._of_series = _series_around(series, ignoring)

    def facts(self, asked: Asked) -> FairFacts | None:
        """What is known of who asks; None in a house without such rules."""
        room, initiative_id = asked.room, asked.initiative_id
        rules = self._rules.get(room.venue_id)
        if rules is None:
            return None
        if initiative_id is None:
            return FairFacts(rules)
        standing = recognised(
            self.recognitions[initiative_id], venue=room.venue_id, on=day_of(asked.around.start)
        )
        return FairFacts(
            rules,
            standing=standing,
            kind=standing or self._kinds.get(initiative_id),
            held=self._held[room.venue_id, initiative_id],
            by_series=self._series_in(room),
            before=asked.before or self._place_in(room.venue_id),
        )

    def add(self, asked: Asked) -> None:
        """From now on this counts, as if it had been booked; in a house without rules nobody counts."""
        if asked.room.venue_id not in self._rules:
            return
        if asked.initiative_id is not None:
            self._held[asked.room.venue_id, asked.initiative_id].add(asked.around)
        if asked.is_series:
            self._series_in(asked.room).add(asked.around)

    def _series_in(self, room: Room) -> Tally:
        """What series hold of the spaces of a room, in whichever room they meet."""
        held = self._by_series.get(room.id)
        if held is None:
            spaces = {other.id: other.spaces for other in room.venue.rooms}
            here = [
                _period(start, end)
                for room_id, start, end in self._of_series
                if room_id in spaces and spaces[room_id] & room.spaces
            ]
            held = self._by_series[room.id] = Tally.of(merge(here))
        return held

    def _place_in(self, venue_id: int) -> Period | None:
        """Where the booking is that would change, when that is in this house."""
        if self._before is None or self._before[0] != venue_id:
            return None
        return self._before[1]

    def _keeps_from_series(self, room: Room) -> bool:
        return self._rules[room.venue_id].series_percentage is not None

    def _read_held(
        self, asked: Sequence[Asked], groups: Collection[int], ignoring: Collection[int]
    ) -> None:
        values = {**_asked_within(asked), "groups": list(groups)}
        found: dict[tuple[int, int], list[Seconds]] = defaultdict(list)
        for booking_id, venue_id, group_id, start, end in db.session.execute(_OF_GROUPS, values):
            if booking_id not in ignoring:
                found[venue_id, group_id].append((start, end))
        for key, times in found.items():
            self._held[key] = Tally(times)


def with_fair_use(
    facts: Mapping[int, RoomFacts],
    rooms: Sequence[Room],
    first: date,
    last: date,
    *,
    initiative_id: int | None,
    ignoring: Collection[int] = (),
    is_series: bool = False,
) -> dict[int, RoomFacts]:
    """The facts of rooms, with what fair use knows of who asks for a time on these days."""
    if not fair_use_of({room.venue_id for room in rooms}):
        return dict(facts)
    around = Period(day_period(first).start, day_period(last).end)
    asked = [Asked(room, around, initiative_id, is_series) for room in rooms]
    ledger = Ledger(asked, ignoring=ignoring)
    return {each.room.id: replace(facts[each.room.id], fair=ledger.facts(each)) for each in asked}


def known_of(room: Room, period: Period, initiative_id: int | None) -> FairFacts | None:
    """What fair use knows of a group that asks for a room; None in a house without such rules."""
    asked = Asked(room, period, initiative_id)
    return Ledger([asked]).facts(asked)


def shares_of(
    initiatives: Sequence[Initiative], rooms: Sequence[Room], now: datetime
) -> dict[int, list[tuple[Room, FairFacts]]]:
    """What fair use knows of groups in the houses of these rooms where they have something now.

    A room for each house is enough. Where no house has quotas, nothing is asked.
    """
    rules = fair_use_of({room.venue_id for room in rooms})
    counting = [room for room in rooms if room.venue_id in rules and rules[room.venue_id].quotas]
    this_minute = Period(now, now + timedelta(minutes=1))
    asked = [Asked(room, this_minute, each.id) for each in initiatives for room in counting]
    found: dict[int, list[tuple[Room, FairFacts]]] = defaultdict(list)
    ledger = Ledger(asked)
    for each in asked:
        facts = ledger.facts(each)
        if facts is not None and facts.held and each.initiative_id is not None:
            found[each.initiative_id].append((each.room, facts))
    return found


def _lock(initiative_ids: Collection[int]) -> None:
    """After the spaces and the bookings, in id order; who only refers to a group does not wait.

    SQLite has one lock for all, and an action takes it as it begins.
    """
    wanted = select(Initiative.id).where(Initiative.id.in_(initiative_ids)).order_by(Initiative.id)
    if db.engine.dialect.name != "sqlite":
        db.session.execute(wanted.with_for_update(key_share=True)).all()


def _reach(periods: Iterable[Period]) -> Period:
    """The whole weeks and months that these touch."""
    found = list(periods)
    first = day_of(min(each.start for each in found))
    last = day_of(max(each.end for each in found))
    return Period(
        min(span_of(per, first).start for per in Per), max(span_of(per, last).end for per in Per)
    )


def _asked_within(asked: Sequence[Asked]) -> dict[str, Any]:
    """The houses that are asked about, and the whole weeks and months."""
    reach = _reach(each.around for each in asked)
    return {
        "venues": list({each.room.venue_id for each in asked}),
        "earliest": reach.start - TWO_DAYS,  # Only the starts are in the index.
        "since": reach.start,
        "until": reach.end,
        "now": clock.now(),
    }


def _series_around(asked: Sequence[Asked], ignoring: Collection[int]) -> list[tuple[int, int, int]]:
    """Room, start and end of what series hold in the houses that are asked about."""
    rows = db.session.execute(_OF_SERIES, _asked_within(asked))
    return [(room, start, end) for booking, room, start, end in rows if booking not in ignoring]


def _period(start: int, end: int) -> Period:
    return Period(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))


def _that_count(*columns: Any) -> Select[Any]:
    """These columns and the times of bookings that count; a place kept too long counts no more."""
    times = (type_coerce(column, BigInteger) for column in (Booking.from_at, Booking.to_at))
    return select(*columns, *times).where(
        Booking.venue_id.in_(bindparam("venues", expanding=True)),
        Booking.from_at > bindparam("earliest"),
        Booking.from_at < bindparam("until"),
        Booking.to_at > bindparam("since"),
        Booking.status.in_(COUNTED),
        or_(Booking.expires_at.is_(None), Booking.expires_at > bindparam("now")),
    )


# Put together once.
_OF_GROUPS = _that_count(Booking.id, Booking.venue_id, Booking.initiative_id).where(
    Booking.initiative_id.in_(bindparam("groups", expanding=True))
)
_OF_SERIES = _that_count(Booking.id, Booking.room_id).where(Booking.series_id.is_not(None))


def _place_of(ignoring: Collection[int]) -> tuple[int, Period] | None:
    """House and time of the one booking that would change; of several nobody can say which becomes which."""
    if len(ignoring) != 1:
        return None
    [booking_id] = ignoring
    row = db.session.execute(
        select(Booking.venue_id, Booking.from_at, Booking.to_at).where(Booking.id == booking_id)
    ).first()
    return None if row is None else (row[0], Period(row[1], row[2]))
