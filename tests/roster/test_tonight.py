"""A shift on the phone: I am here, ticks that survive a dead zone, closed and armed, what went wrong."""

import pytest
from sqlalchemy import select

from buurthuis.accounts.models import RoleName
from buurthuis.bookings import actions as bookings
from buurthuis.bookings.today.models import Attendance
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.roster.models import DutyStatus, Part, ShiftKind
from buurthuis.roster.tonight import actions, queries
from buurthuis.roster.tonight.asking import ask_whether_closed
from buurthuis.roster.tonight.marking import mark_done, was_not_there, was_there
from buurthuis.roster.tonight.models import (
    ChecklistItem,
    Incident,
    IncidentKind,
    Moment,
    Presence,
    Tick,
)
from buurthuis.roster.tonight.refusals import ItemGone, NotGoingOn, NotOverYet, TooLateToUndo
from buurthuis.rules.calendar import rfc3339
from tests.accounts.mailbox import letters_to
from tests.builders import a_manager, a_person, a_role, a_venue, friday
from tests.roster.evening import MINUTE, a_coordinator, an_evening, at, promised
from tests.roster.key_people import a_key_holder


@pytest.fixture
def evening(app):
    found = an_evening()
    found.nadia = a_coordinator(found.house)
    lists = {Moment.OPENING: ["Alarm uit", "Licht aan"], Moment.CLOSING: ["Ramen dicht", "Gas uit"]}
    for moment, lines in lists.items():
        actions.write_checklist(found.house, moment, lines, by=found.nadia)
    return found


def item(text: str) -> ChecklistItem:
    return db.session.scalars(
        select(ChecklistItem).where(ChecklistItem.text == text).order_by(ChecklistItem.id.desc())
    ).first()


def ticked(duty) -> list[str]:
    lines = queries.lines_of(duty).values()
    return [line.item.text for list_ in lines for line in list_ if line.is_done]


def deeds(verb: str) -> int:
    return len(db.session.scalars(select(LogEntry).where(LogEntry.verb == verb)).all())


def test_the_page_shows_the_shift_of_today_with_all_that_one_needs(evening, sign_in):
    browser = sign_in(evening.amina)
    page = browser.get("/me/tonight").text
    for words in ("Open up", "De Meevaart", "Balistraat 48-A", "Groene deur.", "Grote zaal",
                  "10 people", "Licht aan"):  # fmt: skip
        assert words in page
    assert "Ramen dicht" not in page
    assert "I am here" not in page, "it is only Monday"
    with at(20, minutes=30):
        page = browser.get("/me/tonight").text
        assert "Lock up" in page
        assert "Closed and armed" in page
        assert "2 lines of the list are not ticked yet" in page


def test_the_page_moves_on_to_the_next_shift_but_not_before_the_house_is_closed(evening, sign_in):
    browser = sign_in(evening.amina)
    with at(18, minutes=50):
        assert "<h1>Open up</h1>" in browser.get("/me/tonight").text
    with at(19, minutes=1):
        assert "<h1>Lock up</h1>" in browser.get("/me/tonight").text
    later = promised(evening.house, evening.booking, evening.amina, ShiftKind.OPEN, Part.BACKUP)
    later.starts_at, later.ends_at = friday(21.5, 22).start, friday(21.5, 22).end
    db.session.commit()
    with at(21, minutes=40):
        assert "<h1>Lock up</h1>" in browser.get("/me/tonight").text
        actions.close(evening.closing.id, by=evening.amina)
        assert "<h1>Open up</h1>" in browser.get("/me/tonight").text


def test_without_a_shift_the_page_says_so_and_strangers_find_nothing(evening, sign_in):
    idle = a_key_holder(evening.house, "Bram")

    assert "You have no shift" in sign_in(idle).get("/me/tonight").text
    assert sign_in(a_person("Dirk")).get("/me/tonight").status_code == 404
    assert sign_in(idle).get(f"/me/tonight/{evening.opening.id}").status_code == 404


def test_i_am_here_is_kept_once_and_only_around_the_shift(evening, sign_in):
    browser, address = sign_in(evening.amina), f"/me/tonight/{evening.opening.id}/begin"
    assert "has not begun" in browser.post(address, follow_redirects=True).text
    with at(18, minutes=40):
        assert "There since 18:40" in browser.post(address, follow_redirects=True).text
    with at(18, minutes=50):
        browser.post(address)

    [said] = db.session.scalars(select(Presence))
    assert said.began_at == friday(18, 19).start + 40 * MINUTE
    assert deeds("duty.began") == 1


