"""A proposal for the roster keeps every hard rule, is as good as can be, and says so."""

import os
from collections import Counter
from dataclasses import replace

from buurthuis.roster.proposing.apart import propose_apart
from buurthuis.roster.proposing.asking import instance_of
from buurthuis.roster.proposing.model import Instance
from buurthuis.roster.proposing.solve import propose
from tests.roster.proposing_small import (
    WISHES,
    all_ways,
    anybody,
    costs,
    evening,
    number_of_ways,
    small,
)
from tests.roster.proposing_towns import asked_of, town
from tests.roster.validator import broken

IS_DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
TOWNS = 1000 if IS_DEEP else 40
SMALL = 400 if IS_DEEP else 30
MOST_WAYS = 100_000 if IS_DEEP else 4000


def test_a_proposal_breaks_no_hard_rule_in_any_town() -> None:
    proposed = 0
    for seed in range(TOWNS):
        found = town(seed)
        proposal = propose(instance_of(asked_of(found)))
        assert broken(found, proposal) == [], f"town {seed}"
        assert proposal.quality.is_proven, f"town {seed}"
        proposed += len(proposal.holders)
    assert proposed > 3 * TOWNS


def test_planning_anew_breaks_no_hard_rule_either_and_moves_nobody_for_less() -> None:
    for seed in range(0, TOWNS, 4):
        found = town(seed)
        before = propose(instance_of(asked_of(found))).holders
        ill = max(before.values(), default=0)
        found.people = [person for person in found.people if person.id != ill]
        for person in found.people:
            person.mentors = {house: who for house, who in person.mentors.items() if who != ill}
        found.standing = {shift: holder for shift, holder in before.items() if holder != ill}
        instance = instance_of(asked_of(found))
        after = propose(instance)
        assert broken(found, after) == [], f"town {seed}"
        if cover_of(instance) == cover_of(keeping_all(instance)):
            assert after.moved == (), f"town {seed}"


def keeping_all(instance: Instance) -> Instance:
    """The same where everybody can only do what they have."""
    has = instance.standing
    people = [
        replace(each, may=frozenset(id_ for id_ in each.may if has.get(id_) == each.id))
        for each in instance.people
    ]
    return replace(instance, people=tuple(people))


def cover_of(instance: Instance) -> int:
    return sum(stage.cost for stage in propose(instance).quality.stages if stage.name == "cover")


def test_nothing_better_exists_in_towns_small_enough_to_try_everything() -> None:
    for seed in range(SMALL):
        instance = small(seed)
        if number_of_ways(instance) > MOST_WAYS:
            continue
        quality = propose(instance).quality
        best = min(costs(instance, way) for way in all_ways(instance))
        found = {stage.name: stage.cost for stage in quality.stages}
        assert tuple(found.get(name, 0) for name in WISHES) == best, f"town {seed}"
        assert quality.is_proven


def test_the_same_question_gets_the_same_answer() -> None:
    asked = asked_of(town(7))
    other_way_round = replace(asked, people=list(reversed(asked.people)), wanted=asked.wanted[::-1])
    assert propose_apart(instance_of(asked)) == propose(instance_of(asked))
    one, other = (propose(instance_of(each)) for each in (asked, other_way_round))
    assert one.holders == other.holders


def test_without_shifts_or_without_people_nothing_is_proposed_and_nothing_fails() -> None:
    shifts = evening(1, 0)
    nobody = propose(Instance(tuple(shifts), ()))
    assert nobody.holders == {}
    assert nobody.nobody_can == nobody.uncovered == ("1-open-0-0", "1-close-0-0")
    assert propose(Instance((), (anybody(1, shifts),))).quality.is_proven


def test_what_nobody_can_do_is_known_apart_from_what_is_left_over() -> None:
    shifts = [*evening(1, 0), *evening(2, 1)]
    amina = anybody(1, shifts[:3], most_a_week=2)
    proposal = propose(Instance(tuple(shifts), (amina,)))
    assert proposal.nobody_can == ("2-close-0-0",)
    assert len(proposal.holders) == 2
    assert set(proposal.uncovered) > set(proposal.nobody_can)


def test_who_offered_twice_as_much_does_twice_as_much() -> None:
    shifts = [each for day in range(3) for each in evening(day + 1, day)]
    amina = anybody(1, shifts, most_a_week=6, offered=8)
    bram = anybody(2, shifts, most_a_week=6, offered=4)
    proposal = propose(Instance(tuple(shifts), (amina, bram)))
    assert Counter(proposal.holders.values()) == {1: 4, 2: 2}


def test_who_did_much_in_the_last_weeks_does_less_now() -> None:
    shifts = [each for day in range(3) for each in evening(day + 1, day)]
    amina = anybody(1, shifts, most_a_week=6, offered=10, done=5)
    bram = anybody(2, shifts, most_a_week=6, offered=10, done=1)
    proposal = propose(Instance(tuple(shifts), (amina, bram)))
    assert Counter(proposal.holders.values()) == {1: 1, 2: 5}


def test_who_opens_also_closes_and_stays_in_one_house() -> None:
    shifts = [*evening(1, 0, house=1), *evening(2, 0, house=2)]
    people = tuple(anybody(number, shifts, most_a_week=2) for number in (1, 2))
    holders = propose(Instance(tuple(shifts), people)).holders
    assert holders["1-open-0-0"] == holders["1-close-0-0"]
    assert holders["2-open-0-0"] == holders["2-close-0-0"]


def test_after_a_drop_out_as_few_others_as_possible_move() -> None:
    shifts = [each for day in range(4) for each in evening(day + 1, day)]
    people = [anybody(number, shifts, most_a_week=3) for number in (1, 2, 3)]
    before = propose(Instance(tuple(shifts), tuple(people))).holders
    ill = people[0].id
    others = tuple(person for person in people if person.id != ill)
    left = {each: holder for each, holder in before.items() if holder != ill}
    after = propose(Instance(tuple(shifts), others, standing=left))
    assert after.moved == ()
    assert all(after.holders[each] == holder for each, holder in left.items())


def test_somebody_moves_when_only_that_covers_everything_and_it_is_said() -> None:
    monday, tuesday = evening(1, 0)[0], evening(2, 1)[0]
    bram = anybody(2, [monday, tuesday], most_a_week=1)
    chandra = anybody(3, [tuesday], most_a_week=1)
    standing = {tuesday.id: bram.id}
    proposal = propose(Instance((monday, tuesday), (bram, chandra), standing=standing))
    assert proposal.holders == {monday.id: bram.id, tuesday.id: chandra.id}
    assert proposal.moved == (tuesday.id,)


def test_why_somebody_has_a_shift_is_told_in_facts() -> None:
    shifts = evening(1, 0)
    amina = anybody(
        1, shifts, gladly=frozenset({shifts[0].id}), likes_to_close=True, offered=4, done=0
    )
    why = propose(Instance(tuple(shifts), (amina,))).why
    opens, closes = why[shifts[0].id], why[shifts[1].id]
    assert (opens.gladly, opens.likes_kind, closes.gladly, closes.likes_kind) == (
        True,
        False,
        False,
        True,
    )
    assert opens.other_end
    assert (opens.done, opens.offered, opens.others) == (2, 4, 0)
