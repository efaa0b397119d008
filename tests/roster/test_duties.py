"""Taking a shift, putting somebody on it, dropping it, and taking a tap back."""

from datetime import timedelta

import pytest
import time_machine
from flask_babel import force_locale

from buurthuis.accounts.models import RoleName
from buurthuis.foundation import clock, outbox
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound, sentence_of
from buurthuis.foundation.logbook import LogEntry
from buurthuis.roster.cover.models import CoverAsk, CoverCall, Outcome, RosterCall, SwapState
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.duties import undoing
from buurthuis.roster.duties.refusals import (
    MayNotDo,
    NobodyToBackUp,
    NothingToLearn,
    NotWhatTheyOffered,
    NotYours,
    ShiftOver,
    ShiftTaken,
    TooLateToUndo,
)
from buurthuis.roster.keys import actions as key_actions
from buurthuis.roster.keys.models import KeyIssue
from buurthuis.roster.models import Chosen, Duty, DutyStatus
from buurthuis.roster.reading import shift_by_id
from buurthuis.roster.swaps import actions as swaps
from buurthuis.rules.eligibility import Hindrance
from buurthuis.rules.shifts import Part
from buurthuis.venues.models import Approval
from tests.accounts.mailbox import letters_to
from tests.builders import a_booking, a_manager, a_person, a_role, a_room, a_venue, friday
from tests.roster.conftest import willing
from tests.roster.key_people import (
    a_duty,
    a_key_holder,
    a_learner,
    is_trained,
)
from tests.roster.shifts import shifts_of, templates, the

MINUTE = timedelta(minutes=1)


def in_english(refusal):
    """What somebody reads who chose English."""
    with force_locale("en"):
        return sentence_of(refusal)


def test_amina_takes_a_shift_and_it_is_hers(house, evening, amina):
    shift = the("open", house)

    duty = duties.take(shift.id, by=amina)

    assert the("open", house).holder == duty
    assert (duty.status, duty.chosen, duty.part) == ("taken", "self", "holder")
    assert (duty.starts_at, duty.ends_at) == (shift.period.start, shift.period.end)
    assert [each.booking_id for each in duty.bookings] == [evening.id]
    assert duties.take(shift.id, by=amina) == duty
    [entry] = db.session.query(LogEntry).filter_by(verb="duty.taken")
    assert (entry.actor_id, entry.venue_id, entry.subject_id) == (amina.id, house.id, duty.id)


def test_who_is_second_hears_that_it_is_taken(house, evening, amina, bram):
    shift = the("open", house)
    duties.take(shift.id, by=amina)

    with pytest.raises(ShiftTaken):
        duties.take(shift.id, by=bram)


def test_nobody_takes_a_shift_without_a_key_or_from_outside(house, lock, evening):
    shift, keyless = the("open", house), a_key_holder(house, "Kees")

    with pytest.raises(MayNotDo) as refused:
        duties.take(shift.id, by=keyless)
    assert refused.value.why == [Hindrance.NO_KEY]
    assert "Ask its coordinator for one" in in_english(refused.value)
    for outsider in (a_person("Dirk"), a_key_holder(a_venue(), "Els")):
        with pytest.raises(NotFound):
            duties.take(shift.id, by=outsider)
    for name in ("nothing", "1-open-0-1", f"{evening.id}-open-0-99999999999999999999"):
        with pytest.raises(NotFound):
            duties.take(name, by=keyless)
    assert db.session.query(Duty).count() == 0


def test_one_person_opens_and_closes_but_is_not_in_two_houses_at_once(house, evening, amina):
    elsewhere = a_venue()
    a_booking(a_room(elsewhere, approval=Approval.ALWAYS), friday(19, 20))
    a_role(amina, RoleName.KEY_HOLDER, elsewhere)
    is_trained(amina, elsewhere)
    for kind in ("open", "close"):
        duties.take(the(kind, house).id, by=amina)

    with pytest.raises(MayNotDo) as refused:
        duties.take(the("open", elsewhere).id, by=amina)
    assert refused.value.why == [Hindrance.OVERLAP]


def test_what_is_over_can_be_taken_no_more(house, evening, amina):
    shift = the("open", house)
    with time_machine.travel(shift.period.end, tick=False), pytest.raises(ShiftOver):
        duties.take(shift.id, by=amina)


