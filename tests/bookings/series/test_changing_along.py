"""What goes with a series changes for all days to come at once: extras, and the group's own minutes."""

import pytest
import time_machine

from buurthuis.bookings import changes
from buurthuis.bookings.refusals import NotBookable, PriceChanged
from buurthuis.bookings.series import actions, queries
from buurthuis.bookings.series.along import Along
from buurthuis.bookings.series.answering import approve_change
from buurthuis.bookings.series.changing import change_series
from buurthuis.bookings.series.changing_along import change_along
from buurthuis.bookings.series.models import Why
from buurthuis.bookings.series.refusals import NothingLeft, NotOnAllDays
from buurthuis.bookings.things.actions import change_extras
from buurthuis.extras.refusals import OutOfStock
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound, sentence_of
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy.models import Occupancy
from buurthuis.rules.availability import Problem
from buurthuis.rules.tariffs import Measure
from buurthuis.tariffs.charge_models import ExtraRate
from buurthuis.tariffs.models import RateCard
from buurthuis.upkeep import doctor, doctor_of_houses
from buurthuis.venues.models import Approval
from tests.api.conftest import statements
from tests.bookings.series.test_making import FRIDAYS
from tests.builders import (
    a_confirmed_booking,
    a_person,
    a_role,
    a_room,
    a_series,
    an_extra,
    at,
    friday,
)


@pytest.fixture
def beamer(place):
    return an_extra(place.venue, "beamer")


@pytest.fixture
def chairs(place):
    return an_extra(place.venue, "chairs", stock=50)


@pytest.fixture
def choir(place):
    place.hall.own_buffer_minutes = 60
    db.session.commit()
    return a_series(place.hall, **place.us)


def of(*pairs):
    return Along(tuple(Wanted(extra.id, count) for extra, count in pairs))


def days_of(series):
    """What goes with each day: how many of what, and the minutes around it."""
    db.session.expire_all()
    return [
        ({e.extra_id: e.quantity for e in b.extras}, (b.own_setup_minutes, b.own_teardown_minutes))
        for b in queries.bookings_of(series)
    ]


def is_well():
    checks = (doctor.claims_and_bookings, doctor.claims_of_changes, doctor.shares, doctor.overlaps)
    return not any(check() for check in (*checks, doctor_of_houses.extras_promised_twice))


def test_it_holds_from_a_day_on_and_for_days_that_come_later(place, choir, beamer):
    along = Along((Wanted(beamer.id, 1),), setup_minutes=30, teardown_minutes=15)

    done = change_along(choir.id, FRIDAYS[1], along, by=place.bram)
    actions.extend_series(choir.id, FRIDAYS[4], by=place.bram)

    new = ({beamer.id: 1}, (30, 15))
    assert days_of(choir) == [({}, (0, 0)), new, new, new, new]
    assert [each.series_day for each in done.changed] == FRIDAYS[1:4]
    held = {row.from_at for row in db.session.query(Occupancy)}
    assert held == {at(FRIDAYS[0], 19), *(at(day, 18.5) for day in FRIDAYS[1:5])}
    assert is_well()
    [noted] = db.session.query(LogEntry).filter_by(verb="series.changed")
    assert noted.detail["fields"] == ["extras", "setup_minutes", "teardown_minutes"]
    told = db.session.query(OutboxLetter).filter_by(template="series_changed")
    assert {letter.recipient for letter in told} == {place.bram.email, place.amina.email}
    assert [each["things"] for each in told[0].facts["days"]] == [["1 × beamer"]] * 3


