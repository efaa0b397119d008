"""Tables of a house: its rooms, their parts and company, hours, day parts and closures."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.foundation import clock
from buurthuis.foundation.db import Model, choice
from buurthuis.foundation.keeping import worked_out
from buurthuis.rules import opening
from buurthuis.rules.availability import Limits
from buurthuis.rules.spaces import spaces_of_room
from buurthuis.venues.features import Approval as Approval
from buurthuis.venues.features import Feature as Feature


class Venue(Model):
    """One building run by residents, with the rules its residents set."""

    __tablename__ = "venue"
    __table_args__ = (
        CheckConstraint("step_minutes IN (5, 10, 15, 20, 30, 60)", name="step"),
        CheckConstraint("min_minutes > 0 AND max_minutes >= min_minutes", name="length"),
        CheckConstraint("max_minutes <= 1440", name="longest"),
        CheckConstraint("timezone = 'Europe/Amsterdam'", name="timezone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    is_example: Mapped[bool] = mapped_column(default=False)
    street: Mapped[str] = mapped_column(String(120), default="")
    postcode: Mapped[str] = mapped_column(String(12), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    neighbourhood: Mapped[str] = mapped_column(String(80), default="")
    timezone: Mapped[str] = mapped_column(String(40), default="Europe/Amsterdam")
    phone: Mapped[str] = mapped_column(String(30), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    way_in: Mapped[str] = mapped_column(Text, default="")
    who_opens: Mapped[str] = mapped_column(Text, default="", server_default="")
    house_rules: Mapped[str] = mapped_column(Text, default="")
    legal_name: Mapped[str] = mapped_column(String(120), default="")
    kvk_number: Mapped[str] = mapped_column(String(20), default="")
    vat_number: Mapped[str] = mapped_column(String(30), default="")
    closed_on_holidays: Mapped[bool] = mapped_column(default=True)
    merge_gap_minutes: Mapped[int] = mapped_column(default=60)
    step_minutes: Mapped[int] = mapped_column(default=15)
    min_minutes: Mapped[int] = mapped_column(default=30)
    max_minutes: Mapped[int] = mapped_column(default=960)
    notice_minutes: Mapped[int] = mapped_column(default=0)
    horizon_days: Mapped[int] = mapped_column(default=548)
    cancel_notice_hours: Mapped[int] = mapped_column(default=48)
    grace_minutes: Mapped[int] = mapped_column(default=30, server_default="30")
    """How long a group may be late before the house may say that nobody came."""
    requests_occupy: Mapped[bool] = mapped_column(default=True)
    answer_within_hours: Mapped[int] = mapped_column(default=72, server_default="72")
    changed_at: Mapped[datetime]
    named_at: Mapped[datetime | None]
    """When its name or address last became another; calendars tell of them."""

    rooms: Mapped[list["Room"]] = relationship(
        back_populates="venue", order_by="(Room.position, Room.id)"
    )
    opening_hours: Mapped[list["OpeningHours"]] = relationship(
        order_by="(OpeningHours.weekday, OpeningHours.opens_minute)", cascade="all, delete-orphan"
    )
    day_parts: Mapped[list["DayPart"]] = relationship(
        order_by="DayPart.starts_minute", cascade="all, delete-orphan"
    )
    closures: Mapped[list["Closure"]] = relationship(
        order_by="Closure.from_at", back_populates="venue"
    )
    part_pairs: Mapped[list["RoomPart"]] = relationship(
        secondary="room",
        primaryjoin="Venue.id == Room.venue_id",
        secondaryjoin="Room.id == RoomPart.whole_id",
        viewonly=True,
    )

    @property
    def address(self) -> str:
        """The address on one line."""
        place = " ".join(part for part in (self.postcode, self.city) if part)
        return ", ".join(part for part in (self.street, place) if part)

    @property
    def own_closures(self) -> list["Closure"]:
        """The closures that the house decided itself, without those of calendars of others."""
        return [closure for closure in self.closures if closure.outside_id is None]

    @property
    def parts_of_rooms(self) -> dict[int, list[int]]:
        """Of which rooms each divisible room is made, by id."""
        found: dict[int, list[int]] = defaultdict(list)
        for pair in self.part_pairs:
            found[pair.whole_id].append(pair.part_id)
        return found

    @property
    def limits(self) -> Limits:
        """What the house asks of every booking."""
        return worked_out(self, "limits", self._limits)

    def _limits(self) -> Limits:
        return Limits(
            step_minutes=self.step_minutes,
            min_minutes=self.min_minutes,
            max_minutes=self.max_minutes,
            notice_minutes=self.notice_minutes,
            horizon_days=self.horizon_days,
        )


class Room(Model):
    """A bookable space; a room with parts is made of other rooms of the same house."""

    __tablename__ = "room"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("area_m2 IS NULL OR area_m2 > 0", name="area"),
        CheckConstraint(
            "setup_minutes BETWEEN 0 AND 720 AND teardown_minutes BETWEEN 0 AND 720"
            " AND turnover_minutes BETWEEN 0 AND 720",
            name="buffers",
        ),
        Index("ix_room_venue_id", "venue_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    about: Mapped[str] = mapped_column(Text, default="")
    way_in: Mapped[str] = mapped_column(Text, default="", server_default="")
    capacity: Mapped[int]
    area_m2: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    setup_minutes: Mapped[int] = mapped_column(default=0)
    teardown_minutes: Mapped[int] = mapped_column(default=0)
    turnover_minutes: Mapped[int] = mapped_column(default=0)
    own_buffer_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    """How long a group may take at most to prepare, and again to clear up; 0 when it may not."""
    approval: Mapped[Approval] = mapped_column(choice(Approval), default=Approval.ASK)
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]
    made_at: Mapped[datetime | None]
    """When it came to the house; None where it was always there. Figures count it from then."""
    named_at: Mapped[datetime | None]

    venue: Mapped[Venue] = relationship(back_populates="rooms")
    features: Mapped[list["RoomFeature"]] = relationship(cascade="all, delete-orphan")
    parts: Mapped[list["Room"]] = relationship(
        secondary="room_part",
        primaryjoin="Room.id == RoomPart.whole_id",
        secondaryjoin="Room.id == RoomPart.part_id",
        order_by="(Room.position, Room.id)",
    )
    only_with: Mapped[list["Room"]] = relationship(
        secondary="room_company",
        primaryjoin="Room.id == RoomCompany.room_id",
        secondaryjoin="Room.id == RoomCompany.with_id",
        order_by="(Room.position, Room.id)",
    )
    """A garden goes only together with one of these rooms; a room without any stands alone."""

    @property
    def spaces(self) -> frozenset[int]:
        """The ids of the physical spaces the room takes: its own, or those of all its parts."""
        return worked_out(
            self, "spaces", lambda: spaces_of_room(self.id, self.venue.parts_of_rooms)
        )


class RoomPart(Model):
    """A divisible hall (`whole`) and one of the rooms it is made of (`part`)."""

    __tablename__ = "room_part"
    __table_args__ = (CheckConstraint("whole_id <> part_id", name="not_itself"),)

    whole_id: Mapped[int] = mapped_column(ForeignKey("room.id"), primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("room.id"), primary_key=True)


class RoomCompany(Model):
    """A room that nobody books by itself (`room`), and one with which it goes (`with`)."""

    __tablename__ = "room_company"
    __table_args__ = (CheckConstraint("room_id <> with_id", name="not_itself"),)

    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), primary_key=True)
    with_id: Mapped[int] = mapped_column(ForeignKey("room.id"), primary_key=True)


class RoomFeature(Model):
    """One thing a room offers."""

    __tablename__ = "room_feature"

    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), primary_key=True)
    feature: Mapped[Feature] = mapped_column(choice(Feature), primary_key=True)


class OpeningHours(Model):
    """One span on one weekday in which the house (or one room of it) can be booked."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("opens_minute BETWEEN 0 AND 1439", name="opens"),
        CheckConstraint("closes_minute > opens_minute AND closes_minute <= 2160", name="closes"),
        Index("ix_opening_hours_venue_id", "venue_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    weekday: Mapped[int]
    opens_minute: Mapped[int]
    closes_minute: Mapped[int]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    @property
    def as_rule(self) -> opening.Hours:
        """The same hours in the words of the house rules."""
        return opening.Hours(
            weekday=self.weekday,
            opens=self.opens_minute,
            closes=self.closes_minute,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )


class DayPart(Model):
    """A named interval of the day, the house's own: morning, afternoon, evening."""

    __tablename__ = "day_part"
    __table_args__ = (
        UniqueConstraint("venue_id", "name"),
        CheckConstraint(
            "starts_minute >= 0 AND ends_minute > starts_minute AND ends_minute <= 2160",
            name="order",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    name: Mapped[str] = mapped_column(String(60))
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]

    @property
    def as_rule(self) -> opening.DayPart:
        """The same day part in the words of the house rules."""
        return opening.DayPart(name=self.name, starts=self.starts_minute, ends=self.ends_minute)


class Closure(Model):
    """A span in which the whole house, or some rooms of it, cannot be used."""

    __tablename__ = "closure"
    __table_args__ = (
        CheckConstraint("to_at > from_at", name="order"),
        Index("ix_closure_venue_id_from_at", "venue_id", "from_at"),
        Index("ix_closure_outside_id", "outside_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime | None] = mapped_column(default=clock.now)
    """When it came to be; one that changes is another one, for its calendars too."""
    outside_id: Mapped[int | None]
    """The calendar of others that takes this time; nobody edits such a closure by hand."""

    venue: Mapped[Venue] = relationship(back_populates="closures")
    rooms: Mapped[list[Room]] = relationship(secondary="closure_room", order_by="Room.id")

    @property
    def is_of_whole_house(self) -> bool:
        """No room is named, so every room is closed."""
        return not self.rooms


class ClosureRoom(Model):
    """One room that a closure names."""

    __tablename__ = "closure_room"

    closure_id: Mapped[int] = mapped_column(
        ForeignKey("closure.id", ondelete="CASCADE"), primary_key=True
    )
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), primary_key=True)
