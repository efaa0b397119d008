"""Tables of people: who they are, for whom they speak, which role they have where, how they sign in."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.foundation.db import Model, choice
from buurthuis.rules.standing import Kind
from buurthuis.venues.models import Venue


class RoleName(StrEnum):
    """What somebody may do in a house; board and admin may also hold over all houses."""

    MANAGER = "manager"
    COORDINATOR = "coordinator"
    TREASURER = "treasurer"
    HOST = "host"
    KEY_HOLDER = "key_holder"
    BOARD = "board"
    ADMIN = "admin"


class Person(Model):
    """Somebody who uses the program. Without an address the desk books for them."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    phone: Mapped[str] = mapped_column(String(30), default="")
    language: Mapped[str] = mapped_column(String(8), default="nl")
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    invite_to_bookings: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether letters about their bookings carry an invitation for a calendar app; and shifts below."""
    invite_to_shifts: Mapped[bool] = mapped_column(default=False, server_default=false())

    roles: Mapped[list["Role"]] = relationship(
        back_populates="person",
        order_by="Role.id",
        lazy="selectin",
        foreign_keys="Role.person_id",
    )
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", order_by="Membership.initiative_id", lazy="selectin"
    )

    is_authenticated = True  # Flask-Login asks; a person that was loaded has signed in.
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Somebody who left can no longer sign in."""
        return self.left_at is None


class Initiative(Model):
    """Who books: a resident group, an organisation, a firm or one private person."""

    __tablename__ = "initiative"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    created_at: Mapped[datetime]
    renamed_at: Mapped[datetime | None]

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="initiative", order_by="Membership.person_id"
    )


class Membership(Model):
    """Somebody speaks for an initiative."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("initiative.id"), primary_key=True, index=True
    )
    since_at: Mapped[datetime]
    is_contact: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the letters about every booking come here, and not only to whoever booked."""

    person: Mapped[Person] = relationship(back_populates="memberships")
    initiative: Mapped[Initiative] = relationship(back_populates="memberships", lazy="joined")


class Role(Model):
    """A role of a person in one house, or in all of them when no house is named."""

    __tablename__ = "role"
    __table_args__ = (
        CheckConstraint("venue_id IS NOT NULL OR name IN ('board', 'admin')", name="house_named"),
        Index(
            "uq_role_in_house",
            "person_id",
            "venue_id",
            "name",
            unique=True,
            sqlite_where=text("venue_id IS NOT NULL"),
            postgresql_where=text("venue_id IS NOT NULL"),
        ),
        Index(
            "uq_role_everywhere",
            "person_id",
            "name",
            unique=True,
            sqlite_where=text("venue_id IS NULL"),
            postgresql_where=text("venue_id IS NULL"),
        ),
        Index("ix_role_venue_id", "venue_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    name: Mapped[RoleName] = mapped_column(choice(RoleName))
    until_on: Mapped[date | None]
    warned_for_on: Mapped[date | None]
    """The last day about which the person was warned, so that one warning goes out for it."""

    person: Mapped[Person] = relationship(back_populates="roles", foreign_keys=[person_id])


class SignInCode(Model):
    """A one-time code and link, kept as hashes, for one address and ten minutes."""

    __tablename__ = "sign_in_code"
    __table_args__ = (Index("ix_sign_in_code_email", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    next_path: Mapped[str] = mapped_column(String(2000), default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class SignInSession(Model):
    """One browser that is signed in; ending the row ends the session."""

    __tablename__ = "sign_in_session"
    __table_args__ = (Index("ix_sign_in_session_person_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")


class ApiToken(Model):
    """A key for a program that acts for a person; only its hash is kept."""

    __tablename__ = "api_token"
    __table_args__ = (
        Index(
            "uq_api_token_live_name",
            "person_id",
            "name",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(80), default="")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")


class Invitation(Model):
    """A role, a voice for an initiative, or a way in, kept behind a code until somebody says yes.

    With an address the code goes there and nowhere else. A way in is for one person without mail.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint(
            "(role IS NOT NULL AND initiative_id IS NULL AND person_id IS NULL)"
            " OR (role IS NULL AND initiative_id IS NOT NULL AND person_id IS NULL)"
            " OR (role IS NULL AND initiative_id IS NULL AND person_id IS NOT NULL)",
            name="one_thing",
        ),
        CheckConstraint("initiative_id IS NOT NULL OR venue_id IS NOT NULL", name="house_named"),
        Index("ix_invitation_venue_id", "venue_id"),
        Index("ix_invitation_initiative_id", "initiative_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    role: Mapped[RoleName | None] = mapped_column(choice(RoleName))
    until_on: Mapped[date | None]
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str | None] = mapped_column(String(254))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    venue: Mapped[Venue | None] = relationship()
    initiative: Mapped[Initiative | None] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])


class AddressChange(Model):
    """Somebody lost their address; a new one waits for the yes of a second manager."""

    __tablename__ = "address_change"
    __table_args__ = (
        CheckConstraint("confirmed_by_id <> asked_by_id", name="two_managers"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="by_somebody"),
        Index("ix_address_change_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    new_email: Mapped[str] = mapped_column(String(254))
    reason: Mapped[str] = mapped_column(String(300))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    venue: Mapped[Venue] = relationship()
