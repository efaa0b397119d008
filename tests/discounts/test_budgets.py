"""Budgets of discount: decided by residents, shifted without changing the whole, and told of in time."""

import re
from datetime import date

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.discounts import actions
from buurthuis.discounts.actions import Decided
from buurthuis.discounts.budgets import budget_of, standing_of_budget, versions_of
from buurthuis.discounts.queries import Asked, sums_of
from buurthuis.discounts.refusals import (
    BudgetChanged,
    DecidedLater,
    NoBudget,
    NothingToShift,
    SharesTooLarge,
)
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.standing import Kind
from buurthuis.venues.models import Approval
from tests.builders import (
    a_confirmed_booking,
    a_person,
    a_recognition,
    a_role,
    a_room,
    an_initiative,
    friday,
)

MEETING = Decided(date(2026, 2, 1), "Bewonersvergadering", "https://example.org/minutes")
RESIDENTS, SOCIAL = str(Kind.RESIDENT_INITIATIVE), str(Kind.SOCIAL_ENTERPRISE)
PAGE = "/houses/de-meevaart/discounts/budget?year=2026"
TYPED = {"decided_on": "2026-02-01", "decided_by": "Bewonersvergadering", "seen": "0"}


def a_budget(house, by, cents=10_000, shares=None, **more):
    return actions.set_budget(house, 2026, cents, shares or {}, decided=MEETING, by=by, **more)


def given(house, count):
    """So many bookings of € 20 each that a group gets for nothing."""
    bram = a_person("Bram")
    group = an_initiative(bram)
    a_recognition(group, Kind.RESIDENT_INITIATIVE, venue=house)
    room = a_room(house, approval=Approval.ALWAYS)
    for week in range(count):
        a_confirmed_booking(room, friday(9, 11, weeks=week), by=bram, for_=group)


def letters():
    asked = db.session.query(OutboxLetter).filter_by(template="budget_used")
    return asked.order_by(OutboxLetter.created_at).all()


def test_a_new_amount_is_a_new_version_and_the_old_one_stays_to_be_read(house, nadia, client):
    a_budget(house, nadia)
    a_budget(house, nadia, 20_000)
    page = client.get("/venues/de-meevaart/budget").text

    assert [(each.number, each.cents) for each in versions_of(house)] == [(2, 20_000), (1, 10_000)]
    assert "Changed, was €100.00" in page
    assert "Bewonersvergadering" in page
    assert 'href="https://example.org/minutes"' in page
    assert "Nadia" not in page


def test_a_shift_never_changes_the_whole(house, nadia):
    a_budget(house, nadia, shares={RESIDENTS: 6000, SOCIAL: 3000})
    actions.shift_budget(
        house, 2026, 2500, from_=RESIDENTS, to=SOCIAL, decided=MEETING, by=nadia, seen=1
    )
    actions.shift_budget(house, 2026, 1000, from_=None, to=RESIDENTS, decided=MEETING, by=nadia)
    budget = budget_of(house, 2026)

    assert budget.cents == 10_000
    assert budget.shares == {RESIDENTS: 4500, SOCIAL: 5500}
    assert budget.for_everybody_cents == 0
    assert budget.number == 3


def test_nobody_shifts_more_than_there_is(house, nadia):
    a_budget(house, nadia, shares={RESIDENTS: 6000})
    for cents, from_ in ((6001, RESIDENTS), (1, SOCIAL), (4001, None), (0, RESIDENTS)):
        with pytest.raises(NothingToShift):
            actions.shift_budget(
                house, 2026, cents, from_=from_, to="students", decided=MEETING, by=nadia
            )
    with pytest.raises(NoBudget):
        actions.shift_budget(house, 2027, 1, from_=None, to=SOCIAL, decided=MEETING, by=nadia)


def test_what_is_set_apart_never_exceeds_the_whole(house, nadia):
    with pytest.raises(SharesTooLarge):
        a_budget(house, nadia, shares={RESIDENTS: 6000, SOCIAL: 4001})


def test_a_decision_lies_behind_us_and_nobody_overwrites_another(house, nadia):
    with pytest.raises(DecidedLater):
        actions.set_budget(house, 2026, 1, {}, decided=Decided(date(2026, 3, 3), "x"), by=nadia)
    a_budget(house, nadia, seen=0)
    with pytest.raises(BudgetChanged):
        a_budget(house, nadia, seen=0)


def test_the_treasurer_sets_a_budget_the_board_reads_it_and_a_stranger_sees_nothing(house):
    treasurer, chandra = a_person("Noor"), a_person("Chandra")
    a_role(treasurer, RoleName.TREASURER, house)
    a_role(chandra, RoleName.BOARD)
    a_budget(house, treasurer)
    with pytest.raises(NotAllowed):
        a_budget(house, chandra)
    with pytest.raises(NotFound):
        a_budget(house, a_person("Dirk"))


def test_a_budget_knows_what_was_used_of_it_and_of_each_part(house, nadia):
    given(house, 3)
    a_budget(house, nadia, shares={SOCIAL: 4000})
    lines = sums_of(Asked(frozenset({house.id}), 2026), clock.now())
    stands = standing_of_budget(budget_of(house, 2026), lines, date(2026, 3, 2))

    assert stands.left_cents == 4000
    assert [(each.standing, each.left_cents) for each in stands.shares] == [
        (SOCIAL, 4000),
        (None, 0),
    ]
    assert stands.level_bp == 0
    assert stands.runs_out_on is None