def test_a_choice_goes_before_a_proposal_that_nobody_knows(house, evening, amina, bram):
    shift = the("open", house)
    draft = a_duty(bram, house, evening.id, shift.period, status=DutyStatus.PROPOSED)
    assert shift_by_id(shift.id, clock.now(), drafts=True).holder == draft

    duties.take(shift.id, by=amina)

    assert draft.status == DutyStatus.DROPPED
    assert the("open", house).holder.person == amina
    assert templates(bram) == []


def test_a_back_up_stands_by_and_a_learner_comes_along(house, lock, evening, amina, bram):
    lena, shift = a_learner(house, amina), the("open", house)
    with pytest.raises(NobodyToBackUp):
        duties.take(shift.id, by=bram, part=Part.BACKUP)
    duties.take(shift.id, by=amina)
    with pytest.raises(NothingToLearn):
        duties.take(shift.id, by=bram, part=Part.LEARNER)

    duties.take(shift.id, by=bram, part=Part.BACKUP)
    duties.take(shift.id, by=lena, part=Part.LEARNER)

    now_is = the("open", house)
    assert (now_is.backup.person, now_is.learners[0].person) == (bram, lena)
    with pytest.raises(MayNotDo):
        duties.take(the("close", house).id, by=lena)


def test_the_coordinator_puts_somebody_who_hears_of_it(house, lock, evening, nadia, amina):
    carla = a_key_holder(house, "Carla", lock=lock)
    shift = the("open", house)
    with pytest.raises(NotWhatTheyOffered) as doubt:
        duties.give(shift.id, carla, by=nadia)
    assert "outside the times of Carla" in in_english(doubt.value)

    duty = duties.give(shift.id, carla, by=nadia, though_it_does_not_suit=True)

    assert (duty.person, duty.chosen) == (carla, Chosen.COORDINATOR)
    [letter] = letters_to(carla.email)
    assert (letter.template, letter.facts["by_name"]) == ("shift_given", "Nadia")
    with pytest.raises(NotAllowed):
        duties.give(the("close", house).id, carla, by=amina)
    keyless = a_key_holder(house, "Kees")
    with pytest.raises(MayNotDo) as never:
        duties.give(the("close", house).id, keyless, by=nadia, though_it_does_not_suit=True)
    assert "Kees has no key" in in_english(never.value)


def test_who_drops_a_shift_makes_room_and_others_are_asked(house, evening, amina, bram):
    duty = duties.take(the("open", house).id, by=amina)
    with time_machine.travel(duty.starts_at - timedelta(hours=3), tick=False):
        duties.drop(duty.id, by=amina, reason="Ziek")

        assert the("open", house).holder is None
        [letter] = letters_to(bram.email)
        assert (letter.template, letter.due_at) == ("cover_asked", clock.now() + 2 * MINUTE)
        assert "Ziek" not in str(letter.facts)
        assert letters_to(amina.email) == []
        with pytest.raises(NotYours):
            duties.drop(duty.id, by=amina)
        told = db.session.query(LogEntry).filter_by(subject_id=duty.id).order_by(LogEntry.id)
        assert [entry.verb for entry in told][-2:] == ["duty.dropped", "cover.asked"]


def test_only_its_holder_and_the_coordinator_drop_a_shift(house, evening, amina, bram, nadia):
    duty = duties.take(the("open", house).id, by=amina)
    for nobody in (bram, a_person("Dirk")):
        with pytest.raises(NotFound):
            duties.drop(duty.id, by=nobody)

    duties.drop(duty.id, by=nadia)

    assert templates(amina) == ["shift_taken_off"]


def test_a_shift_that_was_just_taken_goes_back_as_if_nothing_happened(house, evening, amina):
    duty = duties.take(the("open", house).id, by=amina)
    undoing.undo(duty.id, by=amina)

    assert the("open", house).holder is None
    assert db.session.query(CoverCall).count() == 0


