"""The last look and sending: the server computes, others may be first, nothing is lost, twice is once."""

import threading
from html import unescape

import pytest
from sqlalchemy import func, select

from buurthuis.accounts.models import Initiative, Person, RoleName
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from buurthuis.tariffs.models import Rate
from buurthuis.venues.models import Approval
from tests.bookings.test_booking_form import WISH
from tests.builders import (
    a_booking,
    a_person,
    a_recognition,
    a_role,
    a_room,
    an_initiative,
    friday,
)
from tests.pages.reading import error_beside, field_value, filled_in, link_called, links

REVIEW = "/rooms/garden-room/book/review"


@pytest.fixture
def room(app):
    return a_room(slug="garden-room")


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def repair_cafe(bram):
    return an_initiative(bram)


def count_of(table):
    return db.session.scalar(select(func.count()).select_from(table))


def the_booking():
    return db.session.scalars(select(Booking)).one()


def look(browser, **changes):
    """Fill in the form and come to the last look."""
    answer = browser.post("/rooms/garden-room/book", data={**WISH, **changes})
    assert (answer.status_code, answer.location) == (303, REVIEW)
    return browser.get(REVIEW)


def test_what_is_sent_is_booked_for_my_group(sign_in, bram, repair_cafe, room):
    browser = sign_in(bram)

    page = look(browser, public="y", remark="Two lines\nof text")
    answer = browser.post(REVIEW, data=filled_in(page))

    booking = the_booking()
    assert answer.status_code == 303
    assert answer.location == f"/me/bookings/{booking.id}?sent=yes"
    assert (booking.initiative_id, booking.booked_by_id) == (repair_cafe.id, bram.id)
    assert (booking.title, booking.people, booking.remark) == (
        "Repair café",
        10,
        "Two lines\nof text",
    )
    assert booking.is_public
    assert (booking.period, booking.status) == (friday(19, 21), Status.REQUESTED)
    assert booking.total_cents == 2000
    with browser.session_transaction() as kept:
        assert "draft" not in kept


def test_from_the_last_look_one_can_go_to_another_room(sign_in, bram, repair_cafe, room):
    other = a_room(room.venue, slug="study")
    browser = sign_in(bram)
    page = look(browser)

    elsewhere = browser.get(next(url for url in links(page) if url.startswith("/?")))

    assert any(f"/rooms/{other.slug}/book?" in url for url in links(elsewhere))


def test_the_price_comes_with_its_reason_before_sending(sign_in, bram, repair_cafe, room):
    a_recognition(repair_cafe, Kind.RESIDENT_INITIATIVE)

    page = look(sign_in(bram))

    assert "You pay nothing." in page.text
    assert "because you are a group of neighbours" in page.text


def test_who_is_not_recognised_yet_sees_what_they_would_pay(sign_in, bram, room):
    an_initiative(bram, kind=Kind.SOCIAL_ENTERPRISE)

    page = unescape(look(sign_in(bram)).text)

    assert "€20.00" in page
    assert "you pay €7.00" in page


@pytest.mark.parametrize(
    ("approval", "words"),
    [(Approval.ALWAYS, "Book now"), (Approval.ASK, "Send my request")],
)
def test_the_button_says_whether_the_house_still_answers(
    sign_in, bram, repair_cafe, room, approval, words
):
    room.approval = approval

    assert words in look(sign_in(bram)).text


def test_somebody_new_names_their_group_while_sending(sign_in, bram, room):
    browser = sign_in(bram)
    page = look(browser)

    again = browser.post(REVIEW, data=filled_in(page, name=" ", kind="internal"))
    assert again.status_code == 422
    assert error_beside(again, "name")
    assert error_beside(again, "kind")
    assert (count_of(Initiative), count_of(Booking)) == (0, 0)

    browser.post(REVIEW, data=filled_in(again, name="Naaiclub", kind="resident_initiative"))

    assert the_booking().initiative.name == "Naaiclub"
    assert [each.initiative.name for each in db.session.get(Person, bram.id).memberships] == [
        "Naaiclub"
    ]


