"""Fair use at the booking desk: neighbours first, quotas, what series leave, and exceptions."""

from dataclasses import replace
from datetime import date

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from buurthuis.bookings import actions
from buurthuis.bookings.changes import actions as changes
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import alternatives_of, find, problems_of
from buurthuis.bookings.refusals import NotBookable
from buurthuis.bookings.sentences import problem_sentence
from buurthuis.bookings.series.actions import book_series
from buurthuis.bookings.series.changing import change_series
from buurthuis.bookings.series.models import Why
from buurthuis.bookings.series.preview import preview
from buurthuis.bookings.series.refusals import DaysInTheWay
from buurthuis.bookings.series.wishes import SeriesWish
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, sentence_of
from buurthuis.foundation.logbook import LogEntry
from buurthuis.rules.availability import Ask
from buurthuis.rules.fair_use import Rule
from buurthuis.rules.prime_time import Per
from buurthuis.rules.recurrence import Frequency
from buurthuis.rules.recurrence import Rule as SeriesRule
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.venues.decisions import Decision, Matter
from buurthuis.venues.models import Approval
from tests.builders import (
    FRIDAY,
    a_booking,
    a_manager,
    a_person,
    a_recognition,
    a_room,
    a_venue,
    a_wish,
    an_initiative,
    fair_use,
    friday,
)
from tests.venues.counting import counted as counting


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


def test_what_is_kept_is_not_offered_and_the_reason_is_told(venue, room, bram, repair):
    fair_use(venue, others_days=14)
    wanted = friday(19, 21, weeks=1)

    found = find(wanted, people=10, purpose=Purpose.MEETING, initiative=repair, now=clock.now())

    assert found.free == []
    [taken] = found.taken
    ask = Ask(wanted, 10, purpose=Purpose.MEETING)
    with force_locale("en"):
        told = problem_sentence(taken.problems[0], room, ask)
    assert told == ("Neighbours go first at this time. You can book it from Friday 6 March.")
    others = alternatives_of(room, ask, now=clock.now(), initiative_id=repair.id)
    assert friday(16, 18, weeks=1) in others
    for other in others:
        asked = replace(ask, period=other)
        assert problems_of(room, asked, now=clock.now(), initiative_id=repair.id) == []


@pytest.mark.parametrize("quota", [{"most_minutes": 300}, {"most_bookings": 2}])
def test_a_group_has_so_much_a_month_over_all_rooms_of_the_house(venue, room, bram, repair, quota):
    fair_use(venue, prime=False, quotas=[{"per": Per.MONTH, **quota}])
    other = a_room(venue, approval=Approval.ALWAYS)
    a_booking(room, friday(9, 11), by=bram, for_=repair)
    a_booking(other, friday(9, 12), by=bram, for_=repair)

    assert rules_against(room, friday(13, 14), by=bram, for_=repair) == [Rule.QUOTA]
    a_booking(room, friday(13, 14), for_=an_initiative(bram, name="Koor"), by=bram)
    a_booking(room, friday(9, 11, weeks=4), by=bram, for_=repair)


def test_what_is_left_and_who_decided_is_told(venue, room, bram, repair):
    fair_use(venue, quotas=[{"per": Per.MONTH, "most_minutes": 240, "is_prime_only": True}])
    about = {"about": Matter.FAIR_USE, "subject": "", "reference": ""}
    residents = {"decided_on": date(2026, 1, 12), "decided_by": "Bewonersvergadering"}
    db.session.add(Decision(venue_id=venue.id, **about, **residents))
    a_booking(room, friday(18, 21), by=bram, for_=repair)

    with pytest.raises(NotBookable) as refused:
        a_booking(room, friday(16, 20, weeks=1), by=bram, for_=repair)

    with force_locale("en"):
        told = sentence_of(refused.value)
    assert told == (
        "A group has at most 4 hours in March 2026, in busy hours. You have 1 hour left. Book less."
        " Or choose a quieter time."
        " Decided by Bewonersvergadering on Monday 12 January 2026."
    )


def test_a_cancelled_booking_gives_its_part_of_the_quota_back(venue, room, bram, repair):
    fair_use(venue, prime=False, quotas=[{"per": Per.WEEK, "most_bookings": 1}])
    first = a_booking(room, friday(9, 11), by=bram, for_=repair)
    assert rules_against(room, friday(12, 14), by=bram, for_=repair) == [Rule.QUOTA]

    actions.cancel(first.id, by=bram)

    assert a_booking(room, friday(12, 14), by=bram, for_=repair).is_live


def test_a_move_is_no_second_booking_and_shorter_is_always_fair(venue, room, bram, repair):
    booking = a_booking(room, friday(18, 22), by=bram, for_=repair)
    quota = {"per": Per.WEEK, "most_minutes": 120}
    fair_use(venue, quotas=[quota], others_days=0)

    changes.move(booking.id, room, friday(18, 21), by=bram)
    with pytest.raises(NotBookable):
        changes.move(booking.id, room, friday(18, 22), by=bram)
    changes.move(booking.id, room, friday(9, 12), by=bram)


