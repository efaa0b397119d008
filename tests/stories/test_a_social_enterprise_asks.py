"""The story of a social enterprise that asks: one house knows it, another not yet, and it sees both prices."""

import re
from pathlib import Path

import pytest

from buurthuis import imports
from buurthuis.imports import actions, house_file
from buurthuis.venues.queries import room_by_slug, venue_by_slug
from tests.accounts.mailbox import letters_to, link_for
from tests.builders import a_booking, a_manager, a_person, an_initiative, friday
from tests.pages.reading import filled_in, in_english, link_called

SHIPPED = Path(imports.__file__).parent / "houses"
ANSWERS = {
    "social_aim": "yes",
    "open_to_all": "yes",
    "no_profit": "no",
    "from_neighbourhood": "yes",
    "no_paid_worker": "yes",
}


def words_of(answer):
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


@pytest.fixture
def houses(app):
    for slug in ("de-meevaart", "lutmastraat-209a"):
        actions.bring_in(house_file.load(SHIPPED / f"{slug}.toml"))
    return venue_by_slug("de-meevaart"), venue_by_slug("lutmastraat-209a")


def test_one_house_knows_them_and_another_not_yet_and_they_see_both_prices(houses, sign_in):
    meevaart, lutmastraat = houses
    bram, nadia = a_person("Bram"), a_manager(meevaart, "Nadia")
    works = an_initiative(bram, name="Fietswerk", kind="social_enterprise")
    phone, desk = in_english(sign_in(bram)), in_english(sign_in(nadia))

    first = phone.get(link_called(phone.get("/me"), "Ask for your discount"))
    assert "An evening costs you €45.38 to €90.75. That is the normal price." in words_of(first)
    questions = phone.get(f"/me/initiatives/{works.id}/standing/ask?house=de-meevaart")
    assert "Does somebody earn money with it?" in questions.text

    told = phone.get(questions.request.path, query_string={"house": "de-meevaart", **ANSWERS})
    assert "Fits the answers: A group of residents." in words_of(told)
    assert "Leslokaal 1 €75.00 free" in words_of(told)
    asked = filled_in(told, words="Wij repareren fietsen met buren.", evidence="Elke zaterdag")
    waiting = phone.post(told.request.full_path, data=asked, follow_redirects=True)
    assert "The answer comes by letter." in words_of(waiting)
    assert "Take back" in waiting.text

    address = link_for(nadia.email)
    page = desk.get(address)
    assert "Wij repareren fietsen met buren." in page.text
    answer = {
        **filled_in(page, kind="resident_initiative"),
        "reason": "Wij kennen ze",
        "purpose": "",
    }
    granted = desk.post(f"{address}/recognise", data=answer, follow_redirects=True)
    assert "Answered on Monday 2 March 2026: Yes." in words_of(granted)

    seen = words_of(phone.get(f"/me/initiatives/{works.id}/standing"))
    assert "Recognised: A group of residents" in seen
    assert "An evening costs you nothing. Normal is €60.00 to" in seen
    assert "An evening costs you €45.38 to €90.75. That is the normal price." in seen
    assert letters_to(bram.email)[-1].facts["known_as"] == "A group of residents"
    for room, cents in (("meevaart-leslokaal-1", 0), ("lutmastraat-tuinkamer", 4538)):
        booked = a_booking(room_by_slug(room), friday(18, 22), by=bram, for_=works)
        assert booked.total_cents == cents
    assert lutmastraat.name in seen
