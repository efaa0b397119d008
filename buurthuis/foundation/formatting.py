"""How moments, amounts and lengths are written, in the language of the visitor."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from flask import Flask, g
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup, escape

from buurthuis.foundation.speech import language_here
from buurthuis.rules.calendar import on_the_clock, rfc3339

QUARTERS = {15: "¼", 30: "½", 45: "¾"}
HOME_LOCALE = Locale("nl")


def language() -> str:
    """The visitor's language as a code, such as "nl"."""
    return language_here() if g else HOME_LOCALE.language


def euros(cents: int) -> str:
    """Write an amount with both its cents, so that amounts under each other line up."""
    return _euros(cents, language())


@lru_cache(maxsize=4096)
def _euros(cents: int, spoken: str) -> str:
    return format_currency(Decimal(cents) / 100, "EUR", locale=spoken)


def amount(cents: int) -> str:
    """Write what something costs, also when that is nothing."""
    return euros(cents) if cents else _free(language())


@lru_cache(maxsize=8)
def _free(spoken: str) -> str:
    """Found once for each language: a free room is free on all days of a series."""
    return str(_("Free of charge"))


def number(value: int | float | Decimal) -> str:
    """Write a number with the separators of the visitor's language."""
    return format_decimal(value, locale=_locale())


def percent(share: float | Decimal) -> str:
    """Write a share of one as whole per cents: 0.35 becomes 35%."""
    return format_percent(share, "#,##0%", locale=_locale())


def day(moment: date, this_year: int | None = None) -> str:
    """Write weekday and date in full, and the year when it is not the year given."""
    on = _day_of(moment)
    pattern = "EEEE d MMMM" if this_year in (None, on.year) else "EEEE d MMMM y"
    return _date(on, pattern, language())


@lru_cache(maxsize=4096)
def _date(on: date, pattern: str, spoken: str) -> str:
    """Written once: a week names the same day a hundred times."""
    return format_date(on, pattern, locale=spoken)


def short_day(moment: date) -> str:
    """Write weekday and date short, for narrow columns: "do 26 nov"."""
    written = _date(_day_of(moment), "EEE d MMM", language())
    return written.replace(".", "")


def dated(moment: date) -> str:
    """Write a date with its year and no weekday, as on papers of money: "26 nov 2026"."""
    return _date(_day_of(moment), "d MMM y", language()).replace(".", "")


def month(moment: date) -> str:
    """Write a month with its year."""
    return _date(_day_of(moment), "MMMM y", language())


def clock(moment: datetime | int) -> str:
    """Write the 24-hour clock in Amsterdam, of a moment or of minutes after midnight."""
    if isinstance(moment, int):
        return f"{moment // 60 % 24:02}:{moment % 60:02}"
    shown = on_the_clock(moment)
    return f"{shown.hour:02}:{shown.minute:02}"


def when(span: Any, this_year: int | None = None) -> str:
    """Write from when to when, for a period or for anything that starts and ends.

    Both days are named when it ends on another day; midnight itself still belongs to the evening.
    """
    start, end = _ends_of(span)
    first = day(start, this_year)
    words = {"first": first, "start": clock(start), "end": clock(end)}
    if _day_of(end) == _day_of(start) or end_of_evening(start, end):
        return _("%(first)s, %(start)s to %(end)s", **words)
    last = day(end, this_year)
    return _("%(first)s, %(start)s to %(last)s, %(end)s", last=last, **words)


def end_of_evening(start: datetime, end: datetime) -> bool:
    """Does it end at the midnight that closes the day on which it starts?"""
    closing = on_the_clock(end)
    is_midnight = (closing.hour, closing.minute) == (0, 0)
    return is_midnight and closing.date() - _day_of(start) == timedelta(days=1)


def hours(minutes: int) -> str:
    """Write a length the way people say it: 45 minutes, 1½ hours, 2 hours and 10 minutes."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return ngettext("%(num)s minute", "%(num)s minutes", rest)
    if rest and rest not in QUARTERS:
        return _("%(hours)s and %(minutes)s", hours=hours(whole * 60), minutes=hours(rest))
    written = f"{whole}{QUARTERS.get(rest, '')}"
    return ngettext("%(count)s hour", "%(count)s hours", 1 if minutes == 60 else 2, count=written)


def weekdays() -> list[tuple[str, str]]:
    """The days of the week from Monday, as (short, in full)."""
    monday = date(2024, 1, 1)
    week = [monday + timedelta(days=ahead) for ahead in range(7)]
    spoken = language()
    return [(_date(on, "EEEEEE", spoken), _date(on, "EEEE", spoken)) for on in week]


def paragraphs(text: str) -> Markup:
    """Turn blank lines into paragraphs and single ones into breaks; everything is escaped."""
    blocks = [block for block in text.strip().split("\n\n") if block.strip()]
    broken = (escape(block).replace("\n", Markup("<br>")) for block in blocks)
    return Markup("").join(Markup("<p>{}</p>").format(block) for block in broken)


def linked(words: str, address: str) -> Markup:
    """Words that lead somewhere, for a cell of a table."""
    return Markup('<a href="{}">{}</a>').format(address, words)


def init_formatting(app: Flask) -> None:
    """Lay the filters on the table of every template."""
    filters = (
        *(euros, amount, number, percent, hours),
        *(day, short_day, dated, month, clock, when, rfc3339),
        paragraphs,
    )
    app.jinja_env.filters.update({tool.__name__: tool for tool in filters})
    # Indentation before a tag is for whoever reads the template, not for a phone on a slow line.
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(language=language, weekdays=weekdays)


def _locale() -> Locale:
    return get_locale() or HOME_LOCALE


def _day_of(moment: date) -> date:
    return on_the_clock(moment).date() if isinstance(moment, datetime) else moment


def _ends_of(span: Any) -> tuple[datetime, datetime]:
    if hasattr(span, "starts_at"):
        return span.starts_at, span.ends_at
    if hasattr(span, "from_at"):
        return span.from_at, span.to_at
    return span.start, span.end
