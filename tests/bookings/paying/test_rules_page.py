"""The worked tables of docs/rules/holds.md are true, and so are the minutes that it names."""

from datetime import timedelta

import pytest

from buurthuis.bookings import actions
from buurthuis.bookings.holds import PATIENCE
from buurthuis.rules.paying.ways import HOLD, LEAST_ONLINE, Way, offered
from buurthuis.venues.models import Approval
from tests.builders import a_room, a_wish, friday
from tests.rules.test_docs import PAGES, tables

OFFERED, BOOKED = tables("holds.md")
ROWS = [(way, row) for row in BOOKED for way in row["the way"].replace(" or ", ", ").split(", ")]


def ways_in(text):
    return tuple(Way(word) for word in text.split(", "))


@pytest.mark.parametrize("row", OFFERED, ids=lambda row: "-".join(row.values()))
def test_a_house_offers_what_the_page_says(row):
    cents = round(float(row["the price"]) * 100)
    has_account = row["it has an account online"] == "yes"

    found = offered(ways_in(row["the house says"]), cents=cents, has_account=has_account)

    assert found == ways_in(row["offered"])


@pytest.mark.parametrize(("way", "row"), ROWS, ids=str)
def test_a_booking_begins_as_the_page_says(online, venue, bram, repair_cafe, way, row):
    approval = Approval.ASK if row["the house must answer first"] == "yes" else Approval.ALWAYS
    room = a_room(venue, approval=approval, hourly_cents=0 if way == "none" else 1000)
    pays_by = None if way == "none" else Way(way)

    booking = actions.book(room, a_wish(friday(19, 21)), by=bram, for_=repair_cafe, pays_by=pays_by)

    assert f"`{booking.status}`" == row["the booking"]
    assert booking.pays_by == way


def test_the_minutes_on_the_page_are_those_of_the_program():
    page = (PAGES / "holds.md").read_text()

    assert (timedelta(minutes=40), timedelta(minutes=30)) == (HOLD, PATIENCE)
    assert "`held` for 40 minutes" in page
    assert "another 30 minutes" in page
    assert f"below {LEAST_ONLINE} cents" in page
