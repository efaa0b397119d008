"""Series, as programs book, change and end them."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.bookings.models import Booking
from buurthuis.extras.wishes import Wanted as ExtraWanted
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import LogEntry
from buurthuis.rules.prime_time import Per
from buurthuis.venues.models import Approval
from tests.api.asking import times, wish
from tests.api.conftest import statements
from tests.builders import (
    FRIDAY,
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_role,
    a_room,
    a_venue,
    an_extra,
    an_initiative,
    at,
    fair_use,
    friday,
    on,
)

FRIDAYS = [FRIDAY + timedelta(weeks=week) for week in range(60)]


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def choir(bram):
    return an_initiative(bram, name="Koor")


@pytest.fixture
def hall(app):
    return a_room(a_venue("blue"), slug="hall", approval=Approval.ALWAYS)


def a_rule(room, for_, rrule="FREQ=WEEKLY;COUNT=4", **more):
    return {**wish(room, for_, 19, 21), "rrule": rrule, **more}


def booked_times(answer):
    return [(each["from"], each["to"]) for each in answer.body["booked"]]


def as_times(*periods):
    return [tuple(times(period).values()) for period in periods]


def test_a_series_answers_every_booking(program, bram, choir, hall):
    made = program(bram).post("/series", a_rule(hall, choir))

    assert made.status == 201
    assert booked_times(made) == as_times(*(friday(19, 21, weeks=week) for week in range(4)))
    assert {each["status"] for each in made.body["booked"]} == {"confirmed"}
    assert {each["series"] for each in made.body["booked"]} == {made.body["id"]}
    assert made.body["skipped"] == []
    assert made.body["rrule"] == "FREQ=WEEKLY;COUNT=4"
    one = program(bram).get(f"/bookings/{made.body['booked'][2]['id']}")
    assert one.body.items() >= made.body["booked"][2].items()
    assert program(bram).get(f"/series/{made.body['id']}").body == made.body


def test_one_day_that_is_taken_means_that_nothing_is_booked(program, bram, choir, hall):
    a_confirmed_booking(hall, friday(20, 22, weeks=2))

    refused = program(bram).post("/series", a_rule(hall, choir))

    assert (refused.status, refused.code) == (409, "room-taken")
    assert refused.body["conflicts"] == [
        {"day": str(FRIDAYS[2]), **times(friday(19, 21, weeks=2)), "why": "taken"}
    ]
    assert db.session.query(Booking).count() == 1


def test_conflicts_are_skipped_when_that_is_asked(program, bram, choir, hall):
    a_confirmed_booking(hall, friday(20, 22, weeks=2))

    made = program(bram).post("/series", a_rule(hall, choir, skip_conflicts=True))

    assert made.status == 201
    assert booked_times(made) == as_times(*(friday(19, 21, weeks=week) for week in (0, 1, 3)))
    assert made.body["skipped"] == [
        {"day": str(FRIDAYS[2]), **times(friday(19, 21, weeks=2)), "why": "taken"}
    ]


@pytest.mark.parametrize(
    ("rrule", "field"),
    [
        ("FREQ=WEEKLY", "rrule"),
        ("FREQ=SECONDLY;COUNT=2", "rrule"),
        ("FREQ=DAILY;COUNT=367", "rrule"),
        ("FREQ=WEEKLY;COUNT=106", "rrule"),
        ("FREQ=MONTHLY;BYMONTHDAY=32;COUNT=2", "rrule"),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=2", "from"),
        ("\x00", "rrule"),
        ("FREQ=WEEKLY;COUNT=2" * 10_000, "rrule"),
        (12, "rrule"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_a_wrong_field(program, bram, choir, hall, rrule, field):
    refused = program(bram).post("/series", a_rule(hall, choir, rrule))

    assert (refused.status, refused.code) == (422, "invalid")
    assert list(refused.errors) == [field]


def test_an_end_may_name_a_moment(program, bram, choir, hall):
    until = "FREQ=WEEKLY;BYDAY=FR;UNTIL=20260327T180000Z"  # 19:00 in Amsterdam

    made = program(bram).post("/series", a_rule(hall, choir, until))

    assert booked_times(made) == as_times(*(friday(19, 21, weeks=week) for week in range(3)))


def test_a_start_that_is_over_or_no_time_of_the_clock_is_a_wrong_field(program, bram, choir, hall):
    over = a_rule(hall, choir) | times(on(FRIDAY - timedelta(weeks=2), 19, 21))
    odd = a_rule(hall, choir) | {"from": "2026-03-13T19:00:30+01:00"}

    for body in (over, odd):
        refused = program(bram).post("/series", body)
        assert (refused.status, list(refused.errors)) == (422, ["from"])


def test_a_key_makes_one_series_however_often_it_is_sent(program, bram, choir, hall):
    """Line 23 of what must not fail."""
    first = program(bram).post("/series", a_rule(hall, choir), key="choir-2026")
    again = program(bram).post("/series", a_rule(hall, choir), key="choir-2026")
    other = program(bram).post("/series", a_rule(hall, choir, title="Other"), key="choir-2026")

    assert first.status == again.status == 201
    assert first.body == again.body
    assert (other.status, other.code) == (422, "idempotency-mismatch")
    assert db.session.query(Booking).count() == 4


def test_nobody_books_for_a_group_of_others(program, choir, hall):
    refused = program(a_person("Dirk")).post("/series", a_rule(hall, choir))

    assert refused.status in {403, 422}
    assert db.session.query(Booking).count() == 0


def test_a_series_changes_from_a_day_on_and_exceptions_stay(program, bram, choir, hall):
    made = program(bram).post("/series", a_rule(hall, choir))
    path, second = f"/series/{made.body['id']}", made.body["booked"][1]
    program(bram).patch(f"/bookings/{second['id']}", times(friday(15, 17, weeks=1)))

    changed = program(bram).patch(
        path, {"from_date": str(FRIDAYS[1]), "title": "Big choir", **times(friday(20, 22, weeks=2))}
    )

    assert changed.status == 200
    assert booked_times(changed) == as_times(
        friday(19, 21),
        friday(15, 17, weeks=1),
        friday(20, 22, weeks=2),
        friday(20, 22, weeks=3),
    )
    titles = [each["title"] for each in changed.body["booked"]]
    assert titles == ["Repair evening", "Repair evening", "Big choir", "Big choir"]
    assert changed.body["kept"] == [second["id"]]
    assert len(changed.body["changed"]) == 2


def test_the_past_of_a_series_stays(program, bram, choir, hall):
    made = program(bram).post("/series", a_rule(hall, choir))

    with time_machine.travel(at(FRIDAYS[1], 20), tick=False):
        path = f"/series/{made.body['id']}"
        changed = program(bram).patch(path, {"from_date": str(FRIDAYS[0]), "title": "New"})
        ended = program(bram).post(f"{path}/cancel", {"from_date": str(FRIDAYS[0])})

    assert [each["title"] for each in changed.body["booked"]] == 2 * ["Repair evening"] + 2 * [
        "New"
    ]
    assert booked_times(ended) == as_times(friday(19, 21), friday(19, 21, weeks=1))
    assert len(ended.body["cancelled"]) == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"from_date": "soon"}, "from_date"),
        (times(on(FRIDAY + timedelta(days=1), 20, 22)), "from"),
        ({"to": times(on(FRIDAY + timedelta(days=3), 20, 22))["to"]}, "to"),
        (times(friday(19, 46)), "to"),
        ({"room": "nowhere"}, "room"),
        ({"people": 0}, "people"),
    ],
)
def test_a_change_that_makes_no_sense_is_a_wrong_field(program, bram, choir, hall, body, field):
    made = program(bram).post("/series", a_rule(hall, choir))

    refused = program(bram).patch(f"/series/{made.body['id']}", body)

    assert (refused.status, list(refused.errors)) == (422, [field])


def test_the_end_alone_may_change_and_pass_midnight(program, bram, choir, hall):
    hall.venue.opening_hours[4].closes_minute = 25 * 60
    db.session.commit()
    made = program(bram).post("/series", a_rule(hall, choir))

    path = f"/series/{made.body['id']}"
    changed = program(bram).patch(path, {"to": times(friday(19, 24.5, weeks=1))["to"]})

    assert booked_times(changed) == as_times(*(friday(19, 24.5, weeks=week) for week in range(4)))


def test_a_change_that_the_house_must_agree_to_is_asked_once_and_answered_once(
    program, bram, choir
):
    room = a_room()
    made = program(bram).post("/series", a_rule(room, choir))
    boss = program(a_manager(room.venue))
    for each in made.body["booked"]:
        boss.post(f"/bookings/{each['id']}/approve")
    address = f"/series/{made.body['id']}"

    asked = program(bram).patch(address, times(friday(20, 22)))

    assert (asked.status, asked.body["changed"]) == (202, [])
    ids = [each["id"] for each in made.body["booked"]]
    assert (asked.body["change"]["status"], asked.body["change"]["bookings"]) == ("asked", ids)
    assert booked_times(asked) == booked_times(made)
    assert program(bram).post(f"{address}/change/approve").status == 403
    assert boss.post(f"/bookings/{ids[0]}/change/approve").code == "wrong-state"
    assert boss.post(f"{address}/change/refuse", {"reason": ""}).status == 422
    program(bram).post(f"{address}/change/withdraw")
    program(bram).patch(address, times(friday(19, 22)))
    yes = boss.post(f"{address}/change/approve")
    assert (yes.status, yes.body["change"]) == (200, None)
    assert booked_times(yes) == as_times(*(friday(19, 22, weeks=week) for week in range(4)))
    assert boss.post(f"{address}/change/approve").code == "wrong-state"


def test_a_series_that_is_over_says_so(program, bram, choir, hall):
    made = program(bram).post("/series", a_rule(hall, choir))
    path = f"/series/{made.body['id']}"
    program(bram).post(f"{path}/cancel", {})

    for answer in (
        program(bram).post(f"{path}/cancel", {"from_date": str(FRIDAYS[0])}),
        program(bram).patch(path, {"title": "New"}),
    ):
        assert (answer.status, answer.code) == (409, "wrong-state")


def test_a_series_is_hidden_from_strangers_and_the_board_reads_no_names(program, bram, choir, hall):
    made = program(bram).post("/series", a_rule(hall, choir))
    path, board = f"/series/{made.body['id']}", a_person("Chandra")
    a_role(board, "board")

    read = program(board).get(path)

    assert {each["title"] for each in read.body["booked"]} == {None}
    assert program(board).patch(path, {"title": "Mine"}).status == 403
    for answer in (
        program(a_person("Dirk")).get(path),
        program(a_person("Dirk")).patch(path, {"title": "Mine"}),
        program(bram).get("/series/1e999"),
    ):
        assert answer.status == 404


def test_a_year_of_a_series_costs_few_statements(program, bram, choir, hall):
    bot = program(bram)
    bot.post("/series", a_rule(a_room(hall.venue), choir, "FREQ=WEEKLY;COUNT=2"))

    body = a_rule(hall, choir, "FREQ=WEEKLY;COUNT=52")

    with statements() as sent:
        made = bot.post("/series", body)

    assert made.status == 201
    assert len(sent) <= 20, "\n".join(each[:150].replace("\n", " ") for each in sent)


def test_a_series_takes_extras_and_the_minutes_of_the_group(program, bram, choir, hall):
    hall.own_buffer_minutes = 60
    beamer = an_extra(hall.venue, slug="beamer")
    a_booking(a_room(hall.venue), friday(19, 21, weeks=2), extras=(ExtraWanted(beamer.id, 1),))
    along = {
        "setup_minutes": 30,
        "teardown_minutes": 15,
        "extras": [{"slug": "beamer", "quantity": 1}],
    }

    refused = program(bram).post("/series", a_rule(hall, choir, **along))
    made = program(bram).post("/series", a_rule(hall, choir, skip_conflicts=True, **along))

    assert (refused.status, refused.code) == (409, "out-of-stock")
    assert "Others have what you want with it" in refused.body["detail"]
    assert [each["why"] for each in refused.body["conflicts"]] == ["out_of_stock"]
    assert made.body.items() >= along.items()
    assert len(made.body["booked"]) == 3
    assert all(each.items() >= along.items() for each in made.body["booked"])
    assert [each["why"] for each in made.body["skipped"]] == ["out_of_stock"]


def test_what_goes_with_a_series_changes_for_all_days_in_a_call_of_its_own(
    program, bram, choir, hall
):
    hall.own_buffer_minutes = 60
    beamer = an_extra(hall.venue, slug="beamer")
    a_booking(a_room(hall.venue), friday(19, 21, weeks=2), extras=(ExtraWanted(beamer.id, 1),))
    made = program(bram).post("/series", a_rule(hall, choir))
    path = f"/series/{made.body['id']}"
    along = {"setup_minutes": 30, "extras": [{"slug": "beamer", "quantity": 1}]}

    mixed = program(bram).patch(path, {"title": "x", **along})
    refused = program(bram).patch(path, along)
    changed = program(bram).patch(path, {**along, "skip_conflicts": True})
    nothing = program(bram).patch(path, {"extras": None, "setup_minutes": None})
    too_long = program(bram).patch(path, {"teardown_minutes": 90})

    assert (mixed.status, list(mixed.errors)) == (422, ["extras", "setup_minutes"])
    assert (refused.status, refused.code) == (409, "out-of-stock")
    assert [each["day"] for each in refused.body["conflicts"]] == [str(FRIDAYS[2])]
    assert (changed.status, len(changed.body["changed"])) == (200, 4)
    assert changed.body.items() >= along.items()
    counts = [len(each["extras"]) for each in changed.body["booked"]]
    assert (counts, {each["setup_minutes"] for each in changed.body["booked"]}) == (
        [1, 1, 0, 1],
        {30},
    )
    assert (nothing.body["extras"], nothing.body["setup_minutes"]) == ([], 30)
    assert (too_long.status, too_long.code) == (422, "invalid")


def test_a_series_is_in_one_room_and_lends_what_goes_with_it(program, bram, choir, hall):
    other = a_room(hall.venue)

    more_rooms = program(bram).post("/series", a_rule(hall, choir, also=[other.slug]))
    no_piano = [{"slug": "piano", "quantity": 1}]
    no_such = program(bram).post("/series", a_rule(hall, choir, extras=no_piano))

    assert (more_rooms.status, list(more_rooms.errors)) == (422, ["also"])
    assert (no_such.status, list(no_such.errors)) == (422, ["extras"])


def test_a_manager_sets_fair_use_aside_and_says_why(program, bram, choir, hall):
    fair_use(hall.venue, prime=False, quotas=[{"per": Per.MONTH, "most_bookings": 2}])
    amina = a_manager(hall.venue, "Amina")
    mine, why = an_initiative(amina, name="Gasten"), {"exception": "The mayor comes"}

    refused = program(bram).post("/series", a_rule(hall, choir, **why))
    made = program(amina).post("/series", a_rule(hall, mine, **why))
    alone = program(amina).post("/bookings", wish(hall, mine, 10, 12, **why))

    assert (made.status, len(made.body["booked"]), alone.status) == (201, 4, 201)
    assert (refused.status, refused.code) == (403, "not-allowed")
    noted = db.session.query(LogEntry).filter_by(verb="booking.exception")
    assert [each.detail["reason"] for each in noted] == ["The mayor comes"] * 5
