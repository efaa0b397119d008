"""Shifts: what there is to do in an open session, and which promise belongs to which shift now.

Shifts follow from a session each time they are read. A promise remembers for which bookings it was
made, when it was to be, and under which name; so it finds its session again when bookings move, come
and go. It belongs to the session that holds most of the bookings it remembers. There the person whose
promised time fits best keeps a shift; who promised first where it fits alike. A promise that finds no
shift any more is free.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from buurthuis.rules.periods import Period
from buurthuis.rules.sessions import Habits, OpenSession, watched

SHORTEST: Final = 15
"""So many minutes at least lasts opening, closing or taking over."""

TOLD_FROM: Final = timedelta(minutes=15)
"""A shift that begins or ends so much earlier or later than told is told again."""


class ShiftKind(StrEnum):
    """What there is to do in a shift."""

    OPEN = "open"
    CLOSE = "close"
    HOST = "host"
    HANDOVER = "handover"


class Part(StrEnum):
    """As what somebody comes: to do the shift, to step in when needed, or to learn it."""

    HOLDER = "holder"
    BACKUP = "backup"
    LEARNER = "learner"


class ShiftName(NamedTuple):
    """Which shift: of which session, what, in which watch, and which of two people."""

    session: int
    kind: ShiftKind
    watch: int
    place: int

    @property
    def text(self) -> str:
        """How a shift is called in addresses."""
        return f"{self.session}-{self.kind}-{self.watch}-{self.place}"


@dataclass(frozen=True, slots=True)
class Shift:
    """Something to do for one person in one session."""

    session: int
    kind: ShiftKind
    watch: int
    place: int
    period: Period

    @property
    def name(self) -> ShiftName:
        """Which shift it is, whenever it is."""
        return ShiftName(self.session, self.kind, self.watch, self.place)


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody promised: a shift as it was told, and the bookings that stood behind it.

    `session` is the name under which the session went. A smaller `id` promised earlier.
    """

    id: int
    session: int
    kind: ShiftKind
    watch: int
    place: int
    part: Part
    period: Period
    bookings: frozenset[int]

    @property
    def name(self) -> ShiftName:
        """Which shift it was."""
        return ShiftName(self.session, self.kind, self.watch, self.place)


@dataclass(frozen=True, slots=True)
class Settled:
    """The sessions by their lasting names, their shifts, and what became of each promise.

    `shift_of` tells the shift that a promise is for now; `session_of` its session, by name; `freed`
    are promises without a shift; `moved` those to be told, for they are 15 minutes or more away from
    what was told.
    """

    sessions: tuple[OpenSession, ...]
    shifts: tuple[Shift, ...]
    shift_of: Mapping[int, Shift] = field(default_factory=dict)
    session_of: Mapping[int, int] = field(default_factory=dict)
    freed: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()


def shift_named(text: str) -> ShiftName | None:
    """The shift that an address names; None where the text names none."""
    session, _, rest = text.partition("-")
    kind, _, rest = rest.partition("-")
    numbers = (session, *rest.split("-"))
    # Who asks for a longer number asks for nothing that any database holds.
    if len(numbers) != 3 or not all(_is_number(each) for each in numbers):
        return None
    if kind not in tuple(ShiftKind):
        return None
    return ShiftName(int(session), ShiftKind(kind), int(numbers[1]), int(numbers[2]))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18 and str(int(text)) == text


def shifts_of(session: OpenSession, habits: Habits) -> list[Shift]:
    """What there is to do in a session, in order; nothing where nobody is asked or nothing is certain."""
    there = watched(session, habits)
    if there is None or not session.is_certain:
        return []
    wanted = [
        (ShiftKind.OPEN, 0, habits.openers, _from(there.start, habits.lead_in, there)),
        (ShiftKind.CLOSE, 0, habits.closers, _until(there.end, habits.lead_out, there)),
    ]
    for watch, stretch in enumerate(_watches(session, there, habits)):
        wanted.append((ShiftKind.HOST, watch, habits.hosts, stretch))
    for watch, cut in enumerate(session.cuts, start=1):
        people = 0 if habits.hosts else 1
        wanted.append((ShiftKind.HANDOVER, watch, people, _from(cut, habits.hand_over, there)))
    found = [
        Shift(session.key, kind, watch, place, period)
        for kind, watch, people, period in wanted
        for place in range(people)
    ]
    return sorted(found, key=_in_order)


def _in_order(shift: Shift) -> tuple[datetime, int, int, int]:
    order = (ShiftKind.OPEN, ShiftKind.HOST, ShiftKind.HANDOVER, ShiftKind.CLOSE)
    return shift.period.start, order.index(shift.kind), shift.watch, shift.place


def _from(start: datetime, minutes: int, there: Period) -> Period:
    """So many minutes from a moment on, a quarter of an hour at least, while somebody is there."""
    return Period(start, min(start + timedelta(minutes=max(minutes, SHORTEST)), there.end))


def _until(end: datetime, minutes: int, there: Period) -> Period:
    """So many minutes up to a moment, likewise."""
    return Period(max(end - timedelta(minutes=max(minutes, SHORTEST)), there.start), end)


