"""The pages of keys: give one out, take it back, and say at once that one is lost."""

from datetime import date

import pytest

from buurthuis.foundation.db import db
from buurthuis.roster.keys import queries as key_queries
from buurthuis.roster.keys.models import KeyState, Lock
from buurthuis.roster.models import DutyStatus
from tests.builders import a_booking, a_manager, a_room, a_venue, friday
from tests.roster.key_people import a_duty, a_key, a_key_holder, a_lock, has_key

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def venue(app):
    return a_venue("here", name="Here")


@pytest.fixture
def nadia(venue, sign_in):
    return sign_in(a_manager(venue, "Nadia"))


def test_a_lock_and_its_keys_are_written_down(venue, nadia):
    page = nadia.get("/houses/here/keys").text
    assert "No lock yet" in page

    told = {"name": "Front door", "opens": "The hall", "is_entrance": "y", "most_issued": "2"}
    page = nadia.post("/houses/here/keys/locks/new", data=told, follow_redirects=True)
    lock = db.session.query(Lock).one()
    assert "Now write down its keys" in page.text

    numbers = f"/houses/here/keys/locks/{lock.id}/numbers"
    nadia.post(numbers, data={"numbers": "1, 2\n10"})
    wrong = nadia.post(numbers, data={"numbers": "3, 2"})
    assert wrong.status_code == 422
    assert "There is a key with this number." in wrong.text
    assert nadia.post(numbers, data={"numbers": " , "}).status_code == 422
    assert nadia.post(numbers, data={"numbers": "\x00" + "9" * 40}).status_code == 422

    db.session.expire_all()
    assert sorted(key.number for key in lock.keys) == ["1", "10", "2"]
    again = nadia.post("/houses/here/keys/locks/new", data=told)
    assert "There is a lock with this name." in again.text
    page = nadia.get("/houses/here/keys").text
    assert page.index("Key 2<") < page.index("Key 10<")


def test_a_key_goes_out_with_a_signature_and_comes_back(venue, nadia):
    amina = a_key_holder(venue)
    key = a_key(a_lock(venue, most_issued=1), "7")
    address = f"/houses/here/keys/{key.id}"
    empty = nadia.post(f"{address}/give", data={"holder": "p999", "due_on": "2026-03-01"})
    assert empty.status_code == 422
    for words in ("Choose one from the list", "That is the signature", "Choose today or a later"):
        assert words in empty.text

    signed = {"holder": f"p{amina.id}", "signed_name": "A. Amina", "deposit": "25"}
    page = nadia.post(f"{address}/give", data=signed, follow_redirects=True).text
    assert "Amina has key 7 now." in page
    (issue,) = key_queries.keys_of(amina)
    assert issue.deposit_cents == 2500
    assert nadia.get(f"{address}/give").location == address
    receipt = nadia.get(f"/houses/here/keys/receipts/{issue.id}").text
    assert "A. Amina" in receipt
    assert "€25.00" in receipt

    taken = nadia.post(f"/houses/here/keys/{a_key(key.lock, '8').id}/give", data=signed)
    assert taken.status_code == 409
    assert "1 key is out, no more may be." in taken.text
    assert "Give back the deposit: €25.00." in nadia.get(f"{address}/back").text
    back = nadia.post(f"{address}/back", data={"signed_name": "Amina"}, follow_redirects=True)
    assert "Key 7 is back." in back.text
    assert nadia.get(f"{address}/back").location == address
    page = nadia.post(f"{address}/gone", follow_redirects=True).text
    assert "This key is gone for good." in page


def test_amina_says_herself_that_her_key_is_lost(venue, nadia, sign_in):
    lock = a_lock(venue, "Front door", opens="The hall and the kitchen")
    amina = a_key_holder(venue, lock=lock)
    booking = a_booking(a_room(venue), friday(19, 22))
    duty = a_duty(amina, venue, booking.id, friday(18.75, 19))
    (issue,) = key_queries.keys_of(amina)
    hers = sign_in(amina)

    assert "Front door" in hers.get("/me/keys").text
    before = hers.get(f"/me/keys/{issue.key_id}/lost").text
    assert "The hall and the kitchen" in before
    assert "1 shift is open again then" in before
    after = hers.post(f"/me/keys/{issue.key_id}/lost", follow_redirects=True).text
    assert "1 shift is open again." in after
    assert "You have no key" in after
    lost = f"/me/keys/{issue.key_id}/lost"
    assert [hers.post(lost).location, hers.get(lost).location] == ["/me/keys"] * 2, "Pressed twice."
    assert sign_in(a_key_holder(venue, "Bram", lock=lock)).post(lost).status_code == 404

    db.session.refresh(duty)
    assert duty.status == DutyStatus.DROPPED
    key_page = f"/houses/here/keys/{issue.key_id}"
    assert "It opens: The hall and the kitchen." in nadia.get(key_page).text
    nadia.post(f"{key_page}/found")
    db.session.refresh(issue.key)
    assert issue.key.state == KeyState.IN_HOUSE


def test_what_should_be_back_stands_first_and_on_the_day_list(venue, nadia):
    late = a_key_holder(venue, "Late")
    has_key(late, a_key(a_lock(venue)), due_on=date(2026, 3, 1))

    assert "These keys should be back by now" in nadia.get("/houses/here/keys").text
    assert "1 key should be back by now" in nadia.get("/houses/here/").text


def test_before_somebody_stops_one_reads_which_shifts_are_still_to_come(venue, nadia):
    amina = a_key_holder(venue)
    booking = a_booking(a_room(venue), friday(19, 22))
    a_duty(amina, venue, booking.id, friday(18.75, 19))
    page = f"/houses/here/roster/people/{amina.id}/stops"

    read = nadia.get(page).text
    assert "Shifts that are still to come" in read
    assert "Open up: Friday 13 March" in read
    done = nadia.post(page, data={"last_day": "2026-03-05"}, follow_redirects=True).text
    assert "1 shift is open again." in done
