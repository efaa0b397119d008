"""The front page: three questions, and an answer in which everything offered can be booked."""

from datetime import timedelta
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from buurthuis.accounts.models import Person
from buurthuis.bookings import actions
from buurthuis.bookings.refusals import NotBookable
from buurthuis.foundation.db import db
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.models import Rate
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.models import Approval, Feature, Room
from tests.builders import (
    FRIDAY,
    a_booking,
    a_card,
    a_closure,
    a_person,
    a_recognition,
    a_room,
    a_venue,
    a_wish,
    an_initiative,
    friday,
    on,
)
from tests.forgetting import forget_pages
from tests.pages.reading import Reader, error_beside, field_value, in_english, link_called, links

FRIDAY_EVENING = {"day": "2026-03-13", "part": "18:00-22:00"}


@pytest.fixture
def client(client):
    return in_english(client)


def find(browser, **changes):
    return browser.get("/", query_string={**FRIDAY_EVENING, **changes})


def offers(page):
    """The rooms that can be chosen."""
    return {
        url.split("/")[2]
        for words, url in Reader(page.text).links
        if words.startswith("Choose this room")
    }


def test_the_front_page_asks_three_things_without_a_day(client, app):
    page = client.get("/")

    assert page.status_code == 200
    assert "Which day?" in page.text
    assert "How many people come?" in page.text
    assert "What for?" in page.text


def test_free_rooms_of_all_houses_show_with_their_price_and_what_they_offer(client, app):
    a_room(a_venue("garden"), slug="small", features=[Feature.STEP_FREE])
    a_room(a_venue("harbour"), slug="large", capacity=80, hourly_cents=2500)

    page = find(client, people="12")
    text = unescape(page.text)

    assert offers(page) == {"small", "large"}
    assert "2 rooms are free" in text
    assert "€40.00" in text
    assert "€100.00" in text
    assert "No steps" in text
    assert "Groups of the neighbourhood may pay less" in text


def test_a_room_that_is_too_small_is_not_shown(client, app):
    a_room(slug="small", capacity=8)

    page = find(client, people="12")

    assert offers(page) == set()
    assert "small" not in page.text


def test_the_smallest_room_that_holds_them_comes_first(client, app):
    venue = a_venue()
    a_room(venue, slug="hall", capacity=200)
    a_room(venue, slug="study", capacity=14)

    text = find(client, people="12").text

    assert text.index("/rooms/study") < text.index("/rooms/hall")


def test_a_kitchen_comes_last_for_a_meeting_and_first_for_a_meal(client, app):
    venue = a_venue()
    a_room(venue, slug="kitchen", capacity=12, features=[Feature.KITCHEN])
    a_room(venue, slug="study", capacity=14)

    meeting = find(client, people="12").text
    meal = find(client, people="12", purpose="food").text

    assert meeting.index("/rooms/study") < meeting.index("/rooms/kitchen")
    assert meal.index("/rooms/kitchen") < meal.index("/rooms/study")


def test_the_best_rooms_come_first_and_the_others_when_asked(client, app):
    venue = a_venue()
    for number in range(10):
        a_room(venue, slug=f"room-{number}", capacity=10 + number)

    page = find(client, people="10")
    everything = client.get(link_called(page, "Show 2 more rooms"))

    assert "10 rooms are free" in page.text
    assert offers(page) == {f"room-{number}" for number in range(8)}
    assert offers(everything) == {f"room-{number}" for number in range(10)}
    assert "more room" not in everything.text


def test_a_chosen_room_leads_to_the_form_with_all_filled_in(client, app):
    a_room(slug="small")

    page = find(client, people="12", purpose="sport")
    form = client.get(link_called(page, "Choose this room"))

    assert (field_value(form, "from"), field_value(form, "to")) == ("18:00", "22:00")
    assert field_value(form, "day") == "2026-03-13"
    assert field_value(form, "people") == "12"
    assert field_value(form, "purpose") == "sport"


