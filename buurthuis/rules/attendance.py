"""Who came: how many, as a number or a band; who may say so when, and until when it can be undone.

The house says that a group is there, or that nobody came. A group says only that it is there, by
the code on the door or on its slip. A head count is exact, or one of five bands; both are kept,
the number where it is known.

Whoever is late gets the grace of the house: so many minutes after the start the house may say that
nobody came, and then others can use the room. What was said can be undone for a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.periods import Period

UNDONE_WITHIN: Final = timedelta(days=1)
TOLD_WITHIN: Final = timedelta(days=31)
"""The list on paper is copied at the end of the month; after that what was told stands."""


class Outcome(StrEnum):
    """What was said about a booking on the day."""

    CAME = "came"
    NO_SHOW = "no_show"


class Band(StrEnum):
    """About how many people came; the words are public."""

    FEW = "1-5"
    SMALL = "6-10"
    MIDDLE = "11-20"
    LARGE = "21-40"
    CROWD = "41+"

    @property
    def least(self) -> int:
        """The smallest number in the band."""
        return LEAST[self]


LEAST: Final[Mapping[Band, int]] = {
    Band.FEW: 1,
    Band.SMALL: 6,
    Band.MIDDLE: 11,
    Band.LARGE: 21,
    Band.CROWD: 41,
}


class CountsDiffer(ValueError):
    """The number does not lie in the band."""


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many people came: `people` is exact or None, `band` is None when nobody counted."""

    people: int | None = None
    band: Band | None = None


UNCOUNTED: Final = HeadCount()


def band_of(people: int) -> Band:
    """The band in which a number of people lies.

    Raises:
        ValueError: that is nobody; then it is a no-show.
    """
    if people < 1:
        raise ValueError(people)
    return next(band for band in reversed(Band) if people >= band.least)


def counted(*, people: int | None = None, band: Band | None = None) -> HeadCount:
    """A head count out of what was filled in: a number, a band, or neither.

    Raises:
        CountsDiffer: both were filled in, and one contradicts the other.
        ValueError: the number is not at least one.
    """
    if people is None:
        return HeadCount(None, band)
    meant = band_of(people)
    if band not in {None, meant}:
        raise CountsDiffer
    return HeadCount(people, meant)


def check_in_from(starts_at: datetime) -> datetime:
    """From when one may say that a group is there: the whole day, because some set up early."""
    return day_period(day_of(starts_at)).start


def nobody_came_from(use: Period, *, grace_minutes: int) -> datetime:
    """From when one may say that nobody came: after the grace, and at the end in any case."""
    return min(use.start + timedelta(minutes=grace_minutes), use.end)


def told_until(ends_at: datetime) -> datetime:
    """Until when the house may write down who came."""
    return ends_at + TOLD_WITHIN


def can_be_undone(*, said_at: datetime, now: datetime) -> bool:
    """Whether what was said is still of today: within a day, that last second left out."""
    return now < said_at + UNDONE_WITHIN
