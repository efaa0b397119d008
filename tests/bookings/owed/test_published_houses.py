"""The published rules of real houses: what one pays who cancels late or stays away, to the cent."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine

from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.queries import owed_for
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.imports import actions, house_file
from buurthuis.rules.standing import Kind
from buurthuis.venues.queries import room_by_slug
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_recognition,
    an_initiative,
    on,
)

PUBLISHED = Path(__file__).parents[2] / "tariffs" / "houses"
OURS = Path(actions.__file__).parent / "houses"
EVENING = on(date(2026, 6, 12), 19, 22)


def letters(template):
    return [each for each in db.session.query(OutboxLetter) if each.template == template]


@pytest.mark.parametrize(
    ("house", "before", "cents"),
    [
        ("stolp", timedelta(weeks=4), 0),
        ("stolp", timedelta(days=27), 938),
        ("stolp", timedelta(days=14), 1875),
        ("stolp", timedelta(days=6), 3750),
        ("erker", timedelta(days=7), 375),
        ("erker", timedelta(days=5), 1875),
        ("erker", timedelta(days=1), 2813),
        ("erker", timedelta(hours=-1), 3750),
        ("bolder", timedelta(days=14), 0),
        ("bolder", timedelta(days=13), 3750),
    ],
)
def test_what_the_page_says_is_what_is_owed(app, sign_in, house, before, cents):
    actions.bring_in(house_file.load(PUBLISHED / f"{house}.toml"))
    bram = a_person()
    group = an_initiative(bram, kind=Kind.PRIVATE)
    a_recognition(group, Kind.PRIVATE)
    booking = a_booking(room_by_slug(f"{house}-zaal"), EVENING, by=bram, for_=group)

    with time_machine.travel(EVENING.start - before, tick=False):
        browser = sign_in(bram)
        asked = browser.get(f"/me/bookings/{booking.id}/cancel").text
        browser.post(f"/me/bookings/{booking.id}/cancel")
        after = browser.get(f"/me/bookings/{booking.id}").text

    amount = f"€{cents / 100:.2f}"
    owed, found = owed_for(booking), db.session.get_one(Booking, booking.id)
    (letter,) = letters("booking_cancelled")
    assert booking.deposit_cents > 0
    assert found.cancelled_late == bool(cents)
    if not cents:
        assert owed is None
        assert "You are in time" in asked
        assert "owed_cents" not in letter.facts
    else:
        assert owed.cents == letter.facts["owed_cents"] == cents
        assert f"If you cancel now, you pay {amount}" in asked
        assert f"You pay {amount} for it." in after


def test_a_free_booking_in_de_meevaart_that_stays_unused_costs_half(app, sign_in):
    venue = actions.bring_in(house_file.load(OURS / "de-meevaart.toml"))
    bram, amina = a_person(), a_manager(venue, "Amina")
    group = an_initiative(bram)
    a_recognition(group, Kind.RESIDENT_INITIATIVE, venue=venue)
    evening = on(date(2026, 3, 3), 18, 23)
    booking = a_confirmed_booking(
        room_by_slug("meevaart-leslokaal-1"), evening, by=bram, for_=group
    )
    assert (booking.list_cents, booking.total_cents) == (7500, 0)
    told = sign_in(bram).get(f"/me/bookings/{booking.id}").text
    assert "You can cancel for nothing." in told
    assert "Do you stay away without a word? Then you pay €37.50." in told

    with time_machine.travel(evening.start + timedelta(hours=2), tick=False):
        browser = sign_in(amina)
        browser.post(f"/houses/de-meevaart/bookings/{booking.id}/no-show")
        assert owed_for(booking).cents == 3750
        assert letters("booking_no_show")[0].facts["owed_cents"] == 3750
        assert "€37.50" in browser.get("/houses/de-meevaart/owed").text

        browser.post(f"/houses/de-meevaart/bookings/{booking.id}/undo-attendance")
        db.session.expire_all()
        assert owed_for(booking) is None
