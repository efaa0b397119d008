"""People who come and go: invitations, hand-over, lost addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ONE_THING = (
    "(role IS NOT NULL AND initiative_id IS NULL AND person_id IS NULL)"
    " OR (role IS NULL AND initiative_id IS NOT NULL AND person_id IS NULL)"
    " OR (role IS NULL AND initiative_id IS NULL AND person_id IS NOT NULL)"
)


def points_to(table: str, name: str, column: str) -> sa.ForeignKeyConstraint:
    """A foreign key, called the way all of them are called."""
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))


def upgrade() -> None:
    op.add_column("role", sa.Column("warned_for_on", sa.Date(), nullable=True))
    op.add_column("api_token", sa.Column("used_on", sa.Date(), nullable=True))
    op.add_column(
        "membership",
        sa.Column("is_contact", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=30), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("initiative_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_by_id", sa.Integer(), nullable=True),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(ONE_THING, name=op.f("ck_invitation_one_thing")),
        sa.CheckConstraint(
            "initiative_id IS NOT NULL OR venue_id IS NOT NULL",
            name=op.f("ck_invitation_house_named"),
        ),
        points_to("venue", "invitation", "venue_id"),
        points_to("initiative", "invitation", "initiative_id"),
        points_to("person", "invitation", "person_id"),
        points_to("person", "invitation", "made_by_id"),
        points_to("person", "invitation", "used_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitation_code_hash")),
    )
    op.create_index("ix_invitation_venue_id", "invitation", ["venue_id"])
    op.create_index("ix_invitation_initiative_id", "invitation", ["initiative_id"])
    op.create_table(
        "address_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("new_email", sa.String(length=254), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "confirmed_by_id <> asked_by_id", name=op.f("ck_address_change_two_managers")
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)",
            name=op.f("ck_address_change_by_somebody"),
        ),
        points_to("person", "address_change", "person_id"),
        points_to("venue", "address_change", "venue_id"),
        points_to("person", "address_change", "asked_by_id"),
        points_to("person", "address_change", "confirmed_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_change")),
    )
    op.create_index("ix_address_change_person_id", "address_change", ["person_id"])


def downgrade() -> None:
    op.drop_table("address_change")
    op.drop_table("invitation")
    op.drop_column("api_token", "used_on")
    op.drop_column("role", "warned_for_on")
    op.drop_column("membership", "is_contact")
