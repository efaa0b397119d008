"""Tables of bookings: one room, one period, its state, its frozen price, and the talk about it."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.bundles.models import Bundle
from buurthuis.bookings.series.models import Series
from buurthuis.extras.models import BookingExtra
from buurthuis.foundation.db import Model, choice
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import LONGEST_CODE, Purpose, StandingCode
from buurthuis.rules.states import LIVE, Status
from buurthuis.rules.tariffs import LIST
from buurthuis.venues.models import Room, Venue


class Booking(Model):
    """One room, one period, for one initiative; the price is what was seen when it was asked for."""

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint("to_at > from_at", name="order"),
        CheckConstraint("people IS NULL OR people > 0", name="people"),
        CheckConstraint(
            "list_cents >= 0 AND discount_cents >= 0 AND surcharge_cents >= 0 AND vat_cents >= 0"
            " AND total_cents = list_cents - discount_cents + surcharge_cents + vat_cents",
            name="price_adds_up",
        ),
        CheckConstraint("(status = 'held') = (expires_at IS NOT NULL)", name="hold_expires"),
        CheckConstraint("status <> 'refused' OR refusal_reason <> ''", name="refusal_has_reason"),
        UniqueConstraint("booked_by_id", "submission", name="uq_booking_submission"),
        Index("ix_booking_venue_id_from_at", "venue_id", "from_at"),
        Index("ix_booking_room_id_from_at", "room_id", "from_at"),
        Index("ix_booking_initiative_id_from_at", "initiative_id", "from_at"),
        Index("ix_booking_status_venue_id", "status", "venue_id"),
        Index("ix_booking_is_public_status_from_at", "is_public", "status", "from_at"),
        # What a house knows of a group is counted in the index, without reading a booking.
        Index(
            "ix_booking_history",
            *("venue_id", "initiative_id", "status", "cancelled_late", "from_at"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(60), unique=True, insert_sentinel=True)
    """Given before it is stored, so many can be stored at once and still be told apart."""
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"))
    booked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("bundle.id"), index=True)
    submission: Mapped[str | None] = mapped_column(String(64))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    series_day: Mapped[date | None]
    status: Mapped[Status] = mapped_column(choice(Status))
    sequence: Mapped[int] = mapped_column(default=0)
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    setup_minutes: Mapped[int] = mapped_column(default=0)
    teardown_minutes: Mapped[int] = mapped_column(default=0)
    turnover_minutes: Mapped[int] = mapped_column(default=0)
    own_setup_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    """What the group takes itself to prepare, within the set-up; and below, to clear up."""
    own_teardown_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    title: Mapped[str] = mapped_column(String(120))
    remark: Mapped[str] = mapped_column(Text, default="")
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose), default=Purpose.OTHER)
    people: Mapped[int | None]
    is_public: Mapped[bool] = mapped_column(default=False)
    kept_out_at: Mapped[datetime | None]
    """Since when the house keeps it out of the agenda; until it puts it back, nobody shows it."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer_leaves_at: Mapped[datetime | None]
    reminded_of_at: Mapped[datetime | None]
    refusal_reason: Mapped[str] = mapped_column(Text, default="")
    refusal_kind: Mapped[str | None] = mapped_column(String(20))
    overdue_told_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cancelled_late: Mapped[bool] = mapped_column(default=False)

    standing: Mapped[StandingCode | None] = mapped_column(String(LONGEST_CODE))
    rate_card_id: Mapped[int | None] = mapped_column(ForeignKey("rate_card.id"))
    list_cents: Mapped[int]
    discount_cents: Mapped[int]
    surcharge_cents: Mapped[int]
    vat_cents: Mapped[int]
    total_cents: Mapped[int]
    deposit_cents: Mapped[int] = mapped_column(default=0)
    given_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    """How much less than the list price of the room was charged for it (`rules.giving`)."""
    pays_by: Mapped[Way | None] = mapped_column(choice(Way))
    """How the group chose to pay; None is from before it was asked, and means on invoice."""
    price_reason: Mapped[str] = mapped_column(String(200), default="")
    price_lines: Mapped[list[Any]]
    recognised_since: Mapped[date | None]
    """Since when the house knew the group as it was priced, and how many bookings it had before."""
    had_before: Mapped[int | None]

    venue: Mapped[Venue] = relationship()
    room: Mapped[Room] = relationship()
    initiative: Mapped[Initiative] = relationship()
    booked_by: Mapped[Person] = relationship(foreign_keys=[booked_by_id])
    bundle: Mapped[Bundle | None] = relationship()
    series: Mapped[Series | None] = relationship()
    extras: Mapped[list[BookingExtra]] = relationship(order_by="BookingExtra.extra_id")
    messages: Mapped[list["BookingMessage"]] = relationship(
        order_by="BookingMessage.id", back_populates="booking"
    )

    @validates("is_public")
    def _as_the_house_lets(self, _name: str, is_public: bool) -> bool:
        """Whoever ticks it, and wherever: the word of the house holds."""
        return is_public and self.kept_out_at is None

    @property
    def period(self) -> Period:
        """From when until when the room is used."""
        return Period(self.from_at, self.to_at)

    @property
    def starts_setting_up_at(self) -> datetime:
        """When somebody first needs to be in."""
        return self.from_at - timedelta(minutes=self.setup_minutes)

    @property
    def is_cleared_at(self) -> datetime:
        """When the last one has cleared up."""
        return self.to_at + timedelta(minutes=self.teardown_minutes)

    @property
    def normal_cents(self) -> Cents:
        """The list price with its VAT, as it was frozen: what the total is compared with."""
        listed = [line for line in self.price_lines if line["kind"] in LIST]
        return sum(line["cents"] + line["vat_cents"] for line in listed)

    @property
    def is_pay_hold(self) -> bool:
        """The place is kept while it is paid for online; an offer to who waits is held otherwise."""
        return self.status == Status.HELD and self.pays_by == Way.ONLINE

    @property
    def is_live(self) -> bool:
        """The booking may still take place."""
        return self.status in LIVE

    @property
    def is_off(self) -> bool:
        """Nobody keeps a place for it any more; where nobody came, the house did."""
        return not self.is_live and self.status != Status.NO_SHOW


class BookingMessage(Model):
    """A question of the house or an answer of the booker."""

    __tablename__ = "booking_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    is_from_house: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]

    booking: Mapped[Booking] = relationship(back_populates="messages")
    author: Mapped[Person] = relationship()