def weekly(hours):
    return SeriesWish(
        rule=SeriesRule(Frequency.WEEKLY, times=3),
        first_on=FRIDAY,
        starts_minute=18 * 60,
        ends_minute=18 * 60 + hours * 60,
        title="Koor",
        purpose=Purpose.CULTURE,
        people=10,
    )


def test_series_leave_a_part_of_prime_time_to_single_bookings(venue, room, bram, repair):
    fair_use(venue, series_percentage=50, series_days=14)
    series = book_series(room, weekly(2), by=bram, for_=repair)

    choir = an_initiative(bram, name="Koor")
    seen = preview(
        room, replace(weekly(2), starts_minute=1200, ends_minute=1320), for_=choir, now=clock.now()
    )

    assert db.session.query(Booking).filter_by(series_id=series.id).count() == 3
    assert [each.why for each in seen.days] == [None, Why.FAIR_USE, Why.FAIR_USE]
    assert a_booking(room, friday(20, 22, weeks=1), by=bram, for_=choir).is_live


def test_a_series_counts_its_own_days_for_a_quota(venue, room, bram, repair):
    fair_use(venue, prime=False, quotas=[{"per": Per.MONTH, "most_bookings": 2}])

    seen = preview(room, weekly(2), for_=repair, now=clock.now())

    assert [each.why for each in seen.days] == [None, None, Why.FAIR_USE]


def test_a_manager_makes_an_exception_and_says_why(venue, room):
    fair_use(venue, others_days=14)
    amina = a_manager(venue, "Amina")
    guests = an_initiative(amina, name="Gasten")
    wish = a_wish(friday(19, 21, weeks=1))
    with pytest.raises(NotBookable):
        actions.book(room, wish, by=amina, for_=guests)

    booking = actions.book(room, wish, by=amina, for_=guests, exception="The mayor comes")

    entries = db.session.scalars(select(LogEntry).where(LogEntry.verb == "booking.exception"))
    [entry] = entries
    assert (entry.subject_id, entry.detail["reason"]) == (booking.id, "The mayor comes")


def test_nobody_else_makes_an_exception(venue, room, bram, repair):
    fair_use(venue, others_days=14)

    with pytest.raises(NotAllowed):
        actions.book(
            room, a_wish(friday(19, 21, weeks=1)), by=bram, for_=repair, exception="Please"
        )


def test_what_the_house_does_itself_is_not_counted(venue, room, bram, repair):
    fair_use(venue, others_days=0, quotas=[{"per": Per.WEEK, "most_bookings": 1}])
    a_recognition(repair, Kind.INTERNAL, venue=venue)

    a_booking(room, friday(18, 20), by=bram, for_=repair)
    assert a_booking(room, friday(20, 22), by=bram, for_=repair).is_live


def test_52_dates_ask_as_many_questions_as_2(venue, room, bram, repair):
    quota = {"per": Per.MONTH, "most_bookings": 40}
    fair_use(venue, others_days=999, series_percentage=90, quotas=[quota])
    asked = []
    for times in (2, 52):
        wish = replace(weekly(2), rule=SeriesRule(Frequency.WEEKLY, times=times))
        with counting() as statements:
            preview(room, wish, for_=repair, now=clock.now())
        asked.append(len(statements))

    assert asked[1] <= asked[0]


def test_a_series_that_becomes_shorter_is_always_fair(venue, room, bram, repair):
    series = book_series(room, weekly(3), by=bram, for_=repair)
    fair_use(venue, others_days=0, series_percentage=0)

    def changed(hours):
        plan = {"starts_minute": 18 * 60, "ends_minute": (18 + hours) * 60}
        return change_series(series.id, FRIDAY, by=bram, **plan)

    changed(2)
    with pytest.raises(DaysInTheWay):
        changed(4)


def test_a_manager_makes_an_exception_for_all_days_of_a_series(venue, room, bram, repair):
    fair_use(venue, prime=False, quotas=[{"per": Per.MONTH, "most_bookings": 2}])
    amina = a_manager(venue, "Amina")
    guests = an_initiative(amina, name="Gasten")
    wish = replace(weekly(2), exception="The mayor comes")

    with pytest.raises(NotAllowed):
        book_series(room, wish, by=bram, for_=repair)
    made = book_series(room, wish, by=amina, for_=guests)

    asked = select(LogEntry).where(LogEntry.verb == "booking.exception")
    entries = list(db.session.scalars(asked))
    assert {each.subject_id for each in entries} == {each.id for each in made.just_booked}
    assert {each.detail["reason"] for each in entries} == {"The mayor comes"}
