"""How a rule of days is said, "every Tuesday and Thursday, 12 times", and why a day is left out."""

from collections.abc import Iterable
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.bookings.series.models import SeriesPlanExtra, Why
from buurthuis.extras.models import BookingExtra
from buurthuis.extras.words import quantity_words
from buurthuis.foundation import formatting
from buurthuis.rules.recurrence import LAST, Frequency, Nth, Rule


def why_words(why: Why) -> str:
    """Why a day has no booking, in a word or two beside its date."""
    return {
        Why.TAKEN: _("taken"),
        Why.CLOSED: _("closed"),
        Why.HOLIDAY: _("public holiday"),
        Why.OUTSIDE_HOURS: _("not open then"),
        Why.NO_PRICE: _("no price known"),
        Why.NO_SUCH_TIME: _("this time does not exist: the clock goes forward"),
        Why.TOO_FAR_AHEAD: _("too far ahead"),
        Why.TOO_SOON: _("too soon"),
        Why.ALONE: _("only together with another room"),
        Why.FAIR_USE: _("a rule for busy hours"),
        Why.OUT_OF_STOCK: _("something you need is gone"),
        Why.EXTRA_TOO_LATE: _("too soon for something you need"),
        Why.LEFT_OUT: _("you left it out"),
    }[why]


LEAP_YEAR = 2024
"""A year that has every day, to write a day without its year."""

MOST = 32


def rule_words(rule: Rule, first: date) -> str:
    """A rule that begins on a day, in the language of the visitor."""
    return f"{_how_often(rule, first)}, {_until_when(rule)}"


def around_words(setup_minutes: int, teardown_minutes: int) -> list[tuple[str, str]]:
    """The minutes that a group takes itself, as rows of a list; none where it takes none."""
    both = {_("Time to prepare"): setup_minutes, _("Time to clear up"): teardown_minutes}
    return [(label, formatting.hours(minutes)) for label, minutes in both.items() if minutes]


def things_words(things: Iterable[BookingExtra | SeriesPlanExtra]) -> str:
    """What goes with the days: "1 × beamer, 3 jugs coffee"."""
    return ", ".join(quantity_words(each.quantity, each.extra) for each in things)


def _how_often(rule: Rule, first: date) -> str:
    step = rule.interval
    if rule.frequency == Frequency.DAILY:
        return _("every day") if step == 1 else _("every %(count)s days", count=step)
    if rule.frequency == Frequency.WEEKLY:
        days = _together(_weekday(day) for day in rule.weekdays or (first.weekday(),))
        if step == 1:
            return _("every %(days)s", days=days)
        return _("every %(count)s weeks on %(days)s", count=step, days=days)
    days = _days_of_month(rule, first)
    if rule.frequency == Frequency.MONTHLY:
        if step == 1:
            return _("every month on %(days)s", days=days)
        return _("every %(count)s months on %(days)s", count=step, days=days)
    if step == 1:
        return _("every year on %(days)s", days=days)
    return _("every %(count)s years on %(days)s", count=step, days=days)


def _until_when(rule: Rule) -> str:
    if rule.until is not None:
        return _("until %(day)s", day=formatting.day(rule.until, this_year=0))
    return ngettext("once", "%(num)s times", rule.times or 1)


def _days_of_month(rule: Rule, first: date) -> str:
    """Which days of the month, or of which month in the year."""
    is_yearly = rule.frequency == Frequency.YEARLY
    month = date(LEAP_YEAR, rule.month or first.month, 1)
    if rule.nths:
        days = _together(_nth(nth) for nth in sorted(rule.nths, key=lambda nth: _last(nth.which)))
    elif is_yearly and LAST not in rule.month_days:
        numbers = rule.month_days or (first.day,)
        return _together(_written(month.replace(day=number), "d MMMM") for number in numbers)
    else:
        days = _together(
            _month_day(each) for each in sorted(rule.month_days or (first.day,), key=_last)
        )
    if not is_yearly:
        return days
    return _("%(days)s of %(month)s", days=days, month=_written(month, "MMMM"))


def _last(which: int) -> int:
    """The last of a month comes after all others."""
    return MOST if which == LAST else which


def _written(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=_locale())


def _month_day(number: int) -> str:
    return _("the last day") if number == LAST else _("day %(number)s", number=number)


def _nth(nth: Nth) -> str:
    weekday = _weekday(nth.weekday)
    return {
        1: _("the first %(weekday)s", weekday=weekday),
        2: _("the second %(weekday)s", weekday=weekday),
        3: _("the third %(weekday)s", weekday=weekday),
        4: _("the fourth %(weekday)s", weekday=weekday),
        5: _("the fifth %(weekday)s", weekday=weekday),
        LAST: _("the last %(weekday)s", weekday=weekday),
    }[nth.which]


def _weekday(number: int) -> str:
    return formatting.weekdays()[number][1]


def _together(words: Iterable[str]) -> str:
    """Tuesday and Thursday; the first, the third and the last Tuesday."""
    return format_list(list(words), style="standard", locale=_locale())


def _locale() -> Locale:
    return Locale(formatting.language())
