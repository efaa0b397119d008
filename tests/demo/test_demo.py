"""The demo is believable, the same for the same seed and day, and keeps every rule of the house."""

import os
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from buurthuis import create_app
from buurthuis.accounts.queries import person_with_address
from buurthuis.activities.models import Activity, Seat
from buurthuis.bookings.models import Booking, BookingMessage
from buurthuis.bookings.notice import due_at, policies_of
from buurthuis.bookings.pricing import price_of
from buurthuis.demo import plan
from buurthuis.foundation.db import Model, db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.imports.demo_people import HOME, KEY_HOLDER, seed_people
from buurthuis.roster.hours.models import HoursCorrection, LearnerHours
from buurthuis.roster.models import Duty, DutyStatus
from buurthuis.roster.tonight.models import Incident, Presence
from buurthuis.rules.availability import Ask, RoomFacts, problems
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.states import Status
from buurthuis.tariffs.models import Recognition
from buurthuis.upkeep import doctor
from buurthuis.venues.hours import bookable_windows, closures_of
from buurthuis.venues.models import Approval, Feature, Venue
from buurthuis.venues.queries import bookable_rooms
from tests.builders import a_closure, a_confirmed_booking, a_room, a_venue, at, on
from tests.conftest import ENGINES, MONDAY_MORNING, empty_postgresql, settings_for

TODAY = MONDAY_MORNING.date()


def two_houses() -> None:
    """One with a hall of two parts and minutes around each booking, and one that gives notice."""
    home = a_venue(HOME)
    east, west = (a_room(home, slug=slug, turnover_minutes=30) for slug in ("east", "west"))
    a_room(home, slug="hall", parts=[east, west], capacity=90, setup_minutes=30)
    a_room(home, slug="studio", capacity=40, features=[Feature.SPORTS_FLOOR, Feature.STAGE])
    a_closure(home, on(TODAY + timedelta(days=20), 8, 23))
    other = a_venue("elsewhere", notice_minutes=8 * 1440, horizon_days=90, closed_on_holidays=True)
    a_room(other, slug="table", capacity=12, approval=Approval.ALWAYS)
    a_room(other, slug="lounge", capacity=30, approval=Approval.RECOGNISED)
    seed_people()


@pytest.fixture
def houses(app) -> None:
    two_houses()


@pytest.fixture(scope="module", params=ENGINES)
def filled(request, tmp_path_factory) -> Iterator[Flask]:
    """The program with a demo of its own, which tests only read: making one takes seconds."""
    folder = tmp_path_factory.mktemp("demo")
    url = f"sqlite:///{folder / 'demo.sqlite'}"
    if request.param == "postgresql":
        url = empty_postgresql(f"demo_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}")
    program = create_app(settings_for(folder, url))
    with time_machine.travel(MONDAY_MORNING, tick=False), program.app_context():
        db.create_all()
        two_houses()
        run(program, "--bookings", "600")
        db.session.remove()
    yield program
    with program.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(filled) -> Iterator[None]:
    """The demo of six hundred bookings, to look into."""
    with time_machine.travel(MONDAY_MORNING, tick=False), filled.app_context():
        yield
        db.session.remove()


def run(app, *options: str) -> str:
    db.session.commit()
    answer = app.test_cli_runner().invoke(args=["demo", *options], catch_exceptions=False)
    db.session.expire_all()
    assert answer.exit_code == 0, answer.output
    return answer.output


def bookings() -> list[Booking]:
    return list(db.session.scalars(select(Booking).order_by(Booking.uid)))


def told(booking: Booking) -> tuple[object, ...]:
    return (
        booking.uid,
        booking.room.slug,
        booking.period,
        booking.title,
        booking.initiative.name,
        booking.status,
        booking.total_cents,
        booking.people,
        booking.created_at,
        booking.cancelled_at,
    )


def complaints() -> list[str]:
    checks = (doctor.overlaps, doctor.claims_and_bookings, doctor.shares, doctor.sums)
    return [complaint for check in checks for complaint in check()]


def test_the_demo_makes_as_many_bookings_as_one_asks_for(app, houses):
    output = run(app, "--bookings", "150")

    assert "150 bookings were added." in output
    assert len(bookings()) == 150
    assert complaints() == []


