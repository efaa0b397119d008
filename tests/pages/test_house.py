"""The pages of houses and rooms: where, when, how much, by which rules."""

from datetime import date
from html import unescape

import pytest
import time_machine
from sqlalchemy import event

from buurthuis.foundation.db import db
from buurthuis.tariffs.models import Rate
from buurthuis.venues.models import Approval, Feature, OpeningHours
from tests.builders import (
    a_card,
    a_closure,
    a_confirmed_booking,
    a_notice,
    a_photo,
    a_room,
    a_venue,
    at,
    friday,
)
from tests.forgetting import forget_pages
from tests.pages.reading import in_english, link_called, links


@pytest.fixture
def client(client):
    return in_english(client)


@pytest.fixture
def garden(app):
    return a_venue(
        "garden",
        name="Garden House",
        street="Kraaiennest 68",
        postcode="1104 CD",
        city="Amsterdam",
        house_rules="Sweep the floor.\n\nLock the door.",
        way_in="Ring the <bell>.",
    )


def test_all_houses_are_listed_with_a_way_to_their_week(client, garden):
    a_room(garden)

    page = client.get("/venues")

    assert "Kraaiennest 68, 1104 CD Amsterdam" in page.text
    assert "1 room" in page.text
    assert "/venues/garden/week/" in links(page)


def test_without_houses_the_page_says_so(client, app):
    assert "There is no house yet" in client.get("/venues").text


def test_a_house_tells_where_it_is_and_by_which_rules(client, garden):
    a_room(garden, slug="hall", features=[Feature.PIANO])

    page = client.get("/venues/garden")

    assert "Kraaiennest 68, 1104 CD Amsterdam" in page.text
    assert "020-555 0100" in page.text
    assert "Ring the &lt;bell&gt;." in page.text
    assert "<p>Lock the door.</p>" in page.text
    assert "Piano" in page.text
    assert "/ical/venues/garden.ics" in links(page)
    assert "/venues/garden/week/2026-W10" in links(page)
    assert "/rooms/hall" in links(page)


def test_the_hours_of_the_coming_days_know_closures_and_holidays(client, app):
    venue = a_venue("garden", closed_on_holidays=True)
    with time_machine.travel(at(date(2026, 4, 24), 10), tick=False):
        a_closure(venue, friday(0, 24, weeks=6), reason="Cleaning day")

        text = client.get("/venues/garden").text

    assert "Closed: Cleaning day" in text
    assert "King’s Day" in text
    assert "08:00–23:00" in text


def test_a_closed_room_is_named_with_the_hours_of_the_house_unchanged(client, garden):
    room = a_room(garden, name="Hall")
    with time_machine.travel(friday(9, 10).start, tick=False):
        a_closure(garden, friday(12, 14), room, reason="Painting")

        text = client.get("/venues/garden").text

    assert "Hall closed: Painting" in text


def test_rates_are_told_in_words_and_by_whom_they_were_decided(client, garden):
    card = a_card(garden)
    hall = a_room(garden, name="Hall", hourly_cents=None)
    a_room(garden, name="Study", hourly_cents=None)
    for starts, ends in ((8, 13), (13, 18), (18, 23)):
        db.session.add(
            Rate(
                card_id=card.id,
                room_id=hall.id,
                unit="part",
                name="part",
                starts_minute=starts * 60,
                ends_minute=ends * 60,
                cents=7500,
                vat_bp=2100,
            )
        )

    text = unescape(client.get("/venues/garden").text)

    assert "€75.00 for a part of the day, 21% VAT on top" in text
    assert "Decided by Bewonersvergadering on Wednesday 1 January 2020." in text
    assert "35% of the normal price" in text
    assert "double the normal price" in text
    assert "Free" in text


def test_other_parts_and_extra_hours_are_told_apart(client, garden):
    card = a_card(garden)
    hall = a_room(garden, slug="hall", hourly_cents=None)
    for facts in (
        {
            "unit": "part",
            "name": "Morning",
            "starts_minute": 480,
            "ends_minute": 780,
            "cents": 3750,
        },
        {
            "unit": "part",
            "name": "Evening",
            "starts_minute": 1080,
            "ends_minute": 1380,
            "cents": 5000,
        },
        {"unit": "part", "name": "Day", "starts_minute": 480, "ends_minute": 1320, "cents": 11250},
        {"unit": "hour_on_top", "cents": 1250},
    ):
        db.session.add(Rate(card_id=card.id, room_id=hall.id, **facts))

    text = unescape(client.get("/rooms/hall").text)

    assert "Morning €37.50, Evening €50.00, 08:00–22:00 €112.50, each extra hour €12.50" in text