def test_a_tick_is_kept_at_once_and_can_be_taken_back_without_script(evening, sign_in):
    browser = sign_in(evening.amina)
    address = f"/me/tonight/{evening.closing.id}/tick?item={item('Gas uit').id}"
    with at(21):
        answer = browser.post(address, data={"done": "yes"})
        assert answer.location.endswith(f"#item-{item('Gas uit').id}")
        assert ticked(evening.closing) == ["Gas uit"]
        assert "1 of 2 done" in browser.get(answer.location).text
        browser.post(address, data={"done": "no"})
        assert ticked(evening.closing) == []


def test_what_was_kept_without_connection_is_sent_as_often_as_one_likes(evening, sign_in):
    browser = sign_in(evening.amina)
    address = f"/me/tonight/{evening.closing.id}/tick?item={item('Gas uit').id}"
    with at(21):
        pressed = rfc3339(clock.now())
    with at(22):
        sent = {"done": "yes", "quiet": "yes", "at": pressed}
        assert {browser.post(address, data=sent).status_code for _ in range(3)} == {204}
    [tick] = db.session.scalars(select(Tick))
    assert (tick.said_at, tick.is_done) == (friday(21, 22).start, True)

    with at(21, minutes=30):
        browser.post(address, data={"done": "no", "quiet": "yes"})
        browser.post(address, data={"done": "yes", "quiet": "yes", "at": pressed})
    assert ticked(evening.closing) == [], "what was pressed later counts"


@pytest.mark.parametrize(
    "sent",
    [
        {"at": "2026-03-13T12:00:00+01:00"},
        {"at": "never"},
        {"at": "x" * 9999, "done": "\0"},
    ],
)
def test_a_moment_outside_the_shift_is_a_wrong_clock_and_means_now_as_nonsense_does(
    evening, sign_in, sent
):
    address = f"/me/tonight/{evening.closing.id}/tick?item={item('Gas uit').id}"
    with at(21):
        answer = sign_in(evening.amina).post(address, data={"quiet": "yes", **sent})

    assert answer.status_code == 204
    assert db.session.scalar(select(Tick.said_at)) == friday(21, 22).start


def test_a_line_of_another_list_or_house_can_not_be_ticked(evening):
    elsewhere = a_venue("elsewhere")
    there = a_coordinator(elsewhere)
    actions.write_checklist(elsewhere, Moment.CLOSING, ["Elders"], by=there)
    with at(21):
        for text in ("Licht aan", "Elders"):
            with pytest.raises(ItemGone):
                actions.tick(evening.closing.id, item(text).id, is_done=True, by=evening.amina)
        with pytest.raises(ItemGone):
            actions.tick(evening.closing.id, 99_999, is_done=True, by=evening.amina)


def test_two_who_close_together_see_each_others_ticks(evening):
    lena = evening.joined_by("Lena", Part.LEARNER)
    with at(21):
        actions.tick(lena.id, item("Gas uit").id, is_done=True, by=lena.person)

    assert ticked(evening.closing) == ["Gas uit"]


def test_a_checklist_that_changes_does_not_change_what_was_ticked(evening, sign_in):
    with at(21):
        actions.tick(evening.closing.id, item("Gas uit").id, is_done=True, by=evening.amina)
    kept = item("Ramen dicht").id
    typed = {"closing-lines": "Kachel laag\r\n  Ramen dicht \n\nKachel laag"}
    browser = sign_in(evening.nadia)
    browser.post("/houses/meevaart/roster/checklists/closing", data=typed)

    now = [each.text for each in queries.checklist_of(evening.house, Moment.CLOSING)]
    assert now == ["Kachel laag", "Ramen dicht"]
    assert item("Ramen dicht").id == kept
    assert ticked(evening.closing) == ["Gas uit"]
    assert item("Gas uit").ended_at is not None
    assert browser.post("/houses/meevaart/roster/checklists/closing", data=typed).status_code == 303
    assert deeds("checklist.written") == 3


