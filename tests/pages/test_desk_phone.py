"""The desk on the telephone: what is free, what it costs, the paper, and whom to call."""

import re

import pytest
from sqlalchemy import select

from buurthuis.accounts.models import RoleName
from buurthuis.bookings import actions
from buurthuis.bookings.models import Booking
from buurthuis.bookings.slips.models import Slip
from buurthuis.foundation.db import db
from tests.builders import (
    a_confirmed_booking,
    a_person,
    a_recognition,
    a_role,
    a_room,
    an_initiative,
    friday,
)

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

HOUSE = "/houses/de-meevaart"
PHONE = f"{HOUSE}/phone"
TYPED = {
    "day": "2026-03-13",
    "from": "19:00",
    "to": "22:00",
    "people": "12",
    "title": "Zumba",
    "purpose": "sport",
    "whom": "new",
    "name": "Truus",
    "phone": "06 1234 5678",
    "kind": "private",
}


def hidden(page):
    """What the last look carries along."""
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">', page))


def test_first_it_shows_which_rooms_are_free_and_what_they_cost(desk, room, venue):
    a_room(venue, name="Hall", capacity=100, hourly_cents=5000)
    a_room(venue, name="Cupboard", capacity=4)
    answer = desk.post(PHONE, data={**TYPED, "room": ""})

    assert answer.status_code == 200
    shown = answer.text[answer.text.index("Free then") : answer.text.index("When and where?")]
    assert shown.index("Lesruimte 1") < shown.index("Hall")
    assert "€30.00" in shown
    assert "€150.00" in shown
    assert "Cupboard" not in shown
    assert 'value="Truus"' in answer.text


def test_then_it_reads_out_and_prints_a_paper_that_opens_the_booking(app, desk, room):
    look = desk.post(PHONE, data={**TYPED, "pick": room.slug})
    assert "Read this out" in look.text
    assert "€30.00" in look.text
    paper = desk.post(f"{PHONE}/send", data=hidden(look.text))
    assert paper.status_code == 200

    reference, pin = re.findall(r'class="code">([^<]+)<', paper.text)
    opened = app.test_client().post(
        "/slip", data={"reference": reference, "pin": pin}, follow_redirects=True
    )
    assert "Zumba" in opened.text
    again = desk.post(f"{PHONE}/send", data=hidden(look.text))
    assert again.location == f"{HOUSE}/bookings/{db.session.scalar(select(Booking.id))}"


def test_a_group_of_the_house_pays_at_its_standing(desk, room, venue):
    cafe = an_initiative(a_person("Bram"))
    a_recognition(cafe, "resident_initiative", venue=venue)
    typed = {**TYPED, "whom": str(cafe.id), "name": "", "room": room.slug}
    look = desk.post(PHONE, data=typed)
    assert "Free of charge" in look.text

    booked = desk.post(f"{PHONE}/send", data=hidden(look.text), follow_redirects=True)
    assert "Bram gets an e-mail." in booked.text
    assert db.session.scalars(select(Slip)).all() == []


def test_a_room_that_is_taken_offers_other_times_and_nothing_typed_is_lost(desk, room):
    a_confirmed_booking(room, friday(19, 22))
    taken = desk.post(PHONE, data={**TYPED, "room": room.slug})
    assert taken.status_code == 422
    assert 'value="Truus"' in taken.text
    other = re.search(r'name="other" value="([^"]+)"', taken.text)[1]

    look = desk.post(PHONE, data={**hidden(taken.text), "other": other})
    assert "Read this out" in look.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Write a name."),
        ({"people": "many"}, "Write a number, such as 12."),
        ({"whom": "999"}, "Choose one from the list."),
        ({"whom": "9" * 5000}, "Choose one"),
        ({"room": "nowhere"}, "Choose one from the list."),
        ({"kind": "internal"}, "Choose one from the list."),
        ({"phone": "call me"}, "telephone"),
        ({"from": "22:00", "to": "19:00"}, "Choose a later end."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(desk, room, wrong, sentence):
    answer = desk.post(PHONE, data={**TYPED, "room": room.slug, **wrong})

    assert answer.status_code == 422
    assert sentence in answer.text


def test_one_can_go_back_to_the_form_with_all_that_was_typed(desk, room):
    look = desk.post(PHONE, data={**TYPED, "room": room.slug})
    back = desk.post(PHONE, data={**hidden(look.text), "again": "yes"}).text

    for text in ("Truus", "06 1234 5678", "Zumba"):
        assert f'value="{text}"' in back


def test_a_host_sends_a_request_and_a_key_holder_does_not_book(venue, room, sign_in):
    host, key_holder = a_person("Amina"), a_person("Fatima")
    a_role(host, RoleName.HOST, venue)
    a_role(key_holder, RoleName.KEY_HOLDER, venue)

    assert (
        "The managers of the house say yes or no."
        in sign_in(host).post(PHONE, data={**TYPED, "room": room.slug}).text
    )
    at_the_desk = sign_in(key_holder)
    assert at_the_desk.get(PHONE).status_code == 403
    assert "Book for somebody" not in at_the_desk.get(f"{HOUSE}/").text


def test_the_desk_sees_whom_to_call_until_somebody_did(desk, room, manager):
    look = desk.post(PHONE, data={**TYPED, "room": room.slug})
    desk.post(f"{PHONE}/send", data=hidden(look.text))
    booking = db.session.scalar(select(Booking))
    actions.cancel(booking.id, by=manager, reason="Leak")
    page = desk.get(f"{HOUSE}/").text
    assert "1 person to call" in page
    assert 'href="tel:0612345678"' in page

    desk.post(re.search(rf'"({HOUSE}/calls/\d+)"', page)[1])
    assert "to call" not in desk.get(f"{HOUSE}/").text


def test_the_page_of_the_booking_prints_another_paper(desk, room):
    look = desk.post(PHONE, data={**TYPED, "room": room.slug})
    desk.post(f"{PHONE}/send", data=hidden(look.text))
    booking = db.session.scalar(select(Booking))
    assert "Print a new PIN" in desk.get(f"{HOUSE}/bookings/{booking.id}").text

    paper = desk.post(f"{HOUSE}/bookings/{booking.id}/slip").text
    assert len(re.findall(r'class="code">', paper)) == 2


def test_a_new_company_hears_the_price_of_a_company(desk, room):
    look = desk.post(PHONE, data={**TYPED, "kind": "commercial", "room": room.slug})
    paper = desk.post(f"{PHONE}/send", data=hidden(look.text))

    assert paper.status_code == 200
    booking = db.session.scalar(select(Booking))
    assert booking.total_cents == 6000


def test_the_logbook_names_who_typed_and_for_whom(desk, room):
    look = desk.post(PHONE, data={**TYPED, "room": room.slug})
    desk.post(f"{PHONE}/send", data=hidden(look.text))
    page = desk.get(f"{HOUSE}/logbook").text

    assert re.search(r"<strong>Nadia</strong> booked a room for Truus", page)
