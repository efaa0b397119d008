"""The pages of evidence: a theme with one tap, many at once, own hours on a phone, who was not counted."""

import re

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.bookings.today import actions as day
from buurthuis.bookings.today.queries import attendance_of
from buurthuis.evidence.work.models import VolunteerWork
from buurthuis.foundation.db import db
from buurthuis.rules.attendance import Band, HeadCount
from tests.builders import a_person, a_role, a_room, a_venue, an_initiative, on
from tests.evidence.saying import a_past_booking, a_past_series, some_work, tags, today
from tests.roster.key_people import a_duty


@pytest.fixture
def house(app):
    return a_venue("de-meevaart", name="De Meevaart")


@pytest.fixture
def room(house):
    return a_room(house, name="Grote zaal")


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def manager(house, sign_in):
    nadia = a_person("Nadia")
    a_role(nadia, RoleName.MANAGER, house)
    return sign_in(nadia)


@pytest.fixture
def amina(house):
    person = a_person("Amina")
    a_role(person, RoleName.KEY_HOLDER, house)
    return person


def test_the_booker_taps_what_a_booking_is_good_for(room, bram, sign_in):
    booking = a_past_booking(room, by=bram, for_=an_initiative(bram))
    browser = sign_in(bram)
    path = f"/me/bookings/{booking.id}"

    assert "One tap is enough." in browser.get(path).text
    page = browser.post(f"{path}/theme", data={"theme": "food"}, follow_redirects=True).text
    assert "It counts for: Food." in page
    page = browser.post(
        f"{path}/theme", data={"theme": "food", "audience": "older"}, follow_redirects=True
    ).text
    assert "People over 55" in page
    assert tags() == {(booking.id, None, "food")}
    page = browser.post(f"{path}/theme", data={"nothing": "yes"}, follow_redirects=True).text
    assert ("Taken back." in page, tags()) == (True, set())


def test_what_stands_on_no_button_says_nothing(room, bram, sign_in):
    booking = a_past_booking(room, by=bram, for_=an_initiative(bram))

    for typed in ({"theme": "religion"}, {}, {"audience": "older"}):
        sign_in(bram).post(f"/me/bookings/{booking.id}/theme", data=typed)

    assert tags() == set()


def test_once_for_a_series_is_enough(room, bram, sign_in):
    series = a_past_series(room, by=bram, for_=an_initiative(bram))
    browser = sign_in(bram)

    page = browser.post(
        f"/me/series/{series.id}/theme", data={"theme": "culture"}, follow_redirects=True
    ).text
    assert "It counts for: Culture." in page
    first = re.search(r"/me/bookings/\d+", page)[0]
    assert "said of the whole series" in browser.get(first).text
    assert tags() == {(None, series.id, "culture")}


def test_a_manager_taps_it_at_the_desk_and_stays_there(room, manager):
    booking = a_past_booking(room)
    desk = f"/houses/de-meevaart/bookings/{booking.id}"

    assert f"/me/bookings/{booking.id}/theme?at=desk" in manager.get(desk).text
    answer = manager.post(f"/me/bookings/{booking.id}/theme?at=desk", data={"theme": "help"})
    assert answer.location == f"{desk}#theme"


def test_many_activities_get_a_theme_at_once_and_lose_it_again(room, manager):
    first, second = a_past_booking(room, 8, 9), a_past_booking(room, 10, 12, title="Cooking")
    page = manager.get("/houses/de-meevaart/themes").text
    assert (
        "2 activities have no theme yet. Together 3 hours since Wednesday 1 January 2025." in page
    )
    assert page.index("Cooking") < page.index(first.title), "most hours first"

    ticked = {"which": [f"b{first.id}", f"b{second.id}"], "theme": "say"}
    page = manager.post("/houses/de-meevaart/themes", data=ticked, follow_redirects=True).text
    assert "2 activities have a theme now." in page
    assert "Every activity has a theme" in page
    assert tags() == {(first.id, None, "say"), (second.id, None, "say")}

    at = re.search(r'name="at" value="([^"]+)"', page)[1]
    page = manager.post(
        "/houses/de-meevaart/themes/undo", data={"at": at, "theme": "say"}, follow_redirects=True
    ).text
    assert ("Taken back." in page, tags()) == (True, set())


