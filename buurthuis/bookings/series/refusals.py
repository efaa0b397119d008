"""What a series is refused for, each with the facts its sentence needs."""

from collections.abc import Sequence
from datetime import date

from buurthuis.bookings.series.day_shown import DayShown
from buurthuis.bookings.series.models import Why
from buurthuis.foundation.errors import Refusal, constraint_means
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.recurrence import Mistake


class RuleRefused(Refusal):
    """The rule by which it should repeat cannot be kept; `mistake` says why."""

    code = "invalid"
    status = 422

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake=mistake)
        self.mistake = mistake


class DaysInTheWay(RoomTaken):
    """Some days cannot be had, so nothing is booked; `days` says which and why."""

    def __init__(self, days: Sequence[DayShown]) -> None:
        super().__init__(days=days)
        self.days = days

    @property
    def lacks_extras(self) -> bool:
        """On each of these days the room is free, and others have what should come along."""
        return all(each.why == Why.OUT_OF_STOCK for each in self.days)


class NotOnAllDays(DaysInTheWay):
    """With some days not everything can go that should; nothing changes."""

    @property
    def lacks_extras(self) -> bool:
        """Others have something, or it is too late to ask for it; only else somebody is too near."""
        return any(each.why != Why.TAKEN for each in self.days)


class NothingLeft(Refusal):
    """No day is left: all of them were left out, cancelled or are over."""

    code = "wrong-state"
    status = 409


class DayNotLeftOut(Refusal):
    """The day is no day of the series, or it has its booking already."""

    code = "wrong-state"
    status = 409

    def __init__(self, day: date) -> None:
        super().__init__(day=day)
        self.day = day


class OtherHouse(Refusal):
    """A series stays in one house."""

    code = "invalid"
    status = 422


class SeriesSentBefore(Refusal):
    """The same form was sent twice at one moment; the first one counts."""

    code = "already-sent"
    status = 409


constraint_means("uq_series_submission", SeriesSentBefore)
constraint_means("series.booked_by_id, series.submission", SeriesSentBefore)  # as SQLite puts it