@pytest.mark.parametrize("typed", ["x" * 121, "\n".join(map(str, range(41))), "x" * 10_000])
def test_a_checklist_that_is_too_long_is_refused_and_kept_on_the_page(evening, sign_in, typed):
    answer = sign_in(evening.nadia).post(
        "/houses/meevaart/roster/checklists/opening", data={"opening-lines": typed}
    )

    assert answer.status_code == 422
    assert typed in answer.text
    assert len(queries.checklist_of(evening.house, Moment.OPENING)) == 2


def test_closed_and_armed_is_one_large_tap_that_can_be_taken_back_for_a_while(evening, sign_in):
    browser, address = sign_in(evening.amina), f"/me/tonight/{evening.closing.id}"
    with at(21, minutes=5):
        assert "Not closed after all" in browser.post(f"{address}/closed",
                                                      follow_redirects=True).text  # fmt: skip
    with at(21, minutes=14):
        browser.post(f"{address}/not-closed")
        assert "Closed and armed" in browser.get(address).text
        assert queries.closing_of(evening.closing.session_id) is None
        browser.post(f"{address}/closed")
    with at(21, minutes=15):
        assert "Not closed after all" in browser.get(address).text
    with at(21, minutes=16):
        assert "Not closed after all" not in browser.get(address).text
        with pytest.raises(TooLateToUndo):
            actions.undo_close(evening.closing.id, by=evening.amina)


def test_a_learner_does_not_say_that_the_house_is_closed_and_a_coordinator_may(evening, sign_in):
    learner = evening.joined_by("Lena", Part.LEARNER)
    with at(21):
        page = sign_in(learner.person).get(f"/me/tonight/{learner.id}")
        assert "Closed and armed" not in page.text
        assert "You learn along" in page.text
        refused = sign_in(learner.person).post(f"/me/tonight/{learner.id}/closed")
        assert refused.status_code == 403
        actions.close(evening.closing.id, by=evening.nadia)
    assert queries.closing_of(evening.closing.session_id).closed_by_id == evening.nadia.id


def test_a_close_nobody_confirmed_asks_holder_then_back_up_then_coordinator_once_each(evening):
    bram = evening.joined_by("Bram", Part.BACKUP).person
    people = (evening.amina, bram, evening.nadia)

    def written() -> list[int]:
        return [len([1 for each in letters_to(person.email) if each.template == "house_not_closed"])
                for person in people]  # fmt: skip

    expected = {44: [0, 0, 0], 45: [1, 0, 0], 59: [1, 0, 0], 60: [1, 1, 0], 75: [1, 1, 1]}
    for minutes, counts in expected.items():
        with at(21, minutes=minutes):
            ask_whether_closed()
            ask_whether_closed()
        assert written() == counts, minutes
    with at(24):
        assert ask_whether_closed() == 0
    [letter] = [each for each in letters_to(bram.email) if each.template == "house_not_closed"]
    assert letter.facts["asked"] == "backup"
    assert letter.facts["holder_name"] == "Amina"


def test_who_has_no_address_is_passed_over_at_once(evening):
    evening.amina.email = None
    db.session.commit()
    with at(21, minutes=45):
        assert ask_whether_closed() == 1
    [letter] = letters_to(evening.nadia.email)
    assert letter.facts["asked"] == "coordinator"


def test_where_no_coordinator_reads_e_mail_the_managers_do(evening):
    manager = a_manager(evening.house)
    evening.amina.email = evening.nadia.email = None
    db.session.commit()
    with at(21, minutes=45):
        assert ask_whether_closed() == 1
        actions.tell(
            evening.closing.id, IncidentKind.BROKEN, "Lek", by=evening.amina, submission="1"
        )
    assert [each.template for each in letters_to(manager.email)] == [
        "house_not_closed",
        "incident_told",
    ]


def test_nobody_is_asked_about_a_house_that_is_closed_or_needs_no_closing(evening):
    with at(21):
        actions.close(evening.closing.id, by=evening.amina)
    with at(22):
        assert ask_whether_closed() == 0
    with at(21):
        actions.undo_close(evening.closing.id, by=evening.amina)
    evening.closing.status = DutyStatus.NOT_NEEDED
    db.session.commit()
    with at(22):
        assert ask_whether_closed() == 0


