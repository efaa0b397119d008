"""Two people swap shifts, or one stands in for the other: both say yes, and it is looked at again then."""

import pytest
import time_machine

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.roster.cover import actions as cover
from buurthuis.roster.cover.models import CoverCall, Outcome, Swap, SwapState
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.duties.mine_queries import what_may_be_swapped
from buurthuis.roster.duties.refusals import (
    AskedAlready,
    MayNotDo,
    NotYours,
    ShiftOver,
    SwapOver,
)
from buurthuis.roster.keys.models import KeyIssue, KeyState
from buurthuis.roster.swaps import actions as swaps
from tests.accounts.mailbox import letters_to
from tests.builders import a_booking, a_person, friday
from tests.roster.conftest import willing
from tests.roster.key_people import a_key_holder
from tests.roster.shifts import shifts_of, templates, the

NEXT_WEEK = friday(0, 24, weeks=1)


@pytest.fixture
def mine(house, evening, amina):
    return duties.take(the("open", house).id, by=amina)


@pytest.fixture
def theirs(house, hall, bram):
    a_booking(hall, friday(19, 21, weeks=1))
    return duties.take(the("open", house, NEXT_WEEK).id, by=bram)


def holders(house):
    return {
        day: next(each.holder.person.name for each in shifts_of(house, when) if each.holder)
        for day, when in (("friday", friday(0, 24)), ("next", NEXT_WEEK))
    }


def test_with_both_consents_two_shifts_change_hands(house, mine, theirs, amina, bram):
    swap = swaps.offer(mine.id, bram, by=amina, for_duty=theirs.id)
    assert holders(house) == {"friday": "Amina", "next": "Bram"}
    assert templates(bram) == ["swap_asked"]
    with pytest.raises(AskedAlready):
        swaps.offer(mine.id, bram, by=amina)
    with pytest.raises(NotFound):
        swaps.say_yes(swap.id, by=amina)

    swaps.say_yes(swap.id, by=bram)

    assert swaps.say_yes(swap.id, by=bram).state == SwapState.AGREED
    assert holders(house) == {"friday": "Bram", "next": "Amina"}
    assert templates(amina) == ["swap_answered"]


def test_a_stand_in_is_asked_by_name_and_ends_the_call(house, mine, amina, bram):
    cover.look_for_another(mine.id, by=amina)
    swap = swaps.offer(mine.id, bram, by=amina)
    swaps.say_yes(swap.id, by=bram)

    assert the("open", house).holder.person == bram
    assert db.session.query(CoverCall).one().outcome == Outcome.COVERED


def test_a_no_leaves_everything_as_it_is(house, mine, theirs, amina, bram):
    swap = swaps.offer(mine.id, bram, by=amina, for_duty=theirs.id)
    swaps.say_no(swap.id, by=bram)

    with pytest.raises(SwapOver):
        swaps.say_yes(swap.id, by=bram)
    assert holders(house) == {"friday": "Amina", "next": "Bram"}
    assert letters_said(amina) == [False]


def letters_said(person):
    return [letter.facts["is_yes"] for letter in letters_to(person.email)]


def test_what_was_asked_can_be_withdrawn(mine, theirs, amina, bram):
    swap = swaps.offer(mine.id, bram, by=amina)
    with pytest.raises(NotFound):
        swaps.withdraw(swap.id, by=bram)
    swaps.withdraw(swap.id, by=amina)

    assert swap.state == SwapState.WITHDRAWN
    with pytest.raises(SwapOver):
        swaps.say_yes(swap.id, by=bram)


def test_nobody_without_a_key_is_offered_a_shift(house, mine, theirs, amina):
    keyless = a_key_holder(house, "Keyless")
    with pytest.raises(MayNotDo) as refused:
        swaps.offer(mine.id, keyless, by=amina)
    assert refused.value.name == "Keyless"
    for person in (a_person("Dirk"), amina):
        with pytest.raises((NotFound, MayNotDo)):
            swaps.offer(mine.id, person, by=amina)
    with pytest.raises(NotFound):
        swaps.offer(theirs.id, keyless, by=amina)
    assert db.session.query(Swap).count() == 0


def test_a_key_that_is_handed_in_meanwhile_counts_at_the_yes(house, mine, theirs, amina, bram):
    swap = swaps.offer(mine.id, bram, by=amina, for_duty=theirs.id)
    issue = db.session.query(KeyIssue).filter_by(person_id=bram.id).one()
    issue.lost_at, issue.key.state = clock.now(), KeyState.LOST
    db.session.commit()

    with pytest.raises(MayNotDo):
        swaps.say_yes(swap.id, by=bram)
    assert holders(house) == {"friday": "Amina", "next": "Bram"}


def test_a_shift_that_was_dropped_meanwhile_ends_the_question(mine, theirs, amina, bram):
    swap = swaps.offer(mine.id, bram, by=amina, for_duty=theirs.id)
    duties.drop(theirs.id, by=bram)

    assert swap.state == SwapState.OVER
    with pytest.raises(SwapOver):
        swaps.say_yes(swap.id, by=bram)
    duties.drop(mine.id, by=amina)
    with pytest.raises(NotYours):
        swaps.offer(mine.id, bram, by=amina)


def test_what_has_begun_is_not_swapped(mine, amina, bram):
    with time_machine.travel(mine.starts_at, tick=False), pytest.raises(ShiftOver):
        swaps.offer(mine.id, bram, by=amina)


def test_only_what_both_may_do_is_on_the_list(house, lock, mine, theirs, amina, bram):
    a_key_holder(house, "Keyless")
    willing(house, lock, "Carla")

    stand_ins, others = what_may_be_swapped(mine, clock.now())

    assert [(each.name, doubts) for each, doubts in stand_ins] == [("Bram", []), ("Carla", [])]
    assert [(who.name, shift.holder) for who, shift in others] == [("Bram", theirs)]
