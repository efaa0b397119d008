"""Rooms that go together, and time around a booking."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

MINUTES = (
    ("room", "own_buffer_minutes"),
    ("booking", "own_setup_minutes"),
    ("booking", "own_teardown_minutes"),
)


def points_to(table: str, name: str, column: str) -> sa.ForeignKeyConstraint:
    """A foreign key, called the way all of them are called."""
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))


def upgrade() -> None:
    op.create_table(
        "room_company",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("with_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("room_id <> with_id", name=op.f("ck_room_company_not_itself")),
        points_to("room", "room_company", "room_id"),
        points_to("room", "room_company", "with_id"),
        sa.PrimaryKeyConstraint("room_id", "with_id", name=op.f("pk_room_company")),
    )
    op.create_table(
        "bundle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("booked_by_id", sa.Integer(), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        points_to("venue", "bundle", "venue_id"),
        points_to("initiative", "bundle", "initiative_id"),
        points_to("person", "bundle", "booked_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
        sa.UniqueConstraint("booked_by_id", "submission", name="uq_bundle_submission"),
    )
    op.create_index("ix_bundle_venue_id", "bundle", ["venue_id"])
    op.create_index("ix_bundle_initiative_id", "bundle", ["initiative_id"])
    # SQLite adds a key to a table that exists only together with its column.
    op.execute(
        "ALTER TABLE booking ADD COLUMN bundle_id INTEGER"
        " CONSTRAINT fk_booking_bundle_id REFERENCES bundle (id)"
    )
    op.create_index("ix_booking_bundle_id", "booking", ["bundle_id"])
    for table, column in MINUTES:
        op.add_column(table, sa.Column(column, sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    for table, column in reversed(MINUTES):
        op.drop_column(table, column)
    op.drop_index("ix_booking_bundle_id", table_name="booking")
    op.drop_column("booking", "bundle_id")
    op.drop_table("bundle")
    op.drop_table("room_company")
