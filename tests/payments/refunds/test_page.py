"""The page on which a treasurer gives money back, and the one of deposits."""

import re

import pytest
import time_machine

from buurthuis.bookings import actions as bookings
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.payments.bank.models import BankLine, BankStatement
from buurthuis.payments.deposits import actions as deposit_actions
from buurthuis.payments.deposits import steps as deposit_steps
from buurthuis.payments.refunds import actions as refund_actions
from buurthuis.payments.refunds import queries
from buurthuis.payments.refunds import steps as refund_steps
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.ways import Means
from tests.builders import a_confirmed_booking, a_manager, a_person, a_role, a_room, friday
from tests.payments.builders import a_treasurer
from tests.payments.desk.test_overview import counted
from tests.payments.doors import gone_back_in
from tests.payments.moving import billed, gave_back, paid, stands

AFTERWARDS = friday(23, 23.5).start


@pytest.fixture
def booking(app):
    return a_confirmed_booking(a_room(), friday(19, 21))


@pytest.fixture
def amina(booking):
    return a_treasurer(booking.venue, "Amina")


@pytest.fixture
def desk(amina, sign_in):
    return sign_in(amina)


@pytest.fixture
def page(booking):
    return f"/houses/{booking.venue.slug}/money/refunds"


@pytest.fixture
def deposits(booking):
    return f"/houses/{booking.venue.slug}/money/deposits"


def overpaid(booking):
    [invoice] = billed(booking)
    payment = paid(booking, 2000, invoice)
    bookings.cancel(booking.id, by=booking.booked_by)
    billed(booking)
    return invoice, payment


def test_one_tap_gives_back_what_is_proposed(booking, desk, page):
    invoice, payment = overpaid(booking)
    seen = desk.get(page).text
    assert "Give €20.00 back" in seen
    assert invoice.name in seen

    told = {"invoice": invoice.id, "cents": "20", "means": "bank"}
    answer = desk.post(f"{page}/of/{payment.id}", data=told, follow_redirects=True).text

    assert "Transfer €20.00, and say so below." in answer
    assert "Give €20.00 back" not in answer
    assert "We do not know their bank number. Ask the group." in answer
    assert stands(booking) == {}


def test_who_transfers_it_reads_the_bank_number_and_says_so(booking, desk, page, amina):
    payment = paid(booking, 2000)
    refund = gave_back(payment, 2000)
    statement = BankStatement(
        venue_id=booking.venue_id, name="x", brought_at=clock.now(), brought_by_id=amina.id
    )
    db.session.add(statement)
    db.session.flush()
    line = {"key": "k", "booked_on": day_of(clock.now()), "cents": 2000, "payment_id": payment.id}
    more = {"iban": "NL91ABNA0417164300", "counterparty": "Stichting Repair"}
    db.session.add(
        BankLine(venue_id=booking.venue_id, statement_id=statement.id, position=1, **line, **more)
    )
    db.session.commit()

    seen = desk.get(page).text
    assert "NL91 ABNA 0417 1643 00" in seen
    assert "Stichting Repair" in seen

    answer = desk.post(f"{page}/{refund.id}/done", follow_redirects=True).text

    assert "Lately given back" in answer
    assert db.session.get(Refund, refund.id).state is RefundState.DONE


def test_what_does_not_work_can_be_tried_again(booking, desk, page):
    refund = gave_back(paid(booking, 2000), 2000)

    without = desk.post(f"{page}/{refund.id}/not-worked", data={"reason": ""})
    assert (without.status_code, "Write why not." in without.text) == (422, True)
    told = desk.post(f"{page}/{refund.id}/not-worked", data={"reason": "Verkeerd nummer"})
    assert told.status_code == 303
    seen = desk.get(page).text
    assert "This did not work" in seen
    assert seen.count("Verkeerd nummer") == 1
    desk.post(f"{page}/{refund.id}/again")

    assert [each.state for each in db.session.query(Refund).order_by(Refund.id)] == [
        RefundState.FAILED,
        RefundState.PENDING,
    ]


def test_what_the_provider_cannot_give_back_is_paid_by_bank(booking, desk, page):
    payment = paid(booking, 2000, means=Means.ONLINE)
    assert 'value="bank"' not in desk.get(page).text
    refund_steps.fail(gave_back(payment, 2000), "De rekening bestaat niet meer", now=clock.now())
    db.session.commit()

    seen = desk.get(page).text
    assert seen.count("De rekening bestaat niet meer") == 1
    assert [way in seen for way in ('value="bank"', 'value="cash"', 'value="online"')] == [True] * 3
    desk.post(f"{page}/of/{payment.id}", data={"cents": "20,00", "means": "bank"})

    assert "We do not know their bank number." in desk.get(page).text
    latest = db.session.query(Refund).order_by(Refund.id.desc()).first()
    assert (latest.means, latest.state) == (Means.BANK, RefundState.PENDING)


def test_a_deposit_that_cannot_go_back_online_goes_by_bank(booking, amina):
    booking.deposit_cents = 5000
    payment = paid(booking, 5000, means=Means.ONLINE)
    deposit = deposit_steps.take(booking, payment, 5000, clock.now(), amina)
    for means in (Means.ONLINE, Means.BANK):
        [refund] = deposit_steps.return_it(deposit, 5000, "", by=amina, now=clock.now())
        assert refund.means is means
        refund_steps.fail(refund, "Gesloten", now=clock.now())


