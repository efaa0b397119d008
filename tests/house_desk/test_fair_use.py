"""The page on which residents decide what is fair, and the pages on which everybody reads it."""

import pytest

from buurthuis.imports.queries import house_of
from buurthuis.rules.fair_use import NO_RULES, FairUse, Quota
from buurthuis.rules.prime_time import Per, PrimeTime
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.venues.models import Approval
from buurthuis.venues.queries import venue_by_slug
from tests.builders import a_booking, a_person, a_room, an_initiative, fair_use, friday
from tests.pages.reading import filled_in

DECIDED = {"decided_on": "2026-02-20", "decided_by": "Bewonersvergadering"}


def rules():
    return house_of(venue_by_slug("de-meevaart")).fair_use


def test_residents_decide_what_is_fair_and_everybody_reads_it(house, client):
    answer = house.fill_in(
        "/fair-use",
        starts_1="18:00",
        ends_1="22:00",
        others_days="14",
        first_kinds=["resident_initiative"],
        first_purposes=["course"],
        hours_0="10",
        only_busy_0="y",
        series_percentage="50",
        series_days="21",
        **DECIDED,
    )

    assert answer.status_code == 200, answer.text
    assert rules() == FairUse(
        prime_time=(PrimeTime(1, 1080, 1320),),
        others_days=14,
        first_kinds=frozenset({Kind.RESIDENT_INITIATIVE}),
        first_purposes=frozenset({Purpose.COURSE}),
        quotas=(Quota(Per.MONTH, most_minutes=600, is_prime_only=True),),
        series_percentage=50,
        series_days=21,
    )
    told = client.get("/venues/de-meevaart").text
    assert "Busy hours: Tuesday 18:00–22:00." in told
    assert "A group has at most 10 hours a month, in busy hours." in told
    assert "Decided by Bewonersvergadering on Friday 20 February 2026." in told
    assert (
        "Fair use, new: Busy hours: Tuesday 18:00–22:00."
        in client.get("/venues/de-meevaart/history").text
    )


def test_emptying_the_form_takes_the_rules_away(venue, house, client):
    fair_use(venue, quotas=[{"per": Per.WEEK, "most_bookings": 2, "kinds": ["private"]}])
    assert rules() != NO_RULES

    house.fill_in("/fair-use", starts_4="", ends_4="", bookings_0="", **DECIDED)

    assert rules() == NO_RULES
    assert "Fair use" not in client.get("/venues/de-meevaart").text


@pytest.mark.parametrize(
    ("typed", "cure"),
    [
        ({"others_days": "14"}, "Write the busy hours first."),
        ({"starts_1": "18:00"}, "Write both times, or leave both empty."),
        ({"series_percentage": "101", "starts_1": "18", "ends_1": "22"}, "from 0 to 100"),
        ({"hours_0": "1e999"}, "from 1 to 1000"),
        ({"per_0": "year"}, "Choose one"),
        ({"kinds_0": ["everybody"]}, "Choose one"),
    ],
)
def test_a_mistake_is_told_with_its_cure_and_nothing_changes(house, typed, cure):
    answer = house.fill_in("/fair-use", **{**DECIDED, **typed})

    assert answer.status_code == 422
    assert cure in answer.text
    assert rules() == NO_RULES


def test_a_group_sees_what_is_left(venue, room, sign_in):
    room.approval = Approval.ALWAYS
    bram = a_person("Bram")
    repair = an_initiative(bram)
    fair_use(venue, prime=False, quotas=[{"per": Per.MONTH, "most_minutes": 600}])
    a_booking(room, friday(9, 13), by=bram, for_=repair)
    browser = sign_in(bram)

    assert "You have 6 hours of 10 hours left in March 2026." in browser.get("/me").text
    asked = browser.get(
        "/rooms/zaal/book?from=2026-03-20T10:00%2B01:00&to=2026-03-20T12:00%2B01:00"
    )
    assert "You have 6 hours of 10 hours left in March 2026." in asked.text


def test_the_week_shows_what_is_kept_and_leads_to_the_reason(venue, room, client):
    fair_use(venue, others_days=3)

    week = client.get("/venues/de-meevaart/week/2026-W11").text

    assert 'class="week__kept" href="/rooms/zaal/book?from=2026-03-13T18:00%2B01:00' in week
    form = client.get("/rooms/zaal/book?from=2026-03-13T18:00%2B01:00&to=2026-03-13T22:00%2B01:00")
    assert "Neighbours go first at this time. You can book it from Tuesday 10 March." in form.text
    assert 'href="/sign-in?next=/rooms/zaal/book' in form.text


def test_only_a_manager_is_asked_for_an_exception(venue, room, desk, amina, sign_in):
    fair_use(venue, others_days=3)
    link = "/rooms/zaal/book?from=2026-03-13T18:00%2B01:00&to=2026-03-13T20:00%2B01:00"

    assert 'name="exception"' in desk.get(link).text
    assert 'name="exception"' not in sign_in(a_person("Bram")).get(link).text


def test_a_manager_books_with_an_exception(venue, room, desk, amina):
    fair_use(venue, others_days=3)
    an_initiative(amina, name="Gasten")
    typed = {"day": "2026-03-13", "from": "18:00", "to": "20:00", "people": "8"}
    typed |= {"title": "Bezoek", "purpose": "other", "exception": "The mayor comes"}

    review = desk.post("/rooms/zaal/book", data=typed, follow_redirects=True)
    assert review.status_code == 200, review.text
    answer = desk.post("/rooms/zaal/book/review", data=filled_in(review), follow_redirects=True)

    assert answer.status_code == 200, answer.text
    assert (
        "made an exception to the rules of fair use" in desk.get("/houses/de-meevaart/logbook").text
    )


def test_the_desk_books_for_a_caller_with_an_exception(venue, room, desk):
    fair_use(venue, others_days=3)
    typed = {"day": "2026-03-13", "from": "19:00", "to": "22:00", "people": "12", "room": "zaal"}
    typed |= {"title": "Zumba", "purpose": "sport", "whom": "new", "name": "Truus"}
    typed |= {"kind": "private"}

    asked = desk.post("/houses/de-meevaart/phone", data=typed)
    assert asked.status_code == 422
    assert "Neighbours go first at this time." in asked.text
    review = desk.post("/houses/de-meevaart/phone", data={**typed, "exception": "She is 90"})
    assert review.status_code == 200, review.text
    desk.post("/houses/de-meevaart/phone/send", data=filled_in(review))

    assert (
        "made an exception to the rules of fair use" in desk.get("/houses/de-meevaart/logbook").text
    )


def test_the_finder_tells_the_reason_of_every_room_without_asking_for_each(
    venue, room, studio, client, counted
):
    fair_use(venue, others_days=3)
    for number in range(6):
        a_room(venue, name=f"Zaal {number}")
    search = "/?day=2026-03-13&from=18:00&to=22:00&people=2&purpose=meeting&house=de-meevaart"
    answer = client.get(f"{search}&all=yes")

    assert answer.text.count("You can book it from Tuesday 10 March.") == 8
    assert counted(lambda: client.get(f"{search}&all=yes&house=")) <= 6
