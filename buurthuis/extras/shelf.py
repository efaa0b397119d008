"""A look at the extras of many wishes together: what each of them lacks, in a constant number of questions."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import select

from buurthuis.extras.guard import LONGEST_SECONDS
from buurthuis.extras.known import extras_as_known
from buurthuis.extras.models import BookingExtra, Extra
from buurthuis.extras.refusals import ExtraTooLate, NotInThisRoom, OutOfStock
from buurthuis.extras.stock import goes_with, is_lent_in, time_away
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.db import db
from buurthuis.rules.periods import Period
from buurthuis.rules.stock import Away, left
from buurthuis.venues.models import Room

Lack = NotInThisRoom | ExtraTooLate | OutOfStock
LONGEST = timedelta(seconds=LONGEST_SECONDS)
_START: Any = attrgetter("period.start")


class Ask(NamedTuple):
    """What goes with a room at a time; with `is_had` a booking has it already, and only changes."""

    wanted: Sequence[Wanted]
    room: Room
    period: Period
    is_had: bool = False


class Shelf:
    """What there is of some extras and what is away of them, read at once for all that ask."""

    def __init__(self, asks: Iterable[Ask], *, ignoring: Collection[int] = ()) -> None:
        full = [ask for ask in asks if ask.wanted]
        self._extras = extras_as_known({each.extra_id for ask in full for each in ask.wanted})
        self._away: dict[int, list[Away]] = {extra_id: [] for extra_id in self._extras}
        counted = {each.id for each in self._extras.values() if each.stock is not None}
        times = [
            time_away(self._extras[each.extra_id], ask.period)
            for ask in full
            for each in ask.wanted
            if each.extra_id in counted
        ]
        if times:
            stretch = Period(min(t.start for t in times), max(t.end for t in times))
            self._read(counted, stretch, frozenset(ignoring))

    def lacks(self, ask: Ask, *, now: datetime) -> list[Lack]:
        """What this one cannot have, in the order of what it wants; nothing means that all is there."""
        found = [self._lack(each, ask, now) for each in ask.wanted]
        return [each for each in found if each is not None]

    def take(self, ask: Ask) -> None:
        """From now on it is away for the next ones that ask."""
        for extra_id, quantity in ask.wanted:
            period = time_away(self._extras[extra_id], ask.period)
            insort(self._away[extra_id], Away(period, quantity), key=_START)

    def _lack(self, wanted: Wanted, ask: Ask, now: datetime) -> Lack | None:
        extra = self._extras.get(wanted.extra_id)
        is_lent = is_lent_in if ask.is_had else goes_with
        if extra is None or not is_lent(extra, ask.room):
            return NotInThisRoom(extra=extra)
        if not ask.is_had and ask.period.start - now < timedelta(hours=extra.notice_hours):
            return ExtraTooLate(extra)
        remaining = self._left(extra, ask.period)
        if remaining is not None and wanted.quantity > remaining:
            return OutOfStock(extra, remaining)
        return None

    def _left(self, extra: Extra, period: Period) -> int | None:
        around, away = time_away(extra, period), self._away[extra.id]
        first = bisect_left(away, around.start - LONGEST, key=_START)
        last = bisect_left(away, around.end, key=_START)
        return left(extra.stock, away[first:last], around)

    def _read(self, extra_ids: set[int], stretch: Period, ignoring: frozenset[int]) -> None:
        asked = (
            select(
                BookingExtra.extra_id,
                BookingExtra.booking_id,
                BookingExtra.from_at,
                BookingExtra.to_at,
                BookingExtra.quantity,
            )
            .where(
                BookingExtra.extra_id.in_(extra_ids),
                BookingExtra.from_at > stretch.start - LONGEST,
                BookingExtra.from_at < stretch.end,
                BookingExtra.to_at > stretch.start,
            )
            .order_by(BookingExtra.from_at)
        )
        for extra_id, booking_id, start, end, quantity in db.session.execute(asked):
            if booking_id not in ignoring and start and end:
                self._away[extra_id].append(Away(Period(start, end), quantity))
