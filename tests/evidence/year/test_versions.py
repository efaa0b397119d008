"""Money, words and targets: a new version for each change, the newest counts, none is ever edited."""

from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from buurthuis.evidence.year import actions, queries
from buurthuis.evidence.year.actions import Amount
from buurthuis.evidence.year.models import Target, WordsKind, YearMoney, YearWords
from buurthuis.evidence.year.refusals import NoSource, TooManyWords, WrittenMeanwhile
from buurthuis.evidence.year.versions import history, last_seen, latest
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.rules.figures.spans import year_span
from tests.builders import a_person
from tests.evidence.year.writing import CONTRIBUTION, COSTS, writes_money

STOPS, THANKS = WordsKind.STOPS_WITHOUT, WordsKind.THANKS


def counts(house, kind=COSTS):
    return queries.money_of({house.id}, year_span(2026)).cents[kind]


def numbers(kind):
    return db.session.scalars(select(kind.number).order_by(kind.id)).all()


def test_the_newest_version_counts_and_the_old_one_stays_to_be_read(house, chandra):
    writes_money(house, chandra, housing_costs=100)
    writes_money(house, chandra, housing_costs=200)

    assert counts(house) == 200
    assert [each.cents for each in history(house.id, 2026)] == [200, 100]
    assert numbers(YearMoney) == [1, 2]


def test_what_says_the_same_is_no_new_version(house, chandra):
    assert writes_money(house, chandra, housing_costs=100, contribution=0) == 2
    assert writes_money(house, chandra, housing_costs=100, contribution=0) == 0
    assert writes_money(house, chandra, other_funds=None) == 0
    assert numbers(YearMoney) == [1, 1]


def test_an_amount_that_was_emptied_is_not_known_and_stays_to_be_read(house, chandra):
    writes_money(house, chandra, housing_costs=100)
    writes_money(house, chandra, housing_costs=None)

    assert counts(house) is None
    assert [each.cents for each in history(house.id, 2026)] == [None, 100]


def test_nothing_is_an_amount_too(house, chandra):
    writes_money(house, chandra, contribution=0)

    assert counts(house, CONTRIBUTION) == 0


def test_an_amount_says_where_it_stands(house, chandra):
    with pytest.raises(NoSource):
        actions.write_money(house, 2026, {COSTS: Amount(100)}, by=chandra)


def test_who_comes_second_looks_first(house, chandra, treasurer):
    writes_money(house, chandra, housing_costs=100, seen=0)
    with pytest.raises(WrittenMeanwhile):
        writes_money(house, treasurer, housing_costs=200, seen=0)
    newest = last_seen(latest(YearMoney, house.id, 2026).values())
    writes_money(house, treasurer, housing_costs=200, seen=newest)

    assert counts(house) == 200


def test_an_older_version_can_count_again(house, chandra):
    writes_money(house, chandra, housing_costs=100)
    writes_money(house, chandra, housing_costs=200)
    actions.write_words(house, 2026, {STOPS: "De soep."}, by=chandra)
    actions.set_targets(house, 2026, {"BEZOEK": 10_000}, by=chandra)
    actions.write_words(house, 2026, {STOPS: ""}, by=chandra)
    actions.set_targets(house, 2026, {"BEZOEK": None}, by=chandra)
    assert queries.words_of({house.id}, 2026) == {}
    assert queries.targets_of({house.id}, 2026) == {}

    for old in history(house.id, 2026):
        if old.number == 1:
            actions.write_again(old, by=chandra)

    assert counts(house) == 100
    assert queries.words_of({house.id}, 2026) == {house.id: {STOPS: "De soep."}}
    assert queries.targets_of({house.id}, 2026) == {"BEZOEK": Fraction(1)}
    assert (numbers(YearMoney), numbers(YearWords)) == ([1, 2, 3], [1, 2, 3])


def test_words_fit_on_a_sheet(house, nadia):
    actions.write_words(house, 2026, {STOPS: "soep " * 60, THANKS: "Alle koks."}, by=nadia)
    with pytest.raises(TooManyWords) as refused:
        actions.write_words(house, 2026, {STOPS: "soep " * 61}, by=nadia)

    assert refused.value.facts["words"] == 61
    assert queries.words_of({house.id}, 2026)[house.id][THANKS] == "Alle koks."


def test_who_writes_what(house, chandra, treasurer, nadia):
    dirk = a_person("Dirk")
    writes_money(house, treasurer, housing_costs=1)
    for who, refusal in ((nadia, NotAllowed), (dirk, NotFound)):
        with pytest.raises(refusal):
            writes_money(house, who, housing_costs=2)
    for who, refusal in ((treasurer, NotAllowed), (dirk, NotFound)):
        with pytest.raises(refusal):
            actions.write_words(house, 2026, {STOPS: "x"}, by=who)
    for who, refusal in ((treasurer, NotAllowed), (nadia, NotAllowed), (dirk, NotFound)):
        with pytest.raises(refusal):
            actions.set_targets(house, 2026, {"BEZOEK": 1}, by=who)
    with pytest.raises(NotAllowed):
        actions.write_again(history(house.id, 2026)[0], by=nadia)

    assert counts(house) == 1


def test_only_the_board_of_all_sets_a_target_for_all(house, elsewhere, chandra, board_of_all):
    with pytest.raises(NotAllowed):
        actions.set_targets(None, 2026, {"BEZOEK": 1}, by=chandra)
    actions.set_targets(None, 2026, {"BEZOEK": 20_000}, by=board_of_all)
    actions.write_again(history(None, 2026)[0], by=board_of_all)

    assert queries.targets_of({house.id, elsewhere.id}, 2026) == {"BEZOEK": Fraction(2)}
    assert numbers(Target) == [1]  # It says the same, so it is no new version.


def test_the_logbook_tells_of_each_version(house, chandra):
    writes_money(house, chandra, housing_costs=100)
    writes_money(house, chandra, housing_costs=100)
    entry = db.session.scalars(select(LogEntry).where(LogEntry.verb == "year_money.written")).one()

    assert (entry.actor_id, entry.venue_id) == (chandra.id, house.id)
    assert entry.detail == {"about": "housing_costs", "version": 1}


@pytest.mark.parametrize(
    "facts",
    [
        {"cents": -1},
        {"cents": 1, "source": ""},
        {"year": 1999},
        {"year": 2101},
        {"number": 0},
    ],
)
def test_the_database_refuses_money_that_makes_no_sense(house, facts):
    told = {"venue_id": house.id, "year": 2026, "kind": COSTS, "source": "x", "number": 1}
    db.session.add(YearMoney(**{**told, "cents": 1, "made_at": clock.now(), **facts}))

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("place", ["house", None])
def test_the_database_keeps_one_target_of_each_number(house, place):
    told = {"venue_id": house.id if place else None, "year": 2026, "code": "BEZOEK", "number": 1}
    for parts in (1, 2):
        db.session.add(Target(**told, parts=parts, made_at=clock.now()))

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_database_refuses_words_that_do_not_fit(house):
    told = {"venue_id": house.id, "year": 2026, "kind": STOPS, "number": 1}
    db.session.add(YearWords(**told, text="x" * 601, made_at=clock.now()))

    with pytest.raises(Exception, match=r"length|too long"):
        db.session.flush()
    db.session.rollback()
