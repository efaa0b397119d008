"""Seats: at once, in line, given up, told of a change, and forgotten after a month."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from buurthuis.activities.actions import Story, ask_back, give_up, show, take_out
from buurthuis.activities.models import Activity, Place, Seat
from buurthuis.activities.refusals import NoSeatsNow, NothingToShow, SeatsGiven
from buurthuis.activities.upkeep import forget_visitors, remind_visitors, tell_visitors
from buurthuis.bookings import actions as bookings
from buurthuis.bookings.changes import edit, move
from buurthuis.bookings.refusals import TakenOut
from buurthuis.bookings.series.actions import add_day
from buurthuis.bookings.series.queries import bookings_of
from buurthuis.foundation import outbox
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.venues.models import Approval
from buurthuis.venues.photos import Picture
from buurthuis.venues.queries import shown_picture
from tests.builders import (
    a_confirmed_booking,
    a_fresh_picture,
    a_manager,
    a_person,
    a_room,
    a_seat,
    a_series,
    an_activity,
    friday,
)

EVENING = friday(19, 21)


@pytest.fixture
def soup(app):
    booking = a_confirmed_booking(a_room(approval=Approval.ALWAYS), EVENING)
    return an_activity(booking, seats=4)


def letters(template):
    return db.session.query(OutboxLetter).filter_by(template=template).all()


def test_the_first_in_line_whom_it_fits_moves_up(soup):
    holder = a_seat(soup, 4)
    large, small = a_seat(soup, 4, name="Large"), a_seat(soup, 2, name="Small")
    assert (large.place, small.place) == (Place.WAITING, Place.WAITING)

    give_up(holder.id)

    assert (large.place, small.place, soup.taken) == (Place.SEATED, Place.WAITING, 4)
    assert [each.facts["person_name"] for each in letters("seat_free")] == ["Large"]
    assert (holder.name, holder.email) == ("", "")


def test_who_needs_less_goes_before_who_needs_more_than_there_is(soup):
    a_seat(soup, 3)
    waits, fits = a_seat(soup, 2), a_seat(soup, 1)

    assert (waits.place, fits.place) == (Place.WAITING, Place.SEATED)


def test_more_seats_let_the_line_move(soup):
    a_seat(soup, 4)
    waits = a_seat(soup, 2)

    show(soup.booking_id, Story("Soup", seats=6), by=soup.booking.booked_by)

    assert (waits.place, soup.taken) == (Place.SEATED, 6)


def test_sending_twice_reserves_once_and_giving_up_twice_frees_once(soup):
    once, twice = a_seat(soup, 2, mark="the-same-mark"), a_seat(soup, 2, mark="the-same-mark")
    assert once.id == twice.id
    a_seat(soup, 2)

    give_up(once.id)
    give_up(once.id)

    assert soup.taken == 2


def test_the_database_lets_nobody_pass_the_number_of_seats(soup):
    with pytest.raises(IntegrityError):
        db.session.execute(update(Activity).values(taken=5))
    db.session.rollback()


def test_fewer_seats_than_were_reserved_is_refused(soup):
    a_seat(soup, 3)

    for seats in (2, None):
        with pytest.raises(SeatsGiven):
            show(soup.booking_id, Story("Soup", seats=seats), by=soup.booking.booked_by)


def test_nobody_reserves_once_it_has_begun(soup):
    with time_machine.travel(EVENING.start), pytest.raises(NoSeatsNow):
        a_seat(soup)


def test_what_was_cancelled_is_not_shown(soup):
    bookings.cancel(soup.booking_id, by=soup.booking.booked_by)

    with pytest.raises(NothingToShow):
        show(soup.booking_id, Story("Soup"), by=soup.booking.booked_by)


def test_visitors_hear_once_that_it_does_not_go_on(soup):
    a_seat(soup)
    a_seat(soup, email="", name="Without e-mail")
    gone = a_seat(soup)
    give_up(gone.id)
    assert tell_visitors() == 0
    bookings.cancel(soup.booking_id, by=soup.booking.booked_by)

    assert (tell_visitors(), tell_visitors()) == (1, 0)

    assert [each.facts["is_off"] for each in letters("activity_changed")] == [True]


def test_visitors_hear_of_another_time(soup):
    a_seat(soup)
    booking = soup.booking
    move(booking.id, booking.room, friday(18, 20), by=booking.booked_by)

    assert (tell_visitors(), tell_visitors()) == (1, 0)

    [letter] = letters("activity_changed")
    assert (letter.facts["is_off"], "T18:00" in letter.facts["from_iso"]) == (False, True)


def test_who_has_a_seat_keeps_it_when_it_leaves_the_agenda(soup):
    mine = a_seat(soup)

    take_out(soup.booking_id, by=soup.booking.booked_by)

    assert (mine.place, soup.booking.is_public) == (Place.SEATED, False)
    assert letters("activity_taken_out") == []


def test_names_are_forgotten_after_thirty_days_and_the_count_stays(soup):
    a_seat(soup, 3)
    for letter in letters("seat_reserved"):
        outbox.mark_sent(letter.id)
    with time_machine.travel(EVENING.end + timedelta(days=30)):
        assert forget_visitors() == 0
    with time_machine.travel(EVENING.end + timedelta(days=30, seconds=2)):
        assert forget_visitors() == 1

    assert db.session.query(Seat).count() == 0
    assert letters("seat_reserved") == []
    assert db.session.get(Activity, soup.id).taken == 3


def test_who_has_no_business_there_shows_nothing(soup):
    for verb in (show_again, take_out):
        with pytest.raises(Exception, match="not-found"):
            verb(soup.booking_id, by=a_person("Dirk"))


def show_again(booking_id, *, by):
    show(booking_id, Story("Soup"), by=by)


def remind_on(moment):
    with time_machine.travel(moment):
        return remind_visitors()


THE_DAY_BEFORE = EVENING.start - timedelta(hours=24)


def test_who_has_a_seat_is_reminded_once_the_day_before(soup):
    a_seat(soup, name="Truus")
    a_seat(soup, email="", name="Without e-mail")
    give_up(a_seat(soup).id)
    a_seat(soup, 2)
    waits = a_seat(soup, name="Waits", language="en")
    assert waits.place is Place.WAITING
    assert remind_on(THE_DAY_BEFORE - timedelta(days=1)) == 0

    assert (remind_on(THE_DAY_BEFORE), remind_on(THE_DAY_BEFORE)) == (2, 0)

    truus, _other = letters("seat_reminder")
    assert (truus.facts["person_name"], truus.language) == ("Truus", "nl")
    assert "/seats/" in truus.facts["link"]


def test_nobody_is_reminded_of_what_moved_or_is_off(soup):
    a_seat(soup)
    booking = soup.booking
    move(booking.id, booking.room, friday(19, 21, weeks=1), by=booking.booked_by)
    assert remind_on(THE_DAY_BEFORE) == 0
    a_week_later = THE_DAY_BEFORE + timedelta(weeks=1)
    assert remind_on(a_week_later) == 0  # They have yet to hear of the new time.
    tell_visitors()
    assert remind_on(a_week_later) == 1

    bookings.cancel(booking.id, by=booking.booked_by)

    assert remind_on(a_week_later) == 0


def test_visitors_hear_of_another_room_at_the_same_time(soup):
    a_seat(soup)
    booking = soup.booking
    move(booking.id, a_room(booking.venue, approval=Approval.ALWAYS), EVENING, by=booking.booked_by)

    assert (tell_visitors(), tell_visitors()) == (1, 0)


def test_what_moved_remembers_when_it_was(soup):
    booking, before = soup.booking, soup.booking.from_at
    assert soup.was_at is None
    move(booking.id, booking.room, friday(18, 20), by=booking.booked_by)
    assert soup.was_at == before
    tell_visitors()
    assert soup.was_at == before
    move(booking.id, booking.room, EVENING, by=booking.booked_by)

    assert soup.was_at == friday(18, 20).start


def taken_out_by_the_house(soup):
    take_out(soup.booking_id, by=a_manager(soup.booking.venue), reason="Only members.")
    return soup.booking


def test_a_day_of_a_series_that_the_house_took_out_stays_out_when_it_is_added_again(app):
    room, bram = a_room(approval=Approval.ALWAYS), a_person("Bram")
    series = a_series(room, by=bram, is_public=True)
    day = bookings_of(series)[1]
    take_out(day.id, by=a_manager(room.venue), reason="Only members.")
    bookings.cancel(day.id, by=bram)

    added = add_day(series.id, day.series_day, by=bram)

    assert added.kept_out_at is not None
    assert not added.is_public
    with pytest.raises(TakenOut):
        show(added.id, Story("Choir"), by=bram)


def test_only_the_house_puts_back_what_it_took_out(soup):
    booking = taken_out_by_the_house(soup)
    group = booking.booked_by

    with pytest.raises(TakenOut):
        edit(booking.id, is_public=True, by=group)
    with pytest.raises(TakenOut):
        show(booking.id, Story("Soup"), by=group)
    booking.is_public = True
    assert not booking.is_public

    ask_back(booking.id, Story("Soup for all", seats=4), by=group, word="Now for everybody.")
    assert (soup.title, booking.is_public) == ("Soup for all", False)
    [letter] = letters("activity_asked_back")
    assert letter.facts["text"] == "Now for everybody."
    show(booking.id, Story("Soup for all", seats=4), by=a_manager(booking.venue, "Kees"))
    assert booking.is_public
    edit(booking.id, is_public=False, by=group)
    edit(booking.id, is_public=True, by=group)
    assert booking.is_public


def test_a_picture_is_clean_shown_with_it_and_goes_with_it(soup):
    group, fresh = soup.booking.booked_by, a_fresh_picture()
    show(soup.booking_id, Story("Soup", seats=4, picture=fresh, picture_alt="A pan"), by=group)
    assert shown_picture(fresh.name, "small") == fresh.small
    show(soup.booking_id, Story("Soup", seats=4, picture_alt="A large pan"), by=group)
    assert (soup.picture.name, soup.picture_alt) == (fresh.name, "A large pan")

    taken_out_by_the_house(soup)
    with pytest.raises(NotFound):
        shown_picture(fresh.name, "small")
    assert soup.picture.unused_since is None

    ask_back(soup.booking_id, Story("Soup", seats=4, without_picture=True), by=group, word="Gone.")
    assert soup.picture is None
    assert db.session.query(Picture).one().unused_since is not None


def test_a_picture_is_forgotten_with_the_names(soup):
    group = soup.booking.booked_by
    story = Story("Soup", seats=4, picture=a_fresh_picture(), picture_alt="A pan")
    show(soup.booking_id, story, by=group)
    with time_machine.travel(EVENING.end + timedelta(days=31)):
        forget_visitors()

    assert (soup.picture_id, soup.picture_alt) == (None, "")
    assert db.session.query(Picture).one().unused_since is not None