def test_the_agenda_of_the_house_shows_what_is_public(client, garden):
    a_confirmed_booking(a_room(garden), friday(10, 12), title="Open choir", is_public=True)
    a_confirmed_booking(a_room(garden), friday(10, 12), title="Closed circle")

    text = client.get("/venues/garden").text

    assert "Open choir" in text
    assert "Closed circle" not in text


def test_a_room_tells_what_it_offers_and_when_it_is_free(client, garden):
    left = a_room(garden, slug="left", name="Left half")
    hall = a_room(
        garden, slug="hall", parts=[left], area_m2=62.5, approval=Approval.ALWAYS, capacity=60
    )
    db.session.add(
        OpeningHours(
            venue_id=garden.id, room_id=hall.id, weekday=0, opens_minute=600, closes_minute=660
        )
    )

    page = client.get("/rooms/hall")
    text = unescape(page.text)

    assert "60 people" in text
    assert "62.5 m²" in text
    assert "You book at once." in text
    assert link_called(page, "Left half") == "/rooms/left"
    assert link_called(page, "Book this room") == "/rooms/hall/book"
    assert any("/rooms/hall/book?" in url and "2026-03-03" in url for url in links(page))


def test_what_is_not_there_is_not_found(client, garden):
    room = a_room(garden, slug="hall")
    room.retired_at = at(date(2026, 1, 1), 12)

    for path in ("/venues/nowhere", "/rooms/nowhere", "/rooms/hall", "/venues/" + "x" * 3000):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/venues/garden", "/rooms/hall-0"])
def test_the_number_of_statements_does_not_grow_with_the_rooms(client, app, garden, path):
    statements = []
    event.listen(db.engine, "before_cursor_execute", lambda *facts: statements.append(facts[2]))
    a_room(garden, slug="hall-0")
    client.get(path)
    forget_pages(app)
    statements.clear()
    client.get(path)
    with_one = len(statements)

    for number in range(1, 6):
        a_confirmed_booking(a_room(garden, slug=f"hall-{number}"), friday(10, 12), is_public=True)
    client.get(path)
    forget_pages(app)
    statements.clear()
    client.get(path)

    assert len(statements) == with_one
    assert with_one <= 8


def test_a_house_shows_its_photos_its_notices_and_a_way_to_a_map(client, garden):
    photo = a_photo(garden, alt="The hall with a long table")
    a_notice(garden, "The lift is broken.", from_on=date(2026, 3, 1))
    a_notice(garden, "Next month is a party.", from_on=date(2026, 4, 1))

    page = client.get("/venues/garden")

    assert 'alt="The hall with a long table"' in page.text
    assert f'width="{photo.picture.small_width}" height="{photo.picture.small_height}"' in page.text
    assert "The lift is broken." in page.text
    assert "Next month is a party." not in page.text
    assert link_called(page, "Show it on a map") == (
        "https://www.openstreetmap.org/search?query=Kraaiennest+68%2C+1104+CD+Amsterdam"
    )
    assert "/venues/garden/history" in links(page)


def test_a_house_without_an_address_or_photos_leaves_no_gaps(client, app):
    a_venue("bare")

    page = client.get("/venues/bare")

    assert "Show it on a map" not in page.text
    assert "<img" not in page.text


def test_a_room_shows_its_own_photos_its_way_in_and_the_hall_it_is_part_of(client, garden):
    left = a_room(garden, slug="left", name="Left half", way_in="Up the <stairs>.")
    a_room(garden, slug="whole", name="Whole hall", parts=[left])
    a_photo(garden, alt="The house from the street")
    a_photo(garden, left, alt="The left half")

    page = client.get("/rooms/left")

    assert "The left half" in page.text
    assert "The house from the street" not in page.text
    assert "Up the &lt;stairs&gt;." in page.text
    assert link_called(page, "Whole hall") == "/rooms/whole"
    assert link_called(page, "tablet at the door") == "/rooms/left/door"
