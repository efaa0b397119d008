"""Who withdraws a story finds it nowhere any more: no page, no sheet and no file that is made after it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from buurthuis.evidence.year import telling
from buurthuis.foundation import clock
from buurthuis.statistics.public import actions as public
from tests.builders import a_confirmed_booking, a_room, on
from tests.evidence.year.writing import a_story

YEAR = "from=2025-01-01&until=2025-12-31"
PLACES = (
    "/board/stories?year=2025",
    f"/board/export/stories.csv?{YEAR}",
    f"/board/annual?{YEAR}",
    "/value/2025",
    "/value/2025/de-meevaart",
)


@pytest.fixture
def booked(house):
    """Somebody came in the year that is published."""
    with time_machine.travel(datetime(2025, 5, 1, 9, tzinfo=UTC), tick=False):
        a_confirmed_booking(a_room(house), on(date(2025, 6, 6), 19, 20))


@pytest.fixture
def story(house, booked, chandra, board_of_all):
    told = a_story(house, chandra, on=date(2025, 6, 1), is_public=True)
    public.take_part(house, by=chandra)
    public.publish(2025, by=board_of_all)
    return told


def test_a_story_stands_in_many_places_and_is_gone_from_all_at_once(story, chandra, sign_in):
    browser = sign_in(chandra)
    before = {place: "Elke week kookt" in browser.get(place).text for place in PLACES}
    telling.withdraw_story(story, by=chandra)
    after = {place: "Elke week kookt" in browser.get(place).text for place in PLACES}

    assert before == dict.fromkeys(PLACES, True)
    assert after == dict.fromkeys(PLACES, False)


def test_a_story_that_is_kept_inside_is_gone_from_the_public_pages_alone(story, chandra, sign_in):
    browser = sign_in(chandra)
    assert all("Elke week kookt" in browser.get(place).text for place in PLACES)
    telling.keep_inside(story, by=chandra)
    there = [place for place in PLACES if "Elke week kookt" in browser.get(place).text]

    assert there == [place for place in PLACES if not place.startswith("/value")]


@pytest.mark.usefixtures("booked")
def test_consent_that_was_given_until_a_day_ends_by_itself(house, chandra, board_of_all, client):
    a_story(house, chandra, on=date(2025, 6, 1), is_public=True, until=date(2026, 3, 2))
    public.take_part(house, by=chandra)
    public.publish(2025, by=board_of_all)
    assert "Elke week kookt" in client.get("/value/2025").text

    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert "Elke week kookt" not in client.get("/value/2025").text