def test_managers_get_one_letter_for_each_threshold_and_again_for_a_new_amount(house, nadia):
    given(house, 4)
    a_budget(house, nadia)
    assert actions.tell_of_budgets() == 1
    assert actions.tell_of_budgets() == 0
    given(house, 1)
    assert actions.tell_of_budgets() == 1
    actions.shift_budget(house, 2026, 1, from_=None, to=SOCIAL, decided=MEETING, by=nadia)
    assert actions.tell_of_budgets() == 0
    a_budget(house, nadia, 11_000)
    assert actions.tell_of_budgets() == 1

    assert [each.facts["is_empty"] for each in letters()] == [False, True, False]
    assert {each.recipient for each in letters()} == {nadia.email}


def test_a_used_budget_never_stops_a_booking_and_stands_on_the_desk(house, nadia, sign_in):
    a_budget(house, nadia, 1000)
    given(house, 1)
    actions.tell_of_budgets()
    desk = sign_in(nadia)

    assert "The discount budget is used up" in desk.get("/houses/de-meevaart/").text
    assert "The budget is used up. Groups can book as before." in desk.get(
        "/houses/de-meevaart/discounts"
    ).text  # fmt: skip


def test_a_budget_is_set_and_shifted_on_the_page(house, nadia, sign_in):
    a_room(house)
    desk = sign_in(nadia)
    shares = {f"share_{RESIDENTS}": "60", f"share_{SOCIAL}": ""}
    first = desk.post(PAGE, data={**TYPED, "cents": "100", **shares}, follow_redirects=True)
    assert "€100.00" in first.text
    assert "€60.00" in first.text
    shift = {f"shift-{name}": text for name, text in {**TYPED, "seen": "1"}.items()}
    shift |= {"shift-amount": "10,50", "shift-from_": RESIDENTS, "shift-to": ""}
    desk.post(PAGE.replace("budget", "budget/shift"), data=shift)

    assert budget_of(house, 2026).shares == {RESIDENTS: 4950}
    for from_, to, cure in ((SOCIAL, SOCIAL, "two different"), ("x", "", "one from the list")):
        wrong = {**shift, "shift-seen": "2", "shift-from_": from_, "shift-to": to}
        assert cure in desk.post(PAGE.replace("budget", "budget/shift"), data=wrong).text


@pytest.mark.parametrize(
    ("typed", "cure"),
    [
        ({"cents": ""}, "Write the amount, such as 5000."),
        ({"cents": "1e999"}, "Write a number such as 12.50"),
        ({"cents": "10", f"share_{RESIDENTS}": "11"}, "Lower one, or raise it."),
        ({"cents": "10", "decided_on": "2030-01-01"}, "Choose the day of the decision."),
        ({"cents": "10", "decided_by": ""}, "Write who decided it"),
    ],
)
def test_what_is_wrong_is_told_with_its_cure(house, nadia, sign_in, typed, cure):
    answer = sign_in(nadia).post(PAGE, data={**TYPED, **typed})

    assert answer.status_code == 422
    assert cure in answer.text
    assert budget_of(house, 2026) is None


def test_who_comes_second_looks_again_and_has_lost_nothing(house, nadia, sign_in):
    desk, late = sign_in(nadia), {**TYPED, "cents": "5", f"share_{SOCIAL}": "3"}
    a_budget(house, nadia, shares={RESIDENTS: 6000})
    answer = desk.post(PAGE, data=late)

    assert answer.status_code == 409
    assert "Somebody else changed the budget meanwhile." in answer.text
    for kept in ('value="5"', 'value="3"', 'value="Bewonersvergadering"', "wrote €60.00"):
        assert kept in answer.text
    assert budget_of(house, 2026).shares == {RESIDENTS: 6000}
    shown = re.search(r'name="seen"[^>]*value="(\d+)"', answer.text)
    desk.post(PAGE, data={**late, "seen": shown[1]})
    assert (budget_of(house, 2026).number, budget_of(house, 2026).shares) == (2, {SOCIAL: 300})


def test_who_shifts_second_has_lost_nothing_either(house, nadia, sign_in):
    a_budget(house, nadia, shares={RESIDENTS: 6000})
    shift = {f"shift-{name}": text for name, text in TYPED.items()}
    shift |= {"shift-amount": "10,50", "shift-from_": RESIDENTS, "shift-to": ""}
    answer = sign_in(nadia).post(PAGE.replace("budget", "budget/shift"), data=shift)

    assert answer.status_code == 409
    assert 'value="10,50"' in answer.text


def test_a_share_belongs_to_its_standing_and_not_to_a_place_on_the_page(house, nadia, sign_in):
    page = sign_in(nadia).get(PAGE).text

    for code in (RESIDENTS, SOCIAL):
        assert f'name="share_{code}"' in page


def test_the_page_of_the_house_leads_to_its_budget(house, nadia, client):
    leads = 'href="/venues/de-meevaart/budget"'
    assert leads not in client.get("/venues/de-meevaart").text
    a_budget(house, nadia)

    assert leads in client.get("/venues/de-meevaart").text