def test_what_is_not_named_stays_and_all_of_it_can_go_again(place, choir, beamer, chairs):
    change_along(choir.id, FRIDAYS[0], of((beamer, 1), (chairs, 20)), by=place.bram)
    change_along(choir.id, FRIDAYS[0], Along(setup_minutes=30), by=place.bram)
    change_along(choir.id, FRIDAYS[2], of((chairs, 9)), by=place.bram)

    both = {beamer.id: 1, chairs.id: 20}
    assert days_of(choir) == [(both, (30, 0))] * 2 + [({chairs.id: 9}, (30, 0))] * 2
    assert change_along(choir.id, FRIDAYS[2], of((chairs, 9)), by=place.bram).changed == []
    change_along(choir.id, FRIDAYS[0], Along((), 0, 0), by=place.bram)
    assert days_of(choir) == [({}, (0, 0))] * 4
    assert is_well()


def test_what_one_day_has_by_itself_stays_and_the_rest_follows(place, choir, beamer, chairs):
    change_along(choir.id, FRIDAYS[0], of((chairs, 10)), by=place.bram)
    second, third = queries.bookings_of(choir)[1:3]
    change_extras(second.id, [Wanted(chairs.id, 30)], by=place.bram)
    changes.move(third.id, place.hall, friday(15, 17, weeks=2), by=place.bram)

    done = change_along(choir.id, FRIDAYS[0], of((beamer, 1), (chairs, 12)), by=place.bram)

    all_of_it = {beamer.id: 1, chairs.id: 12}
    own = {beamer.id: 1, chairs.id: 30}
    assert [extras for extras, _ in days_of(choir)] == [all_of_it, own, {chairs.id: 10}, all_of_it]
    assert [each.series_day for each in done.kept] == [FRIDAYS[2]]


def test_days_on_which_it_is_gone_are_named_and_go_on_without(place, choir, beamer, chairs):
    a_confirmed_booking(place.small, friday(20, 22, weeks=2), extras=(Wanted(beamer.id, 1),))
    wanted = of((beamer, 1), (chairs, 5))

    with pytest.raises(NotOnAllDays) as refused:
        change_along(choir.id, FRIDAYS[0], wanted, by=place.bram)

    assert [(each.day, each.why) for each in refused.value.days] == [(FRIDAYS[2], Why.OUT_OF_STOCK)]
    assert "27 maart" in sentence_of(refused.value)
    assert days_of(choir) == [({}, (0, 0))] * 4
    agreed = [f"{FRIDAYS[2]}_{beamer.id}"]
    change_along(choir.id, FRIDAYS[0], wanted, by=place.bram, without=agreed)
    both = {beamer.id: 1, chairs.id: 5}
    assert [extras for extras, _ in days_of(choir)] == [both, both, {chairs.id: 5}, both]
    assert is_well()


def test_a_neighbour_who_is_too_near_leaves_the_time_around_that_day_as_it_was(place, choir):
    a_confirmed_booking(place.hall, friday(17, 18.75, weeks=1))
    longer = Along(setup_minutes=30, teardown_minutes=30)

    with pytest.raises(NotOnAllDays) as refused:
        change_along(choir.id, FRIDAYS[0], longer, by=place.bram)
    change_along(choir.id, FRIDAYS[0], longer, by=place.bram, without=None)

    assert [(each.day, each.why) for each in refused.value.days] == [(FRIDAYS[1], Why.TAKEN)]
    assert [minutes for _, minutes in days_of(choir)] == [(30, 30), (0, 0), (30, 30), (30, 30)]
    assert is_well()


def test_more_minutes_than_the_room_allows_are_refused(place, choir):
    with pytest.raises(NotBookable) as refused:
        change_along(choir.id, FRIDAYS[0], Along(setup_minutes=75), by=place.bram)
    assert refused.value.problems == [Problem.BUFFER_TOO_LONG]


