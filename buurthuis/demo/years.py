"""What the boards of the demo wrote down: made-up money, targets, words, stories and rates of an hour."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Final

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import person_with_address
from buurthuis.demo.year_words import STOPS, STORIES, THANKS
from buurthuis.evidence.year import actions, telling
from buurthuis.evidence.year.actions import Amount
from buurthuis.evidence.year.models import TARGET_PARTS, MoneyKind, WordsKind
from buurthuis.evidence.year.queries import money_by_house, rates, told_in, words_of
from buurthuis.evidence.year.telling import Telling
from buurthuis.evidence.year.told_models import RateLevel, VolunteerRate
from buurthuis.foundation import clock
from buurthuis.imports.demo_people import BOARD
from buurthuis.imports.house_file import demo_houses
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.spans import year_span
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import all_venues

YEARS: Final = 3
"""So many years of money, this one included."""
YEARS_TOLD: Final = 2
A_ROOM_CENTS: Final = 9_500_00
CONTRIBUTED, FUNDED = 45, 8
"""Per cents of the costs: what the municipality gave, and what funds gave."""
EXAMPLE: Final = "Voorbeeld, geen echt bedrag"
RATE_SOURCE: Final = "Voorbeeld, geen echt tarief"
RATES: Final = {RateLevel.LOW: 12_00, RateLevel.MID: 18_00, RateLevel.HIGH: 25_00}
AGREED: Final = "Voorbeeld: zei ja aan tafel"


def bring_years(*, seed: int) -> None:
    """Let the board of the demo write its years down; what somebody wrote already stays."""
    chandra = person_with_address(BOARD)
    of_demo = {each.slug for each in demo_houses()}
    venues = [each for each in all_venues() if each.slug in of_demo]
    if chandra is None or not venues:
        return
    today = day_of(clock.now())
    _rates(today.year, chandra)
    for place, venue in enumerate(venues):
        chance = Random(f"{seed} {venue.slug}")  # noqa: S311 - believable, not secret
        _money(venue, today.year, chance, chandra)
        for year in range(today.year - YEARS_TOLD + 1, today.year + 1):
            _words(venue, year, place, chandra)
            _stories(venue, year, place, today, chandra)


def _rates(year: int, by: Person) -> None:
    if rates():
        return
    for level, cents in RATES.items():
        rate = VolunteerRate(level=level, year=year - YEARS, month=1, hour_cents=cents)
        rate.source, rate.link = RATE_SOURCE, ""
        actions.set_rate(rate, by=by)


def _money(venue: Venue, this_year: int, chance: Random, by: Person) -> None:
    """Costs grow with the rooms of a house, and a little each year."""
    years = range(this_year - YEARS + 1, this_year + 1)
    known = money_by_house([venue.id], years)
    costs = max(len(venue.rooms), 2) * A_ROOM_CENTS * chance.randint(90, 115) // 100
    for year in years:
        if (venue.id, year) not in known:
            amounts = {
                MoneyKind.HOUSING_COSTS: costs,
                MoneyKind.CONTRIBUTION: costs * CONTRIBUTED // 100,
                MoneyKind.OTHER_FUNDS: costs * FUNDED // 100,
            }
            whole = {kind: Amount(_rounded(cents), EXAMPLE) for kind, cents in amounts.items()}
            actions.write_money(venue, year, whole, by=by)
            actions.set_targets(venue, year, dict(_targets(venue, chance)), by=by)
        costs += costs * chance.randint(1, 4) // 100


def _targets(venue: Venue, chance: Random) -> Iterator[tuple[str, int]]:
    yield "BEZOEK", len(venue.rooms) * chance.randint(6, 14) * 250 * TARGET_PARTS
    yield "BENUT", chance.randint(4, 9) * 500
    yield "DEK", chance.randint(4, 8) * 500
    yield "ROOSTER", 9500
    yield "GELIJK.ANSWER_DAYS", 2 * TARGET_PARTS


def _words(venue: Venue, year: int, place: int, by: Person) -> None:
    if not words_of([venue.id], year):
        texts = {
            WordsKind.STOPS_WITHOUT: STOPS[(place + year) % len(STOPS)],
            WordsKind.THANKS: THANKS[(place + year) % len(THANKS)],
        }
        actions.write_words(venue, year, texts, by=by)


def _stories(venue: Venue, year: int, place: int, today: date, by: Person) -> None:
    """Two a year, one of them for everybody."""
    if told_in([venue.id], year_span(year)):
        return
    for number, month in enumerate((2, 9)):
        on = date(year, month, 10 + place % 15)
        if on <= today:
            title, text, code = STORIES[(2 * (place + year) + number) % len(STORIES)]
            told = Telling(title, text, code, on, AGREED, is_public=not number)
            telling.tell_story(venue, told, by=by)


def _rounded(cents: int) -> int:
    """Whole tens of euros, as a board writes them."""
    return round(cents, -3)
