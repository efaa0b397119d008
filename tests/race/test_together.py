"""Parts and wholes, the last beamers and bundles that cross: at one moment, by many processes."""

import random

import pytest

from buurthuis.bookings.models import Booking
from buurthuis.extras.queries import away
from buurthuis.foundation.db import db
from buurthuis.rules.states import LIVE
from buurthuis.rules.stock import most_away
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Approval
from tests.builders import a_room, a_venue, an_extra
from tests.race.test_race import (
    Knock,
    Period,
    a_booking_of,
    a_crowd,
    all_at_once,
    assert_all_is_well,
    ten_days_ahead,
)

pytestmark = pytest.mark.race


def rooms_of(venue, count):
    return [a_room(venue, approval=Approval.ALWAYS) for _ in range(count)]


def with_more(knock: Knock, **more) -> Knock:
    return Knock(knock.token, knock.path, {**knock.body, **more})


def test_parts_of_parts_and_the_whole_at_once(real, server):
    venue = a_venue()
    small, other, rest = rooms_of(venue, 3)
    half = a_room(venue, parts=[small, other], approval=Approval.ALWAYS)
    whole = a_room(venue, parts=[half, rest], approval=Approval.ALWAYS)
    every = [small, other, rest, half, whole]
    knocks = [
        a_booking_of(every[number % 5].slug, group, token, 19, 21)
        for number, (_, group, token) in enumerate(a_crowd()[:20])
    ]
    db.session.commit()

    booked = assert_all_is_well(all_at_once(server, knocks))

    rooms = {each.room_id for each in db.session.query(Booking) if each.status in LIVE}
    assert rooms in ({whole.id}, {half.id, rest.id}, {small.id, other.id, rest.id})
    assert booked == len(rooms)


def test_twenty_want_the_last_beamers(real, server):
    venue = a_venue()
    rooms = rooms_of(venue, 10)
    beamer = an_extra(venue, stock=3)
    wanted = {"extras": [{"slug": beamer.slug, "quantity": 1}]}
    knocks = [
        with_more(a_booking_of(rooms[number % 10].slug, group, token, 19, 21), **wanted)
        for number, (_, group, token) in enumerate(a_crowd()[:20])
    ]
    db.session.commit()

    assert assert_all_is_well(all_at_once(server, knocks)) == 3

    evening = Period(ten_days_ahead(19), ten_days_ahead(21))
    assert most_away(away(beamer.id, evening), evening) == 3


def test_bundles_that_cross_do_not_wait_for_each_other_in_a_circle(real, server):
    venue = a_venue()
    rooms = rooms_of(venue, 4)
    extras = [an_extra(venue, stock=10) for _ in range(2)]
    dice = random.Random(7)  # noqa: S311 - a game, not a secret
    knocks = []
    for _, group, token in a_crowd()[:20]:
        first, second = dice.sample(rooms, 2)
        things = [{"slug": each.slug, "quantity": 1} for each in dice.sample(extras, 2)]
        knock = a_booking_of(first.slug, group, token, 19, 21)
        knocks.append(with_more(knock, also=[second.slug], extras=things))
    db.session.commit()

    answers = all_at_once(server, knocks)

    assert {status for status, _ in answers} == {201, 409}
    live = [each for each in db.session.query(Booking) if each.status in LIVE]
    bundles = {each.bundle_id for each in live}
    assert len(live) == 2 * len(bundles)
    assert len(bundles) in (1, 2)
    assert doctor.overlaps() == []
