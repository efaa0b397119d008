"""Fair use at the booking desk: neighbours first, quotas, what series leave, and exceptions."""

import pytest

from buurthuis.bookings.refusals import NotBookable
from buurthuis.rules.fair_use import Rule
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_person,
    a_recognition,
    a_room,
    a_venue,
    an_initiative,
    fair_use,
    friday,
)


@pytest.fixture
def venue(app):
    return a_venue("de-meevaart")


@pytest.fixture
def room(venue):
    return a_room(venue, approval=Approval.ALWAYS)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def repair(bram):
    return an_initiative(bram)


def rules_against(room, period, **asks):
    with pytest.raises(NotBookable) as refused:
        a_booking(room, period, **asks)
    return [each.rule for each in refused.value.problems]


def test_others_book_prime_time_from_some_days_ahead(venue, room, bram, repair):
    fair_use(venue, others_days=14, first_kinds=["resident_initiative"])

    assert rules_against(room, friday(19, 21, weeks=1), by=bram, for_=repair) == [
        Rule.NEIGHBOURS_FIRST
    ]
    a_booking(room, friday(19, 21), by=bram, for_=repair)
    a_booking(room, friday(9, 12, weeks=1), by=bram, for_=repair)


def test_a_recognised_neighbour_books_prime_time_at_any_moment(venue, room, bram, repair):
    fair_use(venue, others_days=14, first_kinds=["resident_initiative"])
    a_recognition(repair, Kind.RESIDENT_INITIATIVE, venue=venue)

    assert a_booking(room, friday(19, 21, weeks=9), by=bram, for_=repair).is_live


def test_who_comes_for_a_chosen_purpose_goes_first(venue, room):
    fair_use(venue, others_days=14, first_purposes=["course"])

    assert a_booking(room, friday(19, 21, weeks=9), purpose=Purpose.COURSE).is_live
    assert rules_against(room, friday(19, 21, weeks=8)) == [Rule.NEIGHBOURS_FIRST]