def test_all_proposals_of_a_page_are_taken_with_one_press(room, manager):
    first, second = a_past_booking(room, 8, 9), a_past_booking(room, 10, 12, title="Cooking")
    page = manager.get("/houses/de-meevaart/themes").text

    like = re.findall(r'name="like" value="([^"]+)"', page)
    manager.post("/houses/de-meevaart/themes", data={"all": "yes", "like": like})

    assert {booking for booking, _series, _theme in tags()} == {first.id, second.id}


def test_one_proposal_is_taken_alone(room, manager):
    first, _second = a_past_booking(room, 8, 9), a_past_booking(room, 10, 12, title="Cooking")

    manager.post(
        "/houses/de-meevaart/themes", data={"one": f"b{first.id}-meeting", "like": "b1-say"}
    )

    assert tags() == {(first.id, None, "meeting")}


@pytest.mark.parametrize(
    "typed", [{}, {"theme": "say"}, {"theme": "nonsense", "which": "b1"}, {"one": "b1-nonsense"}]
)
def test_a_press_without_a_tick_tells_what_to_do(room, manager, typed):
    page = manager.post("/houses/de-meevaart/themes", data=typed, follow_redirects=True).text

    assert "Tick an activity first." in page


@pytest.mark.parametrize("typed", [{}, {"theme": "say"}, {"theme": "say", "at": "yesterday"}])
def test_an_undo_that_names_nothing_undoes_nothing(room, manager, typed):
    answer = manager.post("/houses/de-meevaart/themes/undo", data=typed)

    assert answer.status_code == 303


def test_a_long_list_is_read_page_by_page(room, manager):
    for number in range(27):
        a_past_booking(room, 8, 9, ago=number + 1, title=f"Activity {number}")

    page = manager.get("/houses/de-meevaart/themes").text
    assert page.count('name="which"') == 25
    page = manager.get("/houses/de-meevaart/themes?from=25").text
    assert page.count('name="which"') == 2
    assert 'href="/houses/de-meevaart/themes"' in page


def test_own_hours_are_three_fields_on_a_phone(amina, house, sign_in):
    browser = sign_in(amina)
    page = browser.get("/me/work").text
    assert "For which house?" not in page
    mark = re.search(r'name="submission"[^>]* value="([^"]+)"', page)[1]
    typed = {"kind": "cooking", "hours": "1,5", "day": str(today()), "submission": mark}

    for _press in range(2):
        page = browser.post("/me/work", data=typed, follow_redirects=True).text
    assert "Written down: 1½ hours." in page
    (work,) = db.session.query(VolunteerWork)
    assert (work.minutes, work.person_id, work.venue_id) == (90, amina.id, house.id)

    page = browser.get(f"/me/work/{work.id}").text
    assert 'value="1,50"' in page
    typed["hours"] = "2"
    assert "Saved." in browser.post(f"/me/work/{work.id}", data=typed, follow_redirects=True).text
    db.session.expire_all()
    assert work.minutes == 120
    page = browser.post(f"/me/work/{work.id}/take-back", follow_redirects=True).text
    assert "It counts no more." in page
    assert db.session.query(VolunteerWork).all() == []


def test_whoever_helps_in_two_houses_chooses_one(amina, sign_in):
    other = a_venue("other", name="Other House")
    a_role(amina, RoleName.HOST, other)
    browser = sign_in(amina)
    typed = {"kind": "board", "hours": "2", "day": str(today())}

    assert "For which house?" in browser.get("/me/work").text
    answer = browser.post("/me/work", data=typed)
    assert (answer.status_code, "Choose a house." in answer.text) == (422, True)
    strange = a_venue("strange")
    assert browser.post("/me/work", data={**typed, "venue": strange.id}).status_code == 422
    browser.post("/me/work", data={**typed, "venue": other.id})
    assert db.session.query(VolunteerWork).one().venue_id == other.id


