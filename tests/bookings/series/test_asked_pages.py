"""The pages of a change of a series that the house must agree to: seen before it is sent, and answered once."""

import re

import pytest

from buurthuis.bookings.series import queries
from buurthuis.bookings.series.changing import change_series
from buurthuis.bookings.series.deciding import approve_series
from buurthuis.rules.changes import ChangeStatus
from tests.builders import FRIDAY, a_room, a_series
from tests.pages.reading import filled_in

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def choir(place):
    series = a_series(a_room(place.venue, name="Zaal"), **place.us)
    approve_series(series.id, by=place.amina)
    return series


@pytest.fixture
def asked(place, choir):
    return change_series(choir.id, FRIDAY, by=place.bram, ends_minute=22 * 60).question


def address(choir, tail=""):
    return f"/me/series/{choir.id}{tail}"


def test_what_it_means_is_seen_and_then_it_is_asked_once(place, choir, sign_in):
    browser = sign_in(place.bram)
    page = browser.get(address(choir, "/change"))

    seen = browser.post(address(choir, "/change"), data=filled_in(page, to="22:00"))

    assert "The house must agree to 4 days." in seen.text
    assert "€80.00" in seen.text
    assert "That is €40.00 more." in seen.text
    assert seen.text.count('name="seen"') == 1
    assert choir.asked is None
    typed = filled_in(seen) | {"send": "1"}
    early = browser.post(address(choir, "/change"), data=typed | {"seen": "1"})
    assert early.status_code == 409
    sent = browser.post(address(choir, "/change"), data=typed, follow_redirects=True)
    assert "The house looks at your change." in sent.text
    assert sent.text.count("19:00–22:00") == 5
    assert "Take this back" in sent.text


def test_it_is_one_card_in_the_inbox_with_one_yes(place, choir, asked, sign_in):
    browser = sign_in(place.amina)

    page = browser.get("/houses/blue/requests").text
    assert "1 series that somebody wants to change" in page
    assert page.count("19:00–22:00") == 1
    assert "Yes to all days" in page

    answer = browser.post(
        address(choir, "/change/approve"), data={"seen": asked.id}, follow_redirects=True
    )
    assert answer.request.path == "/houses/blue/requests"
    assert "You said yes to the change of all days." in answer.text
    assert {each.period.minutes for each in queries.bookings_of(choir)} == {180}
    [back] = re.findall(r'formaction="([^"]+/undo)"', answer.text)
    waiting = browser.post(back, follow_redirects=True).text
    assert "Your answer is taken back." in waiting
    assert {each.period.minutes for each in queries.bookings_of(choir)} == {120}
    assert asked.is_open


def test_a_no_needs_a_reason_and_the_booker_reads_it(place, choir, asked, sign_in):
    house = sign_in(place.amina)
    refuse = address(choir, "/change/refuse")

    empty = house.post(refuse, data={"seen": asked.id})
    assert (empty.status_code, "Write why not." in empty.text) == (422, True)
    house.post(refuse, data={"seen": asked.id, "change-reason": "Quiet at nine."})

    page = sign_in(place.bram).get(address(choir)).text
    assert "The house said no to your change" in page
    assert "Quiet at nine." in page


def test_whoever_asked_takes_it_back_and_a_late_yes_is_told_so(place, choir, asked, sign_in):
    browser = sign_in(place.bram)
    taken = browser.post(
        address(choir, "/change/withdraw"), data={"seen": asked.id}, follow_redirects=True
    )
    assert "You took your change back." in taken.text
    assert asked.status == ChangeStatus.WITHDRAWN

    late = sign_in(place.amina).post(
        address(choir, "/change/approve"), data={"seen": asked.id}, follow_redirects=True
    )
    assert "You said yes" not in late.text


@pytest.mark.parametrize("seen", ["\0", "9" * 50, "1e999", ""])
def test_what_our_page_never_sends_gets_a_sentence(place, choir, asked, sign_in, seen):
    for verb in ("approve", "withdraw"):
        answer = sign_in(place.amina).post(
            address(choir, f"/change/{verb}"), data={"seen": seen}, follow_redirects=True
        )
        assert answer.status_code == 200
    assert asked.is_open
