"""Two houses in March 2026, and the day after."""

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from tests.builders import (
    a_confirmed_booking,
    a_person,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    friday,
)

IN_APRIL = "2026-04-02 10:00Z"


@pytest.fixture
def houses(app):
    """De Meevaart, where two groups met four times, and De Kajuit, where one met once."""
    meevaart = a_room(a_venue("meevaart", name="De Meevaart"), slug="zaal")
    kajuit = a_room(a_venue("kajuit", name="De Kajuit"), slug="hut")
    bram = a_person("Bram")
    repair, choir = an_initiative(bram), an_initiative(bram, name="Koor")
    for hour in (9, 11, 13):
        a_confirmed_booking(meevaart, friday(hour, hour + 2), by=bram, for_=repair)
    a_confirmed_booking(meevaart, friday(19, 22), by=bram, for_=choir)
    a_confirmed_booking(kajuit, friday(19, 20), by=bram, for_=repair)
    return [meevaart.venue, kajuit.venue]


@pytest.fixture
def chandra(houses):
    """She sits on the board of all houses."""
    person = a_person("Chandra")
    a_role(person, RoleName.BOARD)
    return person


@pytest.fixture
def in_april(houses):
    """What was booked in March is over."""
    with time_machine.travel(IN_APRIL, tick=False):
        yield
