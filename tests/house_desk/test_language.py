"""The pages about a house speak one language, right or wrong; hostile input gets a sentence."""

import pytest

from buurthuis.tariffs.queries import cards_of
from tests.builders import a_person, a_photo, a_role
from tests.language.reader import leaks
from tests.pages.reading import filled_in

FORMS = (
    *("/about", "/contact", "/rules", "/bookings", "/day-parts", "/rooms/new", "/rooms/zaal"),
    *("/hours/week", "/hours/week?room=zaal", "/closures/new", "/notices/new", "/prices/new"),
    *("/photos", "/rooms/zaal/photos", "/file", "/prices/groups"),
)
LISTS = ("", "/rooms", "/rooms/zaal/retire", "/hours", "/closures", "/notices", "/prices")
DECIDED = {"decided_on": "2026-02-20", "decided_by": "Vergadering"}
LANGUAGES = ("nl", "en")
HOSTILE = ("\0", "1e999", "9" * 400, "2026-99-99 25:99")


@pytest.fixture
def full(house, venue):
    """A house about which everything was changed once."""
    for part in venue.day_parts:
        part.name = f"{part.starts_minute // 60} uur"
    for card in cards_of(venue):
        for standing in card.standings:
            standing.label = f"Groep {standing.kind[0]}"
    a_photo(venue, alt="Stoelen")
    house.fill_in("/about", name="Oosterlicht", about="Voor de buurt.")
    house.fill_in("/rules", house_rules="Ruim op.", **DECIDED)
    house.fill_in("/hours/week", valid_from="2026-07-01", closes_0_0="21:00", **DECIDED)
    house.fill_in("/rooms/zaal", features="piano", approval="always", capacity="30")
    house.fill_in("/closures/new", from_day="2026-03-20", to_day="2026-03-21", reason="Lekkage")
    house.fill_in("/notices/new", text="Lekkage.")
    house.fill_in("/prices/new", valid_from="2026-04-01", price_zaal="12", **DECIDED)
    house.fill_in("/bookings", max_minutes="240", requests_occupy="y", **DECIDED)
    house.fill_in("/contact", phone="020-555 9999")
    house.get()
    return house


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_about_a_house_speak_one_language(full, language):
    full.desk.set_cookie("language", language)
    for page in (*LISTS, *FORMS, "/versions/2"):
        assert leaks(full.get(page).text, language=language) == [], page
    history = full.desk.get("/venues/de-meevaart/history").text
    assert leaks(history, language=language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_told_in_one_language(full, language):
    full.desk.set_cookie("language", language)
    for page in FORMS:
        answer = full.post(page)
        assert answer.status_code in {200, 303, 409, 422}, page
        assert leaks(answer.text, language=language) == [], page
        assert "Not a valid" not in answer.text
        assert "Geen geldige" not in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_evening_speaks_one_language(app, sign_in, language):
    browser = sign_in(_admin())
    browser.set_cookie("language", language)
    for step in ("house", "rooms", "hours", "price"):
        page = browser.get(f"/houses/new/{step}").text
        wrong = browser.post(f"/houses/new/{step}", data={"days": "x", "price": "x"}).text
        assert leaks(page, language=language) == leaks(wrong, language=language) == [], step


def _admin():
    anna = a_person("Anna")
    a_role(anna, "admin")
    return anna


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
@pytest.mark.parametrize("typed", HOSTILE, ids=ascii)
def test_hostile_input_gets_a_sentence(house, typed):
    for page in FORMS:
        answer = house.post(page, **dict.fromkeys(filled_in(house.get(page)), typed))
        assert answer.status_code in {303, 409, 422}, page


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_text_of_two_megabytes_is_refused_kindly(house):
    answer = house.post("/about", name="Huis", about="x" * 3_000_000)

    assert answer.status_code == 413
