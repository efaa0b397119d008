"""Facts are gathered from rows, and figures answer any question."""

from datetime import date

import time_machine

from buurthuis.foundation import clock
from buurthuis.rules.figures.spans import Span
from buurthuis.statistics import figures
from buurthuis.statistics.asking import Asked
from tests.builders import a_confirmed_booking, a_room, a_venue, friday

MARCH = Span(date(2026, 3, 1), date(2026, 4, 1))


def asked(venue, span=MARCH, **more):
    return Asked(frozenset({venue.id}), span, **more)


def test_a_booking_that_is_over_is_use(app):
    room = a_room(a_venue())
    a_confirmed_booking(room, friday(19, 21))
    with time_machine.travel("2026-04-02 10:00Z", tick=False):
        found = figures.answer(asked(room.venue), clock.now()).figures

    assert found["BENUT"].numerator == 120
    assert found["OPEN"].value == 31 * 15 * 60 - 0
    assert found["AANTAL"].value == 1
