"""A closure over bookings: each is moved or cancelled with a letter, in one go, or nothing happens."""

import pytest

from buurthuis.bookings import actions, changes, queries
from buurthuis.bookings.changes.queries import change
from buurthuis.bookings.slips.models import News, PhoneCall
from buurthuis.foundation import ical
from buurthuis.foundation.db import db
from buurthuis.foundation.letters import render
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.imports.closing import Fate, close_over
from buurthuis.imports.house import HouseClosure
from buurthuis.imports.refusals import OthersInTheWay
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.states import Status
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Closure
from tests.builders import FRIDAY, a_confirmed_booking, a_person, a_room, an_initiative, friday
from tests.pages.reading import filled_in

LEAK = HouseClosure(friday(8, 23).start, friday(8, 23).end, ("zaal",), "Lekkage")


@pytest.fixture
def hall(venue):
    return a_room(venue, slug="grote-zaal", name="Grote zaal", capacity=40, hourly_cents=5000)


@pytest.fixture
def choir(room):
    chandra = a_person("Chandra")
    return a_confirmed_booking(
        room, friday(19, 21), by=chandra, for_=an_initiative(chandra), title="Koor"
    )


@pytest.fixture
def sewing(room):
    return a_confirmed_booking(room, friday(10, 12), title="Naaiclub")


def letters(template):
    return db.session.query(OutboxLetter).filter_by(template=template).all()


def all_is_well():
    for check in (doctor.claims_and_bookings, doctor.closures, doctor.shares, doctor.overlaps):
        assert check() == []


def test_one_moves_at_no_higher_price_and_one_is_cancelled(amina, hall, choir, sewing):
    fates = [Fate(choir.id, choir.sequence, hall.slug), Fate(sewing.id, sewing.sequence)]

    close_over("de-meevaart", LEAK, fates, by=amina, reason="Er is lekkage.")

    moved, cancelled = queries.booking(choir.id), queries.booking(sewing.id)
    assert (moved.room_id, moved.status, moved.total_cents) == (hall.id, Status.CONFIRMED, 2000)
    assert (cancelled.status, cancelled.cancelled_late) == (Status.CANCELLED, False)
    assert [each.reason for each in db.session.query(Closure)] == ["Lekkage"]
    assert letters("booking_moved")[0].facts["reason"] == "Er is lekkage."
    assert letters("booking_cancelled")[0].facts["reason"] == "Er is lekkage."
    all_is_well()


def test_nothing_happens_when_somebody_booked_meanwhile(amina, hall, choir, sewing):
    fates = [Fate(choir.id, choir.sequence, hall.slug)]

    with pytest.raises(OthersInTheWay) as refused:
        close_over("de-meevaart", LEAK, fates, by=amina, reason="Lekkage")

    assert [each.title for each in refused.value.facts["bookings"]] == ["Naaiclub"]
    assert queries.booking(choir.id).room_id != hall.id
    assert db.session.query(Closure).count() == 0


def test_nothing_happens_when_the_other_room_is_taken_meanwhile(amina, hall, choir, sewing):
    a_confirmed_booking(hall, friday(20, 22))
    fates = [Fate(sewing.id, sewing.sequence), Fate(choir.id, choir.sequence, hall.slug)]

    with pytest.raises(RoomTaken):
        close_over("de-meevaart", LEAK, fates, by=amina, reason="Lekkage")

    assert queries.booking(sewing.id).status == Status.CONFIRMED
    assert letters("booking_cancelled") == []


def test_who_asked_to_come_at_the_closed_time_hears_no(amina, room, studio):
    bram = a_person("Bram")
    booking = a_confirmed_booking(
        studio, friday(10, 12), by=bram, for_=an_initiative(bram), people=5
    )
    asked = changes.send(booking.id, changes.Wanted(room, friday(14, 16)), by=bram).change

    close_over("de-meevaart", LEAK, [], by=amina, reason="Er is lekkage.")

    assert change(asked.id).status == ChangeStatus.REFUSED
    assert letters("change_refused")[0].facts["reason"] == "Er is lekkage."
    all_is_well()


def form_of(house, **typed):
    drawn = house.get("/closures/new?now=yes&room=zaal")
    assert 'value="2026-03-02"' in drawn.text
    day = FRIDAY.isoformat()
    return {**filled_in(drawn), "from_day": day, "to_day": day, "from_clock": "08:00", **typed}


