"""Placing many bookings at once: the same as one after the other, for the price of a few."""

import pytest
from flask_babel import force_locale
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurthuis.bookings.models import Booking
from buurthuis.bookings.placing import place
from buurthuis.bookings.prospects import check, prospects
from buurthuis.bookings.refusals import NotBookable, PriceChanged, SomeNotBookable, SomeTaken
from buurthuis.bookings.wishes import Agreement, Order
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, sentence_of
from buurthuis.occupancy import claims
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.availability import Problem
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from buurthuis.rules.tariffs import Quote
from buurthuis.tariffs.models import Rate
from buurthuis.tariffs.queries import Priced
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Approval
from tests.api.conftest import statements
from tests.builders import (
    a_booking,
    a_closure,
    a_manager,
    a_person,
    a_recognition,
    a_room,
    a_venue,
    a_wish,
    an_initiative,
    friday,
)


@action
def placed(orders, by):
    """All of them or none, as a verb does it."""
    spaces = claims.lock_rooms({order.room.id: order.room for order in orders}.values())
    return place(orders, by=by, now=clock.now(), spaces=spaces)


@pytest.fixture
def house(app):
    """A hall of two halves with time around them, a day off, two groups and a booking of a third."""
    venue = a_venue()
    halves = [
        a_room(venue, turnover_minutes=30, approval=Approval.ALWAYS),
        a_room(venue, setup_minutes=30, capacity=8),
    ]
    hall = a_room(venue, parts=halves, setup_minutes=60, teardown_minutes=30)
    bram = a_person("Bram")
    groups = [an_initiative(bram), an_initiative(bram, kind=Kind.SOCIAL_ENTERPRISE)]
    a_recognition(groups[1], Kind.SOCIAL_ENTERPRISE)
    a_closure(venue, friday(8, 23, weeks=2))
    return [hall, *halves], groups, bram


asked = st.lists(
    st.tuples(
        st.integers(0, 2),  # the hall, or one of its halves
        st.integers(0, 1),  # group
        st.integers(0, 2),  # week
        st.integers(15, 30),  # start, in half hours
        st.integers(1, 5),  # length, in half hours
    ),
    min_size=2,
    max_size=9,
)


def forget_bookings():
    """What was booked is gone, closures stay."""
    db.session.rollback()
    db.session.query(Occupancy).filter(Occupancy.booking_id.is_not(None)).delete()
    db.session.query(Booking).delete()
    db.session.commit()
    db.session.expire_all()


def stored(bookings):
    """What is kept of bookings and of their claims, told without ids."""
    rows = db.session.query(Occupancy).order_by(Occupancy.space_id, Occupancy.from_at)
    facts = ("room_id", "initiative_id", "from_at", "to_at", "status", "total_cents", "price_lines")
    told = [tuple(getattr(booking, name) for name in facts) for booking in bookings]
    return told, [(row.space_id, row.initiative_id, row.from_at, row.to_at) for row in rows]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(asked=asked)
def test_many_at_once_are_what_they_would_be_one_after_the_other(house, asked):
    rooms, groups, bram = house
    orders = [
        Order(
            rooms[room],
            a_wish(friday(start / 2, (start + length) / 2, weeks=week), people=7 + week),
            groups[group],
        )
        for room, group, week, start, length in asked
    ]
    try:
        foretold = check(orders, now=clock.now())
        made, met = [], []
        for order in orders:
            try:
                made += placed([order], bram)
                met.append([])
            except RoomTaken:
                met.append([Problem.TAKEN])
            except NotBookable as refusal:
                met.append(refusal.problems)
        assert foretold == met
        one_by_one = stored(made)
        forget_bookings()
        good = [order for order, problems in zip(orders, met, strict=True) if not problems]
        assert stored(placed(good, bram) if good else []) == one_by_one
        assert doctor.overlaps() == doctor.claims_and_bookings() == doctor.shares() == []
        if len(good) < len(orders):
            with pytest.raises((SomeNotBookable, RoomTaken, NotBookable)):
                placed(orders, bram)
    finally:
        forget_bookings()


def weekly(room, group, count, **facts):
    return [
        Order(room, a_wish(friday(10, 12, weeks=week)), group, **facts) for week in range(count)
    ]