def test_exact_times_count_before_the_part_of_the_day(client, app):
    a_room(slug="small")

    page = find(client, **{"from": "10:00", "to": "11:30"})

    assert "10:00 to 11:30" in page.text


def test_a_taken_room_offers_the_nearest_other_times(client, app):
    room = a_room(slug="small")
    a_booking(room, friday(18, 20))

    page = find(client)

    assert offers(page) == set()
    others = [url for url in links(page) if url.startswith("/rooms/small/book")]
    assert len(others) == 3
    for other in others:
        assert not error_beside(client.get(other), "from")


def test_of_many_taken_rooms_those_that_fit_best_show_other_times_first(client, app):
    venue = a_venue()
    a_room(venue, slug="free", capacity=50)
    for number in range(8):
        a_booking(a_room(venue, slug=f"taken-{number}", capacity=10 + number), friday(18, 20))

    page = find(client, people="10")
    everything = client.get(link_called(page, "Show 2 more rooms"))

    def with_other_times(answer):
        return {number for number in range(8) if f"/rooms/taken-{number}/book" in answer.text}

    assert offers(page) == {"free"}
    assert with_other_times(page) == {0, 1, 2, 3, 4, 5}
    assert with_other_times(everything) == set(range(8))


def test_on_a_day_with_nothing_free_the_next_days_are_a_tap_away(client, app):
    a_booking(a_room(slug="small"), friday(8, 23))

    page = find(client)

    assert "Nothing is free then" in page.text
    assert offers(client.get(link_called(page, "Saturday 14 March"))) == {"small"}


def test_my_group_sees_its_own_price(sign_in, app):
    bram = a_person("Bram")
    a_recognition(an_initiative(bram, kind=Kind.SOCIAL_ENTERPRISE), Kind.SOCIAL_ENTERPRISE)
    a_room(slug="small")

    text = unescape(find(sign_in(bram)).text)

    assert "€14.00" in text
    assert "may pay less" not in text


def test_who_speaks_for_two_groups_chooses_for_which(sign_in, app):
    bram = a_person("Bram")
    a_recognition(an_initiative(bram, name="Aap"), Kind.RESIDENT_INITIATIVE)
    firm = an_initiative(bram, name="Bram B.V.", kind=Kind.COMMERCIAL)
    a_room(slug="small")
    browser = sign_in(bram)

    assert "For whom?" in browser.get("/").text
    assert "€80.00" in unescape(find(browser, **{"for": str(firm.id)}).text)
    assert "€80.00" not in unescape(find(browser).text)


def test_a_link_that_names_the_group_of_somebody_else_still_works(client, app):
    a_room(slug="small")

    for group in ("7", "1 or 1=1", "new", "9" * 40):
        assert offers(find(client, **{"for": group})) == {"small"}


def test_the_answer_can_be_narrowed_to_one_house(client, app):
    a_room(a_venue("garden"), slug="small")
    a_room(a_venue("harbour"), slug="large")

    assert offers(find(client, house="harbour")) == {"large"}
    assert find(client, house="nowhere").status_code == 404


def test_a_room_without_a_price_is_named_but_not_offered(client, app):
    room = a_room(slug="small", hourly_cents=None)
    morning = {"unit": "part", "starts_minute": 480, "ends_minute": 720, "cents": 1000}
    db.session.add(Rate(card_id=a_card(room.venue).id, room_id=room.id, **morning))

    page = find(client)

    assert offers(page) == set()
    assert "Call the house" in page.text


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("day", {"day": "2026-02-31"}),
        ("day", {"day": ""}),
        ("day", {"day": "9" * 5000}),
        ("part", {"part": ""}),
        ("part", {"part": "18:00-99:00"}),
        ("to", {"from": "20:00", "to": "19:00"}),
        ("to", {"from": "20:00"}),
        ("from", {"day": "2026-03-29", "from": "02:15", "to": "04:00"}),
        ("people", {"people": "many"}),
        ("people", {"people": "-1"}),
        ("people", {"people": "99999999999999999999"}),
        ("purpose", {"purpose": "<script>"}),
    ],
)
def test_a_question_that_makes_no_sense_is_asked_again(client, app, field, changes):
    page = find(client, **changes)

    assert page.status_code == 422
    assert error_beside(page, field)


