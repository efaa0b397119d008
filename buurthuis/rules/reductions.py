"""Reductions: who begins in a house, or comes there often, pays a part less.

A group that begins pays less in its first months, from the day on which it was first recognised
there. A group that comes often pays less from its so many-th booking in a month, a quarter or a
year on. Of several reductions for the same reason the largest counts.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from buurthuis.rules.money import BasisPoints
from buurthuis.rules.quotes import Reduction
from buurthuis.rules.standing import Recognition, StandingCode


class Reason(StrEnum):
    """Why one pays less; the words are public."""

    STARTING = "starting"
    FREQUENT = "frequent"


class Span(StrEnum):
    """Over which stretch of the calendar bookings are counted; the words are public."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS: Final = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Offer:
    """A reduction that a house offers: for `months`, or from the `from_nth` booking `per` span.

    `kind` is the standing for which it is, None for everybody.
    """

    reason: Reason
    off_bp: BasisPoints
    kind: StandingCode | None = None
    months: int = 0
    from_nth: int = 1
    per: Span = Span.YEAR


@dataclass(frozen=True, slots=True)
class History:
    """What a house knows of a group: since when, and how many bookings it had made before.

    `recognised_since` is None for whoever is not recognised now, `had_before` for whom nobody
    counted.
    """

    recognised_since: date | None = None
    had_before: int | None = None


NOTHING_KNOWN: Final = History()


def reductions(
    offers: Iterable[Offer], *, kind: StandingCode | None, day: date, history: History
) -> tuple[Reduction, ...]:
    """What counts for a booking on a day: for each reason the largest, who begins before who returns."""
    best: dict[Reason, BasisPoints] = {}
    for offer in offers:
        if offer.kind in (None, kind) and counts(offer, day, history):
            best[offer.reason] = max(offer.off_bp, best.get(offer.reason, 0))
    return tuple(Reduction(reason, best[reason]) for reason in Reason if reason in best)


def known_since(recognitions: Iterable[Recognition], *, venue: int, on: date) -> date | None:
    """The first day on which anything was recognised that counts in a house, also when that is over."""
    begun = (each for each in recognitions if each.venue in (None, venue) and each.valid_from <= on)
    return min((each.valid_from for each in begun), default=None)


def span_of(per: Span, day: date) -> tuple[date, date]:
    """The month, the quarter or the year in which a day lies: its first day, and that of the next one."""
    long = MONTHS[per]
    first = date(day.year, (day.month - 1) // long * long + 1, 1)
    return first, months_later(first, long)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of its month where that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def counts(offer: Offer, day: date, history: History) -> bool:
    """Whether a reduction is for a group with this history, whatever its standing."""
    if offer.reason is Reason.STARTING:
        since = history.recognised_since
        return since is not None and day < months_later(since, offer.months)
    return history.had_before is not None and history.had_before + 1 >= offer.from_nth
