"""A series is booked as its preview showed it, whole or not at all."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from buurthuis.bookings.actions import cancel
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import NotBookable, PriceChanged, SpeaksForNobody
from buurthuis.bookings.series import actions, preview, queries
from buurthuis.bookings.series.models import Series, Why
from buurthuis.bookings.series.refusals import (
    DayNotLeftOut,
    DaysInTheWay,
    NothingLeft,
    OtherHouse,
    RuleRefused,
)
from buurthuis.bookings.series.wishes import Choices
from buurthuis.foundation import clock, ical
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy.models import Occupancy
from buurthuis.rules.calendar import on_the_clock
from buurthuis.rules.prime_time import Per
from buurthuis.rules.recurrence import Mistake
from buurthuis.rules.states import Status
from buurthuis.tariffs.models import Rate
from buurthuis.venues.fair_use import Quota
from tests.api.conftest import statements
from tests.builders import (
    FRIDAY,
    a_booking,
    a_closure,
    a_confirmed_booking,
    a_person,
    a_role,
    a_room,
    a_series,
    a_series_wish,
    a_venue,
    fair_use,
    friday,
    on,
)

FRIDAYS = [FRIDAY + timedelta(weeks=week) for week in range(60)]
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def days_of(series):
    return [booking.series_day for booking in queries.bookings_of(series)]


def shown(place, wish, **more):
    return preview.preview(place.hall, wish, for_=place.choir, now=clock.now(), **more)


def test_every_day_becomes_a_booking_of_its_own(place):
    made = a_series(place.hall, **place.us)

    bookings = queries.bookings_of(made)
    assert days_of(made) == FRIDAYS[:4]
    assert [booking.period for booking in bookings] == [friday(19, 21, weeks=w) for w in range(4)]
    assert {booking.status for booking in bookings} == {Status.CONFIRMED}
    assert len({booking.uid for booking in bookings}) == 4
    assert (made.rule_text, made.first_on, made.last_on) == (
        "FREQ=WEEKLY;COUNT=4",
        FRIDAYS[0],
        FRIDAYS[3],
    )
    assert not any(queries.is_exception(made, booking) for booking in bookings)


def test_one_letter_and_one_line_in_the_logbook_tell_of_all_days(place):
    a_series(place.hall, **place.us)

    [letter] = db.session.query(OutboxLetter)
    [line] = db.session.query(LogEntry).filter(LogEntry.verb.startswith("series."))
    assert letter.template == "series_confirmed"
    assert len(letter.facts["days"]) == 4
    assert letter.facts["link"].endswith(f"/me/series/{db.session.query(Series).one().id}")
    assert ical.as_written(letter.calendar).count("BEGIN:VEVENT") == 4
    assert (line.verb, line.detail) == ("series.booked", {"count": 4})


def test_a_request_for_a_series_waits_for_the_managers(place):
    asked = a_series(a_room(place.venue), **place.us)

    letters = {letter.template for letter in db.session.query(OutboxLetter)}
    assert letters == {"series_requested", "series_arrived"}
    assert {booking.status for booking in queries.bookings_of(asked)} == {Status.REQUESTED}


def test_the_preview_marks_each_day_before_anything_is_stored(place):
    a_confirmed_booking(place.hall, friday(20, 22, weeks=1))
    a_closure(place.venue, friday(0, 24, weeks=2), place.hall)
    place.venue.closed_on_holidays = True
    db.session.commit()

    found = shown(place, a_series_wish("FREQ=WEEKLY;COUNT=5", people=10))

    told = {each.day: each.why for each in found.days}
    assert told == {
        FRIDAYS[0]: None,
        FRIDAYS[1]: Why.TAKEN,
        FRIDAYS[2]: Why.CLOSED,
        FRIDAYS[3]: Why.HOLIDAY,  # Good Friday
        FRIDAYS[4]: None,
    }
    assert found.days[3].holiday == "Goede vrijdag"
    elsewhere = {each.day: [offer.room.slug for offer in each.elsewhere] for each in found.days}
    assert elsewhere == {day: [] for day in told} | {FRIDAYS[1]: ["small"], FRIDAYS[2]: ["small"]}
    assert found.total_cents == 2 * 2000
    assert db.session.query(Series).count() == 0


def test_another_room_is_not_offered_beyond_the_share_that_the_other_days_take(place):
    four_days = a_series_wish("FREQ=DAILY;COUNT=4", first=FRIDAY - timedelta(days=4))
    a_confirmed_booking(place.hall, on(FRIDAY - timedelta(days=3), 20, 22))
    fair_use(place.venue, quotas=[{"per": Per.WEEK, "most_bookings": 4}])
    allowed = shown(place, four_days)
    db.session.query(Quota).update({"most_bookings": 3})
    db.session.commit()

    less = shown(place, four_days)

    assert [each.why for each in less.days] == [None, Why.TAKEN, None, None]
    assert [offer.room.slug for offer in allowed.days[1].elsewhere] == ["small"]
    assert less.days[1].elsewhere == []


def test_another_room_must_be_large_enough(place):
    a_confirmed_booking(place.hall, friday(20, 22, weeks=1))

    found = shown(place, a_series_wish(people=13))

    assert [each.elsewhere for each in found.in_the_way] == [[]]


def test_a_day_without_a_price_is_no_day_that_can_be_booked(place):
    day_rate = db.session.query(Rate).filter_by(room_id=place.hall.id).one()
    day_rate.unit, day_rate.name = "part", "morning"
    day_rate.starts_minute, day_rate.ends_minute = 8 * 60, 13 * 60
    db.session.commit()

    found = shown(place, a_series_wish())

    assert {each.why for each in found.days} == {Why.NO_PRICE}


def test_what_breaks_a_rule_on_every_day_is_told_at_once(place):
    with pytest.raises(NotBookable):
        shown(place, a_series_wish(people=41))
    with pytest.raises(NotBookable):
        shown(place, a_series_wish(start=19.1))


def test_one_day_in_the_way_means_that_nothing_is_booked(place):
    """Line 10 of what must not fail: every occurrence is checked."""
    a_confirmed_booking(place.hall, friday(20, 22, weeks=2))

    with pytest.raises(DaysInTheWay) as refused:
        a_series(place.hall, **place.us)

    assert [each.day for each in refused.value.days] == [FRIDAYS[2]]
    assert db.session.query(Booking).count() == 1
    assert db.session.query(Series).count() == 0


def test_the_booker_leaves_a_day_out_and_takes_another_room_on_another(place):
    for week in (1, 2):
        a_confirmed_booking(place.hall, friday(20, 22, weeks=week))
    choices = Choices(frozenset({FRIDAYS[1]}), {FRIDAYS[2]: place.small})
    wish = a_series_wish()
    total = shown(place, wish, choices=choices).total_cents

    made = actions.book_series(place.hall, wish, choices=choices, seen_total=total, **place.us)

    rooms = {booking.series_day: booking.room.slug for booking in queries.bookings_of(made)}
    assert rooms == {FRIDAYS[0]: "hall", FRIDAYS[2]: "small", FRIDAYS[3]: "hall"}
    assert [(each.day, each.why) for each in made.left_out] == [(FRIDAYS[1], Why.TAKEN)]
    assert total == 2 * 2000 + 1000


def test_a_day_that_was_taken_after_the_preview_is_named(place):
    wish = a_series_wish()
    assert shown(place, wish).in_the_way == []
    a_confirmed_booking(place.hall, friday(19, 20, weeks=3))

    with pytest.raises(DaysInTheWay) as refused:
        actions.book_series(place.hall, wish, **place.us)

    assert [each.day for each in refused.value.days] == [FRIDAYS[3]]


def test_a_price_that_changed_after_the_preview_is_told(place):
    with pytest.raises(PriceChanged) as refused:
        actions.book_series(place.hall, a_series_wish(), seen_total=1, **place.us)

    assert refused.value.total_cents == 4 * 2000
    assert db.session.query(Booking).count() == 0


def test_what_is_free_is_booked_and_the_rest_is_remembered(place):
    a_confirmed_booking(place.hall, friday(20, 22, weeks=1))

    made = actions.book_what_is_free(place.hall, a_series_wish(), **place.us)

    assert days_of(made) == [FRIDAYS[0], FRIDAYS[2], FRIDAYS[3]]
    assert [(each.day, each.why) for each in made.left_out] == [(FRIDAYS[1], Why.TAKEN)]


def test_when_nothing_is_free_nothing_is_made(place):
    a_closure(place.venue, on(FRIDAY, 0, 24), place.hall)

    with pytest.raises(DaysInTheWay):
        actions.book_what_is_free(place.hall, a_series_wish("FREQ=DAILY;COUNT=1"), **place.us)
    everything = Choices(frozenset(FRIDAYS[:4]))
    with pytest.raises(NothingLeft):
        actions.book_series(place.hall, a_series_wish(), choices=everything, **place.us)
    assert db.session.query(Series).count() == 0


def test_a_series_touches_itself_and_never_overlaps(place):
    """Line 10: no booking lasts longer than a day, and no rule gives a day twice."""
    place.venue.max_minutes = 1440
    for hours in place.venue.opening_hours:
        hours.opens_minute, hours.closes_minute = 0, 36 * 60
    db.session.commit()

    made = a_series(place.hall, "FREQ=DAILY;COUNT=3", 12, 36, **place.us)

    held = sorted(booking.period for booking in queries.bookings_of(made))
    assert all(one.end == other.start for one, other in pairwise(held))


def test_seven_in_the_evening_stays_so_across_both_clock_changes(place):
    """Line 9."""
    made = a_series(place.hall, "FREQ=WEEKLY;COUNT=40", **place.us)

    clocks = {on_the_clock(each.from_at).strftime("%H:%M") for each in queries.bookings_of(made)}
    assert clocks == {"19:00"}
    assert len({each.from_at.hour for each in queries.bookings_of(made)}) == 2


def test_half_past_two_is_refused_in_spring_and_the_first_of_two_in_autumn(place):
    """Line 9."""
    for hours in place.venue.opening_hours:
        hours.opens_minute, hours.closes_minute = 0, 24 * 60
    db.session.commit()
    night = a_series_wish("FREQ=WEEKLY;COUNT=2", 2.5, 4, first=SPRING - timedelta(weeks=1))

    assert [each.why for each in shown(place, night).days] == [None, Why.NO_SUCH_TIME]
    with pytest.raises(DaysInTheWay):
        actions.book_series(place.hall, night, **place.us)
    autumn = a_series(place.small, "FREQ=WEEKLY;COUNT=2", 2.5, 4, first=AUTUMN, **place.us)
    assert queries.bookings_of(autumn)[0].from_at == on(AUTUMN, 2.5, 4).start


@pytest.mark.parametrize(
    ("rule", "mistake"),
    [
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=3", Mistake.FIRST_NOT_HIT),
        ("FREQ=YEARLY;COUNT=9", Mistake.TOO_LONG),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused(place, rule, mistake):
    with pytest.raises(RuleRefused) as refused:
        a_series(place.hall, rule, **place.us)

    assert refused.value.mistake == mistake


def test_nobody_books_a_series_for_a_group_of_others(place):
    with pytest.raises(SpeaksForNobody):
        a_series(place.hall, by=a_person("Dirk"), for_=place.choir)


def test_a_series_stays_in_one_house(place):
    elsewhere = Choices(elsewhere={FRIDAYS[1]: a_room(a_venue())})

    with pytest.raises(OtherHouse):
        actions.book_series(place.hall, a_series_wish(), choices=elsewhere, **place.us)


def test_sending_the_same_series_twice_makes_one(place):
    """Line 23."""
    wish = a_series_wish()
    first = actions.book_series(place.hall, wish, submission="once", **place.us)
    again = actions.book_series(place.hall, wish, submission="once", **place.us)

    assert again.id == first.id
    assert db.session.query(Booking).count() == 4


def test_a_day_that_was_left_out_because_it_was_taken_or_closed_says_so(place):
    a_confirmed_booking(place.hall, friday(20, 22, weeks=1))
    a_closure(place.venue, friday(9, 23, weeks=2))
    out = Choices(left_out=frozenset(FRIDAYS[1:4]))

    made = actions.book_series(place.hall, a_series_wish(), choices=out, **place.us)

    whys = [(each.day, each.why) for each in made.left_out]
    assert whys == list(zip(FRIDAYS[1:4], [Why.TAKEN, Why.CLOSED, Why.LEFT_OUT], strict=True))


def test_a_day_that_was_left_out_can_be_added_again(place):
    """Line 11."""
    in_the_way = a_confirmed_booking(place.hall, friday(20, 22, weeks=1))
    made = actions.book_what_is_free(place.hall, a_series_wish(), **place.us)
    with pytest.raises(DaysInTheWay):
        actions.add_day(made.id, FRIDAYS[1], by=place.bram)
    cancel(in_the_way.id, by=place.amina)

    added = actions.add_day(made.id, FRIDAYS[1], by=place.bram)

    assert (added.period, added.series_id) == (friday(19, 21, weeks=1), made.id)
    assert queries.series(made.id).left_out == []
    with pytest.raises(DayNotLeftOut):
        actions.add_day(made.id, FRIDAYS[1], by=place.bram)


def test_a_cancelled_day_can_be_added_again_in_another_room(place):
    made = a_series(place.hall, **place.us)
    second = queries.bookings_of(made)[1]
    cancel(second.id, by=place.bram)
    a_booking(place.hall, friday(19, 20, weeks=1))

    assert queries.days_to_add(made, queries.bookings_of(made), now=clock.now()) == [FRIDAYS[1]]
    added = actions.add_day(made.id, FRIDAYS[1], by=place.bram, room=place.small)

    assert added.room_id == place.small.id
    assert days_of(made) == [FRIDAYS[0], FRIDAYS[1], FRIDAYS[1], FRIDAYS[2], FRIDAYS[3]]


def test_only_a_day_of_the_rule_can_be_added(place):
    made = a_series(place.hall, **place.us)

    with pytest.raises(DayNotLeftOut):
        actions.add_day(made.id, FRIDAY + timedelta(days=1), by=place.bram)


def test_a_series_goes_on_for_another_season(place):
    made = a_series(place.hall, "FREQ=WEEKLY;INTERVAL=2;COUNT=3", **place.us)
    a_confirmed_booking(place.hall, friday(19, 21, weeks=8))

    longer = preview.preview_longer(made, FRIDAYS[11], now=clock.now())
    assert [(each.day, each.why) for each in longer.days] == [
        (FRIDAYS[6], None),
        (FRIDAYS[8], Why.TAKEN),
        (FRIDAYS[10], None),
    ]
    with pytest.raises(DaysInTheWay):
        actions.extend_series(made.id, FRIDAYS[11], by=place.bram)
    choices = Choices(frozenset({FRIDAYS[8]}))
    new = actions.extend_series(made.id, FRIDAYS[11], by=place.bram, choices=choices)

    assert [booking.series_day for booking in new] == [FRIDAYS[6], FRIDAYS[10]]
    assert made.last_on == FRIDAYS[10]
    assert days_of(made) == [FRIDAYS[week] for week in (0, 2, 4, 6, 10)]
    with pytest.raises(NothingLeft):
        actions.extend_series(made.id, FRIDAYS[10], by=place.bram)


def test_a_stranger_finds_no_series_and_a_key_holder_changes_none(place):
    made = a_series(place.hall, **place.us)
    host = a_person("Amina")
    a_role(host, "key_holder", place.venue)

    with pytest.raises(NotFound):
        actions.extend_series(made.id, FRIDAYS[9], by=a_person("Dirk"))
    with pytest.raises(NotAllowed):
        actions.extend_series(made.id, FRIDAYS[9], by=host)
    with pytest.raises(NotFound):
        actions.add_day(999, FRIDAYS[1], by=place.bram)


def test_a_year_of_a_series_costs_as_many_statements_as_a_month(place):
    sent = []
    for room, count in ((a_room(place.venue), 2), (place.small, 4), (place.hall, 52)):
        db.session.refresh(place.venue)  # A page has loaded the house by then.
        with statements() as each:
            a_series(room, f"FREQ=WEEKLY;COUNT={count}", **place.us)
        sent.append(len(each))

    assert sent[1] == sent[2] <= 15
    assert db.session.query(Occupancy).count() == 58