def test_the_past_offers_only_what_is_still_to_come(client, app):
    a_room(slug="small")

    page = find(client, day="2026-02-27")

    assert page.status_code == 200
    assert offers(page) == set()


def test_another_question_starts_from_the_one_before(client, app):
    a_room(slug="small")

    page = client.get(link_called(find(client, people="12"), "Another question"))

    assert page.status_code == 200
    assert field_value(page, "part") == "18:00-22:00"
    assert field_value(page, "people") == "12"
    assert field_value(page, "day") == "2026-03-13"


def test_a_later_month_starts_the_list_there(client, app):
    page = client.get("/?month=2026-06")

    assert field_value(page, "day") == "2026-06-01"
    assert client.get("/?month=never").status_code == 200
    assert client.get("/?month=9999-12").status_code == 200


def test_the_number_of_statements_does_not_grow_with_the_rooms(client, app):
    statements = []
    event.listen(db.engine, "before_cursor_execute", lambda *facts: statements.append(facts[2]))
    a_room(slug="first")
    find(client)
    forget_pages(app)
    statements.clear()
    find(client)
    with_one = len(statements)

    for number in range(3):
        venue = a_venue()
        for _ in range(4):
            a_booking(a_room(venue), friday(9 + number, 12))
    find(client)
    forget_pages(app)
    statements.clear()
    page = find(client)

    assert len(offers(page)) == 8
    assert len(statements) == with_one
    assert with_one <= 5


# Offered means bookable: whatever the finder offers can be booked, and nothing else can.


@pytest.fixture
def street(app):
    """Houses with a divided hall, buffers, other bookings, a closure and a short day."""
    wide, narrow = a_venue("wide"), a_venue("narrow", step_minutes=30, max_minutes=240)
    for hours in narrow.opening_hours:
        hours.opens_minute, hours.closes_minute = 10 * 60, 21 * 60
    left, right = a_room(wide, slug="left"), a_room(wide, slug="right", turnover_minutes=30)
    a_room(wide, slug="hall", parts=[left, right], setup_minutes=60, capacity=60)
    a_room(narrow, slug="study", capacity=6, approval=Approval.ALWAYS)
    a_booking(left, friday(12, 14))
    a_booking(right, friday(18, 19.5))
    a_closure(narrow, friday(15, 16))
    return a_person("Bram")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.integers(7 * 4, 22 * 4),
    length=st.integers(1, 24),
    people=st.sampled_from([5, 20, 50]),
    day=st.integers(0, 2),
)
def test_whatever_is_offered_can_be_booked_and_nothing_else(
    street, client, start, length, people, day
):
    bram = db.session.get(Person, street.id)
    period = on(FRIDAY + timedelta(days=day), start / 4, (start + length) / 4)
    group = an_initiative(bram)
    page = client.get(
        "/",
        query_string={
            "day": (FRIDAY + timedelta(days=day)).isoformat(),
            "from": f"{start // 4:02}:{start % 4 * 15:02}",
            "to": f"{(start + length) // 4:02}:{(start + length) % 4 * 15:02}",
            "people": people,
        },
    )
    assert page.status_code == 200
    offered = offers(page)

    for room in db.session.query(Room).all():
        try:
            booking = actions.book(room, a_wish(period, people=people), by=bram, for_=group)
        except (RoomTaken, NotBookable, NoPrice):
            assert room.slug not in offered
        else:
            assert room.slug in offered, rfc3339(period.start)
            actions.cancel(booking.id, by=bram)