def test_a_shift_that_was_just_dropped_is_taken_up_again_and_nobody_hears(
    house, evening, amina, bram
):
    lena, shift = a_learner(house, amina), the("open", house)
    duty = duties.take(shift.id, by=amina)
    duties.take(shift.id, by=lena, part=Part.LEARNER)
    with time_machine.travel(duty.starts_at - timedelta(hours=3), tick=False):
        duties.drop(duty.id, by=amina)
        assert templates(bram) == ["cover_asked"]
        assert templates(lena) == ["shift_taken_off"]

        undoing.undo(duty.id, by=amina)

    now_is = the("open", house)
    assert (now_is.holder, now_is.learners[0].person) == (duty, lena)
    assert templates(bram) == templates(lena) == []
    assert db.session.query(CoverCall).one().outcome == Outcome.WITHDRAWN
    assert db.session.query(CoverAsk).count() == 0


def test_after_two_minutes_nothing_is_undone(house, evening, amina):
    duty = duties.take(the("open", house).id, by=amina)
    with time_machine.travel(clock.now() + 2 * MINUTE, tick=False):
        with pytest.raises(TooLateToUndo):
            undoing.undo(duty.id, by=amina)
        assert not undoing.can_be_undone(duty, amina, clock.now())


def test_what_somebody_else_took_meanwhile_is_not_taken_back(house, evening, amina, bram):
    duty = duties.take(the("open", house).id, by=amina)
    duties.drop(duty.id, by=amina)
    duties.take(the("open", house).id, by=bram)

    with pytest.raises(ShiftTaken):
        undoing.undo(duty.id, by=amina)


def test_a_shift_has_a_free_name_where_an_older_promise_still_carries_it(
    house, evening, amina, bram
):
    a_manager(house)
    duty = duties.take(the("open", house).id, by=amina)
    duty.watch = 1  # As if the house had divided the evening otherwise.
    db.session.commit()

    duties.drop(duty.id, by=amina)
    taken = duties.take(the("open", house).id, by=bram)

    assert taken.watch == 0
    assert [each.holder for each in shifts_of(house)] == [taken, None]


def test_undoing_twice_changes_nothing(house, evening, amina):
    duty = duties.take(the("open", house).id, by=amina)
    undoing.undo(duty.id, by=amina)
    undoing.undo(duty.id, by=amina)
    assert the("open", house).holder is None
    assert not undoing.can_be_undone(duty, amina, clock.now())

    again = duties.take(the("open", house).id, by=amina)
    duties.drop(again.id, by=amina)
    undoing.undo(again.id, by=amina)
    undoing.undo(again.id, by=amina)
    assert the("open", house).holder == again


def test_only_who_tapped_takes_it_back(house, evening, amina, nadia):
    duty = duties.take(the("open", house).id, by=amina)
    duties.drop(duty.id, by=nadia)
    with pytest.raises(TooLateToUndo):
        undoing.undo(duty.id, by=amina)

    undoing.undo(duty.id, by=nadia)

    assert the("open", house).holder == duty
    assert templates(amina) == []


def test_undoing_gives_no_shift_back_to_who_can_not_do_it_any_more(house, evening, amina, nadia):
    dropped, freed = (duties.take(the(kind, house).id, by=amina) for kind in ("open", "close"))
    duties.drop(dropped.id, by=amina)
    [issue] = db.session.query(KeyIssue).filter_by(person_id=amina.id)
    key_actions.tell_lost(issue.key_id, by=amina)
    assert freed.status == DutyStatus.DROPPED

    with pytest.raises(MayNotDo):
        undoing.undo(dropped.id, by=amina)
    with pytest.raises(TooLateToUndo):
        undoing.undo(freed.id, by=amina)
    assert [each.holder for each in shifts_of(house)] == [None, None]


def test_undoing_takes_back_new_letters_though_older_ones_have_left(house, lock, evening, nadia):
    amina, bram = (willing(house, lock, name) for name in ("Amina", "Bram"))
    lena = a_learner(house, amina)
    lena.email = None
    duty = duties.give(the("open", house).id, amina, by=nadia)
    duties.take(the("open", house).id, by=lena, part=Part.LEARNER)
    swap = swaps.offer(duty.id, bram, by=amina)
    for number in outbox.lease():
        outbox.mark_sent(number)
    with time_machine.travel(duty.starts_at - timedelta(hours=3), tick=False):
        duties.drop(duty.id, by=amina)
        assert templates(bram) == ["swap_asked", "cover_asked"]

        undoing.undo(duty.id, by=amina)

    assert templates(bram) == ["swap_asked"]
    assert db.session.query(RosterCall).count() == 0, "Nobody calls Lena to send her away."
    db.session.refresh(swap)
    assert swap.state == SwapState.ASKED
