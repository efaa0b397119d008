"""Rooms that were asked for together stand together, and get one answer."""

import pytest

from buurthuis.bookings import actions
from buurthuis.bookings.bundles.actions import book_together
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from tests.builders import a_booking, a_person, a_room, a_wish, an_initiative, friday

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def rooms(venue, room, bram):
    """Two rooms that Bram asks for in one go."""
    kitchen = a_room(venue, name="Keuken")
    wish = a_wish(friday(10, 12), title="Soup")
    return book_together([room, kitchen], wish, by=bram, for_=an_initiative(bram))


def address(booking, verb):
    return f"/houses/de-meevaart/bookings/{booking.id}/{verb}"


def test_a_no_to_all_rooms_has_one_reason_and_one_letter(desk, rooms):
    first, second = rooms
    page = desk.get(address(second, "")[:-1]).text
    assert "Say yes to all 2 rooms" in page
    assert "Say no to all rooms" in page

    assert "Choose a reason" in desk.post(address(second, "refuse-all")).text
    answer = {"common": "house", "reason": "The stove is broken."}
    done = desk.post(address(second, "refuse-all"), data=answer, follow_redirects=True).text

    assert "You said no to all rooms. Bram gets an e-mail." in done
    db.session.expire_all()
    assert {(str(each.status), each.refusal_kind) for each in rooms} == {("refused", "house")}
    [letter] = db.session.query(OutboxLetter).filter_by(template="booking_refused")
    assert letter.facts["room_name"] == "Lesruimte 1, Keuken"
    assert "The stove is broken." in first.refusal_reason
    again = desk.post(address(first, "refuse-all"), data=answer, follow_redirects=True)
    assert again.status_code == 200


def test_a_single_room_has_no_others_to_refuse(desk, room):
    alone = a_booking(room, friday(14, 16))
    assert desk.post(address(alone, "refuse-all"), data={"common": "house"}).status_code == 404


def test_on_my_page_the_rooms_are_one_entry(sign_in, bram, rooms):
    browser = sign_in(bram)

    page = browser.get("/me").text
    assert page.count("Soup<") == 1
    assert "Lesruimte 1, Keuken, De Meevaart" in page

    actions.cancel(rooms[1].id, by=bram)
    page = browser.get("/me").text
    assert page.count("Soup<") == 2
    assert "Lesruimte 1, De Meevaart" in page
