"""Shifts by the API: what there is to do, for who is on the roster of the house."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.bookings import actions
from buurthuis.foundation import clock
from buurthuis.roster.models import DutyStatus
from buurthuis.venues.models import Approval
from tests.api.conftest import statements
from tests.builders import a_booking, a_person, a_role, a_room, a_venue, friday
from tests.roster.key_people import a_duty, a_key_holder, a_lock


@pytest.fixture
def house(app):
    return a_venue("buurtkamer")


@pytest.fixture
def hall(house):
    return a_room(house, approval=Approval.ALWAYS)


@pytest.fixture
def amina(house):
    return a_key_holder(house)


@pytest.fixture
def evening(house, hall, amina):
    booking = a_booking(hall, friday(19, 21))
    a_duty(amina, house, booking.id, friday(18.75, 19))
    return booking


def test_a_key_holder_reads_the_shifts_of_the_house(program, evening, amina):
    answer = program(amina).get("/shifts", venue="buurtkamer")

    assert answer.status == 200
    session = {
        "id": str(evening.id),
        "from": "2026-03-13T18:45:00+01:00",
        "to": "2026-03-13T21:15:00+01:00",
    }
    assert answer.items == [
        {
            "id": f"{evening.id}-open-0-0",
            "venue": "buurtkamer",
            "kind": "open",
            "from": "2026-03-13T18:45:00+01:00",
            "to": "2026-03-13T19:00:00+01:00",
            "holder": str(amina.id),
            "status": "taken",
            "session": session,
        },
        {
            "id": f"{evening.id}-close-0-0",
            "venue": "buurtkamer",
            "kind": "close",
            "from": "2026-03-13T21:00:00+01:00",
            "to": "2026-03-13T21:15:00+01:00",
            "holder": None,
            "status": "open",
            "session": session,
        },
    ]
    assert answer.body["next"] is None
    assert program(amina).get("/shifts").items == answer.items
    assert program(amina).get(f"/shifts/{evening.id}-open-0-0").body == answer.items[0]


def test_others_find_no_shifts(program, anybody, evening):
    dirk = a_person("Dirk")
    a_role(dirk, RoleName.KEY_HOLDER, a_venue("elsewhere"))

    assert program(dirk).get("/shifts", venue="buurtkamer").status == 404
    assert program(dirk).get(f"/shifts/{evening.id}-open-0-0").status == 404
    assert program(dirk).get("/shifts").items == []
    assert anybody.get("/shifts").status == 401


def test_only_who_plans_reads_a_proposal(program, evening, house, amina):
    corrie = a_person("Corrie")
    a_role(corrie, RoleName.COORDINATOR, house)
    a_duty(amina, house, evening.id, friday(21, 21.25), kind="close", status=DutyStatus.PROPOSED)

    def closing(person):
        listed = program(person).get("/shifts").items[1]
        assert program(person).get(f"/shifts/{listed['id']}").body == listed
        return listed["status"], listed["holder"]

    assert closing(corrie) == ("proposed", str(amina.id))
    assert closing(amina) == ("open", None)


def test_from_and_to_mean_overlap(program, evening, amina):
    def kinds(**asked):
        return [each["kind"] for each in program(amina).get("/shifts", **asked).items]

    assert kinds(from_="2026-03-13T19:00:00+01:00") == ["close"]
    assert kinds(to="2026-03-13T18:45:00+01:00") == []
    assert kinds(from_="2026-03-13T18:50:00+01:00", to="2026-03-13T18:55:00+01:00") == ["open"]


def test_a_span_that_makes_no_sense_is_told(program, amina):
    asked = program(amina).get("/shifts", from_="2026-03-13T19:00:00Z", to="2026-03-13T19:00:00Z")
    assert (asked.status, list(asked.errors)) == (422, ["to"])
    asked = program(amina).get("/shifts", from_="2026-03-13T19:00:00Z", to="2029-03-13T19:00:00Z")
    assert (asked.status, list(asked.errors)) == (422, ["to"])


def test_a_long_list_comes_in_pages(program, hall, evening, amina):
    a_booking(hall, friday(9, 10))
    first = program(amina).get("/shifts", limit=3)
    second = program(amina).get(first.body["next"])

    assert [len(each.items) for each in (first, second)] == [3, 1]
    assert second.body["next"] is None
    listed = [each["id"] for each in first.items + second.items]
    assert listed == [each["id"] for each in program(amina).get("/shifts").items]


def test_what_is_not_needed_any_more_is_told_for_a_day(program, evening, amina):
    with time_machine.travel(evening.from_at - timedelta(hours=5), tick=False):
        actions.cancel(evening.id, by=evening.booked_by)
        (told,) = program(amina).get("/shifts").items

    assert (told["status"], told["holder"]) == ("not_needed", str(amina.id))


def test_many_shifts_cost_as_many_statements_as_one(program, house, hall, amina, evening):
    browser = program(amina)

    def asked():
        with statements() as sent:
            assert browser.get("/shifts").status == 200
        return len(sent)

    asked()  # The first time the token is marked as used.
    few = asked()
    for day in range(3):
        made = a_booking(hall, friday(9 + 24 * day, 10 + 24 * day))
        a_duty(amina, house, made.id, friday(8.75 + 24 * day, 9 + 24 * day))

    assert asked() == few


@pytest.fixture
def bram(house):
    return a_key_holder(house, "Bram")


def test_a_program_takes_drops_and_covers_shifts(program, evening, amina, bram):
    close = f"/shifts/{evening.id}-close-0-0"
    taken = program(bram).post(f"{close}/take")
    assert (taken.status, taken.body["holder"]) == (200, str(bram.id))
    second = program(amina).post(f"{close}/take")
    assert (second.status, second.code) == (409, "shift-taken")
    assert program(amina).post(f"{close}/take", {"part": "backup"}).status == 200

    asked = program(bram).post(f"{close}/cover", {"reason": "A party"})
    assert (asked.status, asked.body["status"]) == (200, "taken")
    dropped = program(bram).post(f"{close}/drop")
    assert (dropped.status, dropped.body["status"]) == (200, "open")
    again = program(bram).post(f"/shifts/{evening.id}-open-0-0/drop")
    assert (again.status, again.code) == (409, "wrong-state")


def test_a_program_swaps_shifts_with_both_consents(program, house, evening, hall, amina, bram):
    a_booking(hall, friday(19, 21, weeks=1))
    theirs = program(bram).get("/shifts", venue="buurtkamer").items[-2]["id"]
    program(bram).post(f"/shifts/{theirs}/take")
    mine = f"/shifts/{evening.id}-open-0-0"

    asked = program(amina).post(f"{mine}/swap", {"for_shift": theirs})
    assert (asked.status, asked.body["to"], asked.body["state"]) == (201, str(bram.id), "asked")
    swap = asked.body["id"]
    assert program(amina).post(f"{mine}/swap", {"for_shift": theirs}).code == "already-asked"
    assert program(amina).post(f"/swaps/{swap}/agree").status == 404

    agreed = program(bram).post(f"/swaps/{swap}/agree")
    assert (agreed.status, agreed.body["state"]) == (200, "agreed")
    assert program(bram).get(mine).body["holder"] == str(bram.id)
    assert program(bram).post(f"/swaps/{swap}/refuse").code == "wrong-state"


def test_nobody_learns_by_program_who_somebody_is(program, house, evening, amina):
    a_role(nadia := a_person("Nadia"), RoleName.COORDINATOR, house)
    dirk = {"to": str(a_person("Dirk").id)}
    for person, deed in ((amina, "open-0-0/swap"), (nadia, "close-0-0/give")):
        answer = program(person).post(f"/shifts/{evening.id}-{deed}", dirk)
        assert (answer.status, "Dirk" in str(answer.body)) == (404, False)


def test_a_stand_in_by_program_may_say_no(program, house, evening, amina, bram):
    mine = f"/shifts/{evening.id}-open-0-0"
    assert program(amina).post(f"{mine}/swap", {"to": "999"}).status == 404
    swap = program(amina).post(f"{mine}/swap", {"to": str(bram.id)}).body["id"]
    assert program(bram).post(f"/swaps/{swap}/refuse").body["state"] == "refused"
    assert program(bram).post(f"{mine}/swap", {"to": str(amina.id)}).code == "wrong-state"


def test_nobody_takes_a_shift_by_program_without_a_key_or_from_outside(program, house, evening):
    a_lock(house)
    keyless = a_key_holder(house, "Kees")
    close = f"/shifts/{evening.id}-close-0-0"

    refused = program(keyless).post(f"{close}/take")
    assert (refused.status, refused.code) == (403, "not-allowed")
    assert "You have no key of this house." in refused.body["detail"]
    for deed in ("take", "drop", "cover", "swap"):
        assert program(a_person("Dirk")).post(f"{close}/{deed}").status == 404


def test_a_program_takes_a_tap_back_within_two_minutes(program, house, evening, amina, bram):
    close = f"/shifts/{evening.id}-close-0-0"
    program(bram).post(f"{close}/take")
    assert program(amina).post(f"{close}/undo").code == "wrong-state"
    undone = program(bram).post(f"{close}/undo")
    assert (undone.status, undone.body["holder"]) == (200, None)

    program(bram).post(f"{close}/take")
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        assert program(bram).post(f"{close}/undo").code == "wrong-state"
        program(bram).post(f"{close}/drop")
        assert program(bram).post(f"{close}/undo").body["holder"] == str(bram.id)


def test_a_program_gives_a_shift_and_asks_nobody_any_more(program, house, evening, amina, bram):
    a_role(nadia := a_person("Nadia"), RoleName.COORDINATOR, house)
    close, given = f"/shifts/{evening.id}-close-0-0", {"to": str(bram.id)}
    assert program(amina).post(f"{close}/give", given).status == 403
    assert program(nadia).post(f"{close}/give", {}).status == 422
    assert program(nadia).post(f"{close}/give", {"to": "999"}).status == 404
    doubt = program(nadia).post(f"{close}/give", given)
    assert (doubt.status, doubt.code) == (409, "does-not-suit")
    done = program(nadia).post(f"{close}/give", {**given, "agreed": True})
    assert (done.status, done.body["holder"]) == (200, str(bram.id))

    assert program(bram).post(f"{close}/cover").status == 200
    assert program(bram).post(f"{close}/cover/stop").body["holder"] == str(bram.id)
    swap = program(bram).post(f"{close}/swap", {"to": str(amina.id)}).body["id"]
    assert program(amina).post(f"/swaps/{swap}/withdraw").status == 404
    assert program(bram).post(f"/swaps/{swap}/withdraw").body["state"] == "withdrawn"
