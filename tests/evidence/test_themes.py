"""What activities are for: said once for a series, proposed but never stored by itself, and taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from buurthuis.accounts.models import RoleName
from buurthuis.activities.models import ForWhom
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series import queries as series_queries
from buurthuis.evidence.tags import actions
from buurthuis.evidence.tags.queries import THEME, Said, pressed_lately, with_tags
from buurthuis.evidence.tags.refusals import NothingTicked
from buurthuis.evidence.tags.untold import untold_in
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.rules.standing import Purpose
from buurthuis.rules.themes import Theme
from tests.builders import a_person, a_role, a_room, a_venue, an_initiative
from tests.evidence.saying import a_past_booking, a_past_series, tags, themes_of


@pytest.fixture
def room(app):
    return a_room(a_venue())


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def nadia(room):
    person = a_person("Nadia")
    a_role(person, RoleName.MANAGER, room.venue)
    return person


def in_list(venue):
    return [(each.title, each.times, each.minutes) for each in lines(venue)]


def lines(venue):
    return untold_in(venue.id, clock.now()).lines


def test_the_word_of_a_booking_goes_before_that_of_its_series(room, bram):
    series = a_past_series(room, by=bram)
    first, second, *_rest = series_queries.bookings_of(series)

    actions.say_of_series(series.id, Said(Theme.CULTURE, ForWhom.OLDER), by=bram)
    actions.say_of_booking(second.id, Said(Theme.FOOD), by=bram)

    assert themes_of([first.id, second.id]) == {
        first.id: Said(Theme.CULTURE, ForWhom.OLDER),
        second.id: Said(Theme.FOOD),
    }


def test_a_word_that_is_taken_back_lets_that_of_the_series_count_again(room, bram):
    series = a_past_series(room, by=bram)
    booking = series_queries.bookings_of(series)[0]
    actions.say_of_series(series.id, Said(Theme.CULTURE), by=bram)
    actions.say_of_booking(booking.id, Said(Theme.FOOD), by=bram)

    actions.say_of_booking(booking.id, None, by=bram)

    assert themes_of([booking.id])[booking.id].theme is Theme.CULTURE
    assert tags() == {(None, series.id, "culture")}


def test_every_booking_stands_once_beside_its_theme(room, bram):
    series = a_past_series(room, by=bram)
    for booking in series_queries.bookings_of(series):
        actions.say_of_booking(booking.id, Said(Theme.FOOD), by=bram)
    actions.say_of_series(series.id, Said(Theme.CULTURE), by=bram)
    alone = a_past_booking(room, 8, 9)

    asked = with_tags(select(Booking.id, THEME).select_from(Booking))
    rows = dict(db.session.execute(asked).all())

    assert len(rows) == 5
    assert rows.pop(alone.id) is None
    assert set(rows.values()) == {Theme.FOOD}


def test_saying_it_again_changes_it_and_the_logbook_knows_both(room, bram):
    booking = a_past_booking(room, by=bram)

    actions.say_of_booking(booking.id, Said(Theme.FOOD), by=bram)
    actions.say_of_booking(booking.id, Said(Theme.GREEN), by=bram)
    actions.say_of_booking(booking.id, Said(Theme.GREEN), by=bram)

    assert tags() == {(booking.id, None, "green")}
    asked = (
        select(LogEntry.detail).where(LogEntry.verb == "booking.theme_said").order_by(LogEntry.id)
    )
    assert [each["theme"] for each in db.session.scalars(asked)] == ["food", "green"]


def test_somebody_else_says_nothing_of_it(room, bram):
    booking, series = a_past_booking(room, by=bram), a_past_series(room, by=bram)
    dirk, amina = a_person("Dirk"), a_person("Amina")
    a_role(amina, RoleName.KEY_HOLDER, room.venue)

    for who, refusal in ((dirk, NotFound), (amina, NotAllowed)):
        with pytest.raises(refusal):
            actions.say_of_booking(booking.id, Said(Theme.FOOD), by=who)
        with pytest.raises(refusal):
            actions.say_of_series(series.id, Said(Theme.FOOD), by=who)
        with pytest.raises(refusal):
            actions.say_of_many(room.venue, {f"b{booking.id}": Theme.FOOD}, by=who)
    assert tags() == set()


def test_the_list_has_the_most_hours_first_a_series_once_and_what_is_alike_once(room, bram):
    repair = an_initiative(bram)
    a_past_booking(room, 8, 9, ago=3, title="Open day")
    a_past_series(room)
    for ago in (4, 5, 6):
        a_past_booking(room, 8, 13, ago=ago, by=bram, for_=repair, title="Repair café")

    assert in_list(room.venue) == [("Repair café", 3, 900), ("Choir", 4, 480), ("Open day", 1, 60)]
    assert untold_in(room.venue.id, clock.now()).count == 3
    assert untold_in(room.venue.id, clock.now()).minutes == 1440


def test_what_is_to_come_or_did_not_happen_is_not_in_the_list(room, bram):
    from tests.builders import a_confirmed_booking, friday

    a_confirmed_booking(room, friday(10, 12))
    booking = a_past_booking(room)
    booking.status = "cancelled"
    db.session.commit()
    a_past_booking(a_room(a_venue()))
    a_past_booking(room, ago=430)

    assert in_list(room.venue) == []


def test_a_proposal_is_what_the_group_said_before_else_what_fits_the_kind(room, bram):
    repair = an_initiative(bram)
    said = a_past_booking(room, 8, 9, by=bram, for_=repair, title="Repair café")
    a_past_booking(room, 10, 12, by=bram, for_=repair, title="Lesson", purpose=Purpose.COURSE)
    a_past_booking(room, 13, 14, title="Cooking", purpose=Purpose.FOOD)
    a_past_booking(room, 15, 15.5, title="Who knows", purpose=Purpose.OTHER)
    actions.say_of_booking(said.id, Said(Theme.GREEN), by=bram)

    proposals = {each.title: (each.proposal, each.by_group) for each in lines(room.venue)}

    assert proposals == {
        "Lesson": (Theme.GREEN, True),
        "Cooking": (Theme.FOOD, False),
        "Who knows": (None, False),
    }
    assert tags() == {(said.id, None, "green")}, "a proposal is not stored"


def test_one_tap_says_it_of_everything_that_is_ticked(room, bram, nadia):
    repair = an_initiative(bram)
    alike = [a_past_booking(room, 8, 9, ago=ago, by=bram, for_=repair) for ago in (2, 3)]
    series = a_past_series(room)
    other = a_past_booking(room, 15, 16, title="Open day")

    count = actions.say_of_many(
        room.venue, {f"b{alike[0].id}": Theme.FOOD, f"s{series.id}": Theme.FOOD}, by=nadia
    )

    assert count == 3
    assert tags() == {
        *((each.id, None, "food") for each in alike),
        (None, series.id, "food"),
    }
    assert in_list(room.venue) == [(other.title, 1, 60)]


def test_what_somebody_said_meanwhile_stays(room, bram, nadia):
    booking = a_past_booking(room, by=bram)
    actions.say_of_booking(booking.id, Said(Theme.GREEN), by=bram)

    assert actions.say_of_many(room.venue, {f"b{booking.id}": Theme.FOOD}, by=nadia) == 0
    assert tags() == {(booking.id, None, "green")}


@pytest.mark.parametrize("key", ["", "x1", "b", "s-1", "b1; DROP", "b99999999999", "s²"])
def test_a_strange_line_names_nothing(room, nadia, key):
    assert actions.say_of_many(room.venue, {key: Theme.FOOD}, by=nadia) == 0


def test_an_activity_of_another_house_is_not_said_here(room, nadia):
    elsewhere = a_room(a_venue())
    booking, series = a_past_booking(elsewhere), a_past_series(elsewhere)

    wanted = {f"b{booking.id}": Theme.FOOD, f"s{series.id}": Theme.FOOD}

    assert actions.say_of_many(room.venue, wanted, by=nadia) == 0
    assert tags() == set()


def test_without_a_tick_nothing_is_said(room, nadia):
    with pytest.raises(NothingTicked):
        actions.say_of_many(room.venue, {}, by=nadia)


def test_a_press_is_taken_back_as_a_whole_and_only_ones_own(room, bram, nadia):
    mine, theirs = a_past_booking(room, title="Open day"), a_past_booking(room, 15, 16, by=bram)
    actions.say_of_booking(theirs.id, Said(Theme.FOOD), by=bram)
    actions.say_of_many(room.venue, {f"b{mine.id}": Theme.FOOD}, by=nadia)
    (press,) = pressed_lately(room.venue.id, nadia, clock.now())

    assert actions.take_back(room.venue, press.theme, press.said_at, by=nadia) == 1
    assert tags() == {(theirs.id, None, "food")}
    assert pressed_lately(room.venue.id, nadia, clock.now()) == []


def test_a_press_of_the_day_before_yesterday_is_no_news(room, nadia):
    actions.say_of_many(room.venue, {f"b{a_past_booking(room).id}": Theme.FOOD}, by=nadia)

    later = clock.now() + timedelta(days=2)

    assert pressed_lately(room.venue.id, nadia, later) == []
