"""The pages of a proposal, and the command: make it, read why, change it, publish it."""

import re
from datetime import timedelta

import pytest

from buurthuis.foundation.db import db
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.holders.models import RosterWish, WeeklyTime
from buurthuis.roster.models import Duty, DutyStatus
from buurthuis.roster.proposing import apart
from buurthuis.rules.calendar import day_of
from buurthuis.rules.periods import Period
from tests.accounts.mailbox import letters_to
from tests.builders import a_booking, friday
from tests.roster.conftest import willing
from tests.roster.key_people import a_key_holder
from tests.roster.shifts import DAY, shifts_of, the

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

HERE = "/houses/meevaart/roster/proposal"
FRIDAY = day_of(friday(19, 21).start)
DAYS = {"first": FRIDAY.isoformat(), "last": (FRIDAY + timedelta(days=6)).isoformat()}


@pytest.fixture
def desk(nadia, sign_in):
    return sign_in(nadia)


def test_a_coordinator_proposes_changes_and_publishes(house, evening, amina, bram, desk):
    assert "You look at it before anybody hears of it" in desk.get(HERE).text

    page = desk.post(HERE, data=DAYS, follow_redirects=True).text

    assert "Proven to be the best" in page
    assert "Only you see this" in page
    assert "Open up: Amina" in page
    assert "Lock up: Bram" in page
    assert "Amina can then and has the key, and does 1 of" in page

    shift = the("close", house).id
    assert "Bram" in desk.get(f"{HERE}/shifts/{shift}").text
    said = desk.post(
        f"{HERE}/shifts/{shift}", data={"person": str(amina.id)}, follow_redirects=True
    )
    assert "Put here by hand." in said.text
    assert "You changed 1 shift by hand." in said.text
    review = desk.get(f"{HERE}/publish").text
    assert "1 person hears of it" in review
    done = desk.post(f"{HERE}/publish", follow_redirects=True).text
    assert "Published. 1 person hears of it." in done
    assert {each.status for each in db.session.query(Duty)} == {DutyStatus.TAKEN}
    assert [letter.template for letter in letters_to(amina.email)] == ["roster_published"]
    assert desk.get(f"{HERE}/publish").location.endswith(HERE)


def test_what_nobody_can_do_is_said_before_solving_with_the_reasons(house, lock, evening, desk):
    a_key_holder(house, "Kees")
    a_key_holder(house, "Carla", lock=lock)

    page = desk.get(HERE).text

    assert "Nobody can do 2 shifts" in page
    assert "1 person has no key. 1 person can not then." in page
    assert (
        "Nobody can do any of the open shifts"
        in desk.post(HERE, data=DAYS, follow_redirects=True).text
    )


def test_it_can_be_thrown_away(house, evening, amina, desk):
    desk.post(HERE, data=DAYS)
    assert "Nobody heard of it" in desk.post(f"{HERE}/throw-away", follow_redirects=True).text
    assert db.session.query(Duty).count() == 0


def test_after_a_drop_out_nobody_moves_who_need_not(house, hall, lock, evening, bram, desk, nadia):
    a_booking(hall, friday(19, 21).moved_to(friday(19, 21).start + timedelta(days=1)))
    carla = willing(house, lock, "Carla")
    shifts = shifts_of(house, Period(DAY.start, DAY.end + timedelta(days=1)))
    for shift in shifts[:3]:
        duties.give(shift.id, carla, by=nadia)

    page = desk.get(f"{HERE}/anew").text

    assert "Nobody who has a shift needs to move." in page
    assert page.count("Lock up: Bram") == 1
    plan = re.search(r'name="plan" value="(\w+)"', page)[1]
    assert "changed meanwhile" in desk.post(f"{HERE}/anew", follow_redirects=True).text
    done = desk.post(f"{HERE}/anew", data={"plan": plan}, follow_redirects=True).text
    assert "Everybody whom it is about hears of it" in done
    assert [letter.template for letter in letters_to(bram.email)] == ["shift_given"]
    assert "Nothing to change" in desk.get(f"{HERE}/anew").text


def test_somebody_moves_when_that_covers_everything(house, hall, lock, evening, bram, desk, nadia):
    carla = willing(house, lock, "Carla")
    opening = the("open", house)
    duties.give(opening.id, carla, by=nadia)
    db.session.delete(db.session.get_one(RosterWish, carla.id))
    for times in db.session.query(WeeklyTime).filter_by(person_id=bram.id):
        times.ends_minute = 19 * 60
    db.session.add(RosterWish(person_id=carla.id, most_a_week=1, changed_at=opening.period.start))
    db.session.commit()

    page = desk.get(f"{HERE}/anew").text

    assert "1 person gives a shift up." in page, "Bram can open only."
    assert "Open up: Bram" in page
    assert "Now Carla does it." in page
    plan = re.search(r'name="plan" value="(\w+)"', page)[1]
    desk.post(f"{HERE}/anew", data={"plan": plan})
    assert (the("open", house).holder.person, the("close", house).holder.person) == (bram, carla)
    told = [letter.template for letter in letters_to(carla.email)]
    assert told == ["shift_given", "shift_taken_off", "shift_given"]


def test_what_was_agreed_stays_though_it_does_not_suit(house, lock, evening, bram, desk, nadia):
    carla = a_key_holder(house, "Carla", lock=lock)
    opening = the("open", house).id
    duties.give(opening, carla, by=nadia, though_it_does_not_suit=True)
    page = desk.get(f"{HERE}/anew").text
    assert "Lock up: Bram" in page
    assert "Carla" not in page


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"first": "2026-03-06", "last": "2026-03-05"}, "The last day comes before the first"),
        ({"first": "2026-03-06", "last": "2026-09-05"}, "Choose eight weeks at most"),
        ({"first": "9999-12-31", "last": "9999-12-31"}, "This day"),
        ({"first": "\x00", "last": "9" * 99}, "This day does not exist"),
        ({}, "Choose the first day"),
    ],
)
def test_strange_days_get_a_sentence(house, desk, days, said):
    answer = desk.post(HERE, data=days)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_strange_choice_gets_a_sentence_and_a_promise_no_page(house, evening, amina, desk):
    shift = the("open", house).id
    for person in ("", "999", "1e999", "\x00"):
        assert desk.post(f"{HERE}/shifts/{shift}", data={"person": person}).status_code == 422
    assert desk.get(f"{HERE}/shifts/nothing").status_code == 404


def test_what_takes_too_long_is_said(house, evening, amina, desk, monkeypatch):
    monkeypatch.setattr(apart, "PATIENCE", 0.001)
    answer = desk.post(HERE, data=DAYS)
    assert answer.status_code == 422
    assert "This takes too long. Choose fewer days." in answer.text


def test_the_command_says_how_good_it_is_and_keeps_nothing_unless_asked(app, house, evening, amina):
    run = app.test_cli_runner().invoke
    days = ["--venue", "meevaart", "--from", DAYS["first"], "--to", DAYS["last"]]

    told = run(args=["roster", "propose", *days])

    assert told.exit_code == 0, told.output
    assert "2 of 2 shifts; proven best." in told.output
    assert "Amina" in told.output
    assert db.session.query(Duty).count() == 0
    assert "Kept 2 shifts" in run(args=["roster", "propose", *days, "--commit"]).output
    assert {each.published_at for each in db.session.query(Duty)} == {None}
    wrong = run(args=["roster", "propose", "--venue", "nowhere", *days[2:]])
    assert (wrong.exit_code, "no house nowhere" in wrong.output) == (1, True)
