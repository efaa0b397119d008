"""Tables of paying online: attempts, and the events that the provider sent."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import Model, choice
from buurthuis.payments.invoices.models import Invoice
from buurthuis.rules.paying.checkout import Flag, State
from buurthuis.venues.models import Venue

LIVE_ONES = "state IN ('opening', 'open', 'pending')"


class Checkout(Model):
    """An attempt to pay online: for a place that is kept (a booking, or its whole bundle), or an invoice."""

    __tablename__ = "checkout"
    __table_args__ = (
        CheckConstraint("cents >= 0 AND deposit_cents >= 0", name="not_negative"),
        CheckConstraint("cents + deposit_cents > 0", name="something"),
        CheckConstraint("(booking_id IS NULL) <> (invoice_id IS NULL)", name="one_thing"),
        CheckConstraint("(state = 'flagged') = (flag IS NOT NULL)", name="flag"),
        UniqueConstraint("mark"),
        UniqueConstraint("session_id"),
        # Two pages to pay for the same would let somebody pay twice.
        *(
            Index(
                f"uq_checkout_live_{what}",
                what,
                unique=True,
                sqlite_where=text(LIVE_ONES),
                postgresql_where=text(LIVE_ONES),
            )
            for what in ("booking_id", "invoice_id")
        ),
        Index("ix_checkout_booking_id", "booking_id"),
        Index("ix_checkout_invoice_id", "invoice_id"),
        Index("ix_checkout_state_look_at", "state", "look_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"))
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    mark: Mapped[str] = mapped_column(String(64))
    """Sent along to the provider, so that asking twice makes one page to pay."""
    cents: Mapped[int]
    deposit_cents: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3), default="eur")
    is_live: Mapped[bool]
    """Real money, or an account for trying."""
    state: Mapped[State] = mapped_column(choice(State))
    flag: Mapped[Flag | None] = mapped_column(choice(Flag))
    paid_cents: Mapped[int | None]
    """What was paid instead, where that is another amount or another currency."""
    paid_currency: Mapped[str | None] = mapped_column(String(3))
    session_id: Mapped[str | None] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(2000), default="")
    """Where the page to pay is."""
    intent_id: Mapped[str | None] = mapped_column(String(120))
    """By what the provider knows the money itself, to give it back."""
    made_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    look_at: Mapped[datetime | None]
    """When the worker asks the provider how it stands, if nobody does before."""
    ended_at: Mapped[datetime | None]

    venue: Mapped[Venue] = relationship()
    booking: Mapped[Booking | None] = relationship()
    invoice: Mapped[Invoice | None] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def total_cents(self) -> int:
        """What is asked: the price, and the deposit on top."""
        return self.cents + self.deposit_cents

    @property
    def initiative(self) -> Initiative:
        """The group that pays."""
        if self.booking is not None:
            return self.booking.initiative
        invoice: Any = self.invoice  # There is one or the other.
        return cast(Initiative, invoice.initiative)


class StripeEvent(Model):
    """An event as it came in, once; what it says is never believed, only what we are told when we ask."""

    __tablename__ = "stripe_event"
    __table_args__ = (Index("ix_stripe_event_done_at", "done_at", "look_at"),)

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    kind: Mapped[str] = mapped_column(String(80))
    object_id: Mapped[str] = mapped_column(String(120))
    received_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    look_at: Mapped[datetime]
    error: Mapped[str] = mapped_column(String(300), default="")
