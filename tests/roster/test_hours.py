"""Hours of shifts: as said, else as planned, corrected with a reason; learners, certificates, allowances."""

from datetime import date

import pytest
from sqlalchemy import select

from buurthuis.accounts.models import RoleName
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.roster.holders.models import Training
from buurthuis.roster.hours import actions, queries
from buurthuis.roster.hours.certificate import certificate
from buurthuis.roster.hours.minutes import attended_minutes
from buurthuis.roster.hours.models import LearnerHours
from buurthuis.roster.models import DutyStatus, Part
from buurthuis.roster.tonight import actions as tonight
from buurthuis.roster.tonight.marking import mark_done, was_not_there
from buurthuis.roster.tonight.models import Presence
from buurthuis.rules.allowance import Ceiling, Limit
from tests.builders import a_person, a_role
from tests.pages.reading import in_english
from tests.roster.evening import a_coordinator, an_evening, at
from tests.roster.key_people import a_key_holder

MONTH = queries.month_of(date(2026, 3, 1))


@pytest.fixture
def evening(app):
    found = an_evening()
    found.nadia = a_coordinator(found.house)
    return found


def given_by(person) -> list[tuple[int, int]]:
    """Planned and given minutes of March."""
    given = queries.of_person(person, MONTH, clock.now())
    return [(each.planned, each.minutes) for each in given]


def the_next_day():
    return at(24 + 9)


def test_hours_follow_what_was_said_else_the_plan(evening):
    with at(18, minutes=30):
        tonight.begin(evening.opening.id, by=evening.amina)
    with at(21, minutes=25):
        tonight.close(evening.closing.id, by=evening.amina)
    with the_next_day():
        assert given_by(evening.amina) == [(15, 0), (15, 0)], "not written down yet"
        mark_done()
        assert given_by(evening.amina) == [(15, 30), (15, 25)]


def test_who_was_not_there_gave_nothing_and_another_who_closed_changes_nothing(evening):
    with at(22):
        tonight.close(evening.closing.id, by=evening.nadia)
    with the_next_day():
        mark_done()
        assert given_by(evening.amina) == [(15, 15), (15, 15)]
        was_not_there(evening.closing.id, by=evening.nadia)
        assert given_by(evening.amina) == [(15, 15), (15, 0)]


def test_a_back_up_who_did_not_come_gave_nothing(evening):
    idle = evening.joined_by("Bram", Part.BACKUP)
    idle.status = DutyStatus.DONE
    came = Presence(duty_id=idle.id, began_at=idle.starts_at)

    assert attended_minutes(idle) == 0
    assert attended_minutes(idle, came) == 15


def test_the_coordinator_corrects_with_a_reason_that_the_person_reads(evening, sign_in):
    address = f"/houses/meevaart/roster/hours/{evening.closing.id}"
    desk = sign_in(evening.nadia)
    with the_next_day():
        for typed in ({}, {"minutes": "1441", "reason": "x"}, {"minutes": "90", "reason": " "}):
            assert desk.post(address, data=typed).status_code == 422
        typed = {"minutes": "90", "reason": "Het feest liep uit"}
        assert "1½ hours" in desk.post(address, data=typed, follow_redirects=True).text
        desk.post(address, data={**typed, "minutes": "95"})
        page = sign_in(evening.amina).get("/me/hours?month=2026-03").text
        assert "Het feest liep uit" in page

    deeds = db.session.scalars(
        select(LogEntry).where(LogEntry.verb == "hours.corrected").order_by(LogEntry.id)
    )
    assert [(each.detail["before"], each.detail["minutes"]) for each in deeds] == [
        (15, 90),
        (90, 95),
    ]


def test_nobody_else_corrects_hours_or_reads_those_of_others(evening, sign_in):
    bram = a_key_holder(evening.house, "Bram")
    with the_next_day():
        mark_done()
        with pytest.raises(NotFound):
            actions.correct(evening.closing.id, 90, "x", by=a_person("Dirk"))
        assert "Amina" not in sign_in(bram).get("/me/hours?month=2026-03").text
        assert sign_in(bram).get("/houses/meevaart/roster/hours").status_code == 403
        page = sign_in(evening.nadia).get("/houses/meevaart/roster/hours?month=2026-03").text
    assert page.count("Amina") == 2, "each shift stands by itself and nobody is added up"


def test_a_month_past_the_correction_comes_too_late(evening, sign_in):
    with at(24 * 33):
        answer = sign_in(evening.nadia).post(
            f"/houses/meevaart/roster/hours/{evening.closing.id}",
            data={"minutes": "90", "reason": "x"},
        )
    assert answer.status_code == 409
    assert "for a month" in answer.text


@pytest.mark.parametrize("month", ["", "2026-13", "0000-01", "9999-99", "x", "٢٠٢٦-٠٣", "\0"])
def test_any_month_in_the_address_gives_a_page(evening, sign_in, month):
    answer = sign_in(evening.amina).get("/me/hours", query_string={"month": month.strip("\0")})
    assert answer.status_code == 200