def test_somebody_with_two_groups_chooses_and_sees_both_prices(sign_in, bram, repair_cafe, room):
    a_recognition(repair_cafe, Kind.RESIDENT_INITIATIVE)
    firm = an_initiative(bram, name="Bram B.V.", kind=Kind.COMMERCIAL)
    browser = sign_in(bram)

    page = look(browser)
    assert "€40.00" in page.text
    browser.post(REVIEW, data=filled_in(page, **{"for": str(firm.id)}))

    assert (the_booking().initiative_id, the_booking().total_cents) == (firm.id, 4000)


def test_a_group_chosen_in_the_finder_stays_chosen(sign_in, bram, repair_cafe, room):
    zorg = an_initiative(bram, name="Zorgclub")

    page = look(sign_in(bram), **{"for": str(zorg.id)})

    assert field_value(page, "for") == str(zorg.id)


@pytest.mark.parametrize("group", ["1000000", "0", "-1", "x", "9" * 30, "1; drop table"])
def test_nobody_books_for_a_group_that_is_not_theirs(sign_in, bram, repair_cafe, room, group):
    browser = sign_in(bram)
    page = look(browser)

    answer = browser.post(REVIEW, data=filled_in(page, **{"for": group}))

    assert answer.status_code == 422
    assert error_beside(answer, "for")
    assert count_of(Booking) == 0


def test_the_group_of_somebody_else_is_refused(sign_in, bram, repair_cafe, room):
    dirks = an_initiative(a_person("Dirk"), name="Dirk Meubels")
    browser = sign_in(bram)

    answer = browser.post(REVIEW, data=filled_in(look(browser), **{"for": str(dirks.id)}))

    assert answer.status_code == 422
    assert count_of(Booking) == 0


def test_sending_twice_makes_one_booking(sign_in, bram, repair_cafe, room):
    browser = sign_in(bram)
    sent = filled_in(look(browser))

    first, second = browser.post(REVIEW, data=sent), browser.post(REVIEW, data=sent)

    assert first.location == second.location
    assert count_of(Booking) == 1


def test_sending_twice_at_one_moment_makes_one_booking(app, sign_in, bram, repair_cafe, room):
    browser = sign_in(bram)
    sent = filled_in(look(browser))
    cookie = browser.get_cookie("session").value
    answers = []

    def press():
        tab = app.test_client()
        tab.set_cookie("session", cookie)
        answers.append(tab.post(REVIEW, data=sent).location)

    db.session.commit()
    presses = [threading.Thread(target=press) for _ in range(4)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    assert len(set(answers)) == 1
    assert count_of(Booking) == 1


def test_who_comes_second_keeps_what_was_typed_and_gets_other_times(
    sign_in, bram, repair_cafe, room
):
    browser = sign_in(bram)
    sent = filled_in(look(browser))
    a_booking(room, friday(18, 20))

    answer = browser.post(REVIEW, data=sent)

    assert answer.status_code == 409
    assert "Choose another time or room" in error_beside(answer, "from")
    assert field_value(answer, "title") == "Repair café"
    assert count_of(Booking) == 1
    other = next(url for url in links(answer) if "from=" in url and "/book?" in url)
    again = browser.post("/rooms/garden-room/book", data=filled_in(browser.get(other)))
    assert again.status_code == 303
    browser.post(REVIEW, data=filled_in(browser.get(REVIEW)))
    assert count_of(Booking) == 2


def test_a_price_that_changed_is_shown_before_anything_is_booked(sign_in, bram, repair_cafe, room):
    browser = sign_in(bram)
    sent = filled_in(look(browser))
    db.session.scalars(select(Rate)).one().cents = 1500

    answer = browser.post(REVIEW, data=sent)

    assert answer.status_code == 409
    assert "The price is now €30.00" in unescape(answer.text)
    assert count_of(Booking) == 0
    browser.post(REVIEW, data=filled_in(answer))
    assert the_booking().total_cents == 3000


def test_a_new_firm_sees_its_surcharge_before_it_books(sign_in, bram, room):
    browser = sign_in(bram)

    answer = browser.post(
        REVIEW, data=filled_in(look(browser), name="Dure B.V.", kind="commercial")
    )

    assert answer.status_code == 409
    assert "€40.00" in unescape(answer.text)
    browser.post(REVIEW, data=filled_in(answer))
    assert the_booking().total_cents == 4000
    assert count_of(Initiative) == 1


@pytest.mark.parametrize("seen", ["", "0", "new=0", "1=0", "free", "-5", "x" * 5000])
def test_a_price_made_up_by_the_visitor_is_never_paid(sign_in, bram, repair_cafe, room, seen):
    browser = sign_in(bram)

    answer = browser.post(REVIEW, data=filled_in(look(browser), seen=seen))

    assert answer.status_code == 409
    assert count_of(Booking) == 0


def test_a_status_or_a_total_from_outside_counts_for_nothing(sign_in, bram, repair_cafe, room):
    browser = sign_in(bram)
    made_up = {"status": "confirmed", "total_cents": "0", "standing": "internal"}

    browser.post(REVIEW, data=filled_in(look(browser), **made_up))

    assert (the_booking().status, the_booking().total_cents) == (Status.REQUESTED, 2000)


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "18:00"},
        {"people": "500"},
        {"day": "2026-02-31"},
        {"day": "2026-03-01"},
        {"from": "06:00"},
        {"title": ""},
    ],
)
def test_what_was_changed_on_the_way_is_looked_at_again(sign_in, bram, repair_cafe, room, changes):
    browser = sign_in(bram)

    answer = browser.post(REVIEW, data=filled_in(look(browser), **changes))

    assert answer.status_code == 422
    assert count_of(Booking) == 0


