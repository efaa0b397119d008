"""Private links: made once, hashed, asked for their rights at every request, withdrawn for good."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from buurthuis.accounts.hashes import token_hash
from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings import actions
from buurthuis.feeds.models import Feed
from buurthuis.feeds.queries import feeds_of
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import LogEntry
from buurthuis.venues.models import Room
from tests.builders import (
    a_booking,
    a_closure,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    friday,
)
from tests.foundation.ics_reader import ReadEvent, read

SignIn = Callable[[Person], FlaskClient]


@pytest.fixture
def room(app: Flask) -> Room:
    return a_room(a_venue("de-meevaart", name="De Meevaart"), name="Lesruimte 1")


@pytest.fixture
def bram(app: Flask) -> Person:
    return a_person("Bram", "bram@people.example", phone="06-555 01 99")


@pytest.fixture
def repair_cafe(bram: Person) -> Initiative:
    return an_initiative(bram, name="Repair Café Oost")


def made(browser: FlaskClient, **typed: str) -> str:
    """Make a subscription as a person does, and read its path from the page."""
    page = browser.post("/me/feeds", data=typed)
    assert page.status_code == 200, page.text
    return address_on(page.text)


def address_on(page: str) -> str:
    """The path of the one secret link on a page."""
    [token] = set(re.findall(r"http://localhost/ical/p/([\w-]+)\.ics", unescape(page)))
    return f"/ical/p/{token}.ics"


def events_at(client: FlaskClient, address: str) -> list[ReadEvent]:
    answer = client.get(address)
    assert answer.status_code == 200
    return read(answer.data)


def summaries(client: FlaskClient, address: str) -> list[str]:
    return [event.properties["SUMMARY"] for event in events_at(client, address)]


def test_my_feed_shows_my_bookings_as_i_know_them(
    client: FlaskClient, sign_in: SignIn, room: Room, bram: Person, repair_cafe: Initiative
) -> None:
    sure = a_confirmed_booking(room, friday(19, 22), by=bram, for_=repair_cafe, title="Repair")
    asked = a_booking(room, friday(10, 12), by=bram, for_=repair_cafe, title="Plannen")
    a_confirmed_booking(room, friday(14, 16), title="Of somebody else")
    uid, booking_id, asked_uid = sure.uid, sure.id, asked.uid

    first, second = events_at(client, made(sign_in(bram), what="mine"))

    assert (first.properties["SUMMARY"], first.properties["STATUS"]) == ("Plannen", "TENTATIVE")
    assert (second.properties["SUMMARY"], second.properties["STATUS"]) == ("Repair", "CONFIRMED")
    assert (first.properties["UID"], second.properties["UID"]) == (asked_uid, uid)
    assert second.properties["DESCRIPTION"] == "Repair Café Oost"
    assert second.properties["CLASS"] == "PRIVATE"
    assert second.properties["URL"] == f"http://localhost/me/bookings/{booking_id}"


def test_a_cancelled_booking_stays_visible_as_cancelled(
    client: FlaskClient, sign_in: SignIn, room: Room, bram: Person, repair_cafe: Initiative
) -> None:
    booking = a_confirmed_booking(room, friday(19, 22), by=bram, for_=repair_cafe, title="Repair")
    address = made(sign_in(bram), what="mine")
    [before] = events_at(client, address)

    actions.cancel(booking.id, by=bram)

    [after] = events_at(client, address)
    assert after.properties["SUMMARY"] == "VERVALT: Repair"
    assert after.properties["STATUS"] == "CANCELLED"
    assert after.properties["TRANSP"] == "TRANSPARENT"
    assert after.properties["UID"] == before.properties["UID"]
    assert int(after.properties["SEQUENCE"]) > int(before.properties["SEQUENCE"])


def test_a_feed_of_one_initiative_shows_only_that_one(
    client: FlaskClient, sign_in: SignIn, room: Room, bram: Person, repair_cafe: Initiative
) -> None:
    choir = an_initiative(bram, name="Buurtkoor")
    a_confirmed_booking(room, friday(19, 22), by=bram, for_=repair_cafe, title="Repair")
    a_confirmed_booking(room, friday(10, 12), by=bram, for_=choir, title="Zingen")

    browser = sign_in(bram)

    assert summaries(client, made(browser, what=f"initiative:{choir.id}")) == ["Zingen"]
    assert summaries(client, made(browser, what="mine")) == ["Zingen", "Repair"]


def test_a_manager_subscribes_to_the_whole_house(
    client: FlaskClient, sign_in: SignIn, room: Room
) -> None:
    manager = a_manager(room.venue)
    a_booking(room, friday(19, 22), title="Waits")
    a_booking(a_room(a_venue()), friday(19, 22), title="In another house")
    a_closure(room.venue, friday(8, 23, weeks=1), reason="Schoonmaak")

    address = made(sign_in(manager), what=f"house:{room.venue_id}")

    assert summaries(client, address) == ["Waits", "Gesloten: Schoonmaak"]


def test_a_role_that_ended_closes_the_feed(
    client: FlaskClient, sign_in: SignIn, room: Room
) -> None:
    manager = a_manager(room.venue)
    address = made(sign_in(manager), what=f"house:{room.venue_id}")
    assert client.get(address).status_code == 200

    db.session.delete(manager.roles[0])
    db.session.commit()

    assert client.get(address).status_code == 404


def test_whoever_no_longer_speaks_for_an_initiative_sees_no_more_of_it(
    client: FlaskClient, sign_in: SignIn, room: Room, bram: Person, repair_cafe: Initiative
) -> None:
    a_confirmed_booking(room, friday(19, 22), by=bram, for_=repair_cafe)
    browser = sign_in(bram)
    of_one = made(browser, what=f"initiative:{repair_cafe.id}")
    of_all = made(browser, what="mine")

    db.session.delete(bram.memberships[0])
    db.session.commit()

    assert client.get(of_one).status_code == 404
    assert summaries(client, of_all) == []


def test_somebody_who_left_sees_nothing(client: FlaskClient, sign_in: SignIn, bram: Person) -> None:
    address = made(sign_in(bram), what="mine")
    bram.left_at = clock.now()
    db.session.commit()

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("kind", ["initiative", "house"])
def test_dirk_cannot_subscribe_to_what_is_not_his(
    sign_in: SignIn, room: Room, repair_cafe: Initiative, kind: str
) -> None:
    number = {"initiative": repair_cafe.id, "house": room.venue_id}[kind]

    answer = sign_in(a_person("Dirk")).post("/me/feeds", data={"what": f"{kind}:{number}"})

    assert answer.status_code == 422
    assert db.session.scalars(select(Feed)).all() == []


def test_a_withdrawn_link_serves_nothing_from_the_next_request_on(
    client: FlaskClient, sign_in: SignIn, bram: Person
) -> None:
    browser = sign_in(bram)
    address = made(browser, what="mine")
    [feed] = feeds_of(bram)

    answer = browser.post(f"/me/feeds/{feed.id}/withdraw")

    assert (answer.status_code, answer.location) == (303, "/me")
    assert client.get(address).status_code == 404
    assert feeds_of(bram) == []
    assert browser.post(f"/me/feeds/{feed.id}/withdraw").status_code == 404


def test_a_new_address_takes_one_tap_and_the_old_one_is_dead_at_once(
    client: FlaskClient, sign_in: SignIn, room: Room, bram: Person, repair_cafe: Initiative
) -> None:
    a_confirmed_booking(room, friday(19, 22), by=bram, for_=repair_cafe, title="Repair")
    browser = sign_in(bram)
    old = made(browser, what="mine", name="Phone")
    [before] = events_at(client, old)
    [feed] = feeds_of(bram)
    assert f"/me/feeds/{feed.id}/renew" in browser.get("/me").text

    page = browser.post(f"/me/feeds/{feed.id}/renew")
    new = address_on(page.text)

    assert client.get(old).status_code == 404
    assert new != old
    assert events_at(client, new) == [before]
    assert (page.headers["Cache-Control"], "<svg" in page.text) == ("no-store", True)
    assert "The old address shows nothing any more." in page.text
    [same] = feeds_of(bram)
    assert (same.id, same.name) == (feed.id, "Phone")
    assert "feed.renewed" in [entry.verb for entry in db.session.scalars(select(LogEntry))]


def test_who_may_not_see_it_any_more_gets_no_new_address(sign_in: SignIn, room: Room) -> None:
    manager = a_manager(room.venue)
    browser = sign_in(manager)
    made(browser, what=f"house:{room.venue_id}")
    [feed] = feeds_of(manager)
    db.session.delete(manager.roles[0])
    db.session.commit()

    assert browser.post(f"/me/feeds/{feed.id}/renew").status_code == 404
    assert sign_in(a_person("Dirk")).post(f"/me/feeds/{feed.id}/renew").status_code == 404


def test_dirk_cannot_withdraw_the_link_of_bram(
    client: FlaskClient, sign_in: SignIn, bram: Person
) -> None:
    address = made(sign_in(bram), what="mine")
    [feed] = feeds_of(bram)

    assert sign_in(a_person("Dirk")).post(f"/me/feeds/{feed.id}/withdraw").status_code == 404
    assert client.get(address).status_code == 200


def test_only_the_hash_of_a_token_is_kept(sign_in: SignIn, bram: Person) -> None:
    token = made(sign_in(bram), what="mine").removeprefix("/ical/p/").removesuffix(".ics")

    [feed] = feeds_of(bram)
    assert feed.token_hash == token_hash(token)
    assert len(token) >= 43
    for entry in db.session.scalars(select(LogEntry)):
        assert token not in str(entry.detail)


def test_making_and_withdrawing_is_written_in_the_logbook(sign_in: SignIn, bram: Person) -> None:
    browser = sign_in(bram)
    made(browser, what="mine")
    [feed] = feeds_of(bram)
    browser.post(f"/me/feeds/{feed.id}/withdraw")

    verbs = [entry.verb for entry in db.session.scalars(select(LogEntry).order_by(LogEntry.id))]
    assert verbs == ["feed.made", "feed.withdrawn"]


def test_a_feed_gets_the_name_that_was_typed_or_that_of_what_it_shows(
    sign_in: SignIn, bram: Person, repair_cafe: Initiative
) -> None:
    browser = sign_in(bram)
    made(browser, what="mine", name="  Op mijn\u202e telefoon ")
    made(browser, what=f"initiative:{repair_cafe.id}")

    assert [feed.name for feed in feeds_of(bram)] == ["Op mijn telefoon", "Repair Café Oost"]


def test_a_name_that_is_too_long_comes_back_with_the_cure(sign_in: SignIn, bram: Person) -> None:
    answer = sign_in(bram).post("/me/feeds", data={"what": "mine", "name": "x" * 10_000})

    assert answer.status_code == 422
    assert "120" in answer.text
    assert feeds_of(bram) == []


def test_only_somebody_who_signed_in_makes_a_link(client: FlaskClient) -> None:
    assert client.post("/me/feeds", data={"what": "mine"}).status_code == 303


@pytest.mark.parametrize("token", ["nonsense", "x" * 2000, "%00", "..", "é"])
def test_a_link_nobody_made_is_not_found(client: FlaskClient, token: str) -> None:
    assert client.get(f"/ical/p/{token}.ics").status_code == 404


def test_a_private_feed_names_nobody_and_carries_no_address(
    client: FlaskClient, sign_in: SignIn, room: Room, bram: Person, repair_cafe: Initiative
) -> None:
    a_confirmed_booking(room, friday(19, 22), by=bram, for_=repair_cafe, remark="06-555 01 99")
    address = made(sign_in(bram), what="mine")

    text = client.get(address).text.replace("\r\n ", "")

    for secret in ("Bram", "people.example", "555 01", "ORGANIZER", "ATTENDEE", "mailto:"):
        assert secret not in text
    assert address.removeprefix("/ical/p/").removesuffix(".ics") not in text


def test_one_booking_goes_into_a_calendar_by_hand(
    sign_in: SignIn, room: Room, bram: Person, repair_cafe: Initiative
) -> None:
    booking = a_confirmed_booking(room, friday(19, 22), by=bram, for_=repair_cafe, title="Repair")
    uid = booking.uid

    answer = sign_in(bram).get(f"/me/bookings/{booking.id}.ics")

    [event] = read(answer.data)
    assert (event.properties["UID"], event.properties["SUMMARY"]) == (uid, "Repair")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_dirk_does_not_get_the_booking_of_bram(
    client: FlaskClient, sign_in: SignIn, room: Room, bram: Person, repair_cafe: Initiative
) -> None:
    booking = a_confirmed_booking(room, friday(19, 22), by=bram, for_=repair_cafe)
    address = f"/me/bookings/{booking.id}.ics"

    assert sign_in(a_person("Dirk")).get(address).status_code == 404
    assert client.get(address).status_code == 303
