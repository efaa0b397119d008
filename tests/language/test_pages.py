"""A Dutch page speaks Dutch alone, an English one English alone; what a house wrote stays as it is."""

from datetime import date, timedelta

import pytest

from buurthuis.foundation.db import db
from buurthuis.pages.holiday_words import HOLIDAYS
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.models import RateCard
from buurthuis.venues.hours import dutch_holidays
from buurthuis.venues.models import Approval, Feature
from tests.builders import (
    FRIDAY,
    a_booking,
    a_closure,
    a_manager,
    a_person,
    a_recognition,
    a_room,
    a_venue,
    an_initiative,
    friday,
)
from tests.language.reader import leaks, texts_of

LANGUAGES = ("nl", "en")
EVENING = friday(19, 22)
WHEN = {"from": rfc3339(EVENING.start), "to": rfc3339(EVENING.end)}
FOUND = {"day": FRIDAY.isoformat(), "from": "19:00", "to": "22:00", "people": "1"}

PUBLIC = [
    ("/", {}),
    ("/", FOUND),
    ("/", {**FOUND, "people": "400"}),
    ("/", {**FOUND, "day": "never", "from": "half ten", "people": "many"}),
    ("/venues", {}),
    ("/venues/oosterlicht", {}),
    ("/venues/oosterlicht/week/2026-W11", {}),
    ("/venues/oosterlicht/week/2026-W18", {}),  # with a public holiday
    ("/rooms/podium", {}),
    ("/rooms/podium/book", WHEN),
    ("/agenda", {}),
    ("/sign-in", {}),
    ("/sign-in/code", {}),
    ("/sign-in/link/worn-out", {}),
    ("/invitation", {}),
    ("/invitation/K7QM2XTR9ABC", {}),
    ("/nowhere", {}),
    ("/rooms/nowhere", {}),
]
OF_BRAM = [
    ("/me", {}),
    ("/me/profile", {}),
    ("/me/initiatives/new", {}),
    ("/me/initiatives/{initiative}", {}),
    ("/me/initiatives/{initiative}/hand-over", {}),
    ("/me/tokens", {}),
    ("/me/data", {}),
    ("/me/hand-over", {}),
    ("/me/leave", {}),
    ("/me/bookings/{booking}", {}),
    ("/me/bookings/{booking}", {"sent": "yes"}),
    ("/me/bookings/{booking}/cancel", {}),
]
OF_THE_DESK = [
    ("/houses/oosterlicht/", {}),
    ("/houses/oosterlicht/requests", {}),
    ("/houses/oosterlicht/bookings", {"day": FRIDAY.isoformat()}),
    ("/houses/oosterlicht/bookings/{booking}", {}),
    ("/houses/oosterlicht/recognitions", {}),
    ("/houses/oosterlicht/people", {}),
    ("/houses/oosterlicht/people/new", {}),
    ("/houses/oosterlicht/people/address", {"name": "bram"}),
    ("/houses/oosterlicht/hand-over", {}),
    ("/me/leave", {}),
    ("/me/hand-over", {}),
    ("/houses/oosterlicht/logbook", {}),
    ("/me", {}),
]
WRONG = [
    ("/sign-in", {"email": "nobody"}),
    ("/me/profile", {"name": "", "phone": "?", "language": "tlh"}),
    ("/me/initiatives/new", {"name": "", "kind": "internal"}),
    ("/invitation", {"code": "x"}),
    ("/me/leave", {}),
    ("/me/tokens", {"name": "x" * 100}),
    ("/rooms/podium/book", {"day": "never", "people": "many"}),
]


@pytest.fixture
def house():
    """A house with names that are the same in both languages."""
    venue = a_venue("oosterlicht", name="Oosterlicht", about="Voor de buurt.", way_in="Bel aan.")
    for part in venue.day_parts:
        part.name = f"{part.starts_minute // 60} uur"
    room = a_room(
        venue, slug="podium", name="Podium X", approval=Approval.ASK, features=list(Feature)
    )
    a_closure(venue, friday(8, 12, weeks=1), room, reason="Lekkage")
    for standing in venue_card(venue).standings:
        standing.label = f"Groep {standing.kind[0]}"
    return venue


def venue_card(venue) -> RateCard:
    return db.session.query(RateCard).filter_by(venue_id=venue.id).one()


@pytest.fixture
def bram(house):
    """Bram, who waits for an answer."""
    return a_person("Bram")


@pytest.fixture
def facts(house, bram):
    """What the addresses need."""
    group = an_initiative(bram, name="Reparatie")
    a_recognition(group, Kind.RESIDENT_INITIATIVE, venue=house, reason="Uit de straat")
    booking = a_booking(house.rooms[0], EVENING, by=bram, for_=group, title="Klus")
    return {"initiative": group.id, "booking": booking.id}


def said(browser, language, address, query=None):
    """What a page says in a language; its own person may prefer another one."""
    browser.set_cookie("language", language)
    return browser.get(address, query_string=query or {}).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_speak_one_language(client, facts, language):
    for address, query in PUBLIC:
        page = said(client, language, address, query)
        assert texts_of(page), address
        assert leaks(page, language=language) == [], (address, query)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_bram_speak_one_language(sign_in, bram, facts, language):
    browser = sign_in(bram)
    for address, query in OF_BRAM:
        page = said(browser, language, address.format(**facts), query)
        assert leaks(page, language=language) == [], address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_speaks_one_language(sign_in, house, facts, language):
    browser = sign_in(a_manager(house))
    for address, query in OF_THE_DESK:
        page = said(browser, language, address.format(**facts), query)
        assert leaks(page, language=language) == [], address


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_told_in_one_language(sign_in, bram, facts, language):
    browser = sign_in(bram)
    browser.set_cookie("language", language)
    for address, answers in WRONG:
        page = browser.post(address, data=answers).text
        assert leaks(page, language=language) == [], address
        # The library of the forms has words of its own, in every language.
        assert "Not a valid" not in page
        assert "Geen geldige" not in page


def test_a_leak_is_noticed():
    page = "<html lang='nl'><p>Zoek een ruimte</p><b>Find a room</b><i>Taken</i> 6 March</html>"

    assert leaks(page, language="nl") == ["Find a room", "Taken", "6 March"]
    assert leaks(page, language="en") == ["Zoek een ruimte"]
    assert leaks("<p lang='nl'>Zoek een ruimte</p>", language="en") == []


def test_a_week_ahead_is_dated_in_the_language_of_the_page(client, house):
    day = (FRIDAY + timedelta(weeks=1)).isoformat()
    assert "vrijdag 20 maart" in said(client, "nl", "/", {**FOUND, "day": day})
    assert "Friday 20 March" in said(client, "en", "/", {**FOUND, "day": day})


def test_every_holiday_of_the_coming_years_has_a_name_in_both_languages():
    known = set(dutch_holidays(date(2020, 1, 1), date(2040, 12, 31)).values())
    assert known == HOLIDAYS.keys()
