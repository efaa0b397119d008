"""Tables of money rules: rate cards with their decision, rates per room, standings and who has one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.foundation.db import Model, choice
from buurthuis.rules.standing import LONGEST_CODE, Purpose, StandingCode
from buurthuis.tariffs.charge_models import ExtraRate, Reduction, Surcharge
from buurthuis.tariffs.policy_models import Policy
from buurthuis.venues.decisions import Decision

BY_THE_HOUR = frozenset({"hour", "metre_hour", "hour_on_top"})
"""Units that are counted in begun pieces of an hour."""


class RateCard(Model):
    """What the rooms of a house cost from a day on, as its residents decided."""

    __tablename__ = "rate_card"
    __table_args__ = (UniqueConstraint("venue_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    valid_from: Mapped[date]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    free_gap_between_parts: Mapped[bool] = mapped_column(default=False)
    party_multiplier_bp: Mapped[int] = mapped_column(default=10000)
    party_cleaning_cents: Mapped[int] = mapped_column(default=0)

    decision: Mapped[Decision] = relationship(lazy="joined")
    rates: Mapped[list["Rate"]] = relationship(
        order_by="Rate.id", cascade="all, delete-orphan", lazy="selectin"
    )
    standings: Mapped[list["Standing"]] = relationship(
        order_by="Standing.id", cascade="all, delete-orphan", lazy="selectin"
    )
    surcharges: Mapped[list[Surcharge]] = relationship(
        order_by=Surcharge.id, cascade="all, delete-orphan", lazy="selectin"
    )
    extra_rates: Mapped[list[ExtraRate]] = relationship(
        order_by=ExtraRate.id, cascade="all, delete-orphan", lazy="selectin"
    )
    reductions: Mapped[list[Reduction]] = relationship(
        order_by=Reduction.id, cascade="all, delete-orphan", lazy="selectin"
    )
    policies: Mapped[list[Policy]] = relationship(
        order_by=Policy.id, cascade="all, delete-orphan", lazy="selectin"
    )


class Rate(Model):
    """The price of one room: for an hour, a part of the day, a block of minutes, or a booking.

    `starts_minute`/`ends_minute` are set for a part of the day only, `block_minutes` for a block.
    A `least` is what a booking costs at least. With a `kind` the price is for that standing
    alone. `vat_bp` None means exempt.
    """

    __tablename__ = "rate"
    __table_args__ = (
        CheckConstraint("cents >= 0", name="not_negative"),
        CheckConstraint("vat_bp IS NULL OR vat_bp BETWEEN 0 AND 10000", name="vat"),
        CheckConstraint(
            "unit IN ('hour', 'metre_hour', 'hour_on_top', 'part', 'block', 'booking', 'least')",
            name="unit",
        ),
        CheckConstraint(
            "(unit = 'part') = (starts_minute IS NOT NULL AND ends_minute IS NOT NULL)",
            name="part_has_hours",
        ),
        CheckConstraint("(unit = 'block') = (block_minutes IS NOT NULL)", name="block_has_minutes"),
        CheckConstraint("rounding_minutes IN (1, 5, 15, 30, 60)", name="rounding"),
        Index("ix_rate_card_id_room_id", "card_id", "room_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("rate_card.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    kind: Mapped[StandingCode | None] = mapped_column(String(LONGEST_CODE))
    unit: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(60), default="")
    starts_minute: Mapped[int | None]
    ends_minute: Mapped[int | None]
    block_minutes: Mapped[int | None]
    cents: Mapped[int]
    rounding_minutes: Mapped[int] = mapped_column(default=15)
    grace_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    vat_bp: Mapped[int | None]


class Standing(Model):
    """What part of the list price a standing pays in a house, and what the house calls it."""

    __tablename__ = "standing"
    __table_args__ = (
        UniqueConstraint("card_id", "kind"),
        CheckConstraint("percentage_bp BETWEEN 0 AND 100000", name="percentage"),
        CheckConstraint("deposit_cents >= 0", name="deposit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("rate_card.id"))
    kind: Mapped[StandingCode] = mapped_column(String(LONGEST_CODE))
    label: Mapped[str] = mapped_column(String(80))
    percentage_bp: Mapped[int]
    has_party_surcharge: Mapped[bool] = mapped_column(default=True)
    deposit_cents: Mapped[int] = mapped_column(default=0)
    asks: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """The criteria that a group must meet (`rules.criteria`); with none the house alone gives it."""


class Recognition(Model):
    """A house, or the union of houses, recognised the standing of an initiative."""

    __tablename__ = "recognition"
    __table_args__ = (Index("ix_recognition_initiative_id", "initiative_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    kind: Mapped[StandingCode] = mapped_column(String(LONGEST_CODE))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(300), default="")
    reference: Mapped[str] = mapped_column(String(300), default="", server_default="")
    """The decision of the residents behind it, or where one reads it."""
    purpose: Mapped[Purpose | None] = mapped_column(choice(Purpose))
    """The activity it is for alone; None is every activity."""
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    """When somebody ended it before its time; one that another takes over was not ended."""
    reminded_at: Mapped[datetime | None]