def test_a_leak_is_two_pages_on_a_phone(house, hall, choir, sewing):
    review = house.desk.post(
        f"{house.address}/closures/new", data=form_of(house, reason="Lekkage", rooms="zaal")
    )

    assert review.status_code == 409
    for words in ("Koor", "Naaiclub", "Move to Grote zaal, same time", "Lekkage", "If you move it"):
        assert words in review.text
    page = house.desk.post(
        f"{house.address}/closures/over", data=both(review, choir, sewing), follow_redirects=True
    )

    assert "Closed: Zaal, Friday 13 March" in page.text
    assert queries.booking(choir.id).room_id == hall.id


def both(review, *bookings):
    """The page as a browser sends it: the same name once for each booking."""
    return {**filled_in(review), "booking": [str(each.id) for each in bookings]}


def test_who_is_called_first_keeps_the_room_open(house, hall, choir):
    review = house.desk.post(
        f"{house.address}/closures/new", data=form_of(house, reason="Lekkage", rooms="zaal")
    )

    page = house.desk.post(
        f"{house.address}/closures/over",
        data={**both(review, choir), f"do-{choir.id}": "talk"},
    )

    assert page.status_code == 409
    assert "Nothing has changed yet. Call these people first." in page.text
    assert db.session.query(Closure).count() == 0


def test_what_changed_meanwhile_is_named(house, hall, choir, amina):
    review = house.desk.post(
        f"{house.address}/closures/new", data=form_of(house, reason="Lekkage", rooms="zaal")
    )
    actions.cancel(choir.id, by=amina, reason="x")

    page = house.desk.post(f"{house.address}/closures/over", data=both(review, choir))

    assert page.status_code == 409
    assert "A booking was cancelled or moved meanwhile." in page.text


@pytest.mark.parametrize("typed", [{}, {"booking": "x"}, {"booking": "9" * 40}])
def test_what_our_page_never_sends_changes_nothing(house, choir, typed):
    answer = house.desk.post(
        f"{house.address}/closures/over", data={**form_of(house, rooms="zaal"), **typed}
    )

    assert answer.status_code in {404, 422}
    assert queries.booking(choir.id).status == Status.CONFIRMED


def test_a_group_with_several_bookings_reads_of_all_in_one_letter(amina, house, hall, room):
    bram = a_person("Bram")
    choir = an_initiative(bram, name="Koor")
    days = [
        a_confirmed_booking(room, friday(start, start + 2), by=bram, for_=choir, title=title)
        for start, title in ((9, "Koor"), (12, "Koor"), (19, "Uitvoering"))
    ]
    a_confirmed_booking(hall, friday(19, 21))  # So one of them has no other room.

    review = house.desk.post(
        f"{house.address}/closures/new", data=form_of(house, reason="Lekkage", rooms="zaal")
    )
    assert "One letter for all 3 bookings" in review.text
    assert "Grote zaal instead of Zaal" in review.text
    house.desk.post(f"{house.address}/closures/over", data=both(review, *days))

    [letter] = letters("house_closed")
    assert letters("booking_moved") == letters("booking_cancelled") == []
    body = render("house_closed", "en", letter.facts).body
    assert body.count("Grote zaal instead of Zaal") == 2
    assert "19:00 to 21:00, Uitvoering" in body
    calendar = ical.as_written(letter.calendar)
    assert (calendar.count("BEGIN:VEVENT"), calendar.count("STATUS:CANCELLED")) == (3, 1)
    all_is_well()


def test_who_has_no_e_mail_is_called_once_about_all_of_them(amina, hall, room):
    bram = a_person("Bram")
    bram.email, bram.phone = None, "020 123"
    group = an_initiative(bram, name="Koor")
    days = [
        a_confirmed_booking(room, friday(start, start + 2), by=bram, for_=group)
        for start in (9, 12)
    ]
    db.session.query(PhoneCall).delete()
    fates = [Fate(each.id, each.sequence) for each in days]

    close_over("de-meevaart", LEAK, fates, by=amina, reason="Lekkage")

    [call] = db.session.query(PhoneCall)
    assert (call.news, call.booking_id) == (News.CANCELLED, days[0].id)
