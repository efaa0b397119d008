"""A change of a series that the house must agree to: one question, one answer, and the days stay until then."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.bookings import changes, inbox
from buurthuis.bookings.actions import cancel
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.overdue import tell_of_overdue, unanswered
from buurthuis.bookings.refusals import (
    AnswerHasLeft,
    AskedTogether,
    ChangeIsAnswered,
    PriceChanged,
    ReasonMissing,
    RoomRetired,
)
from buurthuis.bookings.series import actions, queries
from buurthuis.bookings.series.answering import approve_change, refuse_change
from buurthuis.bookings.series.asked_words import asked_of
from buurthuis.bookings.series.asking import withdraw_change
from buurthuis.bookings.series.changing import change_series
from buurthuis.bookings.series.deciding import approve_series, cancel_series
from buurthuis.bookings.series.refusals import DaysInTheWay
from buurthuis.bookings.series.taking_back import take_back
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.states import Status
from buurthuis.upkeep import doctor
from tests.api.conftest import statements
from tests.builders import (
    FRIDAY,
    a_booking,
    a_confirmed_booking,
    a_person,
    a_room,
    a_series,
    friday,
)

FRIDAYS = [FRIDAY + timedelta(weeks=week) for week in range(60)]
LONGER = {"ends_minute": 22 * 60}


@pytest.fixture
def room(place):
    """A room for which the house says yes or no."""
    return a_room(place.venue, turnover_minutes=30)


@pytest.fixture
def choir(place, room):
    """Four Fridays, 19:00 to 21:00, to which the house said yes."""
    series = a_series(room, **place.us)
    approve_series(series.id, by=place.amina)
    db.session.query(OutboxLetter).delete()
    return series


def longer(series, by, first=0, **others):
    return change_series(series.id, FRIDAYS[first], by=by, **LONGER | others)


def periods(series):
    return [each.period for each in queries.bookings_of(series)]


def fridays(*ends):
    return [friday(19, end, weeks=week) for week, end in enumerate(ends)]


def apart(series):
    return [queries.is_exception(series, each) for each in queries.bookings_of(series)]


def letters(person):
    found = db.session.query(OutboxLetter).filter_by(recipient=person.email)
    return [each.template for each in found.order_by(OutboxLetter.created_at)]


def all_is_well():
    assert doctor.claims_and_bookings() == []
    assert doctor.claims_of_changes() == []
    assert doctor.shares() == []
    assert doctor.overlaps() == []


def test_it_is_asked_once_and_every_day_stays_as_it_was_and_keeps_both_places(place, room, choir):
    """Line 4."""
    done = longer(choir, place.bram)

    assert (done.changed, done.question.is_open) == ([], True)
    assert periods(choir) == fridays(21, 21, 21, 21)
    assert {each.status for each in queries.bookings_of(choir)} == {Status.CONFIRMED}
    assert choir.plan.ends_minute == 21 * 60
    for taken in (friday(21, 22, weeks=1), friday(20, 21, weeks=3)):
        with pytest.raises(RoomTaken):
            a_booking(room, taken)
    assert (letters(place.bram), letters(place.amina)) == (
        ["series_change_asked"],
        ["series_change_arrived"],
    )
    [line] = db.session.query(LogEntry).filter_by(verb="series.change_asked")
    assert line.detail == {"count": 4}
    all_is_well()


def test_one_yes_changes_every_day_and_the_plan_at_the_price_that_was_seen(place, choir):
    question = longer(choir, place.bram, first=1).question
    assert sum(each.total_cents for each in queries.days_waiting(question)) == 9000

    approve_change(choir.id, by=place.amina, seen=question.id)

    assert periods(choir) == fridays(21, 22, 22, 22)
    told = [(each.total_cents, each.sequence) for each in queries.bookings_of(choir)]
    assert told == [(2000, 1), (3000, 2), (3000, 2), (3000, 2)]
    assert [plan.ends_minute for plan in choir.plans] == [21 * 60, 22 * 60]
    assert apart(choir) == [False] * 4
    assert letters(place.bram) == ["series_change_asked", "series_change_approved"]
    with pytest.raises(ChangeIsAnswered):
        approve_change(choir.id, by=place.amina, seen=question.id)
    all_is_well()


def test_one_no_has_a_reason_and_every_day_and_the_plan_stay(place, room, choir):
    question = longer(choir, place.bram).question
    with pytest.raises(ReasonMissing):
        refuse_change(choir.id, by=place.amina, reason=" ")

    refuse_change(choir.id, by=place.amina, reason="Quiet at nine.", kind="other", seen=question.id)

    assert question.status == ChangeStatus.REFUSED
    assert periods(choir) == fridays(21, 21, 21, 21)
    assert (apart(choir), len(choir.plans)) == ([False] * 4, 1)
    assert letters(place.bram) == ["series_change_asked", "series_change_refused"]
    assert a_booking(room, friday(21.5, 23)).id
    all_is_well()


def test_whoever_asked_takes_it_back_at_once(place, room, choir):
    question = longer(choir, place.bram).question

    withdraw_change(choir.id, by=place.bram)

    assert question.status == ChangeStatus.WITHDRAWN
    assert letters(place.amina) == ["series_change_arrived", "series_change_withdrawn"]
    assert a_booking(room, friday(21.5, 23)).id
    with pytest.raises(ChangeIsAnswered):
        approve_change(choir.id, by=place.amina)
    all_is_well()


def test_asking_the_same_twice_asks_once_and_something_else_takes_its_place(place, room, choir):
    first = longer(choir, place.bram).question
    again = longer(choir, place.bram).question
    other = longer(choir, place.bram, first=2, ends_minute=23 * 60).question

    assert (first.id, first.status) == (again.id, ChangeStatus.WITHDRAWN)
    assert [each.booking.series_day for each in queries.days_waiting(other)] == FRIDAYS[2:4]
    assert letters(place.amina) == ["series_change_arrived"] * 2
    assert a_booking(room, friday(21.5, 23)).id
    all_is_well()


def test_a_day_that_somebody_has_by_now_is_named_and_nothing_changes(place, room, choir):
    """Lines 3 and 10: in a house whose requests hold no place."""
    place.venue.requests_occupy = False
    db.session.commit()
    question = longer(choir, place.bram).question
    a_confirmed_booking(room, friday(21.5, 23, weeks=2))

    with pytest.raises(DaysInTheWay) as refused:
        approve_change(choir.id, by=place.amina)

    assert [each.day for each in refused.value.days] == [FRIDAYS[2]]
    assert periods(choir) == fridays(21, 21, 21, 21)
    assert question.is_open
    all_is_well()


def test_a_day_that_drops_out_stays_as_it_is_and_is_apart_after_the_yes(place, choir):
    first, second, third, _ = queries.bookings_of(choir)
    longer(choir, place.bram)
    asked = {each.booking_id: each for each in db.session.query(ChangeRequest)}
    changes.withdraw(asked[first.id].id, by=place.bram)
    changes.refuse(asked[second.id].id, by=place.amina, reason="Then there is a party.")
    cancel(third.id, by=place.bram)

    approve_change(choir.id, by=place.amina)

    assert periods(choir) == fridays(21, 21, 21, 22)
    assert apart(choir) == [True, True, True, False]
    assert actions.add_day(choir.id, FRIDAYS[2], by=place.amina).period == friday(19, 22, weeks=2)
    all_is_well()


def test_the_question_ends_with_the_last_of_its_days(place, choir):
    question = longer(choir, place.bram, first=2).question
    asked = db.session.query(ChangeRequest).order_by(ChangeRequest.id).all()

    changes.withdraw(asked[0].id, by=place.bram)
    assert question.is_open
    cancel_series(choir.id, FRIDAYS[3], by=place.bram)

    assert question.status == ChangeStatus.WITHDRAWN
    assert choir.plan.ends_minute == 21 * 60
    all_is_well()


def test_yes_is_said_to_all_days_together(place, choir):
    longer(choir, place.bram)
    [asked, *_] = db.session.query(ChangeRequest)

    with pytest.raises(AskedTogether):
        changes.approve(asked.id, by=place.amina)

    assert periods(choir) == fridays(21, 21, 21, 21)


def test_days_that_need_no_yes_change_at_once_and_are_not_apart_meanwhile(place, choir):
    """Two days wait for the house still: they change and go on waiting."""
    more = actions.extend_series(choir.id, FRIDAYS[5], by=place.bram)

    done = longer(choir, place.bram)

    assert [each.id for each in done.changed] == [each.id for each in more]
    assert periods(choir) == fridays(21, 21, 21, 21, 22, 22)
    assert apart(choir) == [False] * 6
    assert len(queries.days_waiting(done.question)) == 4
    refuse_change(choir.id, by=place.amina, reason="No")
    assert apart(choir) == [False] * 4 + [True] * 2
    all_is_well()


def test_days_that_begin_without_an_answer_stay_and_the_others_go_on_waiting(place, choir):
    question = longer(choir, place.bram).question

    for week in range(2):
        with time_machine.travel(friday(19, 21, weeks=week).start, tick=False):
            assert changes.expire_changes() == 1
            assert question.is_open
    assert letters(place.bram) == ["series_change_asked", "series_change_expired"]

    with time_machine.travel(friday(20, 21, weeks=1).start, tick=False):
        approve_change(choir.id, by=place.amina)
    assert periods(choir) == fridays(21, 21, 22, 22)
    assert apart(choir) == [False] * 4
    all_is_well()


def test_what_nobody_answers_is_over_with_its_last_day(place, choir):
    question = longer(choir, place.bram, first=2).question

    with time_machine.travel(friday(19, 21, weeks=9).start, tick=False):
        with pytest.raises(ChangeIsAnswered):
            approve_change(choir.id, by=place.amina)
        assert changes.expire_changes() == 2

    assert question.status == ChangeStatus.EXPIRED
    assert letters(place.bram) == ["series_change_asked", "series_change_expired"]
    all_is_well()


def test_it_is_one_question_wherever_questions_are_counted(place, choir):
    longer(choir, place.bram)
    a_series(a_room(place.venue), **place.us)

    now = clock.now()
    assert inbox.waiting_count(place.amina) == 2
    assert [each.change is None for each in unanswered(place.venue, since=now, now=now)] == [
        False,
        True,
    ] or len(unanswered(place.venue, since=now, now=now)) == 2
    db.session.query(OutboxLetter).delete()
    with time_machine.travel(now + timedelta(hours=145), tick=False):
        assert tell_of_overdue() == 2
        assert tell_of_overdue() == 0
    [letter] = db.session.query(OutboxLetter).filter_by(template="answers_overdue")
    assert len(letter.facts["waiting"]) == 2


def test_a_price_that_was_not_seen_asks_nothing(place, choir):
    with pytest.raises(PriceChanged):
        longer(choir, place.bram, seen_total=1)

    assert db.session.query(ChangeRequest).count() == 0


def test_only_the_house_answers_and_only_the_group_or_the_house_takes_back(place, choir):
    longer(choir, place.bram)
    dirk = a_person("Dirk")

    for by, refusal in ((place.bram, NotAllowed), (dirk, NotFound)):
        with pytest.raises(refusal):
            approve_change(choir.id, by=by)
        with pytest.raises(refusal):
            refuse_change(choir.id, by=by, reason="No")
    with pytest.raises(NotFound):
        withdraw_change(choir.id, by=dirk)


def test_a_year_is_asked_answered_and_taken_back_in_few_statements(place, room):
    counts = []
    for weeks in (2, 52):
        series = a_series(room, f"FREQ=WEEKLY;COUNT={weeks}", **place.us)
        approve_series(series.id, by=place.amina)
        sent = []
        for verb, more in (
            (longer, {"by": place.bram}),
            (withdraw_change, {"by": place.bram}),
            (longer, {"by": place.bram}),
            (approve_change, {"by": place.amina}),
            (cancel_series, {"from_day": FRIDAYS[0], "by": place.bram}),
        ):
            db.session.expunge_all()
            with statements() as seen:
                verb(series if verb is longer else series.id, **more)
            sent.append(len(seen))
        counts.append(sent)

    assert counts[0] == counts[1]
    assert max(counts[1]) <= 60
    assert db.session.query(Occupancy).count() == 0


def test_a_yes_to_a_change_is_taken_back_for_all_days_and_the_plan(place, room, choir):
    question = longer(choir, place.bram, first=1).question
    with pytest.raises(AnswerHasLeft):
        take_back(choir.id, by=place.amina)
    approve_change(choir.id, by=place.amina, lies_for=TIME_TO_THINK)
    first = queries.bookings_of(choir)[1]
    assert (periods(choir)[1], first.total_cents) == (friday(19, 22, weeks=1), 3000)

    take_back(choir.id, by=place.amina)

    assert periods(choir) == fridays(21, 21, 21, 21)
    assert (first.total_cents, [plan.ends_minute for plan in choir.plans]) == (2000, [21 * 60])
    assert choir.asked.id == question.id
    assert letters(place.bram) == ["series_change_asked"]
    with pytest.raises(RoomTaken):
        a_booking(room, friday(21, 22, weeks=1))
    all_is_well()
    approve_change(choir.id, by=place.amina)
    assert periods(choir) == fridays(21, 22, 22, 22)
    with pytest.raises(AnswerHasLeft):
        take_back(choir.id, by=place.amina)
    all_is_well()


def test_a_no_to_a_change_is_taken_back_and_waits_again(place, choir):
    longer(choir, place.bram)
    refuse_change(choir.id, by=place.amina, reason="No", lies_for=TIME_TO_THINK)

    take_back(choir.id, by=place.amina)

    assert choir.asked is not None
    assert letters(place.bram) == ["series_change_asked"]
    all_is_well()


@pytest.mark.parametrize("what", ["late", "one day cancelled"])
def test_what_happened_since_or_two_minutes_end_the_time_to_think_of_all_days(place, choir, what):
    longer(choir, place.bram)
    approve_change(choir.id, by=place.amina, lies_for=TIME_TO_THINK)
    now = clock.now()
    if what == "late":
        now += TIME_TO_THINK
    else:
        cancel(queries.bookings_of(choir)[2].id, by=place.bram)
    with time_machine.travel(now, tick=False), pytest.raises(AnswerHasLeft):
        take_back(choir.id, by=place.amina)
    assert "series_change_approved" in letters(place.bram)
    all_is_well()


def test_a_yes_into_a_room_that_is_lent_no_more_is_refused_for_all_days(place, choir):
    attic = a_room(place.venue, name="Attic", capacity=40)
    change_series(choir.id, FRIDAYS[0], by=place.bram, room=attic)
    attic.retired_at = clock.now()
    db.session.commit()

    with pytest.raises(RoomRetired):
        approve_change(choir.id, by=place.amina)

    assert "Attic" in asked_of(choir).stops
    assert periods(choir) == fridays(21, 21, 21, 21)
    refuse_change(choir.id, by=place.amina, reason="Gone")
    all_is_well()