def test_two_tabs_do_not_mix(sign_in, bram, repair_cafe, room):
    browser = sign_in(bram)
    first = look(browser, title="First")
    look(browser, title="Second", **{"from": "10:00", "to": "12:00"})

    browser.post(REVIEW, data=filled_in(first))

    assert (the_booking().title, the_booking().period) == ("First", friday(19, 21))


def test_signing_in_on_the_way_keeps_the_draft(client, bram, repair_cafe, room):
    client.set_cookie("language", "en")
    client.post("/rooms/garden-room/book", data=WISH)
    assert client.get(REVIEW).status_code == 303

    client.post("/sign-in", data={"email": bram.email, "next": REVIEW})
    letter = db.session.scalars(select(OutboxLetter)).one()
    answer = client.post("/sign-in/code", data={"email": bram.email, "code": letter.facts["code"]})

    assert answer.location == REVIEW
    assert "Repair café" in client.get(REVIEW).text


def test_a_session_that_ended_before_sending_loses_nothing(
    client, sign_in, bram, repair_cafe, room
):
    sent = filled_in(look(sign_in(bram)))

    answer = client.post(REVIEW, data=sent)

    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")
    with client.session_transaction() as kept:
        assert kept["draft"]["typed"]["title"] == "Repair café"
    assert count_of(Booking) == 0


def test_without_a_draft_the_last_look_leads_to_the_form(sign_in, bram, room):
    answer = sign_in(bram).get(REVIEW)

    assert (answer.status_code, answer.location) == (303, "/rooms/garden-room/book")


def test_a_manager_books_in_their_own_house_at_once(sign_in, bram, repair_cafe, room):
    a_role(bram, RoleName.MANAGER, room.venue)
    browser = sign_in(bram)

    browser.post(REVIEW, data=filled_in(look(browser)))

    assert the_booking().status == Status.CONFIRMED


def test_one_own_booking_leaves_room_for_the_next_without_its_buffers(
    sign_in, bram, repair_cafe, room
):
    room.turnover_minutes = 30
    a_booking(room, friday(17, 19), for_=repair_cafe, by=bram)

    page = look(sign_in(bram))

    assert link_called(page, "Change something")