def test_a_year_costs_as_many_statements_as_a_day(app):
    room, bram = a_room(turnover_minutes=15), a_person("Bram")
    other, group = a_room(room.venue), an_initiative(bram)
    a_day, a_year = weekly(room, group, 1), weekly(other, group, 52)
    placed(weekly(a_room(room.venue), group, 1), bram)  # From here on the houses are known.
    sent = []
    for orders in (a_day, a_year):
        db.session.expire_all()
        with statements() as each:
            placed(orders, bram)
        sent.append(len(each))
    assert sent[0] == sent[1]
    assert db.session.query(Booking).count() == 54


def test_the_refusal_names_the_order_that_is_taken_and_nothing_is_booked(app):
    room, bram = a_room(), a_person("Bram")
    a_booking(room, friday(11, 13, weeks=2))
    group = an_initiative(bram)

    with pytest.raises(SomeTaken) as refused:
        placed(weekly(room, group, 4), bram)

    [(order, problems)] = refused.value.refused
    assert (order.wish.period, problems) == (friday(10, 12, weeks=2), [Problem.TAKEN])
    with force_locale("en"):
        assert "27 Mar" in sentence_of(refused.value)
    assert db.session.query(Booking).count() == 1


def test_other_reasons_are_named_as_well(app):
    room, bram = a_room(), a_person("Bram")
    a_closure(room.venue, friday(8, 23, weeks=1))
    a_booking(room, friday(11, 13, weeks=2))

    with pytest.raises(SomeNotBookable) as refused:
        placed(weekly(room, an_initiative(bram), 4), bram)

    assert not isinstance(refused.value, SomeTaken)
    assert [order.wish.period.start for order, _ in refused.value.refused] == [
        friday(10, 12, weeks=1).start,
        friday(10, 12, weeks=2).start,
    ]


def test_orders_that_overlap_each_other_are_refused(app):
    """Must not fail 10: a series cannot overlap itself, nor where requests hold no place."""
    room, bram = a_room(a_venue(requests_occupy=False)), a_person("Bram")
    group = an_initiative(bram)
    orders = [Order(room, a_wish(friday(*hours)), group) for hours in ((10, 12), (11, 13))]

    with pytest.raises(SomeTaken):
        placed(orders, bram)


def test_bookings_that_would_give_way_do_not_stand_in_the_way(app):
    room, bram = a_room(), a_person("Bram")
    old = a_booking(room, friday(10, 12), by=bram)
    order = Order(room, a_wish(friday(11, 13)), old.initiative)

    assert check([order], now=clock.now()) == [[Problem.TAKEN]]
    assert check([order], now=clock.now(), ignoring=[old.id]) == [[]]


def test_a_changed_price_tells_what_all_cost_together(app):
    room, bram = a_room(hourly_cents=1000), a_person("Bram")

    with pytest.raises(PriceChanged) as refused:
        placed(weekly(room, an_initiative(bram), 3, seen_total=1), bram)

    assert refused.value.total_cents == 3 * 2000


def test_what_is_not_sold_has_no_price_and_is_not_booked(app):
    room, bram = a_room(hourly_cents=1000), a_person("Bram")
    db.session.query(Rate).update({"unit": "hour_on_top"})
    db.session.commit()
    orders = weekly(room, an_initiative(bram), 2)

    assert [each.is_bookable for each in prospects(orders, now=clock.now())] == [False, False]
    with pytest.raises(NoPrice):
        placed(orders, bram)


def test_what_a_house_agreed_on_before_comes_as_it_was_and_meets_others_all_the_same(app):
    room = a_room(turnover_minutes=30, setup_minutes=30)
    bram, nadia = a_person("Bram"), a_manager(room.venue)
    beside = a_booking(room, friday(10, 12), by=bram)
    terms = frozenset({Problem.IN_THE_PAST, Problem.OFF_THE_STEP})
    settled = Priced(Quote.of((), reason="brought"), None, None, "brought", is_recognised=False)
    agreement = Agreement(terms, settled)
    last_year, close, over = friday(19.2, 21, weeks=-52), friday(12.5, 14), friday(11, 13)
    orders = [
        Order(room, a_wish(period), an_initiative(bram), agreed=agreement)
        for period in (last_year, close, over)
    ]

    assert check(orders, now=clock.now()) == [[], [], [Problem.TAKEN]]
    with pytest.raises(NotAllowed):
        placed(orders[:2], bram)
    made = placed(orders[:2], nadia)

    assert {(each.status, each.total_cents) for each in made} == {(Status.CONFIRMED, 0)}
    claimed = db.session.query(Occupancy).filter(Occupancy.booking_id != beside.id)
    assert [(row.from_at, row.to_at) for row in claimed.order_by(Occupancy.from_at)] == [
        (last_year.start, last_year.end),
        (close.start, close.end),
    ]