@pytest.mark.parametrize("hours", ["", "0", "25", "some", "-1"])
def test_hours_that_make_no_sense_get_a_sentence(amina, sign_in, hours):
    answer = sign_in(amina).post(
        "/me/work", data={"kind": "board", "hours": hours, "day": str(today())}
    )

    assert answer.status_code == 422
    assert db.session.query(VolunteerWork).all() == []


def test_a_shift_on_that_day_asks_for_one_tick(amina, house, room, sign_in):
    booking = a_past_booking(room)
    a_duty(amina, house, booking.id, on(today(), 7, 8))
    typed = {"kind": "hosting", "hours": "2", "day": str(today())}
    browser = sign_in(amina)

    answer = browser.post("/me/work", data=typed)
    assert answer.status_code == 409
    assert "You had a shift on this day." in answer.text
    assert 'name="is_more"' in answer.text
    assert browser.post("/me/work", data={**typed, "is_more": "y"}).status_code == 303


def test_a_manager_writes_down_for_others_and_corrects(house, manager, amina):
    truus = a_person("Truus", email=None)
    a_role(truus, RoleName.HOST, house)
    page = manager.get("/houses/de-meevaart/work").text
    assert "Truus" in page
    typed = {"kind": "repairs", "hours": "90", "day": str(today())}

    page = manager.post("/houses/de-meevaart/work", data=typed, follow_redirects=True).text
    assert "several people" in page
    (together,) = db.session.query(VolunteerWork)
    manager.post(f"/me/work/{together.id}", data={**typed, "hours": "80"})
    db.session.expire_all()
    assert together.minutes == 80 * 60

    manager.post("/houses/de-meevaart/work", data={**typed, "hours": "2", "person": truus.id})
    assert {each.person_id for each in db.session.query(VolunteerWork)} == {None, truus.id}
    for wrong in ({"hours": "25", "person": truus.id}, {"person": amina.id}, {"day": ""}):
        answer = manager.post("/houses/de-meevaart/work", data={**typed, **wrong})
        assert answer.status_code == 422, wrong
    assert "Take it back" in manager.get(f"/me/work/{together.id}").text


def test_the_hours_of_a_month_do_not_rank_anybody(house, manager, amina):
    some_work(house, amina, minutes=60)
    some_work(house, None, minutes=30, words="")

    page = manager.get(f"/houses/de-meevaart/work?month={today():%Y-%m}").text

    assert "Together 1½ hours." in page
    assert "Nothing written down" in manager.get("/houses/de-meevaart/work?month=2025-01").text


def test_who_was_not_counted_is_counted_with_one_tap(room, amina, sign_in):
    late, early = a_past_booking(room, 19, 21, ago=1), a_past_booking(room, 8, 9, ago=1)
    gone = a_past_booking(room, ago=12, title="Long gone")
    browser = sign_in(amina)

    page = browser.get("/houses/de-meevaart/counts").text
    assert page.index(f"/bookings/{early.id}/") < page.index(f"/bookings/{late.id}/")
    assert "Long gone" not in page
    assert "Long gone" in browser.get("/houses/de-meevaart/counts?all=1").text

    path = f"/houses/de-meevaart/bookings/{late.id}/check-in?at=counts"
    page = browser.post(path, data={"band": "11-20"}, follow_redirects=True).text
    assert f"Written down: {late.title}." in page
    assert attendance_of([late])[late.id].band is Band.MIDDLE
    assert f"/bookings/{late.id}/undo-attendance" in page
    assert gone.id not in attendance_of([gone])


def test_somebody_who_came_without_a_count_is_still_asked_for(room, amina, sign_in):
    booking = a_past_booking(room, ago=1)
    day.check_in(booking.id, by=amina)
    browser = sign_in(amina)

    assert f"/bookings/{booking.id}/check-in" in browser.get("/houses/de-meevaart/counts").text
    day.check_in(booking.id, by=amina, count=HeadCount(None, Band.FEW))
    assert "Everybody is counted" in browser.get("/houses/de-meevaart/counts").text
