"""The inbox with forty requests: filters as links, many answers at once, and taking answers back."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import select

from buurthuis import worker
from buurthuis.bookings import actions, changes
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.standing import Kind
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_recognition,
    a_room,
    a_venue,
    an_initiative,
    friday,
)
from tests.pages.reading import filled_in, link_called

HOUSE = "/houses/de-meevaart"


def shown(page):
    return [int(number) for number in re.findall(r'id="request-(\d+)"', page.text)]


def review(desk, answer, *bookings):
    return desk.get(
        f"{HOUSE}/requests/review",
        query_string={"answer": answer, "id": [booking.id for booking in bookings]},
    )


def send(desk, answer, *bookings, **more):
    numbers = [f"{booking.id}.{booking.sequence}" for booking in bookings]
    return desk.post(f"{HOUSE}/requests/answer", data={"answer": answer, "id": numbers, **more})


def statuses(*bookings):
    for booking in bookings:
        db.session.refresh(booking)
    return [str(booking.status) for booking in bookings]


def letters_about(template):
    asked = select(OutboxLetter).where(OutboxLetter.template == template)
    return list(db.session.scalars(asked))


def test_filters_are_links_with_counts_that_lead_to_what_they_count(venue, desk, room):
    other = a_room(venue, name="Keuken", slug="keuken")
    known = an_initiative(a_person(), name="Known")
    a_recognition(known, Kind.RESIDENT_INITIATIVE, venue=venue)
    old = a_booking(room, friday(19, 22), title="Old", for_=known, by=known.memberships[0].person)
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        soon = a_booking(other, friday(8, 9, weeks=-1), title="Soon")
        page = desk.get(f"{HOUSE}/requests")

        for words, expected in (
            ("All (2)", [old.id, soon.id]),
            ("Too late (1)", [old.id]),
            ("This week (1)", [soon.id]),
            ("Groups we know (1)", [old.id]),
            ("New groups (1)", [soon.id]),
            ("Keuken (1)", [soon.id]),
            ("Lesruimte 1 (1)", [old.id]),
            ("Put the first date first", [soon.id, old.id]),
        ):
            assert shown(desk.get(link_called(page, words))) == expected, words
    assert "Waits 3 days: too long" in page.text
    assert "Same place" not in page.text


def test_only_requests_for_the_same_place_clash(venue, desk, room):
    venue.requests_occupy = False
    half = a_room(venue, name="Half")
    hall = a_room(venue, name="Hall", parts=[half])
    in_half = a_booking(half, friday(10, 12))
    in_hall = a_booking(hall, friday(11, 13))
    a_booking(half, friday(13, 14))
    a_booking(room, friday(10, 12))

    page = desk.get(f"{HOUSE}/requests?show=clashes")

    assert shown(page) == [in_half.id, in_hall.id]


@pytest.mark.parametrize("query", ["show=everything", "by=colour"])
def test_a_filter_that_does_not_exist_is_not_found(desk, query):
    assert desk.get(f"{HOUSE}/requests?{query}").status_code == 404


def test_a_filter_that_holds_nothing_leads_back(desk, room):
    a_booking(room, friday(19, 22))

    page = desk.get(f"{HOUSE}/requests?show=late")

    assert shown(page) == []
    assert link_called(page, "All requests") == f"{HOUSE}/requests"


def test_after_a_yes_one_stays_within_the_filter(venue, desk, room):
    bookings = [a_booking(room, friday(hour, hour + 1)) for hour in (9, 11, 13)]
    page = desk.get(f"{HOUSE}/requests?show=new&by=date")
    address = unescape(re.search(r'formaction="([^"]+approve[^"]*)"', page.text)[1])

    answer = desk.post(address)

    assert answer.location == f"{HOUSE}/requests?show=new&by=date#request-{bookings[1].id}"


def test_a_yes_can_be_taken_back_from_the_next_page(desk, room):
    booking = a_booking(room, friday(19, 22))
    page = desk.post(f"{HOUSE}/bookings/{booking.id}/approve", follow_redirects=True)
    assert "Take it back" in page.text
    assert letters_about("booking_confirmed")

    address = unescape(re.search(r'formaction="([^"]+undo[^"]*)"', page.text)[1])
    page = desk.post(address, follow_redirects=True)

    assert "Your answer is taken back. Repair evening waits again." in page.text
    assert statuses(booking) == ["requested"]
    assert letters_about("booking_confirmed") == []
    assert "took the answer back" in desk.get(f"{HOUSE}/bookings/{booking.id}").text


def test_the_page_of_the_booking_takes_back_until_the_letter_leaves(desk, room):
    booking = a_booking(room, friday(19, 22))
    desk.post(f"{HOUSE}/bookings/{booking.id}/refuse", data={"reason": "No room"})
    assert "Take it back" in desk.get(f"{HOUSE}/bookings/{booking.id}").text

    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        worker.work()
        assert "Take it back" not in desk.get(f"{HOUSE}/bookings/{booking.id}").text
        answer = desk.post(f"{HOUSE}/bookings/{booking.id}/undo")

    assert answer.status_code == 409
    assert "The booker has heard your answer." in answer.text
    assert statuses(booking) == ["refused"]


def test_all_on_a_page_are_ticked_by_a_link(desk, room):
    for hour in (9, 11):
        a_booking(room, friday(hour, hour + 1))
    page = desk.get(f"{HOUSE}/requests?show=new")
    assert page.text.count(" checked") == 0

    page = desk.get(link_called(page, "Tick all on this page"))

    assert page.text.count(" checked") == 2
    assert "show=new" in link_called(page, "Tick none")


def test_a_review_says_what_each_group_gets_and_changes_nothing(venue, desk, room):
    bram = a_person()
    repair = an_initiative(bram, name="Repair Café Oost")
    mine = [a_booking(room, friday(hour, hour + 2), by=bram, for_=repair) for hour in (9, 12)]
    other = a_booking(room, friday(19, 22), title="Choir")

    page = unescape(review(desk, "yes", *mine, other).text)

    assert "Yes to 3 requests" in page
    assert "€40.00" in page
    assert "€30.00" in page
    assert statuses(*mine, other) == ["requested"] * 3


def test_what_others_want_too_is_left_out_of_a_yes_with_the_reason(venue, desk, room):
    venue.requests_occupy = False
    db.session.commit()
    choir = a_booking(room, friday(19, 22), title="Choir")
    dance = a_booking(room, friday(20, 23), title="Dance")
    alone = a_booking(room, friday(9, 10), title="Alone")

    page = review(desk, "yes", choir, dance, alone)

    assert "Yes to 1 request<" in page.text
    assert "Others want this place too: Dance." in page.text
    desk.post(f"{HOUSE}/requests/answer", data=filled_in(page))
    assert statuses(choir, dance, alone) == ["requested", "requested", "confirmed"]


def test_what_is_over_gets_no_yes(desk, room):
    booking = a_booking(room, friday(9, 10))
    with time_machine.travel(booking.to_at, tick=False):
        assert "This time is over. You can only say no." in review(desk, "yes", booking).text
        assert "No to 1 request" in review(desk, "no", booking).text


def test_many_get_a_yes_each_by_itself(desk, room):
    bookings = [a_booking(room, friday(hour, hour + 1)) for hour in range(9, 15)]
    actions.refuse(bookings[0].id, by=a_manager(room.venue, "Youssef"), reason="No")
    changes.move(bookings[1].id, room, friday(20, 21), by=bookings[1].booked_by)
    seen = [f"{booking.id}.0" for booking in bookings]

    page = desk.post(f"{HOUSE}/requests/answer", data={"answer": "yes", "id": seen})

    assert statuses(*bookings) == ["refused", "requested", *["confirmed"] * 4]
    assert "4 requests have your answer." in page.text
    assert "This request is already refused." in page.text
    assert "The booker changed this request just now." in page.text
    assert len(letters_about("booking_confirmed")) == 4


def test_sending_twice_changes_nothing_more(desk, room):
    bookings = [a_booking(room, friday(hour, hour + 1)) for hour in (9, 11)]
    numbers = [f"{booking.id}.{booking.sequence}" for booking in bookings]
    for _ in range(2):
        page = desk.post(f"{HOUSE}/requests/answer", data={"answer": "yes", "id": numbers})

    assert "This did not work" not in page.text
    assert len(letters_about("booking_confirmed")) == 2


def test_a_no_to_many_needs_a_reason_that_each_reads_in_their_own_language(desk, room):
    bram, nora = a_person("Bram", language="nl"), a_person("Nora", language="en")
    bookings = [a_booking(room, friday(9, 10), by=bram), a_booking(room, friday(11, 12), by=nora)]

    assert send(desk, "no", *bookings).status_code == 422
    assert statuses(*bookings) == ["requested"] * 2
    send(desk, "no", *bookings, common="loud")

    assert statuses(*bookings) == ["refused"] * 2
    assert bookings[1].refusal_reason == "This is too loud for the neighbours at that time."
    assert bookings[0].refusal_reason


def test_many_answers_are_taken_back_together(desk, room):
    bookings = [a_booking(room, friday(hour, hour + 1)) for hour in (9, 11, 13)]
    page = send(desk, "yes", *bookings)
    assert "Take them all back" in page.text

    page = desk.post(
        f"{HOUSE}/requests/undo", data={"id": [each.id for each in bookings]}, follow_redirects=True
    )

    assert "3 answers are taken back." in page.text
    assert statuses(*bookings) == ["requested"] * 3
    assert letters_about("booking_confirmed") == []


def test_who_has_no_e_mail_must_be_told(desk, room):
    aunt = a_person("Tante Rie", email=None, phone="020 123 4567")
    bookings = [a_booking(room, friday(9, 10), by=aunt), a_booking(room, friday(11, 12))]

    page = send(desk, "yes", *bookings)

    assert "They have no e-mail. Tell them yourself." in page.text
    assert "Tante Rie" in page.text


def test_nothing_ticked_is_told(desk, room):
    a_booking(room, friday(9, 10))

    page = desk.get(f"{HOUSE}/requests/review?answer=yes", follow_redirects=True)

    assert "Tick a request first." in page.text


def test_requests_of_another_house_stay_out_of_it(desk, room):
    elsewhere = a_booking(a_room(a_venue()), friday(9, 10), title="Elsewhere")
    confirmed = a_confirmed_booking(room, friday(9, 10))

    for answer in ("yes", "no"):
        assert "Elsewhere" not in review(desk, answer, elsewhere, confirmed).text
        assert "Elsewhere" not in send(desk, answer, elsewhere, reason="x").text
    desk.post(f"{HOUSE}/requests/undo", data={"id": [elsewhere.id]})
    assert statuses(elsewhere) == ["requested"]


@pytest.mark.parametrize("number", ["x", "0", "-1", "1e999", "9" * 400, "1.x", "²", ""])
def test_numbers_that_no_page_sends_are_not_found(desk, room, number):
    for method, path in (
        ("GET", "review"),
        ("POST", "answer"),
        ("POST", "undo"),
    ):
        facts = {"answer": "yes", "id": number}
        asked = {"query_string": facts} if method == "GET" else {"data": facts}
        assert desk.open(f"{HOUSE}/requests/{path}", method=method, **asked).status_code == 404
    assert desk.get(f"{HOUSE}/requests/review?answer=maybe&id=1").status_code == 404


def test_forty_requests_fit_in_a_light_page(venue, desk):
    bram = a_person("Bram", phone="06 1234 5678")
    rooms = [a_room(venue, name=f"A room with a name of some length {n}") for n in range(4)]
    for number in range(40):
        group = an_initiative(bram, name=f"Neighbours who repair things together {number}")
        period = friday(9 + number // 4, 10 + number // 4)
        a_booking(rooms[number % 4], period, by=bram, for_=group, remark="We bring a kettle.")

    page = desk.get(f"{HOUSE}/requests")

    assert len(shown(page)) == 25
    assert len(page.data) <= 60_000


def test_a_page_of_the_inbox_asks_little_of_the_database(venue, desk, counted):
    half = a_room(venue, name="Half")
    hall = a_room(venue, name="Hall", parts=[half])
    venue.requests_occupy = False
    for number in range(30):
        a_booking((half, hall)[number % 2], friday(9 + number % 10, 10.5 + number % 10))

    with counted() as statements:
        desk.get(f"{HOUSE}/requests")

    assert len(statements) <= 12


def a_change_of(booking, room, period, **words):
    wanted = changes.Wanted(room, period, words)
    return changes.send(booking.id, wanted, by=booking.booked_by).change


@pytest.fixture
def requests_keep_nothing(venue):
    venue.requests_occupy = False
    db.session.commit()


@pytest.fixture
def lamps(venue, room):
    """A change of a booking that Bram has, to another room."""
    bram = a_person("Bram")
    booking = a_confirmed_booking(
        room, friday(10, 12), by=bram, for_=an_initiative(bram, name="Lamps"), title="Lamps"
    )
    return a_change_of(booking, a_room(venue, name="Attic"), friday(10, 12))


def test_changes_and_requests_are_answered_and_taken_back_in_one_step(desk, room, lamps):
    knit = a_booking(room, friday(19, 22), title="Knitting")
    inbox = desk.get(f"{HOUSE}/requests").text
    assert f'name="change" value="{lamps.id}"' in inbox
    chosen = {"answer": "yes", "id": knit.id, "change": lamps.id}

    page = desk.get(f"{HOUSE}/requests/review", query_string=chosen)
    assert "Yes to 2 requests" in page.text
    for words in ("Knitting", "Lamps", "Where: Lesruimte 1, De Meevaart → Attic, De Meevaart"):
        assert words in page.text
    done = desk.post(f"{HOUSE}/requests/answer", data=filled_in(page))
    assert "2 requests have your answer." in done.text
    db.session.expire_all()
    assert (str(knit.status), lamps.booking.room.name) == ("confirmed", "Attic")

    back = desk.post(f"{HOUSE}/requests/undo", data=filled_in(done), follow_redirects=True)
    assert "2 answers are taken back." in back.text
    db.session.expire_all()
    assert (str(knit.status), lamps.booking.room_id) == ("requested", room.id)
    assert letters_about("booking_moved") == []


def test_a_change_that_clashes_or_is_no_longer_what_was_seen_stays_as_it_is(
    requests_keep_nothing, desk, lamps
):
    a_booking(lamps.room, friday(11, 13), title="Yoga")
    review = {"answer": "yes", "change": lamps.id}

    page = unescape(desk.get(f"{HOUSE}/requests/review", query_string=review).text)
    assert "Others want this place too: Yoga. Choose between them." in page
    data = {"answer": "no", "change": f"{lamps.id}.0", "common": "house"}
    done = desk.post(f"{HOUSE}/requests/answer", data=data)

    assert "This did not work" in done.text
    db.session.expire_all()
    assert lamps.is_open
    data["change"] = f"{lamps.id}.{lamps.booking.sequence}"
    assert "1 request has your answer." in desk.post(f"{HOUSE}/requests/answer", data=data).text


def test_a_request_clashes_with_a_change_that_wants_its_place(requests_keep_nothing, desk, lamps):
    yoga = a_booking(lamps.room, friday(11, 13), title="Yoga")

    page = unescape(review(desk, "yes", yoga).text)

    assert "Others want this place too: Lamps." in page
