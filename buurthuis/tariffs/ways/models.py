"""Tables of the ways to pay that a house offers, and of what its invoices say about paying."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.foundation.db import Model, choice
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.standing import LONGEST_CODE, StandingCode

EVERYBODY = ""
"""The standing of who has none, and of those for whom a house says nothing apart."""
LONGEST_HOLDER = 70
LONGEST_EXEMPTION = 200
MOST_DAYS = 120
USUAL_DAYS = 14


class WayToPay(Model):
    """A way in which groups of a standing may pay in a house; what comes first happens by itself."""

    __tablename__ = "way_to_pay"
    __table_args__ = (
        UniqueConstraint("venue_id", "standing", "way"),
        CheckConstraint("way <> 'none'", name="some_way"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    standing: Mapped[StandingCode] = mapped_column(String(LONGEST_CODE), default=EVERYBODY)
    position: Mapped[int]
    way: Mapped[Way] = mapped_column(choice(Way))


class HouseAccount(Model):
    """Where groups of a house pay to, and when; a house without one has not said it yet."""

    __tablename__ = "house_account"
    __table_args__ = (CheckConstraint("days BETWEEN 0 AND 120", name="days"),)

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), primary_key=True)
    iban: Mapped[str] = mapped_column(String(34), default="")
    holder: Mapped[str] = mapped_column(String(LONGEST_HOLDER), default="")
    days: Mapped[int] = mapped_column(default=USUAL_DAYS)
    """So many days after an invoice it is to be paid."""
    exemption: Mapped[str] = mapped_column(String(LONGEST_EXEMPTION), default="")
    """What an invoice says where no VAT is charged; empty is the usual sentence."""
    bills_from: Mapped[date | None]
    """The first day whose bookings get their invoice by itself; None is only by hand."""