def test_who_was_not_there_is_asked_to_sign_for_nobody(evening, sign_in):
    learning = evening.joined_by("Lena", Part.LEARNER)
    with the_next_day():
        mark_done()
        assert "Lena" in sign_in(evening.amina).get("/me/hours").text
        was_not_there(evening.closing.id, by=evening.nadia)
        assert "Lena" not in sign_in(evening.amina).get("/me/hours").text
        answer = sign_in(evening.amina).post(f"/me/hours/{learning.id}/sign")
    assert answer.status_code == 404


def test_a_mentor_signs_for_a_learner_who_then_has_a_certificate(evening, sign_in):
    learning = evening.joined_by("Lena", Part.LEARNER)
    lena = learning.person
    training = db.session.get_one(Training, (lena.id, evening.house.id))
    training.trained_on, training.is_learner = None, True
    mentor = a_key_holder(evening.house, "Bram")
    training.mentor_id = mentor.id
    db.session.commit()
    with the_next_day():
        mark_done()
        browser = sign_in(lena)
        assert browser.get("/me/hours/certificate").location == "/me/hours"
        assert browser.post(f"/me/hours/{learning.id}/sign").status_code == 404
        assert sign_in(a_key_holder(evening.house)).post(
            f"/me/hours/{learning.id}/sign"
        ).status_code == 404  # fmt: skip
        assert "Lena" in sign_in(mentor).get("/me/hours").text
        page = sign_in(evening.amina).get("/me/hours").text
        assert "Sign for who learned with you" in page, "Amina did the same shift"
        sign_in(mentor).post(f"/me/hours/{learning.id}/sign")
        sign_in(evening.amina).post(f"/me/hours/{learning.id}/sign")
        [signed] = db.session.scalars(select(LearnerHours))
        assert signed.signed_by_id == mentor.id

        answer = browser.get("/me/hours/certificate")
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF-")
        assert b"pdfuaid" in answer.data
        desk = sign_in(evening.nadia)
        there = f"/houses/meevaart/roster/hours/{learning.id}/certificate"
        assert desk.get(there).mimetype == "application/pdf"
        assert desk.get(there.replace(str(learning.id), str(evening.closing.id))).status_code == 303


@pytest.mark.parametrize("name", ["*_Fatima_* #eval(1) $x$", "فاطمة", "李 😀 \U000e0001"])
def test_a_certificate_takes_any_name(name):
    facts = {"name": name, "houses": ["De Meevaart"], "hours": "1 uur", "first_day": "vandaag",
             "last_day": "vandaag", "times": 1, "learned": [], "mentors": [name],
             "made_on": "vandaag"}  # fmt: skip

    assert certificate(facts).startswith(b"%PDF-")


def test_an_allowance_above_the_ceiling_warns_the_person_and_the_coordinator(evening, sign_in, app):
    run = app.test_cli_runner().invoke
    ceiling = "allowance set --from 2026-01-01 --hour 5,60 --month 2.00 --year 210 --source x"
    assert "€" in run(args=ceiling.split()).output
    assert run(args=ceiling.replace("5,60", "much").split()).exit_code == 1
    assert queries.ceilings() == [Ceiling(date(2026, 1, 1), 560, 200, 21_000)]
    desk = sign_in(evening.nadia)
    typed = {"hour": "2,50", "from_on": "2026-03-01"}
    assert desk.post("/houses/meevaart/roster/allowance", data=typed).status_code == 303
    assert desk.post("/houses/meevaart/roster/allowance", data={}).status_code == 422
    with the_next_day():
        mark_done()
        assert queries.passed_by(evening.amina, 2026, clock.now()) == []
        actions.correct(evening.closing.id, 90, "x", by=evening.nadia)
        [passed] = queries.passed_by(evening.amina, 2026, clock.now())
        assert (passed.limit, passed.cents) == (Limit.MONTH, 438)
        for browser, page in (
            (desk, "/houses/meevaart/roster/hours?month=2026-03"),
            (sign_in(evening.amina), "/me/hours?month=2026-03"),
        ):
            assert "€4.38" in browser.get(page).text


def test_who_looks_after_all_houses_writes_down_what_may_be_paid(evening, sign_in):
    page = "/houses/meevaart/roster/hours"
    typed = {"most_hour": "5,75", "most_month": "220", "most_year": "2.200", "source": "tax office"}
    typed["holds_from"] = "2026-01-01"
    a_role(chief := a_person("Chief"), RoleName.ADMIN)
    desk, office = in_english(sign_in(evening.nadia)), in_english(sign_in(chief))
    assert "not written down yet" in desk.get(page).text
    assert "Write down what may be paid" not in desk.get(page).text
    assert desk.post("/houses/meevaart/roster/ceilings", data=typed).status_code == 404

    wrong = office.post("/houses/meevaart/roster/ceilings", data={**typed, "most_hour": "0"})
    assert (wrong.status_code, "Write more than 0." in wrong.text) == (422, True)
    typed["most_year"] = "2200"
    assert office.post("/houses/meevaart/roster/ceilings", data=typed).status_code == 303

    assert queries.ceilings() == [Ceiling(date(2026, 1, 1), 575, 22_000, 220_000)]
    text = desk.get(page).text
    assert "€5.75 an hour, €220.00 a month, €2,200.00 a year." in text
    assert "Source: tax office" in text
