"""The week that was counted by hand, asked from a database: every figure is what the page tells."""

import time_machine

from buurthuis.foundation import clock
from buurthuis.rules.figures.codes import Reason
from buurthuis.statistics import figures
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.keeping import keep
from tests.builders import a_confirmed_booking, a_room, friday
from tests.rules.figures import golden
from tests.statistics.golden_rows import GoldenHouse

FROM_SESSIONS = {"ROOSTER", "ROOSTER.AHEAD", "ROOSTER.FILL_DAYS"}
"""Which shifts there are follows from the sessions of a house; the week by hand just names some."""


def told(found):
    return {
        each.code: (each.numerator, each.denominator, str(each.written), each.coverage)
        for each in found
        if each.code not in FROM_SESSIONS
    }


BY_HAND = {
    code: (each.numerator, each.denominator, each.shown, each.known)
    for code, each in golden.EXPECTED.items()
    if code not in FROM_SESSIONS
}


def test_rows_of_a_database_say_what_was_counted_by_hand(app):
    house = GoldenHouse()
    asked = Asked(frozenset({house.venue.id}), golden.SPAN)
    with time_machine.travel("2026-10-20 10:00Z", tick=False):
        found = figures.answer(asked, clock.now()).figures
        keep(clock.now())
        kept = figures.answer(asked, clock.now()).figures

    assert told(found) == BY_HAND
    assert told(kept) == BY_HAND, "what is kept says the same"


def test_until_wednesday_a_figure_knows_nothing_of_what_came_after(app):
    house = GoldenHouse()
    asked = Asked(frozenset({house.venue.id}), golden.SPAN)
    with time_machine.travel("2026-10-07 22:30Z", tick=False):
        found = figures.answer(asked, clock.now())

    assert found.span.last == golden.day_named("Wed")
    assert found.figures["AANTAL"].value == 4
    assert found.figures["BENUT"].numerator == 120 + 120 + 120 + 150 + 120


def test_a_house_of_this_year_cannot_say_who_is_new(app):
    house = GoldenHouse().venue
    young = a_confirmed_booking(a_room(), friday(19, 21)).venue
    with time_machine.travel("2026-10-20 10:00Z", tick=False):
        together = Asked(frozenset({house.id, young.id}), golden.SPAN)
        found = figures.answer(together, clock.now()).figures["NIEUW"]
        by_house = figures.by_house(together, clock.now())

    assert found.reason is Reason.NO_HISTORY
    assert by_house[house.id].figures["NIEUW"].value == 2