def test_less_can_go_back_and_never_more(booking, desk, page):
    payment = paid(booking, 2000)
    told = {"cents": "20,01", "means": "cash", "reason": "Dubbel betaald"}

    answer = desk.post(f"{page}/of/{payment.id}", data=told)
    assert answer.status_code == 422
    assert "Choose at most €20.00." in answer.text
    desk.post(f"{page}/of/{payment.id}", data={**told, "cents": "12,50"})

    [refund] = queries.pending(booking.venue)
    assert (refund.cents, refund.means, refund.reason) == (1250, Means.CASH, "Dubbel betaald")


def test_a_form_that_is_sent_twice_gives_back_once(booking, desk, page):
    invoice, payment = overpaid(booking)
    [submission] = set(re.findall(r'name="submission" value="([^"]+)"', desk.get(page).text))
    part = {"invoice": invoice.id, "cents": "5", "means": "bank", "submission": submission}

    for _ in range(2):
        assert desk.post(f"{page}/of/{payment.id}", data=part).status_code == 303
    assert [each.cents for each in db.session.query(Refund)] == [500]
    again = {**part, "submission": "\0" + "é" * 500}
    assert desk.post(f"{page}/of/{payment.id}", data=again).status_code == 303
    assert [each.cents for each in db.session.query(Refund)] == [500, 500]


def test_money_on_its_way_online_waits_for_nobody(booking, desk, page):
    gave_back(paid(booking, 2000, means=Means.ONLINE), 2000)

    seen = desk.get(page).text

    assert "On its way back" in seen
    assert "I have transferred it" not in seen


def test_a_house_with_nothing_to_give_back_says_so(desk, page, deposits):
    assert "Nobody paid too much." in desk.get(page).text
    assert "No booking asks for one now." in desk.get(deposits).text


def test_a_board_member_looks_and_presses_nothing(booking, sign_in, page, deposits):
    overpaid(booking)
    chandra = a_person("Chandra")
    a_role(chandra, "board", booking.venue)
    board = sign_in(chandra)

    seen = board.get(page).text

    assert "€20.00" in seen
    assert "<button" not in seen.split("<main")[1].split("</main>")[0]
    assert board.get(deposits).status_code == 200


def test_a_deposit_travels_over_the_page(booking, desk, deposits, sign_in):
    booking.deposit_cents = 15000
    db.session.commit()
    assert "Still to be paid" in desk.get(deposits).text

    assert desk.post(f"{deposits}/of/{booking.id}", data={"means": "online"}).status_code == 422
    desk.post(f"{deposits}/of/{booking.id}", data={"means": "cash"})
    assert "Held until it is over" in desk.get(deposits).text

    with time_machine.travel(AFTERWARDS, tick=False):
        seen = desk.get(deposits).text
        assert "Give €150.00 back" in seen
        [held] = db.session.execute(
            db.text("SELECT id FROM deposit")  # the only one there is
        ).scalars()
        missing = desk.post(f"{deposits}/{held}/keep", data={"cents": "25"})
        assert (missing.status_code, "Write why. The group will read it." in missing.text) == (
            422,
            True,
        )
        too_much = desk.post(f"{deposits}/{held}/keep", data={"cents": "151", "reason": "Stuk"})
        assert "Choose at most €150.00." in too_much.text
        desk.post(f"{deposits}/{held}/keep", data={"cents": "25", "reason": "Stoel stuk"})
        mine = desk.get(deposits).text
        assert "Keep €25.00 of €150.00?" in mine
        assert "/agree" not in mine

        other = sign_in(a_manager(booking.venue, "Chandra"))
        assert "/agree" in other.get(deposits).text
        [turn] = db.session.execute(db.text("SELECT id FROM deposit_turn WHERE turn = 'kept'"))
        told = other.post(f"{deposits}/turns/{turn.id}/agree", follow_redirects=True).text
        assert "The house keeps it." in told
        assert "€25.00 was kept." in told
        desk.post(f"{deposits}/{held}/back")
        assert [each.cents for each in queries.pending(booking.venue)] == [12500]
        again = desk.post(f"{deposits}/{held}/back", follow_redirects=True).text
        assert "There is nothing left to give back." in again


def test_who_proposed_to_keep_a_deposit_may_think_better_of_it(booking, amina, desk, deposits):
    booking.deposit_cents = 15000
    db.session.commit()
    deposit = deposit_actions.receive_deposit(booking.id, Means.CASH, by=amina)
    with time_machine.travel(AFTERWARDS, tick=False):
        turn = deposit_actions.propose_keeping(deposit.id, 2500, "Stoel", by=amina)

        told = desk.post(f"{deposits}/turns/{turn.id}/decline", follow_redirects=True).text

    assert "You can give it back now." in told


def test_the_pages_ask_as_much_of_the_database_however_much_there_is(
    booking, desk, page, deposits, amina
):
    def statements(address):
        with counted() as found:
            assert desk.get(address).status_code == 200
        return len(found)

    def one_more(start):
        other = a_confirmed_booking(a_room(booking.venue), friday(start, start + 1))
        invoice = billed(other)[0]
        paid(other, 1000, invoice)
        bookings.cancel(other.id, by=other.booked_by)
        billed(other)
        gave_back(paid(other, 500), 500)
        refund = gave_back(paid(other, 600), 600)
        refund_actions.mark_failed(refund.id, "Nummer", by=amina)
        gone_back_in(other, by=amina)
        held = a_confirmed_booking(a_room(booking.venue), friday(start, start + 1))
        held.deposit_cents = 5000
        db.session.commit()

    one_more(9)
    for address in (page, deposits):
        statements(address)
    few = [statements(address) for address in (page, deposits)]
    for start in (11, 13, 15):
        one_more(start)
    for address in (page, deposits):
        statements(address)

    assert [statements(address) for address in (page, deposits)] == few
