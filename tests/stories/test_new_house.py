"""The story of a first evening: the board of a new house sets it up, Bram books, the manager says yes."""

import re
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room, Venue
from tests.builders import a_person, a_role, a_session, a_venue, friday
from tests.pages.reading import Reader, filled_in, in_english, link_called

STEPS = (
    {"name": "Ons Huis", "street": "Plein 1", "postcode": "1095 RJ", "city": "Amsterdam"},
    {"name_0": "Grote zaal", "people_0": "60", "name_1": "Atelier", "people_1": "12"},
    {"days": ["0", "1", "2", "3", "4"], "opens": "09:00", "closes": "23:00"},
    {"price": "12,50", "residents_pay": "0", "decided_by": "Bewonersvergadering"},
)


def first_link(app) -> str:
    """What the command prints on the machine, as a path."""
    result = app.test_cli_runner().invoke(args=["begin"])
    assert result.exit_code == 0, result.output
    return urlsplit(re.search(r"http\S+", result.output)[0]).path


def begin(browser, app, name="Chandra", email="chandra@onshuis.example"):
    """The first step; gives the page of the second."""
    link = first_link(app)
    answer = browser.post(link, data=filled_in(browser.get(link), name=name, email=email))
    assert answer.status_code == 303, answer.text
    return browser.get(answer.location, follow_redirects=True)


def walk(browser, page, steps=STEPS):
    """Fill in the steps one after the other; gives the page on which the last one ends."""
    for typed in steps:
        answer = browser.post(page.request.path, data=filled_in(page, **typed))
        assert answer.status_code == 303, answer.text
        page = browser.get(answer.location)
    return page


@pytest.fixture
def chandra(client):
    return in_english(client)


def test_the_board_of_a_new_house_sets_it_up(app, chandra):
    # Chandra opens the link from the machine, says who she is, and is in.
    house_page = begin(chandra, app)
    assert "Step 2 of 6" in house_page.text

    # Four short steps, one look, and the house is open.
    review = walk(chandra, house_page)
    assert "Monday to Friday 09:00–23:00" in review.text
    answer = chandra.post("/houses/new/review", data=filled_in(review))
    open_page = chandra.get(answer.location)
    assert "Your house is open" in open_page.text
    assert "Grote zaal" in chandra.get("/venues/ons-huis").text

    # Bram finds the room and asks for a Friday evening.
    bram = a_person("Bram")
    browser = in_english(app.test_client())
    a_session(bram, browser)
    found = browser.get("/?day=2026-03-13&part=18:00-22:00&people=25&purpose=culture")
    form = browser.get(link_called(found, "Choose this room"))
    sent = browser.post(urlsplit(form.request.path).path, data=filled_in(form, title="Repair café"))
    review = browser.get(sent.location)
    assert "€50.00" in review.text
    browser.post(
        review.request.path,
        data=filled_in(review, name="Repair Café Oost", kind="resident_initiative"),
    )
    booking = db.session.scalars(select(Booking)).one()
    assert (booking.status, booking.period) == (Status.REQUESTED, friday(18, 22))

    # Chandra reads it at her desk and says yes.
    assert "Repair café" in chandra.get("/houses/ons-huis/requests").text
    chandra.post(f"/houses/ons-huis/bookings/{booking.id}/approve")
    db.session.expire_all()
    assert booking.status == Status.CONFIRMED

    # Everybody reads in the history how the house began.
    assert "So the history begins." in browser.get("/venues/ons-huis/history").text


def test_going_back_loses_nothing(app, chandra):
    rooms = walk(chandra, begin(chandra, app), STEPS[:1])

    typed = {"name_0": "Grote zaal", "people_0": "veel", "back": "1"}
    answer = chandra.post(rooms.request.path, data=filled_in(rooms, **typed))
    house = chandra.get(answer.location)
    assert Reader(house.text).values["street"] == "Plein 1"

    again = walk(chandra, house, STEPS[:1])
    assert Reader(again.text).values["name_0"] == "Grote zaal"
    assert Reader(again.text).values["people_0"] == "veel"


