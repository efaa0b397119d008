"""What annual sheets tell is read from bookings and from what boards wrote down, in few statements."""

from datetime import date

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.evidence.year import actions
from buurthuis.evidence.year.models import MoneyKind, WordsKind
from buurthuis.foundation import clock
from buurthuis.rules.figures.spans import Span, year_span
from buurthuis.statistics.annual.reading import NothingCounted, read
from buurthuis.statistics.annual.subject import House
from tests.builders import a_role
from tests.evidence.year.writing import a_story, writes_money
from tests.venues.counting import counted

YEAR = year_span(2026)


def named(venues):
    return [House(each.id, each.slug, each.name) for each in venues]


@pytest.fixture
def told(houses, chandra):
    """What the boards of both houses wrote down."""
    for house in houses:
        a_role(chandra, RoleName.BOARD, house)
        writes_money(house, chandra, contribution=3650_00, other_funds=365_00)
        a_story(house, chandra, title=f"Soep in {house.name}", on=date(2026, 3, 6))
    actions.write_words(houses[0], 2026, {WordsKind.STOPS_WITHOUT: "De soep."}, by=chandra)
    return houses


def test_money_stories_and_words_are_of_the_houses_and_the_days(told, in_april):
    reading = read(named(told), YEAR, clock.now(), is_whole=True)
    meevaart, kajuit = reading.each

    assert reading.whole.money.cents[MoneyKind.CONTRIBUTION] == 2 * 3650_00 * 91 // 365
    assert kajuit.money.cents[MoneyKind.OTHER_FUNDS] == 365_00 * 91 // 365
    assert [each.title for each in meevaart.stories] == ["Soep in De Meevaart"]
    assert len(reading.whole.stories) == 2
    assert (meevaart.stops, kajuit.stops) == ((("De Meevaart", "De soep."),), ())
    assert reading.whole.stops == meevaart.stops


def test_the_quarters_add_up_to_the_whole(houses, in_april):
    reading = read(named(houses), YEAR, clock.now(), is_whole=True)

    assert [span.first for span, _used in reading.whole.quarters] == [
        *(date(2026, 1, 1), date(2026, 4, 1)),
    ]
    used = sum(minutes for _span, each in reading.whole.quarters for minutes in each.values())
    assert used == reading.whole.figures["BENUT"].numerator == 600


def test_a_year_that_goes_on_is_compared_with_as_many_days(houses, in_april):
    days = read(named(houses), YEAR, clock.now(), is_whole=False).days

    assert days.counted == Span(date(2026, 1, 1), date(2026, 4, 2))
    assert days.before == Span(date(2025, 1, 1), date(2025, 4, 2))
    assert days.is_running


def test_days_to_come_tell_nothing(houses, in_april):
    with pytest.raises(NothingCounted):
        read(named(houses), year_span(2027), clock.now(), is_whole=True)


def test_more_houses_take_no_more_statements(told, in_april):
    houses = named(told)
    read(houses, YEAR, clock.now(), is_whole=True)
    with counted() as few:
        read(houses[:1], YEAR, clock.now(), is_whole=False)
    with counted() as many:
        read(houses, YEAR, clock.now(), is_whole=True)

    assert len(many) <= len(few) + 1
