"""How a house is opened: its rules by page, in its history; who opens it themselves; other houses."""

from datetime import timedelta

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import LogEntry
from buurthuis.imports.queries import house_of
from buurthuis.imports.roster import USUAL, HouseRoster
from buurthuis.roster.models import OwnEntry, Travel
from buurthuis.roster.rules_queries import own_entries
from buurthuis.rules.calendar import day_of
from buurthuis.rules.sessions import CutAt
from tests.builders import a_booking, a_person, a_role, a_venue, an_initiative, friday
from tests.pages.reading import filled_in
from tests.roster.doors import opens_itself

ROSTER = "/houses/de-meevaart/house/roster"


@pytest.fixture
def choir(room):
    """A group that comes to the house."""
    bram = a_person("Bram")
    choir = an_initiative(bram, name="Koor")
    a_booking(room, friday(19, 21), by=bram, for_=choir)
    return choir


@pytest.fixture
def planner(venue, sign_in):
    """The browser of the coordinator."""
    corrie = a_person("Corrie")
    a_role(corrie, RoleName.COORDINATOR, venue)
    return sign_in(corrie)


def test_a_house_says_how_it_is_opened(house, venue):
    answer = house.fill_in(
        "/roster", closers="2", longest_hours="6", cut_at="day_part", lead_in_minutes="30", late_at="01:00"
    )  # fmt: skip

    assert "And 4 more" in answer.text
    wanted = HouseRoster(
        lead_in_minutes=30, longest_minutes=360, cut_at=CutAt.DAY_PART, closers=2, late_minute=1500
    )
    assert house_of(venue).roster == wanted
    assert "1 to open, 2 to close" in house.get().text
    assert "People who close: was 1, now 2." in house.desk.get("/venues/de-meevaart/history").text

    house.fill_in("/roster", merge_gap_minutes="90")
    assert house_of(venue).roster == wanted
    assert venue.merge_gap_minutes == 90


def test_a_change_of_how_a_house_is_opened_can_be_undone(house, venue):
    house.fill_in("/roster", hosts="1")
    page = house.fill_in("/roster", hosts="2")
    assert "Undo" in page.text

    house.post("/undo", number="3")
    assert house_of(venue).roster.hosts == 1
    assert house_of(venue).roster != USUAL


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"openers": "0", "closers": "0"}, "Somebody must open or close"),
        ({"openers": "3"}, "list"),
        ({"cut_at": "noon"}, "list"),
        ({"lead_in_minutes": "241"}, "0 to 240"),
        ({"longest_hours": "25"}, "1 to 24"),
        ({"late_at": ""}, "Write a time"),
    ],
)
def test_what_makes_no_sense_is_told_and_stays(house, venue, typed, words):
    answer = house.fill_in("/roster", **typed)

    assert answer.status_code == 422
    assert words in answer.text
    assert house_of(venue).roster == USUAL


def test_the_coordinator_says_it_too_but_undoes_nothing_else(planner, venue):
    drawn = planner.get(ROSTER)
    page = planner.post(ROSTER, data=filled_in(drawn, hosts="1"), follow_redirects=True)
    again = planner.post(ROSTER, data=filled_in(page, hosts="2"), follow_redirects=True)

    assert "Saved" in again.text
    assert "Undo" not in again.text
    assert house_of(venue).roster.hosts == 2


def test_a_group_opens_the_house_itself_until_it_ends(house, venue, choir):
    today = day_of(clock.now())
    page = house.fill_in("/roster/groups", group=str(choir.id), way="electronic")
    assert "Koor opens the house itself." in page.text
    assert "They have a code" in page.text
    (entry,) = own_entries(venue, today)
    assert (entry.initiative_id, entry.from_on, entry.to_on) == (choir.id, today, None)

    entry.from_on -= timedelta(days=7)
    db.session.commit()
    page = house.desk.post(f"{ROSTER}/groups/{choir.id}/end", follow_redirects=True)
    assert "From today on the house opens for Koor." in page.text
    assert own_entries(venue, today) == []
    assert db.session.get(OwnEntry, (choir.id, venue.id)).to_on == today - timedelta(days=1)
    verbs = [each.verb for each in db.session.query(LogEntry).order_by(LogEntry.id)]
    assert verbs[-2:] == ["own_entry.begun", "own_entry.ended"]


def test_who_did_not_begin_yet_never_opened_it(house, venue, choir, amina):
    opens_itself(venue, choir, by=amina)

    house.desk.post(f"{ROSTER}/groups/{choir.id}/end")

    assert db.session.get(OwnEntry, (choir.id, venue.id)) is None
    assert house.desk.post(f"{ROSTER}/groups/{choir.id}/end").status_code == 404


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"group": ""}, "Choose the group"),
        ({"group": "999999999999"}, "Choose the group"),
        ({"way": "window"}, "list"),
        ({"to_on": "2020-01-01"}, "after the first day"),
    ],
)
def test_a_group_that_makes_no_sense_is_told(house, venue, choir, typed, words):
    answer = house.fill_in("/roster/groups", **{"group": str(choir.id), **typed})

    assert answer.status_code == 422
    assert words in answer.text


def test_a_house_tells_how_far_others_are(house, venue):
    near, far = a_venue("near"), a_venue("far")
    house.fill_in("/roster/travel", **{f"to_{near.id}": "10", f"to_{far.id}": "45"})
    house.fill_in("/roster/travel", **{f"to_{near.id}": "", f"to_{far.id}": "50"})

    assert [(row.one_id, row.other_id, row.minutes) for row in db.session.query(Travel)] == [
        (*sorted((venue.id, far.id)), 50)
    ]
    assert house.fill_in("/roster/travel", **{f"to_{far.id}": "9999"}).status_code == 422
