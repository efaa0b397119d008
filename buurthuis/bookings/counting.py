"""How often groups booked before, for houses that take something off for who comes often."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.periods import Period
from buurthuis.rules.reductions import Span, span_of
from buurthuis.rules.states import LIVE
from buurthuis.tariffs.each import Wanted

Asked = Sequence[tuple[Wanted, Span]]
_Group = tuple[int, int]


def made_before(asked: Asked) -> list[int]:
    """How many live bookings each group made before in the same house, in the span of the day.

    Of those that are asked together the earlier ones count for the later ones, as if they had
    been booked, unless they are only seen. For a booking that is priced again only those count
    that were made before it.
    """
    return _counted(asked, are_apart=False)


def made_before_apart(asked: Asked) -> list[int]:
    """The same, each as if it were the only one that is asked."""
    return _counted(asked, are_apart=True)


def _counted(asked: Asked, *, are_apart: bool) -> list[int]:
    spans = [_span(wanted, per) for wanted, per in asked]
    known = _starts([wanted for wanted, _ in asked], spans)
    new: Counter[tuple[_Group, Period]] = Counter()
    counts = []
    for (wanted, _), span in zip(asked, spans, strict=True):
        group = _group(wanted)
        count = _within(known[group], span, wanted.booking_id)
        if wanted.booking_id is None and not are_apart:
            count += new[group, span]
            new[group, span] += not wanted.only_seen
        counts.append(count)
    return counts


def _group(wanted: Wanted) -> _Group:
    assert wanted.initiative is not None  # noqa: S101 - a visitor has no bookings, nobody asks
    return wanted.room.venue_id, wanted.initiative.id


def _span(wanted: Wanted, per: Span) -> Period:
    first, after = span_of(per, day_of(wanted.period.start))
    return Period(day_period(first).start, day_period(after).start)


def _starts(
    wanted: Sequence[Wanted], spans: Sequence[Period]
) -> dict[_Group, list[tuple[datetime, int]]]:
    """When the bookings of these groups begin, with their ids; asked once for all."""
    groups = {_group(each) for each in wanted}
    asked = select(Booking.venue_id, Booking.initiative_id, Booking.from_at, Booking.id).where(
        Booking.venue_id.in_({venue_id for venue_id, _ in groups}),
        Booking.initiative_id.in_({initiative_id for _, initiative_id in groups}),
        Booking.status.in_(LIVE),
        Booking.from_at >= min(span.start for span in spans),
        Booking.from_at < max(span.end for span in spans),
    )
    found: dict[_Group, list[tuple[datetime, int]]] = defaultdict(list)
    for venue_id, initiative_id, starts, booking_id in db.session.execute(
        asked.order_by(Booking.from_at, Booking.id)
    ):
        found[venue_id, initiative_id].append((starts, booking_id))
    return found


def _within(starts: Sequence[tuple[datetime, int]], span: Period, before: int | None) -> int:
    first = bisect_left(starts, (span.start, 0))
    last = bisect_left(starts, (span.end, 0))
    if before is None:
        return last - first
    return sum(booking_id < before for _, booking_id in starts[first:last])