def test_of_two_who_close_both_are_asked_and_one_word_is_enough(evening):
    second = a_key_holder(evening.house, "Bram")
    together = promised(evening.house, evening.booking, second, ShiftKind.CLOSE, place=1)
    with at(21, minutes=45):
        assert ask_whether_closed() == 1
    assert [len(letters_to(each.email)) for each in (evening.amina, second)] == [1, 1]
    with at(21, minutes=50):
        actions.close(together.id, by=second)
    with at(22):
        assert ask_whether_closed() == 0


def test_a_shift_is_done_when_somebody_said_so_else_the_next_day(evening):
    with at(18, minutes=50):
        actions.begin(evening.opening.id, by=evening.amina)
    with at(19):
        assert mark_done() == 1
    assert evening.opening.status == DutyStatus.DONE
    with at(21, minutes=5):
        actions.close(evening.closing.id, by=evening.amina)
    with at(21, minutes=6):
        assert mark_done() == 0, "it can still be taken back, and the shift is not over"
    with at(21, minutes=15):
        assert mark_done() == 1
    second = evening.joined_by("Bram", Part.BACKUP)
    with at(23, minutes=59):
        assert mark_done() == 0
    with at(24):
        assert (mark_done(), mark_done()) == (1, 0)
    assert second.status == DutyStatus.DONE


def test_the_coordinator_says_that_somebody_was_not_there_and_takes_it_back(evening):
    with pytest.raises(NotOverYet):
        was_not_there(evening.closing.id, by=evening.nadia)
    with at(22):
        with pytest.raises(NotFound):
            was_not_there(evening.closing.id, by=a_person("Dirk"))
        was_not_there(evening.closing.id, by=evening.nadia)
        assert evening.closing.status == DutyStatus.MISSED
        was_there(evening.closing.id, by=evening.nadia)
    assert evening.closing.status == DutyStatus.DONE
    assert (deeds("duty.missed"), deeds("duty.was_there")) == (1, 1)


def test_what_goes_wrong_is_told_once_and_seen_by_name(evening, sign_in):
    browser = sign_in(evening.amina)
    address = f"/me/tonight/{evening.closing.id}/incident"
    assert browser.post(address, data={"kind": "fire", "text": ""}).status_code == 422
    told = {"kind": "broken", "text": "De kraan <lekt>", "submission": "one"}
    with at(21):
        browser.post(address, data=told)
        browser.post(address, data=told)

    [incident] = db.session.scalars(select(Incident))
    [letter] = letters_to(evening.nadia.email)
    assert "lekt" not in str(letter.facts), "what happened stands behind a door"
    desk = sign_in(evening.nadia)
    manager = a_person("Noor")
    a_role(manager, RoleName.MANAGER, evening.house)
    news = "1 thing went wrong that nobody has seen"
    assert news in sign_in(manager).get("/houses/meevaart/").text
    page = desk.get("/houses/meevaart/roster/incidents").text
    assert "De kraan &lt;lekt&gt;" in page
    seen = f"/houses/meevaart/roster/incidents/{incident.id}/seen"
    assert "Seen by Nadia" in desk.post(seen, follow_redirects=True).text
    assert news not in sign_in(manager).get("/houses/meevaart/").text
    assert "Seen by Nadia" in sign_in(manager).post(seen, follow_redirects=True).text
    assert sign_in(evening.amina).get("/houses/meevaart/roster/incidents").status_code == 404


def test_the_visitors_are_counted_from_the_shift(evening, sign_in):
    address = f"/me/tonight/{evening.closing.id}/count?booking={evening.booking.id}"
    with at(20):
        page = sign_in(evening.amina).post(address, data={"band": "6-10"}, follow_redirects=True)
    assert "Counted" in page.text
    assert db.session.get_one(Attendance, evening.booking.id).band == "6-10"


def test_a_shift_that_is_not_needed_any_more_says_so(evening, sign_in):
    bookings.cancel(evening.booking.id, by=evening.booking.booked_by)

    page = sign_in(evening.amina).get(f"/me/tonight/{evening.opening.id}").text
    assert "not needed any more" in page


def test_ticking_a_shift_that_is_long_over_is_refused_with_a_cure(evening):
    with at(21 + 24), pytest.raises(NotGoingOn) as refusal:
        actions.tick(evening.closing.id, item("Gas uit").id, is_done=True, by=evening.amina)
    assert refusal.value.from_at is None
