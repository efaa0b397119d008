"""Calendars of others that close rooms: subscriptions, the times found there, clashes that were told."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "outside_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("takes_whole_days", sa.Boolean(), nullable=False),
        sa.Column("keeps_titles", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("look_at", sa.BigInteger(), nullable=True),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_in_at", sa.BigInteger(), nullable=True),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("last_modified", sa.String(length=200), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=40), nullable=False),
        sa.Column("trouble_facts", sa.JSON(), nullable=False),
        sa.Column("is_believed", sa.Boolean(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("told_stopped_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_outside_calendar_failures")),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_outside_calendar_venue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_calendar")),
    )
    op.create_index("ix_outside_calendar_look_at", "outside_calendar", ["look_at"], unique=False)
    op.create_index("ix_outside_calendar_venue_id", "outside_calendar", ["venue_id"], unique=False)
    op.create_table(
        "outside_room",
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["outside_calendar.id"],
            name=op.f("fk_outside_room_calendar_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_outside_room_room_id")),
        sa.PrimaryKeyConstraint("calendar_id", "room_id", name=op.f("pk_outside_room")),
    )
    op.create_table(
        "outside_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("to_at", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("is_doubtful", sa.Boolean(), nullable=False),
        sa.CheckConstraint("to_at > from_at", name=op.f("ck_outside_time_order")),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["outside_calendar.id"],
            name=op.f("fk_outside_time_calendar_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_time")),
    )
    op.create_index(
        "ix_outside_time_calendar_id_from_at",
        "outside_time",
        ["calendar_id", "from_at"],
        unique=False,
    )
    op.create_table(
        "outside_clash",
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_outside_clash_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["outside_calendar.id"],
            name=op.f("fk_outside_clash_calendar_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("calendar_id", "booking_id", name=op.f("pk_outside_clash")),
    )
    op.add_column("closure", sa.Column("outside_id", sa.Integer(), nullable=True))
    op.create_index("ix_closure_outside_id", "closure", ["outside_id"], unique=False)


def downgrade() -> None:
    op.execute(
        "DELETE FROM occupancy WHERE closure_id IN (SELECT id FROM closure WHERE outside_id > 0)"
    )
    op.execute(
        "DELETE FROM closure_room WHERE closure_id IN (SELECT id FROM closure WHERE outside_id > 0)"
    )
    op.execute("DELETE FROM closure WHERE outside_id > 0")
    op.drop_index("ix_closure_outside_id", table_name="closure")
    op.drop_column("closure", "outside_id")
    op.drop_table("outside_clash")
    op.drop_index("ix_outside_time_calendar_id_from_at", table_name="outside_time")
    op.drop_table("outside_time")
    op.drop_table("outside_room")
    op.drop_index("ix_outside_calendar_venue_id", table_name="outside_calendar")
    op.drop_index("ix_outside_calendar_look_at", table_name="outside_calendar")
    op.drop_table("outside_calendar")
