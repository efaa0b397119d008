"""Days, clock times, lengths and numbers as people and spreadsheets write them in a list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from buurthuis.imports.readers.rows import EntryStatus

FIRST_OF_SPREADSHEETS: Final = date(1899, 12, 30)
YEARS: Final = range(1990, 2100)
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb february",
            "maart mrt mar march maa",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "augustus aug august",
            "september sep sept",
            "oktober okt october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WHOLE_DAY: Final = frozenset({"hele dag", "gehele dag", "all day", "heel de dag", "dag"})
LONGEST: Final = 80
"""A cell with more in it is a story, and looking for a day in it takes long."""
SHORT: Final = 15
"""A length without a unit below this is in hours: nobody takes a room for ten minutes."""
CANCELLED: Final = ("geannuleerd", "vervallen", "vervalt", "afgezegd", "cancel", "geschrapt")
TENTATIVE: Final = (
    "optie",
    "voorlopig",
    "aanvraag",
    "aangevraagd",
    "tentative",
    "pending",
    "concept",
)

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_FIGURES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})[ .-]+([a-z]+)[ .,-]+'?(\d{4}|\d{2})")
_MONTH_DAY = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_CLOCK = (
    r"(\d{1,2})(?:[:.u](\d{2})?(?::\d{2}(?:\.\d+)?)?)?\s*(am|pm|a\.m\.|p\.m\.)?(?:\s*(?:uur|h|u))?"
)
_ONE_CLOCK = re.compile(_CLOCK)
_TWO_CLOCKS = re.compile(rf"({_CLOCK})\s*(?:-|–|—|tot|t/m|to|until)\s*({_CLOCK})")
_LENGTH = re.compile(
    r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(uur|uren|u|h|hours?|min|minuten|minutes?|m)?\.?"
)
_SERIAL = re.compile(r"([45]\d{4})(?=$|[.,]\d+$)", re.ASCII)
_PART_OF_DAY = re.compile(r"0?[.,](\d{1,15})", re.ASCII)
"""Spreadsheets count days since 1899, and times as a part of a day, where nobody gave them a shape."""
_NUMBER = re.compile(r"\D*?(\d{1,5})(?:[.,]0+)?\b[^\d]*")


class NoSuchDay(ValueError):
    """The text names no day with its year."""


class NoSuchClock(ValueError):
    """The text names no clock time."""


@dataclass(frozen=True, slots=True)
class Order:
    """Whether the figures of a column of days begin with the day or with the month."""

    is_month_first: bool = False
    is_sure: bool = True


def order_of(texts: Iterable[str]) -> Order:
    """In which order a column writes its days, as far as its own figures tell."""
    found = [each for text in texts if (each := _FIGURES.match(text.strip())) is not None]
    slashes = any(each[2] == "/" for each in found)
    day_first = any(int(each[1]) > 12 for each in found)
    month_first = any(int(each[3]) > 12 for each in found)
    if month_first and not day_first:
        return Order(is_month_first=True)
    return Order(is_sure=(day_first and not month_first) or not (slashes or month_first))


def day_in(text: str, order: Order) -> date:
    """The day that a text names.

    Raises:
        NoSuchDay: it names none, or without its year.
    """
    if len(text) > LONGEST:
        raise NoSuchDay(text)
    plain = " ".join(text.lower().split())
    try:
        if (found := _ISO.match(plain)) is not None:
            return _date(found[1], found[2], found[3])
        if (found := _SERIAL.match(plain)) is not None:
            return FIRST_OF_SPREADSHEETS + timedelta(days=int(found[1]))
        if (found := _FIGURES.search(plain)) is not None:
            day, month = (found[3], found[1]) if order.is_month_first else (found[1], found[3])
            return _date(found[4], month, day)
        if (found := _DAY_MONTH.search(plain)) is not None and found[2] in MONTHS:
            return _date(found[3], MONTHS[found[2]], found[1])
        if (found := _MONTH_DAY.search(plain)) is not None and found[1] in MONTHS:
            return _date(found[3], MONTHS[found[1]], found[2])
    except ValueError:
        raise NoSuchDay(text) from None
    raise NoSuchDay(text)


def has_two_meanings(text: str) -> bool:
    """Whether its day and month can change places and still be a day."""
    found = _FIGURES.match(text.strip())
    return found is not None and found[1] != found[3] and max(int(found[1]), int(found[3])) <= 12


def is_day(text: str) -> bool:
    """Whether a text names a day, in either order of its figures."""
    for order in (Order(), Order(is_month_first=True)):
        try:
            day_in(text, order)
        except NoSuchDay:
            continue
        return True
    return False


def clock_part(text: str) -> str:
    """What a cell says beside a day: all of it where it names none."""
    if not is_day(text):
        return text
    plain = " ".join(text.lower().split())
    if _ISO.match(plain):
        plain = plain.replace("t", " ", 1)
    for pattern in (_ISO, _SERIAL, _FIGURES, _DAY_MONTH, _MONTH_DAY):
        rest, count = pattern.subn(" ", plain, count=1)
        if count:
            return rest.strip(" ,") if any(map(str.isdigit, rest)) else ""
    return ""


def clocks_in(text: str) -> tuple[timedelta, timedelta | None]:
    """The clock time of a cell, or the two of one such as "19.00 – 21.30", since midnight.

    Raises:
        NoSuchClock: it names none.
    """
    if len(text) > LONGEST:
        raise NoSuchClock(text)
    plain = " ".join(text.lower().split()).removeprefix("om ").removeprefix("vanaf ")
    if (two := _TWO_CLOCKS.fullmatch(plain)) is not None:
        return _clock(two[1]), _clock(two[5])
    return _clock(plain), None


def _clock(text: str) -> timedelta:
    if (part := _PART_OF_DAY.fullmatch(text.strip())) is not None:
        return timedelta(minutes=round(float(f"0.{part[1]}") * 24 * 60))
    if len(text) == 4 and text.isdecimal():
        text = f"{text[:2]}:{text[2:]}"
    found = _ONE_CLOCK.fullmatch(text.strip())
    if found is None:
        raise NoSuchClock(text)
    hours, minutes = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hours <= 12:
            raise NoSuchClock(text)
        hours = hours % 12 + (12 if found[3].startswith("p") else 0)
    if minutes > 59 or (hours, minutes) > (24, 0):
        raise NoSuchClock(text)
    return timedelta(hours=hours, minutes=minutes)


def length_in(text: str) -> timedelta:
    """How long something lasts: 1:30, 90, 1,5 uur.

    Raises:
        NoSuchClock: it is no length.
    """
    plain = " ".join(text[: LONGEST + 1].lower().split())
    if ":" in plain:
        return _clock(plain)
    found = _LENGTH.fullmatch(plain)
    if found is None:
        raise NoSuchClock(text)
    count = float(found[1].replace(",", "."))
    in_hours = found[2][0] in "uh" if found[2] else count < SHORT
    length = timedelta(hours=count) if in_hours else timedelta(minutes=count)
    return timedelta(minutes=round(length.total_seconds() / 60))


def people_in(text: str) -> int | None:
    """How many people a cell tells of; None when it names no number."""
    found = _NUMBER.fullmatch(text.strip()) if len(text) <= LONGEST else None
    return int(found[1]) if found is not None else None


def status_in(text: str) -> EntryStatus:
    """What a word in a column of statuses means; any other word means that it goes on."""
    plain = text.lower()
    if any(word in plain for word in CANCELLED):
        return EntryStatus.CANCELLED
    if any(word in plain for word in TENTATIVE):
        return EntryStatus.TENTATIVE
    return EntryStatus.CONFIRMED


def at(day: date, clock: timedelta) -> datetime:
    """What the clock shows, so long after the midnight with which a day begins."""
    return datetime.combine(day, time.min) + clock


def _date(year: str, month: str | int, day: str) -> date:
    whole = int(year) + 2000 if len(year) == 2 else int(year)
    found = date(whole, int(month), int(day))
    if found.year not in YEARS:
        raise ValueError(year)
    return found