def _watches(session: OpenSession, there: Period, habits: Habits) -> list[Period]:
    """From cut to cut; who is there before a cut stays to hand over."""
    over = timedelta(minutes=habits.hand_over)
    begins = [there.start, *session.cuts]
    ends = [*(min(cut + over, there.end) for cut in session.cuts), there.end]
    return [Period(start, end) for start, end in zip(begins, ends, strict=True)]


def stretch_of(period: Period, cuts: Sequence[datetime], kind: ShiftKind, watch: int) -> Period:
    """The part of a session that a shift is about: from one cut, or its begin, to the next, or its end."""
    bounds = [period.start, *cuts, period.end]
    first = {ShiftKind.OPEN: 0, ShiftKind.CLOSE: len(cuts)}.get(kind, watch)
    return Period(bounds[first], bounds[first + 1])


def settle(
    sessions: Iterable[OpenSession],
    habits: Habits,
    promises: Iterable[Promise],
    away: Collection[int] = (),
) -> Settled:
    """Which promise is for which shift now, under which name each session goes, and who is free.

    The order of sessions and promises does not matter; what was settled stays so when it is asked
    again. `away` are names that serve in another house.
    """
    found = list(sessions)
    by_id = {promise.id: promise for promise in promises}
    homes = _homes(found, by_id.values())
    wanted = {session.key: shifts_of(session, habits) for session in found if session.is_certain}
    matched = _matched(wanted, homes, by_id)
    names = _names(found, {key: homes[key] for key in matched}, by_id, away)

    def named(shift: Shift) -> Shift:
        return replace(shift, session=names.get(shift.session, shift.session))

    shift_of = {key: named(shift) for key, shift in matched.items()}
    return Settled(
        sessions=tuple(replace(each, key=names.get(each.key, each.key)) for each in found),
        shifts=tuple(named(shift) for shifts in wanted.values() for shift in shifts),
        shift_of=shift_of,
        session_of={key: names.get(home, home) for key, home in homes.items()},
        freed=frozenset(by_id.keys() - shift_of.keys()),
        moved=frozenset(key for key, shift in shift_of.items() if has_moved(by_id[key], shift)),
    )


def has_moved(promise: Promise, shift: Shift) -> bool:
    """Whether the shift lies so far from what was told that the person is told again."""
    earlier = abs(shift.period.start - promise.period.start)
    return max(earlier, abs(shift.period.end - promise.period.end)) >= TOLD_FROM


def _homes(sessions: Sequence[OpenSession], promises: Iterable[Promise]) -> dict[int, int]:
    """The session, by its natural key, to which each promise belongs, where one holds its bookings."""
    by_key = {session.key: session for session in sessions if session.is_certain}
    home_of = {booking: key for key, session in by_key.items() for booking in session.bookings}
    found = {}
    for promise in promises:
        held = Counter(home_of[each] for each in promise.bookings if each in home_of)
        if held:
            found[promise.id] = min(
                held,
                key=lambda key: (-held[key], *_far(promise.period, by_key[key].period), key),
            )
    return found


def _far(one: Period, other: Period) -> tuple[timedelta, timedelta]:
    """How little two periods have to do with each other: less time in common, then more in between."""
    between = max(one.start, other.start) - min(one.end, other.end)
    return -_overlap(one, other), between


def _overlap(one: Period, other: Period) -> timedelta:
    both = one.intersection(other)
    return timedelta() if both is None else both.end - both.start


def _names(
    sessions: Sequence[OpenSession],
    homes: Mapping[int, int],
    by_id: Mapping[int, Promise],
    away: Collection[int],
) -> dict[int, int]:
    """The lasting name of each session that its promises named, by its natural key.

    The oldest promise that has a shift there names the session, unless the booking it is named
    after lies in another session now, or an older promise took that name along to another one.
    """
    certain = [session for session in sessions if session.is_certain]
    lies_in = {each: session.key for session in certain for each in session.bookings}
    claims: dict[int, int] = {}
    for key in sorted(homes):
        claims.setdefault(by_id[key].session, homes[key])
    names: dict[int, int] = {}
    for key in sorted(homes):
        home, name = homes[key], by_id[key].session
        if claims[name] == lies_in.get(name, home) == home and name not in away:
            names.setdefault(home, name)
    return names


def _matched(
    wanted: Mapping[int, Sequence[Shift]],
    homes: Mapping[int, int],
    by_id: Mapping[int, Promise],
) -> dict[int, Shift]:
    """One promise of a part for one shift: the best fitting pairs first."""
    pairs = [
        (_fit(by_id[key], shift), by_id[key], shift)
        for key, home in homes.items()
        for shift in wanted[home]
        if shift.kind is by_id[key].kind
    ]
    found: dict[int, Shift] = {}
    taken = set()
    for _, promise, shift in sorted(pairs, key=lambda pair: pair[0]):
        if promise.id not in found and (shift.name, promise.part) not in taken:
            found[promise.id] = shift
            taken.add((shift.name, promise.part))
    return found


def _fit(promise: Promise, shift: Shift) -> tuple[timedelta, bool, int, ShiftName]:
    """The smaller the better: the time in common, the same number, the older promise."""
    same = (promise.watch, promise.place) == (shift.watch, shift.place)
    return -_overlap(promise.period, shift.period), not same, promise.id, shift.name
