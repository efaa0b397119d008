"""Questions about paying online: attempts of a booking or an invoice, and what a person has to look at."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select

from buurthuis.foundation.db import db
from buurthuis.foundation.rows import row_of
from buurthuis.payments.checkout.models import Checkout
from buurthuis.rules.paying.checkout import LIVE, State


def checkout(checkout_id: int) -> Checkout:
    """An attempt to pay.

    Raises:
        NotFound
    """
    return row_of(Checkout, checkout_id)


def of_session(session_id: str) -> int | None:
    """The attempt that the provider knows by this name, in whatever house: some share an account."""
    return db.session.scalar(select(Checkout.id).where(Checkout.session_id == session_id))


def attempts_for(
    *, booking_ids: Sequence[int] = (), invoice_id: int | None = None
) -> Sequence[Checkout]:
    """All attempts to pay for these bookings, or for an invoice, the latest first."""
    of_invoice, of_bookings = (
        Checkout.invoice_id == invoice_id,
        Checkout.booking_id.in_(booking_ids),
    )
    which = of_bookings if invoice_id is None else of_invoice
    return db.session.scalars(select(Checkout).where(which).order_by(Checkout.id.desc())).all()


def live_attempt(
    *, booking_ids: Sequence[int] = (), invoice_id: int | None = None
) -> Checkout | None:
    """The attempt of which money can still come, if there is one."""
    found = attempts_for(booking_ids=booking_ids, invoice_id=invoice_id)
    return next((each for each in found if each.state in LIVE), None)


def flagged(venue_id: int) -> Sequence[Checkout]:
    """What a person of this house has to look at, the oldest first."""
    which = select(Checkout).where(Checkout.venue_id == venue_id, Checkout.state == State.FLAGGED)
    return db.session.scalars(which.order_by(Checkout.id)).all()


def due(now: datetime, most: int) -> Select[Checkout]:
    """Attempts that the provider is to be asked about, the longest waiting first."""
    asked = select(Checkout).where(Checkout.state.in_(LIVE), Checkout.look_at <= now)
    return asked.order_by(Checkout.look_at, Checkout.id).limit(most)