def test_extras_are_paid_by_the_day_and_a_change_that_waits_knows_it(place, choir, beamer, chairs):
    [card] = db.session.query(RateCard)
    price = {"card_id": card.id, "extra_id": chairs.id, "measure": Measure.PIECE, "cents": 50}
    db.session.add(ExtraRate(**price))
    place.hall.approval = Approval.ASK
    db.session.commit()
    db.session.expire(card)
    longer = {"starts_minute": 19 * 60, "ends_minute": 22 * 60}
    question = change_series(choir.id, FRIDAYS[0], by=place.bram, **longer).question

    with pytest.raises(PriceChanged):
        change_along(choir.id, FRIDAYS[2], of((chairs, 10)), by=place.bram, seen_total=4000)
    change_along(choir.id, FRIDAYS[2], of((chairs, 10)), by=place.bram, seen_total=5000)

    assert [each.total_cents for each in queries.bookings_of(choir)] == [2000, 2000, 2500, 2500]
    asked = [each.total_cents for each in queries.days_waiting(question)]
    assert asked == [3000, 3000, 3500, 3500]


def test_what_is_asked_too_late_goes_with_later_days_only(place, choir):
    cleaning = an_extra(place.venue, "cleaning", stock=None, notice_hours=14 * 24)

    change_along(choir.id, FRIDAYS[0], of((cleaning, 1)), by=place.bram, without=None)

    assert [bool(extras) for extras, _ in days_of(choir)] == [False, True, True, True]


def test_a_change_that_waits_for_the_house_goes_on_waiting_in_its_own_place(place, choir, beamer):
    """Its days need the new minutes too, and nobody else may take them meanwhile."""
    place.hall.approval = Approval.ASK
    db.session.commit()
    asked = change_series(
        choir.id, FRIDAYS[0], by=place.bram, starts_minute=20 * 60, ends_minute=22 * 60
    )
    assert asked.question is not None

    along = Along((Wanted(beamer.id, 1),), teardown_minutes=30)
    change_along(choir.id, FRIDAYS[0], along, by=place.bram)

    last = max(row.to_at for row in db.session.query(Occupancy))
    assert last == at(FRIDAYS[3], 22.5)
    assert is_well()
    approve_change(choir.id, by=place.amina)
    assert days_of(choir) == [({beamer.id: 1}, (0, 30))] * 4
    assert is_well()


def test_the_past_stays_and_only_the_group_and_the_house_change_it(place, choir, beamer):
    chandra = a_person("Chandra")
    a_role(chandra, "board")
    for stranger, refusal in ((a_person("Dirk"), NotFound), (chandra, NotAllowed)):
        with pytest.raises(refusal):
            change_along(choir.id, FRIDAYS[0], of((beamer, 1)), by=stranger)

    with time_machine.travel(at(FRIDAYS[1], 20), tick=False):
        change_along(choir.id, FRIDAYS[0], of((beamer, 1)), by=place.amina)
    assert [bool(extras) for extras, _ in days_of(choir)] == [False, False, True, True]
    with time_machine.travel(at(FRIDAYS[3], 20), tick=False), pytest.raises(NothingLeft):
        change_along(choir.id, FRIDAYS[0], of(), by=place.bram)


def test_the_database_has_the_last_word_when_somebody_was_quicker(
    place, choir, beamer, monkeypatch
):
    a_confirmed_booking(place.small, friday(20, 22, weeks=2), extras=(Wanted(beamer.id, 1),))
    monkeypatch.setattr("buurthuis.extras.shelf.left", lambda *_: 1)

    with pytest.raises(OutOfStock):
        change_along(choir.id, FRIDAYS[0], of((beamer, 1)), by=place.bram)

    assert days_of(choir) == [({}, (0, 0))] * 4


def test_a_year_costs_as_many_statements_as_a_month(place, chairs):
    sent = []
    for count in (4, 52):
        room = a_room(place.venue, approval=Approval.ALWAYS, own_buffer_minutes=60)
        series = a_series(room, f"FREQ=WEEKLY;COUNT={count}", **place.us)
        change_along(series.id, FRIDAYS[0], of((chairs, 2)), by=place.bram)
        along = Along((Wanted(chairs.id, 1),), setup_minutes=30)
        with statements() as each:
            change_along(series.id, FRIDAYS[0], along, by=place.bram)
        sent.append(len(each))
    assert sent[0] == sent[1], sent
