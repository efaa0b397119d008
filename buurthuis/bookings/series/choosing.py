"""What was chosen on the page that shows all days of a series: ticked, left out, elsewhere, or without."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.series.day_shown import DayShown
from buurthuis.bookings.series.preview import Preview, look
from buurthuis.bookings.series.wishes import Choices, SeriesWish
from buurthuis.rules.calendar import NoSuchDay, parse_day
from buurthuis.rules.money import Cents
from buurthuis.rules.recurrence import MOST_TIMES
from buurthuis.rules.tariffs import with_extras
from buurthuis.tariffs.charges import priced_extras
from buurthuis.tariffs.queries import card_by_id
from buurthuis.venues.known import as_known, bookable_rooms
from buurthuis.venues.models import Room

AT = "at-"
"""What the name of a day's list of choices begins with."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices on the page of all days: what was ticked, and what becomes of days in the way.

    `instead` holds the slug of another room, or `without_text` of what is not there.
    """

    ticked: frozenset[date]
    instead: Mapping[date, str]

    @classmethod
    def everything(cls, shown: Preview) -> "Chosen":
        """Nothing was chosen yet: all that is free is booked, and the rest is left out."""
        return cls(frozenset(each.day for each in shown.bookable), {})

    @classmethod
    def sent(cls, form: MultiDict[str, str]) -> "Chosen":
        """What was sent; days that are none are passed over."""
        at = {name.removeprefix(AT): form[name] for name in form if name.startswith(AT)}
        instead = {day: at[text] for text, day in _days_in(at).items() if at[text]}
        return cls(frozenset(_days_in(form.getlist("on")).values()), instead)

    def wanted(self, wish: SeriesWish, room: Room) -> Choices | None:
        """The same before anybody looked: who books insists on it, and refuses what cannot be had.

        None when something was chosen that the house does not have (any more).
        """
        rooms = {each.slug: each for each in bookable_rooms(as_known(room).venue)}
        extras = {str(each.extra_id): each.extra_id for each in wish.extras}
        elsewhere = {day: rooms[text] for day, text in self.instead.items() if text in rooms}
        without = {
            day: frozenset(extras[part] for part in text.split("-") if part in extras)
            for day, text in self.instead.items()
            if text.startswith("-")
        }
        if self.instead.keys() - elsewhere.keys() - without.keys():
            return None
        asked = self.ticked | self.instead.keys()
        return Choices(frozenset(wish.days()) - asked, elsewhere, without)

    def choices(self, shown: Preview) -> Choices:
        """What of it can be had, to show it: every other day is left out."""
        elsewhere: dict[date, Room] = {}
        without: dict[date, frozenset[int]] = {}
        left_out: set[date] = set()
        for each in shown.days:
            room = self._room_on(each)
            if room is not None:
                elsewhere[each.day] = room
            elif each.lacks and self.instead.get(each.day) == without_text(each):
                without[each.day] = each.without
            elif not each.is_bookable or each.day not in self.ticked:
                left_out.add(each.day)
        return Choices(frozenset(left_out), elsewhere, without)

    def _room_on(self, shown: DayShown) -> Room | None:
        """The other room that was chosen for a day that is not free, if it still can be had."""
        if shown.is_bookable:
            return None
        wanted = self.instead.get(shown.day)
        return next((o.room for o in shown.elsewhere if o.room.slug == wanted), None)


def without_text(shown: DayShown) -> str:
    """How the choice to do without what a day lacks is sent: it names what, so none is lost unseen."""
    return "".join(f"-{extra_id}" for extra_id in sorted(shown.without))


def cents_without(shown: DayShown) -> Cents:
    """What a day costs without what it lacks: the room keeps the price that was found."""
    if shown.prospect is None or shown.prospect.priced is None:
        return 0
    found, priced = shown.prospect.order.wish, shown.prospect.priced
    wish = Choices(without={shown.day: shown.without}).wish_on(shown.day, found)
    card = None if priced.card_id is None else card_by_id(priced.card_id)
    extras = {} if card is None else priced_extras(card, wish.beside.extras)
    return with_extras(priced.quote, wish.period, extras, wish.beside.people).total_cents


def as_chosen(shown: Preview, choices: Choices, *, for_: Initiative, now: datetime) -> Preview:
    """The same days as the booking will ask for them: one day may cost less because of the others."""
    in_the_way = frozenset(each.day for each in shown.days if not each.is_bookable)
    if choices == Choices(left_out=in_the_way):
        return shown
    return look(shown.room, shown.wish, for_=for_, now=now, choices=choices)


class ToTick(NamedTuple):
    """A day that can be booked as it is: what it costs, and whether it was chosen."""

    day: date
    cents: Cents
    is_ticked: bool


def to_tick(
    shown: Preview, choices: Choices, costs: Mapping[date, Cents]
) -> list[tuple[date, list[ToTick]]]:
    """The days to tick of each month, behind the first of them; `costs` are those of `costs_of`."""
    free = [(each.day, each.priced) for each in shown.bookable if each.priced is not None]
    ticks = [
        ToTick(day, costs.get(day, priced.quote.total_cents), day not in choices.left_out)
        for day, priced in free
    ]
    months = groupby(ticks, key=lambda each: (each.day.year, each.day.month))
    return [(of_month[0].day, of_month) for of_month in (list(each) for _, each in months)]


def costs_of(chosen: Preview) -> dict[date, Cents]:
    """What each day costs that would be booked, in cents."""
    return {
        each.day: each.priced.quote.total_cents
        for each in chosen.bookable
        if each.priced is not None
    }


def _days_in(texts: Iterable[str]) -> dict[str, date]:
    """The days that texts name, at most as many as a series has."""
    found: dict[str, date] = {}
    for text in texts:
        try:
            found[text] = parse_day(text)
        except NoSuchDay:
            continue
        if len(found) == MOST_TIMES:
            break
    return found
