"""Money that goes back, a deposit and a payment to look at, for whoever knocks at their doors."""

from datetime import date

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.payments.bank import bringing
from buurthuis.payments.bank.columns import Sheet
from buurthuis.payments.bank.reading import Found, Statement
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.deposits import steps
from buurthuis.payments.deposits.models import DepositTurn, Turn
from buurthuis.payments.invoices.models import Invoice
from buurthuis.rules.paying.checkout import Flag, State
from buurthuis.venues.models import Venue
from tests.payments.moving import gave_back, paid


def gone_back_in(booking: Booking, by: Person) -> dict[str, object]:
    """Of a payment in a house one part goes back, one is held, and somebody proposes to keep it."""
    payment = paid(booking, 2000)
    refund = gave_back(payment, 300)
    deposit, turn = _held(booking, payment, by)
    numbers = {"refund_id": refund.id, "deposit_id": deposit.id, "turn_id": turn.id}
    return {"payment_id": payment.id, **numbers}


def a_payment_to_look_at(invoice_id: int, by: Person) -> int:
    """Somebody paid another amount online than this invoice asks."""
    bill, now = db.session.get_one(Invoice, invoice_id), clock.now()
    attempt = Checkout(
        venue_id=bill.venue_id,
        invoice_id=bill.id,
        person_id=by.id,
        mark="looked-at",
        cents=bill.total_cents,
        is_live=False,
        state=State.FLAGGED,
        flag=Flag.AMOUNT,
        paid_cents=100,
        paid_currency="eur",
        session_id="cs_1",
        made_at=now,
        closes_at=now,
    )
    db.session.add(attempt)
    db.session.commit()
    return attempt.id


def a_bank_file_in(venue: Venue, by: Person) -> dict[str, object]:
    """A table whose columns nobody told yet, and a line of another file that waits."""
    table = Sheet.of(["Datum", "Bedrag"], [["2026-03-02", "1,00"]])
    waits = bringing.bring_table(venue, table, name="2026-03.csv", by=by)
    line = bringing.bring(
        venue, Statement((Found(date(2026, 3, 2), 100),)), name="2026-03.xml", by=by
    ).lines[0]
    return {"statement_id": waits.id, "line_id": line.id}


@action
def _held(booking, payment, by):
    booking.deposit_cents = 500
    deposit = steps.take(booking, payment, 500, clock.now())
    turn = DepositTurn(
        deposit=deposit,
        turn=Turn.KEPT,
        cents=100,
        reason="Stoel stuk",
        made_at=clock.now(),
        by_id=by.id,
    )
    db.session.add(turn)
    db.session.flush()
    return deposit, turn