@pytest.mark.parametrize(
    ("step", "typed", "sentence"),
    [
        (0, {"name": ""}, "Write the name of the house."),
        (0, {"name": "x" * 5000}, "This text is too long."),
        (0, {"phone": "call me"}, "Write a telephone number"),
        (1, {"people_0": "0"}, "Write a number from 1"),
        (1, {"people_1": ""}, "Write how many people fit in."),
        (1, {"name_1": "Grote zaal"}, "Give it another name"),
        (2, {"days": []}, "Tick at least one day."),
        (2, {"days": ["9"]}, "Choose one from the list."),
        (2, {"closes": "never"}, "Write a time such as 19:00."),
        (3, {"price": "much"}, "Write a number such as"),
        (3, {"residents_pay": "101"}, "Write a number such as"),
    ],
)
def test_a_step_that_makes_no_sense_is_explained(app, chandra, step, typed, sentence):
    page = walk(chandra, begin(chandra, app), STEPS[:step])

    answer = chandra.post(page.request.path, data=filled_in(page, **{**STEPS[step], **typed}))

    assert answer.status_code == 422
    assert sentence in answer.text


def test_opening_twice_makes_one_house(app, chandra):
    review = walk(chandra, begin(chandra, app))

    first = chandra.post("/houses/new/review", data=filled_in(review))
    second = chandra.post("/houses/new/review", data=filled_in(review))

    assert first.location == second.location
    assert db.session.query(Venue).count() == 1


def test_a_step_cannot_be_left_out(app, chandra):
    begin(chandra, app)

    assert chandra.get("/houses/new/review").location == "/houses/new/house"
    assert chandra.post("/houses/new/review", data={"slug": "x"}).status_code == 303
    assert db.session.query(Venue).count() == 0


def test_the_link_works_once(app, chandra, client):
    link = first_link(app)
    begin(chandra, app)

    other = app.test_client()
    late = other.get(link)
    assert late.status_code == 404
    assert "Somebody has begun already" in late.text
    data = {"name": "Dirk", "email": "dirk@people.example"}
    assert other.post(link, data=data).status_code == 404
    assert db.session.query(Person).count() == 1


@pytest.mark.parametrize("token", ["x", "ImJlZ2luIg.x.x", "%F0%9F%8F%A0"])
def test_a_link_that_we_did_not_make_opens_nothing(app, chandra, token):
    page = chandra.get(f"/begin/{token}")
    assert page.status_code == 404
    assert "begun" not in page.text


def test_a_link_opens_nothing_where_there_is_a_house(app, chandra):
    link = first_link(app)
    a_venue()

    assert chandra.get(link).status_code == 404


def test_who_began_and_lost_the_way_gets_a_link_to_sign_in(app, chandra):
    begin(chandra, app)

    link = first_link(app)

    assert link.startswith("/sign-in/link/")


def test_an_admin_adds_a_house_of_the_same_name(app, sign_in):
    anna = a_person("Anna")
    a_role(anna, "admin")
    a_venue("ons-huis", name="Ons Huis")
    browser = sign_in(anna)

    page = browser.get("/houses/new", follow_redirects=True)
    assert "Step 1 of 5" in page.text
    review = walk(browser, page)
    browser.post("/houses/new/review", data=filled_in(review))

    assert db.session.scalar(select(Venue.id).where(Venue.slug == "ons-huis-2"))
    assert set(db.session.scalars(select(Room.slug))) == {
        "ons-huis-2-grote-zaal",
        "ons-huis-2-atelier",
    }


def test_a_house_without_a_second_room_or_a_price_opens_too(app, chandra):
    steps = (
        *STEPS[:1],
        {"name_0": "Zaal", "people_0": "10"},
        {**STEPS[2], "opens": "20:00", "closes": "02:00"},
        {"price": ""},
    )
    review = walk(chandra, begin(chandra, app), steps)
    assert "Everything is free" in review.text

    chandra.post("/houses/new/review", data=filled_in(review))

    house = db.session.scalars(select(Venue)).one()
    assert [part.name for part in house.day_parts] == ["Evening"]
    assert house.opening_hours[0].closes_minute == 26 * 60
