"""The week roster: on the phone, on paper and for the door, for who opens and closes there."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from buurthuis.accounts.models import RoleName
from buurthuis.bookings import actions
from buurthuis.foundation.db import db
from buurthuis.roster.models import Duty, DutyStatus
from buurthuis.venues.models import Approval
from tests.api.conftest import statements
from tests.builders import a_booking, a_person, a_role, a_room, a_venue, an_initiative, friday
from tests.roster.key_people import a_duty, a_key_holder

WEEK = "/houses/buurtkamer/roster?week=2026-W11"
SHEET = "/houses/buurtkamer/roster/sheet?week=2026-W11"
DOOR = "/houses/buurtkamer/roster/door?day=2026-03-13"


@pytest.fixture
def house(app):
    return a_venue("buurtkamer", name="De Buurtkamer")


@pytest.fixture
def hall(house):
    return a_room(house, slug="zaal", name="Zaal", approval=Approval.ALWAYS)


@pytest.fixture
def amina(house):
    return a_key_holder(house, "Amina de Sleutel", phone="020-555 0199")


@pytest.fixture
def coordinator(house):
    person = a_person("Corrie")
    a_role(person, RoleName.COORDINATOR, house)
    return person


def booked(room, period, group):
    """A booking of a group by this name."""
    bram = a_person("Bram")
    return a_booking(room, period, by=bram, for_=an_initiative(bram, name=group))


@pytest.fixture
def evening(house, hall, amina):
    """A choir on Friday evening, for which Amina opens."""
    booking = booked(hall, friday(19, 21), "Koor")
    a_duty(amina, house, booking.id, friday(18.75, 19))
    return booking


def test_a_key_holder_reads_who_opens_and_what_has_nobody(evening, amina, sign_in):
    page = sign_in(amina).get(WEEK).text

    assert "Friday 13 March" in page
    assert "Open 18:45–21:15" in page
    assert "Zaal: Koor" in page
    assert '">Amina<span' in page
    assert "de Sleutel" not in page.split("<main")[1]
    assert "1 shift has nobody yet" in page
    assert "0199" not in page
    assert "Monday" not in page.split("<section")[1]


def test_what_is_over_asks_for_nobody_any_more(evening, amina, sign_in):
    with time_machine.travel(friday(23, 24).start, tick=False):
        page = sign_in(amina).get(WEEK).text

    assert "Nobody yet" not in page
    assert "nobody yet" not in page
    assert page.count("Nobody was written down") == 1


def test_on_the_roster_one_finds_the_way_to_one_s_own_shift(evening, amina, coordinator, sign_in):
    own = f'/me/duties/{db.session.scalars(select(Duty.id)).one()}">Amina<'
    assert own in sign_in(amina).get(WEEK).text
    assert own not in sign_in(coordinator).get(WEEK).text


def test_the_coordinator_reads_whole_names_and_drafts(evening, house, amina, coordinator, sign_in):
    closes = friday(21, 21.25)
    a_duty(amina, house, evening.id, closes, kind="close", status=DutyStatus.PROPOSED)

    assert "Proposed" not in sign_in(amina).get(WEEK).text
    page = sign_in(coordinator).get(WEEK).text
    assert "Amina de Sleutel" in page
    assert "Proposed" in page
    assert f"/shifts/{evening.id}-close-0-0" in page


def test_requests_are_shown_as_maybe(house, amina, sign_in):
    asks = a_room(house, name="Atelier")
    booked(asks, friday(10, 12), "Schilders")

    page = sign_in(amina).get(WEEK).text

    assert "Maybe" in page
    assert "Atelier: Schilders" in page
    assert "nobody yet" not in page.lower()


def test_what_is_not_needed_any_more_stays_in_sight(evening, amina, sign_in):
    with time_machine.travel(evening.from_at - timedelta(hours=5), tick=False):
        actions.cancel(evening.id, by=evening.booked_by)
        page = sign_in(amina).get(WEEK).text

    assert "Open up 18:45–19:00, Amina" in page
    assert "Not needed any more" in page


def test_the_week_on_paper_has_first_names_and_no_telephone(evening, house, amina, sign_in):
    second = a_key_holder(house, "Amina Bakker")
    a_duty(second, house, evening.id, friday(21, 21.25), kind="close")

    page = sign_in(amina).get(SHEET).text

    assert "<b>18:45</b> Amina S." in page
    assert "<b>21:15</b> Amina B." in page
    assert "0199" not in page


def test_the_door_sheet_tells_one_day(evening, amina, sign_in):
    page = sign_in(amina).get(DOOR).text

    for words in ("18:45–19:00", "Open up", "Amina", "19:00–21:00", "Zaal", "Koor", "…………"):
        assert words in page
    assert "nothing to open" in sign_in(amina).get(DOOR.replace("13", "14")).text


@pytest.mark.parametrize("address", [WEEK, SHEET, DOOR])
def test_others_find_no_roster(address, evening, sign_in):
    dirk = a_person("Dirk")
    assert sign_in(dirk).get(address).status_code == 404


@pytest.mark.parametrize("query", ["?week=2026-W54", "?week=x", "?week=%00"])
def test_a_week_that_does_not_exist_is_not_found(query, house, amina, sign_in):
    assert sign_in(amina).get(f"/houses/buurtkamer/roster{query}").status_code == 404
    assert sign_in(amina).get(f"/houses/buurtkamer/roster/door?day={query[6:]}").status_code == 404


def test_an_empty_week_says_why(house, amina, sign_in):
    assert "Nothing to open this week" in sign_in(amina).get(WEEK).text
    assert "nothing to open or close" in sign_in(amina).get(SHEET).text


def test_a_full_week_costs_as_many_statements_as_a_quiet_one(house, hall, amina, evening, sign_in):
    browser = sign_in(amina)

    def asked():
        with statements() as sent:
            assert browser.get(WEEK).status_code == 200
        return len(sent)

    quiet = asked()
    for day in range(-4, 2):
        for hour in (9, 13, 16):
            made = a_booking(hall, friday(hour + 24 * day, hour + 1 + 24 * day))
            a_duty(amina, house, made.id, friday(hour + 24 * day - 0.25, hour + 24 * day))

    assert asked() == quiet <= 14
