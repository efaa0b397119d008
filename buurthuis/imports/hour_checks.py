"""Whether what a house sells lies within its opening hours: a part of the day when it is closed is a mistake.

A part may reach past the hours: whoever buys an evening until 23:00 leaves at closing time. Only
the prices that come last are looked at. Those of the past stay as they were decided.
"""

from collections.abc import Iterable

from buurthuis.imports.house import House, HouseHours
from buurthuis.imports.mistakes import MistakeBook
from buurthuis.rules.calendar import MINUTES_A_DAY

A_DAY_APART = (-MINUTES_A_DAY, 0, MINUTES_A_DAY)


def check_hours(house: House, book: MistakeBook) -> None:
    """Note parts of the day, and prices for one, at which the house is never open.

    A house that has no opening hours yet is not looked at.
    """
    if not house.opening_hours:
        return
    for place, part in enumerate(house.day_parts, start=1):
        if not is_ever_open(house.opening_hours, part.starts, part.ends):
            book.note(f"day_parts[{place}]", "part_when_closed", part=part.name)
    cards = list(enumerate(house.rate_cards, start=1))
    if not cards:
        return
    place, last = max(cards, key=lambda each: each[1].valid_from)
    for rate in last.rates:
        if rate.starts is None or rate.ends is None:
            continue
        hours = [each for each in house.opening_hours if each.room in (None, rate.room)]
        if not is_ever_open(hours, rate.starts, rate.ends):
            book.note(f"rate_cards[{place}]", "rate_when_closed", room=rate.room)


def is_ever_open(hours: Iterable[HouseHours], starts: int, ends: int) -> bool:
    """Whether any of these hours share a minute with a part of the day; nights count on past midnight."""
    return any(
        starts + shift < each.closes and each.opens < ends + shift
        for each in hours
        for shift in A_DAY_APART
    )
