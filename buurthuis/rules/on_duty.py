"""The shift itself: when it is going on, who is asked whether the house is closed, how long it took."""

from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from buurthuis.rules.calendar import day_of
from buurthuis.rules.periods import Period

AROUND: Final = timedelta(minutes=60)
"""So long before its start and after its end a shift counts as going on."""

UNDONE_WITHIN: Final = timedelta(minutes=2)
"""A closing that was pressed by mistake can be taken back so long, and until the shift is over."""

ASKED_AFTER: Final = timedelta(minutes=30)
BETWEEN_ASKING: Final = timedelta(minutes=15)
ASKED_UNTIL: Final = timedelta(hours=12)
"""The next morning nobody is asked any more: by then somebody has been there."""

SAID_UNTIL: Final = timedelta(days=31)
"""That somebody was not there, or how long it took, is said within a month."""

KEPT_OFFLINE: Final = timedelta(days=1)
"""What was pressed without a connection still counts as pressed then, a day long."""


class Asked(IntEnum):
    """Who was asked whether the house is closed; each after the one before."""

    NOBODY = 0
    HOLDER = 1
    BACKUP = 2
    COORDINATOR = 3


def is_going_on(shift: Period, now: datetime) -> bool:
    """Whether a shift goes on now, an hour before and after included."""
    return shift.start - AROUND <= now < shift.end + AROUND


def can_undo_closing(*, closed_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether the word that the house is closed can still be taken back.

    Within two minutes, and as long as the shift is not over: a thumb in the afternoon closes no
    house for the evening.
    """
    return now < max(closed_at + UNDONE_WITHIN, ends_at)


def who_is_asked(
    ends_at: datetime, *, asked: Asked, asked_at: datetime | None, now: datetime
) -> Asked | None:
    """Who is asked now whether the house is closed, when nobody said so; None when nobody is.

    Half an hour after its end the one who closes, a quarter later the back-up, and another quarter
    later the coordinator; each once. `asked_at` is when somebody was asked last.
    """
    if asked == Asked.COORDINATOR or not ends_at + ASKED_AFTER <= now < ends_at + ASKED_UNTIL:
        return None
    if asked_at is not None and now < asked_at + BETWEEN_ASKING:
        return None
    return Asked(asked + 1)


def is_done(
    ends_at: datetime, *, was_there: bool, closed_at: datetime | None, now: datetime
) -> bool:
    """Whether a shift that somebody promised counts as done by now.

    After its end as soon as somebody said that they were there or that the house is closed, when
    that can not be taken back any more; else by itself the next day.
    """
    if now < ends_at:
        return False
    if closed_at is not None:
        return not can_undo_closing(closed_at=closed_at, ends_at=ends_at, now=now)
    return was_there or day_of(now) > day_of(ends_at)


def minutes_attended(
    planned: Period,
    *,
    began_at: datetime | None = None,
    closed_at: datetime | None = None,
    corrected: int | None = None,
) -> int:
    """How many minutes somebody gave to a shift: as corrected, else as said, else as planned.

    What was said counts an hour around the plan at most: whoever forgot to press until the next
    morning did not work all night. A beginning after the end, or an end before the start, was
    pressed late or early, and the plan counts instead. Whole minutes, rounded down.
    """
    if corrected is not None:
        return corrected
    begins, ends = planned.start, planned.end
    if began_at is not None and began_at < planned.end:
        begins = max(began_at, planned.start - AROUND)
    if closed_at is not None and closed_at > planned.start:
        ends = min(closed_at, planned.end + AROUND)
    if ends <= begins:
        begins, ends = planned.start, planned.end
    return int((ends - begins).total_seconds()) // 60


def pressed_at(said_at: datetime | None, shift: Period, now: datetime) -> datetime:
    """When something was pressed: as the telephone says if that can be, else now.

    Nothing can be pressed but while the shift goes on, so at another moment the clock of the
    telephone is wrong.
    """
    if said_at is None or not now - KEPT_OFFLINE <= said_at <= now:
        return now
    return said_at if is_going_on(shift, said_at) else now
