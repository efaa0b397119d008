"""Invoices as a list: how each stands, in the words of the database as in those of the rules."""

from datetime import date

import pytest
import time_machine

from buurthuis.bookings import actions as bookings
from buurthuis.pages.money.list_queries import Wanted, listed, to_pay_of
from buurthuis.payments.invoices import actions
from buurthuis.payments.invoices.models import Kind
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.open_items import State, state
from tests.builders import a_person, at, friday
from tests.payments.builders import a_group, a_payment, an_invoice, bill_now, billed_booking

LIST = "/houses/de-meevaart/money/invoices"
LATER = at(date(2026, 3, 25), 10)
TODAY = day_of(LATER)


@pytest.fixture
def every(venue, room, bram, repair, treasurer):
    """One invoice of each kind and state, by a name that says so."""

    def billed(hour):
        return billed_booking(room, friday(hour, hour + 1), by=bram, for_=repair)

    late, paid = billed(8)[1], billed(9)[1]
    a_payment(paid)
    off, over = billed(10)
    a_payment(over)
    bookings.cancel(off.id, by=bram)
    [note] = bill_now(off)
    gone = billed(11)[1]
    actions.write_off(gone.id, 1000, "Gestopt", by=treasurer)
    with time_machine.travel(LATER, tick=False):
        opening, part = an_invoice(4500, venue=venue, for_=repair), billed_later(room, bram, repair)
        a_payment(part, 300)
    return {
        State.OVERDUE: [late],
        State.SETTLED: [paid, gone],
        State.TO_GIVE_BACK: [over],
        State.OPEN: [opening],
        State.PART_PAID: [part],
        None: [note],
    }


def billed_later(room, bram, repair):
    return billed_booking(room, friday(13, 14, weeks=2), by=bram, for_=repair)[1]


@pytest.mark.parametrize("asked", list(State))
def test_the_database_says_how_an_invoice_stands_as_the_rule_does(every, venue, asked):
    found = listed(Wanted(venue_id=venue.id, state=asked), TODAY, count=20)

    assert {each.invoice.id for each in found} == {each.id for each in every[asked]}
    for each in found:
        one = each.invoice
        assert each.state is asked
        assert state(one.total_cents, each.open_cents, one.due_on, TODAY) is asked


def test_a_credit_note_asks_nothing(every, venue):
    [found] = listed(Wanted(venue_id=venue.id, kind=Kind.CREDIT_NOTE), TODAY, count=20)

    assert (found.invoice.id, found.open_cents, found.state) == (every[None][0].id, 0, None)


def test_all_stand_in_the_list_the_newest_first(every, venue):
    found = [each.invoice for each in listed(Wanted(venue_id=venue.id), TODAY, count=20)]

    assert len(found) == sum(map(len, every.values()))
    assert [each.issued_on for each in found] == sorted(
        (each.issued_on for each in found), reverse=True
    )


@pytest.mark.parametrize("kind", ["name", "reference", "group", "reference in fours"])
def test_a_word_finds_an_invoice(desk, every, kind):
    late = every[State.OVERDUE][0]
    word = {
        "name": late.name.lower(),
        "reference": late.reference,
        "group": "repair caf",
        "reference in fours": f"{late.reference[:4]} {late.reference[4:8]}",
    }[kind]

    page = desk.get(LIST, query_string={"word": word}).text

    assert late.name in page


def test_a_word_that_no_invoice_has_finds_none(desk, every):
    page = desk.get(LIST, query_string={"word": "100%_"}).text

    assert "No invoice is like that" in page


def test_a_house_without_invoices_says_where_they_come_from(desk):
    assert "No invoices yet" in desk.get(LIST).text


@pytest.mark.parametrize("show", ["overdue", "credit_notes", "settled"])
def test_the_page_shows_those_that_one_chose(desk, every, show):
    state_shown = {"overdue": State.OVERDUE, "settled": State.SETTLED, "credit_notes": None}[show]

    with time_machine.travel(LATER, tick=False):
        page = desk.get(f"{LIST}?show={show}").text

    shown = {each.name for each in every[state_shown]}
    others = {each.name for key, found in every.items() if key is not state_shown for each in found}
    assert all(name in page for name in shown)
    assert not any(f">{name}<" in page for name in others - {"OUD-7"})


@pytest.mark.parametrize(
    "asked", ["show=x", "year=x", "year=99999", "page=x", "page=-1", "word=" + "x" * 99]
)
def test_what_nobody_can_choose_counts_as_nothing(desk, every, asked):
    assert desk.get(f"{LIST}?{asked}").status_code == 200


def test_there_is_a_next_page(desk, room, bram, repair, monkeypatch):
    monkeypatch.setattr("buurthuis.pages.money.lists.PER_PAGE", 2)
    made = [
        billed_booking(room, friday(hour, hour + 1), by=bram, for_=repair)[1] for hour in (8, 9, 10)
    ]

    first, second = desk.get(LIST).text, desk.get(f"{LIST}?page=2").text

    assert made[0].name not in first
    assert made[0].name in second
    assert made[2].name in first


def test_my_invoices_are_those_of_my_groups_the_oldest_to_pay_first(own, every, room):
    dirk = a_person("Dirk")
    billed_booking(room, friday(15, 16), by=dirk, for_=a_group(dirk, "Iets anders"))
    page = own.get("/me/invoices").text

    late, part, opening = (every[each][0] for each in (State.OVERDUE, State.PART_PAID, State.OPEN))
    assert page.index(late.name) < page.index("OUD-7")
    assert part.name in page
    assert page.index("Paid and older") < page.index(every[State.SETTLED][0].name)
    assert "Iets anders" not in page
    assert opening.name in page


def test_who_has_no_invoice_reads_so(own):
    assert "No invoices" in own.get("/me/invoices").text


def test_my_page_says_what_is_to_be_paid(own, bram, repair, every):
    count, cents = to_pay_of([repair.id])

    page = own.get("/me").text

    assert (count, cents) == (3, 1000 + 4500 + 700)
    assert "3 invoices to pay" in page
    assert "Together €62.00." in page


def test_without_groups_nothing_is_to_be_paid(app):
    assert to_pay_of([]) == (0, 0)
