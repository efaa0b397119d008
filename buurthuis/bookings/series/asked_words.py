"""What a house is asked to change about a series, in a few words for all its days."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.meaning import Wanted
from buurthuis.bookings.changes.queries import words_of
from buurthuis.bookings.changes.words import Row, difference, rows_of
from buurthuis.bookings.refusals import RoomRetired
from buurthuis.bookings.series.along import Repriced
from buurthuis.bookings.series.models import Series, SeriesChange
from buurthuis.bookings.series.queries import days_waiting
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.formatting import clock
from buurthuis.rules.periods import Period


@dataclass(frozen=True, slots=True)
class Asked(Repriced[ChangeRequest]):
    """One change of a series, with its days that wait for the answer."""

    question: SeriesChange

    @property
    def difference(self) -> str:
        """How the price differs from now."""
        return difference(self.total_cents - self.before_cents)

    @property
    def stops(self) -> str:
        """Why the house cannot say yes any more, or ""."""
        gone = next((each.room for each in self.days if each.is_into_retired), None)
        return "" if gone is None else sentence_of(RoomRetired(gone))

    @property
    def rows(self) -> list[Row]:
        """What changes, each as it is now and as it becomes."""
        first = self.days[0]
        found = [
            (
                _("Time"),
                _each(_clocks(each.booking.period) for each in self.days),
                _each(_clocks(each.period) for each in self.days),
            ),
            (
                _("Where"),
                _each(each.booking.room.name for each in self.days),
                _each(each.room.name for each in self.days),
            ),
        ]
        words = Wanted.staying(first.booking, words_of(first))
        return [row for row in found if row[1] != row[2]] + rows_of(first.booking, words)


def asked_of(series: Series) -> Asked | None:
    """What waits for an answer of the house, if anything does."""
    question = series.asked
    days = days_waiting(question) if question is not None else ()
    return Asked(days, question) if question is not None and days else None


def asked_together(changes: Iterable[ChangeRequest]) -> list[Asked]:
    """The changes that are days of a series, put together, in the order of asking."""
    found: dict[int, list[ChangeRequest]] = {}
    for each in changes:
        if each.series_change_id is not None:
            found.setdefault(each.series_change_id, []).append(each)
    return [
        Asked(sorted(days, key=lambda day: day.booking.from_at), days[0].series_change)
        for days in found.values()
        if days[0].series_change is not None
    ]


def _clocks(period: Period) -> str:
    return f"{clock(period.start)}–{clock(period.end)}"


def _each(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))