def test_doing_it_twice_adds_nothing(app, houses):
    run(app, "--bookings", "60")
    before = [told(booking) for booking in bookings()]

    output = run(app, "--bookings", "60")

    assert "The demo is there already: 60 bookings." in output
    assert [told(booking) for booking in bookings()] == before


def test_asking_for_more_adds_only_what_is_missing(app, houses):
    run(app, "--bookings", "40")
    before = [told(booking) for booking in bookings()]

    output = run(app, "--bookings", "100", "--years", "2")

    assert "60 bookings were added." in output
    assert [told(booking) for booking in bookings()[:40]] == before
    assert complaints() == []


def test_the_same_seed_on_the_same_day_makes_the_same(app, houses):
    run(app, "--bookings", "80", "--seed", "7")
    before = [told(booking) for booking in bookings()]
    for table in reversed(Model.metadata.sorted_tables):
        db.session.execute(table.delete())
    db.session.commit()
    db.session.expunge_all()

    with time_machine.travel(MONDAY_MORNING + timedelta(hours=9, seconds=17), tick=False):
        two_houses()
        run(app, "--bookings", "80", "--seed", "7")

    assert [told(booking) for booking in bookings()] == before


def test_another_seed_makes_something_else(app, houses):
    run(app, "--bookings", "20", "--seed", "1")
    before = {told(booking)[1:5] for booking in bookings()}
    run(app, "--bookings", "40", "--seed", "2")

    assert {told(booking)[1:5] for booking in bookings()[20:]} != before


def test_the_demo_keeps_clear_of_what_others_booked(app, houses):
    hall = next(room for room in bookable_rooms() if room.slug == "hall")
    by_hand = [
        a_confirmed_booking(hall, on(TODAY + timedelta(days=day), 8, 23)).id for day in range(1, 15)
    ]

    run(app, "--bookings", "200")

    assert complaints() == []
    assert all(db.session.get_one(Booking, each).status == Status.CONFIRMED for each in by_hand)


def test_each_booking_could_have_been_made_when_it_was(demo):
    rooms = {room.id: room for room in bookable_rooms()}
    for booking in bookings()[::3]:
        room, first = rooms[booking.room_id], day_of(booking.from_at)
        facts = RoomFacts(
            capacity=room.capacity,
            windows=bookable_windows(room, first, first),
            closures=closures_of(room, first, first),
        )
        ask = Ask(booking.period, booking.people)
        assert problems(ask, facts, room.venue.limits, now=booking.created_at) == []


def test_the_demo_covers_the_past_and_half_a_year_ahead(app, houses):
    run(app, "--bookings", "300", "--years", "2")

    days = [day_of(booking.from_at) for booking in bookings()]
    assert TODAY - timedelta(days=730) <= min(days) < TODAY - timedelta(days=640)
    assert TODAY + timedelta(weeks=22) < max(days) <= TODAY + timedelta(weeks=26)


def test_nothing_was_done_in_the_future(demo):
    for booking in bookings():
        done = [booking.created_at, booking.changed_at, booking.decided_at, booking.cancelled_at]
        assert max(each for each in done if each) <= MONDAY_MORNING


def test_shifts_have_been_done_and_people_said_how_it_went(demo):
    amina = person_with_address(KEY_HOLDER)
    ahead = select(Duty).where(Duty.person_id == amina.id, Duty.starts_at >= MONDAY_MORNING)
    tonight = db.session.scalars(ahead.where(Duty.starts_at < day_period(TODAY).end)).all()
    assert {each.status for each in tonight} == {DutyStatus.TAKEN}
    for table, least in ((Presence, 10), (LearnerHours, 1), (HoursCorrection, 1)):
        assert db.session.scalar(select(func.count()).select_from(table)) >= least, table
    seen = [
        each.seen_at for each in db.session.scalars(select(Incident).order_by(Incident.told_at))
    ]
    assert None in seen
    assert not all(each is None for each in seen)
    latest = [func.max(Presence.closed_at), func.max(HoursCorrection.said_at)]
    assert all(db.session.scalar(select(each)) <= MONDAY_MORNING for each in latest)


