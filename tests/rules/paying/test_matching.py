"""What a line of the bank was for: sure, likely or nobody knows, and never more than there is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.paying.matching import (
    MOST_TOGETHER,
    Certainty,
    Going,
    Line,
    Proposal,
    Split,
    Why,
    propose,
    propose_back,
    propose_each,
)
from buurthuis.rules.paying.naming import Item

REPAIR, CHOIR = 1, 2
GROUPS = {REPAIR: "Repair Café Oost", CHOIR: "Koor van de straat"}
HERS = "NL02ABNA0123456789"


def item(number: int, cents: int, group: int = REPAIR, **more: object) -> Item:
    """An invoice that asks so much, due in the order of the numbers."""
    facts = {"name": f"BK-2026-{number:04}", "reference": f"RF{18 + number}BK2026{number:04}"}
    due = date(2026, 3, 1) + timedelta(days=number)
    return Item(number, **{**facts, **more}, group_id=group, group_name=GROUPS[group],  # type: ignore[arg-type]
                open_cents=cents, due_on=due)  # fmt: skip


def line(cents: int, text: str = "", **more: str) -> Line:
    return Line(1, cents, text, **more)


def seen(proposal: Proposal) -> tuple[str, str, dict[int, int]]:
    """How sure, why, and how much for which invoice."""
    splits = {split.id: split.cents for split in proposal.splits}
    return proposal.certainty, proposal.why, splits


def test_the_reference_with_its_amount_is_sure() -> None:
    found = propose(line(3750, reference="RF19BK20260001"), [item(1, 3750), item(2, 3750)], {})

    assert seen(found) == (Certainty.SURE, Why.REFERENCE, {1: 3750})
    assert found.group_id == REPAIR
    assert found.rest_cents == 0


@pytest.mark.parametrize(
    "text",
    [
        "RF19 BK20 2600 01",
        "/REMI/USTD//RF19BK20260001/",
        "kenmerkrf19bk20260001 dank je wel",
        "Factuur BK-2026-0001",
        "bk 2026 1, huur maart",
        "BK.2026.0001",
        "bk20260001",
    ],
)
def test_people_and_banks_write_the_same_in_many_ways(text: str) -> None:
    found = propose(line(3750, text), [item(1, 3750), item(2, 3750)], {})

    assert seen(found)[0] == Certainty.SURE
    assert seen(found)[2] == {1: 3750}


@pytest.mark.parametrize(
    "text", ["BK-2026-00012", "XBK-2026-0001", "BK-2026-10001", "RF19BK202600012"]
)
def test_a_number_does_not_end_in_the_middle_of_a_longer_one(text: str) -> None:
    assert propose(line(10, text), [item(1, 3750)], {}).why == Why.NOTHING


def test_a_number_of_figures_alone_is_never_sure() -> None:
    old = item(1, 3750, name="2025-113", reference="")

    assert seen(propose(line(3750, "2025-113"), [old], {})) == (
        Certainty.LIKELY, Why.TOGETHER, {1: 3750},
    )  # fmt: skip


def test_a_number_that_says_too_little_is_not_looked_for() -> None:
    old = item(1, 3750, name="12", reference="")

    assert propose(line(3750, "nummer 12"), [old], {}).why == Why.AMOUNT


def test_several_invoices_of_a_group_that_come_to_the_amount_are_sure() -> None:
    found = propose(line(5000, "BK-2026-0001 en BK-2026-0002"), [item(1, 2000), item(2, 3000)], {})

    assert seen(found) == (Certainty.SURE, Why.TOGETHER, {1: 2000, 2: 3000})


def test_invoices_of_two_groups_are_only_likely() -> None:
    items = [item(1, 2000), item(2, 3000, CHOIR)]
    found = propose(line(5000, "BK-2026-0001 en BK-2026-0002"), items, {})

    assert seen(found) == (Certainty.LIKELY, Why.TOGETHER, {1: 2000, 2: 3000})
    assert found.group_id is None


def test_less_than_is_asked_is_a_part() -> None:
    found = propose(line(1000, "BK-2026-0001"), [item(1, 3750)], {})

    assert seen(found) == (Certainty.LIKELY, Why.PART, {1: 1000})


def test_more_than_is_asked_leaves_a_rest() -> None:
    found = propose(line(4000, "BK-2026-0001"), [item(1, 3750)], {})

    assert seen(found) == (Certainty.LIKELY, Why.MORE, {1: 3750})
    assert found.rest_cents == 250


def test_of_several_that_are_named_the_only_fitting_set_is_meant() -> None:
    items = [item(1, 2000), item(2, 3000), item(3, 700)]
    found = propose(line(2700, "BK-2026-0001 BK-2026-0002 BK-2026-0003"), items, {})

    assert seen(found) == (Certainty.LIKELY, Why.TOGETHER, {1: 2000, 3: 700})


def test_what_was_paid_before_stays_with_the_group() -> None:
    found = propose(line(3750, "BK-2026-0001"), [item(1, 0), item(2, 3750)], {})

    assert seen(found) == (Certainty.LIKELY, Why.PAID_BEFORE, {})
    assert (found.group_id, found.rest_cents) == (REPAIR, 3750)


def test_what_two_groups_paid_before_is_nobodys() -> None:
    items = [item(1, 0), item(2, -5, CHOIR)]

    found = propose(line(3750, "BK-2026-0001 BK-2026-0002"), items, {})

    assert (found.certainty, found.why) == (Certainty.NONE, Why.SEVERAL)


def test_a_known_account_with_the_amount_of_one_invoice_is_likely() -> None:
    items = [item(1, 3750), item(2, 3750, CHOIR), item(3, 100)]
    found = propose(line(3750, iban=HERS), items, {HERS: [REPAIR]})

    assert seen(found) == (Certainty.LIKELY, Why.PAYER, {1: 3750})


def test_a_known_account_with_two_such_invoices_is_for_a_person() -> None:
    items = [item(1, 3750), item(2, 3750)]
    found = propose(line(3750, iban=HERS), items, {HERS: [REPAIR]})

    assert seen(found) == (Certainty.NONE, Why.SEVERAL, {})
    assert found.candidates == (1, 2)


def test_a_known_account_may_pay_the_only_set_of_invoices() -> None:
    items = [item(1, 1000), item(2, 2500), item(3, 4000)]

    assert seen(propose(line(6500, iban=HERS), items, {HERS: [REPAIR]})) == (
        Certainty.LIKELY, Why.PAYER_TOGETHER, {2: 2500, 3: 4000},
    )  # fmt: skip


def test_two_sets_that_come_to_the_amount_are_for_a_person() -> None:
    items = [item(1, 1000), item(2, 2000), item(3, 1500), item(4, 1500)]
    found = propose(line(3000, iban=HERS), items, {HERS: [REPAIR]})

    assert (found.certainty, found.why) == (Certainty.NONE, Why.GROUP_ONLY)
    assert found.candidates == (1, 2, 3, 4)


def test_two_equal_invoices_are_one_set() -> None:
    found = propose(line(2000, iban=HERS), [item(1, 1000), item(2, 1000)], {HERS: [REPAIR]})

    assert seen(found) == (Certainty.LIKELY, Why.PAYER_TOGETHER, {1: 1000, 2: 1000})


def test_looking_for_sets_ends_soon() -> None:
    items = [item(number, 1) for number in range(1, MOST_TOGETHER * 3)]

    assert propose(line(9, iban=HERS), items, {HERS: [REPAIR]}).why == Why.GROUP_ONLY


def test_the_name_of_a_group_with_the_amount_of_one_invoice_is_likely() -> None:
    found = propose(line(3750, counterparty="REPAIR CAFE OOST"), [item(1, 3750)], {})

    assert seen(found) == (Certainty.LIKELY, Why.GROUP, {1: 3750})


def test_the_name_of_a_group_alone_tells_what_it_could_be() -> None:
    items = [item(1, 3750, CHOIR), item(2, 10)]
    found = propose(line(99, "koor van de straat"), items, {})
    several = propose(line(10, "koor van de straat"), [item(1, 10, CHOIR), item(2, 10, CHOIR)], {})

    assert (found.why, found.group_id, found.candidates) == (Why.GROUP_ONLY, CHOIR, (1,))
    assert several.why == Why.SEVERAL


def test_the_amount_alone_is_no_proposal() -> None:
    found = propose(line(3750), [item(1, 3750), item(2, 10)], {})

    assert seen(found) == (Certainty.NONE, Why.AMOUNT, {})
    assert found.candidates == (1,)


def test_the_same_line_twice_is_matched_once() -> None:
    lines = [Line(1, 3750, "BK-2026-0001"), Line(2, 3750, "BK-2026-0001")]
    first, second = propose_each(lines, [item(1, 3750)], {})

    assert seen(first)[2] == {1: 3750}
    assert seen(second) == (Certainty.LIKELY, Why.PAID_BEFORE, {})


def test_what_is_sure_comes_before_what_is_likely() -> None:
    lines = [Line(1, 3750, iban=HERS), Line(2, 3750, "BK-2026-0001")]
    likely, sure = propose_each(lines, [item(1, 3750)], {HERS: [REPAIR]})

    assert sure.certainty == Certainty.SURE
    assert likely.splits == ()


some_items = st.lists(
    st.builds(
        item,
        st.integers(1, 12),
        st.integers(-5, 40),
        st.sampled_from([REPAIR, CHOIR]),
    ),
    max_size=8,
    unique_by=lambda each: each.id,
)
some_text = st.lists(
    st.sampled_from(["BK-2026-0001", "bk 2026 2", "RF21BK20260003", "Koor van de straat", "huur", "12"]),
    max_size=3,
).map(" ".join)  # fmt: skip
some_lines = st.lists(
    st.builds(
        lambda cents, text, iban: (cents, text, iban),
        st.integers(1, 60), some_text, st.sampled_from(["", HERS]),
    ),
    max_size=6,
)  # fmt: skip
some_payers = st.sampled_from([{}, {HERS: [REPAIR]}, {HERS: [REPAIR, CHOIR]}])


@given(some_items, some_lines, some_payers)
def test_never_more_than_the_line_or_than_is_open(items, lines, payers) -> None:
    lines = [Line(at, *facts[:2], iban=facts[2]) for at, facts in enumerate(lines)]
    found = propose_each(lines, items, payers)
    taken: dict[int, int] = {}

    for each, proposal in zip(lines, found, strict=True):
        assert proposal.line_id == each.id
        assert all(split.cents > 0 for split in proposal.splits)
        assert sum(split.cents for split in proposal.splits) + proposal.rest_cents == each.cents
        for split in proposal.splits:
            taken[split.id] = taken.get(split.id, 0) + split.cents
    assert all(taken.get(each.id, 0) <= max(0, each.open_cents) for each in items)
    assert found == propose_each(lines, list(reversed(items)), payers), "the order says nothing"


def going(number: int, cents: int, group: int = REPAIR) -> Going:
    return Going(number, cents, item(number, 0, group))


def test_money_that_went_to_a_known_account_is_the_refund_of_its_amount() -> None:
    refunds = [going(1, 500), going(2, 500, CHOIR)]
    [found] = propose_back([line(-500, iban=HERS)], refunds, {HERS: [REPAIR]})

    assert found == Proposal(1, Certainty.LIKELY, Why.REFUND, (Split(1, 500),), REPAIR)


def test_money_that_went_for_an_invoice_is_its_refund() -> None:
    [found] = propose_back([line(-500, "BK-2026-0002")], [going(1, 500), going(2, 500)], {})

    assert found.splits == (Split(2, 500),)


def test_a_refund_is_carried_once() -> None:
    lines = [Line(1, -500, "BK-2026-0001"), Line(2, -500, "BK-2026-0001")]

    assert [each.why for each in propose_back(lines, [going(1, 500)], {})] == [
        Why.REFUND,
        Why.NOTHING,
    ]


def test_money_that_went_to_nobody_we_know_is_for_a_person() -> None:
    [found] = propose_back([line(-500, "papier")], [going(1, 500), going(2, 500)], {})
    [other] = propose_back([line(-501, "papier")], [going(1, 500)], {})

    assert (found.why, found.candidates) == (Why.SEVERAL, (1, 2))
    assert (other.why, other.candidates) == (Why.NOTHING, ())
