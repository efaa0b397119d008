"""A manager enters what cancelling costs by page: the published rules, for everybody or one kind."""

import pytest

from buurthuis.imports import house_file
from buurthuis.imports.queries import house_of
from buurthuis.venues.queries import venue_by_slug
from tests.bookings.owed.test_published_houses import PUBLISHED

PAGE = "/prices/cancelling"
FROM = {
    "decided_on": "2026-02-20",
    "decided_by": "Bewonersvergadering",
    "valid_from": "2026-03-10",
}
BY_PAGE = {
    "stolp": {
        **{f"notice_{row}": str(4 - row) for row in range(4)},
        **{f"unit_{row}": "weeks" for row in range(4)},
        **{f"due_{row}": str(25 * row) for row in range(4)},
        "late": "100",
        "unused": "100",
    },
    "erker": {
        "notice_0": "7",
        "unit_0": "days",
        "due_0": "10",
        "notice_1": "2",
        "unit_1": "days",
        "due_1": "50",
        "late": "75",
        "begun": "100",
        "unused": "100",
    },
    "bolder": {"notice_0": "14", "due_0": "0", "late": "100", "unused": "100"},
}


def cards():
    return house_of(venue_by_slug("de-meevaart")).rate_cards


@pytest.mark.parametrize("published", BY_PAGE)
def test_the_published_rules_are_entered_by_page(house, published):
    house.fill_in(PAGE, **FROM, **BY_PAGE[published])

    before, card = cards()
    (policy,) = house_file.load(PUBLISHED / f"{published}.toml").rate_cards[0].policies
    assert (before.policies, card.policies) == ((), (policy,))
    assert card.rates == before.rates


def test_one_kind_of_group_has_rules_and_a_deposit_of_its_own(house):
    house.fill_in(PAGE, **FROM, late="100")
    house.fill_in(f"{PAGE}?for=private", **FROM, late="12,5", unused="50", times="3", deposit="75")

    policies = {each.kind: each.rule for each in cards()[-1].policies}
    assert (policies[None].late_bp, policies["private"].late_bp) == (10000, 1250)
    assert policies["private"].person_decides_after == 3
    deposits = {each.kind: each.deposit_cents for each in cards()[-1].standings}
    assert deposits["private"] == 7500
    told = house.desk.get("/venues/de-meevaart").text + house.get("/prices").text
    assert "Cancelling: always 100%." in told
    assert "After 3 times in a year a person decides." in told
    history = house.desk.get("/venues/de-meevaart/history").text
    assert "deposit: was €0.00, now €75.00." in history


def test_an_empty_form_takes_the_rules_away(house):
    house.fill_in(PAGE, **FROM, **BY_PAGE["bolder"])
    coming = f"{PAGE}?from=2026-03-10"
    assert 'value="2026-03-10"' in house.get(coming).text

    empty = dict.fromkeys(("late", "begun", "unused", "times", "notice_0", "due_0"), "")
    answer = house.fill_in(coming, **{**FROM, "valid_from": "2026-03-11"}, **empty)
    assert answer.status_code == 200, answer.text

    assert [len(card.policies) for card in cards()] == [0, 1, 0]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"notice_0": "2", "due_0": "50", "late": "20"}, "Less time may never cost less."),
        ({"notice_0": "2", "late": "20"}, "Write both, or leave both empty."),
        ({"notice_0": "1", "due_0": "0", "notice_1": "2", "due_1": "0"}, "the most time first"),
        ({"late": "900"}, "Write a number such as 12.50, of at most 100."),
        ({"times": "1e999"}, "Write a number from 0 to 100."),
        ({"unit_0": "moons"}, "Choose one from the list."),
    ],
)
def test_rules_that_make_no_sense_are_explained(house, typed, sentence):
    answer = house.fill_in(PAGE, **FROM, **typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(cards()) == 1
