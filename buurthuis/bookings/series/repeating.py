"""How a series repeats, as somebody says it: the choices on the page, and the parts of the rule."""

from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from buurthuis.rules.recurrence import LAST, Frequency, Nth

DAYS_OF_A_WEEK = 7


class Often(StrEnum):
    """In what way it repeats."""

    DAY = "day"
    WEEK = "week"
    MONTH_DATE = "month-date"
    MONTH_WEEKDAY = "month-weekday"
    YEAR = "year"


def often_words() -> list[tuple[str, str]]:
    """The ways in which it may repeat."""
    return [
        (Often.WEEK.value, _("Every week")),
        (Often.MONTH_WEEKDAY.value, _("Every month on such a weekday, as the first Tuesday")),
        (Often.MONTH_DATE.value, _("Every month on the same date")),
        (Often.DAY.value, _("Every day")),
        (Often.YEAR.value, _("Every year")),
    ]


def steps() -> list[tuple[str, str]]:
    """Whether some are passed over."""
    return [
        ("1", _("Each time")),
        ("2", _("Every second time")),
        ("3", _("Every third time")),
        ("4", _("Every fourth time")),
    ]


def days_meant(often: Often, first: date, weekdays: tuple[int, ...]) -> dict[str, Any]:
    """The parts of the rule that say which days."""
    if often == Often.MONTH_WEEKDAY:
        which = (first.day - 1) // DAYS_OF_A_WEEK + 1
        nth = Nth(which if which < 5 else LAST, first.weekday())
        return {"frequency": Frequency.MONTHLY, "nths": (nth,)}
    if often == Often.MONTH_DATE:
        return {"frequency": Frequency.MONTHLY, "month_days": (first.day,)}
    if often == Often.WEEK:
        return {"frequency": Frequency.WEEKLY, "weekdays": weekdays or (first.weekday(),)}
    return {"frequency": Frequency.DAILY if often == Often.DAY else Frequency.YEARLY}