def test_every_price_is_the_real_one(demo):
    for booking in bookings()[::5]:
        priced = price_of(booking.room, booking.period, booking.initiative, booking.purpose)
        assert (booking.total_cents, booking.discount_cents, booking.price_reason) == (
            priced.quote.total_cents,
            priced.quote.discount_cents,
            priced.reason,
        )
    assert {"standing", "not_recognised"} <= {booking.price_reason for booking in bookings()}


def test_some_requests_wait_at_home_and_one_of_them_was_asked_about(demo):
    home = db.session.scalars(select(Venue).where(Venue.slug == HOME)).one()
    waiting = [each for each in bookings() if each.status == Status.REQUESTED]
    at_home = [each for each in waiting if each.venue_id == home.id]
    assert len(at_home) == plan.WAITING_AT_HOME
    assert all(each.from_at > at(TODAY, 24) for each in waiting)
    assert max(MONDAY_MORNING - each.created_at for each in at_home) > timedelta(days=3)
    assert db.session.scalar(select(func.count()).select_from(BookingMessage))


def test_bookings_end_in_every_way(demo):
    by_status: dict[Status, list[Booking]] = {}
    for booking in bookings():
        by_status.setdefault(booking.status, []).append(booking)
    cancelled = by_status[Status.CANCELLED]
    assert set(by_status) == set(Status) - {Status.HELD, Status.EXPIRED}
    assert all(each.refusal_reason for each in by_status[Status.REFUSED])
    assert all(each.to_at <= MONDAY_MORNING for each in by_status[Status.NO_SHOW])
    assert {each.cancelled_late for each in cancelled} == {True, False}
    policies = policies_of(cancelled)
    for each in cancelled:
        due = due_at(each, policies[each.id])(each.cancelled_at)
        assert each.cancelled_late == due.is_late


def test_the_people_as_whom_one_signs_in_have_bookings_too(demo):
    names = {booking.initiative.name for booking in bookings()}
    assert {"Repair Café Oost", "Dirk Meubels"} <= names
    waiting = [each for each in bookings() if each.status == Status.REQUESTED]
    assert "Repair Café Oost" in {each.initiative.name for each in waiting}


def test_part_of_the_groups_is_recognised(app, houses):
    run(app, "--bookings", "20")

    recognised = set(db.session.scalars(select(Recognition.initiative_id)))
    assert 5 < len(recognised) < 40


def test_no_letter_is_posted(app, houses):
    before = db.session.scalar(select(func.count()).select_from(OutboxLetter))

    run(app, "--bookings", "100")

    assert db.session.scalar(select(func.count()).select_from(OutboxLetter)) == before


def test_when_no_more_fit_the_demo_says_so(app, monkeypatch):
    monkeypatch.setattr(plan, "GIVE_UP_AFTER", 200)
    venue = a_venue("tiny")
    evening, *others = venue.opening_hours
    evening.opens_minute, evening.closes_minute = 20 * 60, 22 * 60
    for hours in others:
        db.session.delete(hours)
    a_room(venue, capacity=40)

    output = run(app, "--bookings", "2500")

    assert "No more fit." in output
    assert 0 < len(bookings()) < 2500
    assert complaints() == []


def test_without_houses_the_demo_brings_its_own(app):
    output = run(app, "--bookings", "30")

    assert "De Meevaart" in output
    assert len(bookings()) == 30


def test_on_a_later_day_the_demo_still_adds_nothing(app, houses):
    run(app, "--bookings", "30")

    with time_machine.travel(date(2026, 4, 1), tick=False):
        output = run(app, "--bookings", "30")

    assert "already" in output


def test_a_few_bookings_stand_in_the_agenda_with_words_of_their_own(app, houses):
    output = run(app, "--bookings", "300")

    shown = list(db.session.scalars(select(Activity)))
    assert f"{len(shown)} activities stand in the agenda." in output
    assert 5 < len(shown) < 25
    for each in shown:
        assert each.booking.is_public
        assert each.booking.status == Status.CONFIRMED
        assert each.text
        assert each.languages
    seats = list(db.session.scalars(select(Seat)))
    assert seats
    assert all(each.name.endswith("(verzonnen)") and not each.email for each in seats)

    run(app, "--bookings", "320")
    assert db.session.scalar(select(func.count()).select_from(Activity)) == len(shown)
