"""What somebody looks for in the agenda: read from the address, and the links that change it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from flask import request, url_for
from flask_babel import gettext as _

from buurthuis.activities.agenda import Asked, Entry, Offered
from buurthuis.activities.models import ForWhom, Spoken
from buurthuis.activities.words import ENTRY, FOR_WHOM, language_name
from buurthuis.foundation.formatting import short_day
from buurthuis.rules.calendar import (
    NoSuchDay,
    NoSuchWeek,
    day_of,
    day_period,
    parse_day,
    week,
    week_name,
)
from buurthuis.venues.known import all_venues, venue_by_slug
from buurthuis.venues.models import Venue

LOOKED_FOR = ("house", "for", "language", "entry", "free", "day", "week")

Word = TypeVar("Word", bound=StrEnum)
Span = tuple[datetime | None, datetime | None]


class Way(NamedTuple):
    """Words, the address they lead to, and whether that is where one is."""

    words: str
    url: str
    is_current: bool


class Group(NamedTuple):
    """One thing to look for: its name, and what it can be."""

    name: str
    ways: list[Way]


@dataclass(frozen=True, slots=True)
class Looking:
    """What is looked for; `given` is how it stands in the address."""

    asked: Asked
    house: Venue | None
    given: dict[str, str]

    def page(self, number: int) -> str:
        """A page of the agenda, counted from 0."""
        values: dict[str, Any] = {"page": number + 1, **self.given}
        return url_for("pages.agenda", **values)

    def way(self, words: Any, name: str, value: str = "", *others: str) -> Way:
        """The agenda with this asked for instead of what `name` and `others` asked; empty is all."""
        kept: dict[str, Any] = {
            key: each for key, each in self.given.items() if key not in {name, *others}
        }
        is_current = self.given.get(name, "") == value and not set(others) & self.given.keys()
        kept[name] = value or None
        return Way(str(words), url_for("pages.agenda", **kept), is_current)


def looking() -> Looking:
    """What the address asks for; what makes no sense there is left out.

    Raises:
        NotFound: there is no such house.
    """
    given = {name: request.args.get(name, "") for name in LOOKED_FOR}
    house = venue_by_slug(given["house"]) if given["house"] else None
    since, until = _span(given)
    asked = Asked(
        venue_id=None if house is None else house.id,
        since=since,
        until=until,
        for_whom=_word(ForWhom, given["for"]),
        language=_word(Spoken, given["language"]),
        entry=_word(Entry, given["entry"]),
        is_free=given["free"] == "1",
    )
    understood = (house, asked.for_whom, asked.language, asked.entry, asked.is_free, since, since)
    kept = {
        name: given[name]
        for name, value in zip(LOOKED_FOR, understood, strict=True)
        if value and given[name]
    }
    return Looking(asked, house, kept)


def times(look: Looking, today: date) -> list[Way]:
    """The days and weeks that most people look for."""
    tomorrow, next_week = today + timedelta(days=1), today + timedelta(days=7)
    return [
        look.way(_("All days"), "day", "", "week"),
        look.way(_("Today"), "day", today.isoformat(), "week"),
        look.way(_("Tomorrow"), "day", tomorrow.isoformat(), "week"),
        look.way(_("This week"), "week", week_name(today), "day"),
        look.way(_("Next week"), "week", week_name(next_week), "day"),
    ]


def groups(look: Looking, there: Offered) -> list[Group]:
    """What else one can look for; nothing of which nothing is coming."""
    houses = [(each.name, each.slug) for each in all_venues()]
    for_whom = [(FOR_WHOM[each], str(each)) for each in there.for_whom]
    languages = [(language_name(each), str(each)) for each in there.languages]
    entries = [(ENTRY[each], str(each)) for each in there.entries]
    asked = [
        (_("Which house?"), "house", houses if len(houses) > 1 else []),
        (_("For whom?"), "for", for_whom if len(for_whom) > 1 else []),
        (_("Which language?"), "language", languages),
        (_("Do you have to reserve?"), "entry", entries),
        (_("What does it cost?"), "free", [(_("Free of charge"), "1")] if there.has_free else []),
    ]
    return [
        Group(name, [look.way(_("All"), key), *(look.way(words, key, to) for words, to in values)])
        for name, key, values in asked
        if values
    ]


def chosen(look: Looking, ways: list[Way]) -> Iterator[tuple[str, str]]:
    """What was asked for in words, each with the agenda without it; not what a tab says already."""
    asked = look.asked
    if look.house is not None:
        yield look.house.name, look.way("", "house").url
    if asked.for_whom:
        yield str(FOR_WHOM[asked.for_whom]), look.way("", "for").url
    if asked.language:
        yield language_name(asked.language), look.way("", "language").url
    if asked.entry:
        yield str(ENTRY[asked.entry]), look.way("", "entry").url
    if asked.is_free:
        yield _("Free of charge"), look.way("", "free").url
    if asked.since and not any(way.is_current for way in ways):
        day = short_day(day_of(asked.since))
        words = day if "day" in look.given else _("The week of %(day)s", day=day)
        yield words, look.way("", "day", "", "week").url


def _word(kind: type[Word], text: str) -> Word | None:
    return kind(text) if text in list(kind) else None


def _span(given: dict[str, str]) -> Span:
    """From when until when; a day goes before a week."""
    try:
        if given["day"]:
            given["week"] = ""
            period = day_period(parse_day(given["day"]))
            return period.start, period.end
        if given["week"]:
            monday = week(given["week"])
            return day_period(monday).start, day_period(monday + timedelta(days=6)).end
    except (NoSuchDay, NoSuchWeek):
        return None, None
    return None, None
