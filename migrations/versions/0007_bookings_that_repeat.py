"""Bookings that repeat."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def points_to(table: str, name: str, column: str) -> sa.ForeignKeyConstraint:
    """A foreign key, called the way all of them are called."""
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("booked_by_id", sa.Integer(), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=True),
        sa.Column("rule_text", sa.String(length=200), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_series_order")),
        points_to("venue", "series", "venue_id"),
        points_to("initiative", "series", "initiative_id"),
        points_to("person", "series", "booked_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("booked_by_id", "submission", name="uq_series_submission"),
    )
    op.create_index("ix_series_venue_id", "series", ["venue_id"])
    op.create_index("ix_series_initiative_id", "series", ["initiative_id"])
    op.create_table(
        "series_plan",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=False),
        sa.Column("ends_minute", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "starts_minute >= 0 AND starts_minute < 1440", name=op.f("ck_series_plan_starts")
        ),
        sa.CheckConstraint("ends_minute > starts_minute", name=op.f("ck_series_plan_order")),
        sa.CheckConstraint("people IS NULL OR people > 0", name=op.f("ck_series_plan_people")),
        points_to("series", "series_plan", "series_id"),
        points_to("room", "series_plan", "room_id"),
        sa.PrimaryKeyConstraint("series_id", "from_on", name=op.f("pk_series_plan")),
    )
    op.create_table(
        "series_left_out",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=30), nullable=False),
        points_to("series", "series_left_out", "series_id"),
        sa.PrimaryKeyConstraint("series_id", "day", name=op.f("pk_series_left_out")),
    )
    # SQLite adds a key only together with its column, which alembic does not write.
    op.execute(
        "ALTER TABLE booking ADD COLUMN series_id INTEGER"
        " CONSTRAINT fk_booking_series_id REFERENCES series (id)"
    )
    op.add_column("booking", sa.Column("series_day", sa.Date(), nullable=True))
    op.create_index("ix_booking_series_id", "booking", ["series_id"])


def downgrade() -> None:
    op.drop_index("ix_booking_series_id", "booking")
    op.drop_column("booking", "series_day")
    op.drop_column("booking", "series_id")
    op.drop_table("series_left_out")
    op.drop_table("series_plan")
    op.drop_table("series")
