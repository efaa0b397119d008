"""What the doctor looks at in money that goes back: never more than came, and deposits as the books say."""

from collections import Counter

from sqlalchemy import func, select

from buurthuis.foundation.db import db
from buurthuis.payments.deposits.models import Deposit
from buurthuis.payments.deposits.queries import held_of
from buurthuis.payments.ledger.queries import balance_by_house
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.rules.paying.ledger import Account
from buurthuis.venues.models import Venue


def more_back_than_came() -> list[str]:
    """What goes back of a payment never exceeds it; what is undone gives nothing back."""
    back = (
        select(Payment.id, Payment.cents, Payment.undone_at, func.sum(Refund.cents))
        .join(Refund, Refund.payment_id == Payment.id)
        .where(Refund.state != RefundState.FAILED)
        .group_by(Payment.id, Payment.cents, Payment.undone_at)
        .order_by(Payment.id)
    )
    return [
        f"Payment {number} is of {cents} cents, and {gone} go back."
        for number, cents, undone_at, gone in db.session.execute(back)
        if gone > (0 if undone_at else cents)
    ]


def deposits_and_books() -> list[str]:
    """What is held of each deposit is not below nothing, and together it is what the books say."""
    deposits = db.session.execute(select(Deposit.id, Deposit.venue_id).order_by(Deposit.id)).all()
    held = held_of([number for number, _ in deposits])
    by_house: Counter[int] = Counter()
    for number, venue_id in deposits:
        by_house[venue_id] += held[number].cents
    found = [
        f"Deposit {number} gave {-held[number].cents} cents more than was taken."
        for number, _ in deposits
        if held[number].cents < 0
    ]
    stands = balance_by_house(Account.DEPOSIT)
    for venue in db.session.scalars(select(Venue).order_by(Venue.slug)):
        booked = -stands[venue.id]
        if booked != by_house[venue.id]:
            found.append(
                f"{venue.slug}: {booked} cents stand as deposits, and {by_house[venue.id]} are held."
            )
    return found
