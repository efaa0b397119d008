"""Fair use of what everybody wants: who goes first, prime time, quotas, what series leave."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "fair_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("others_days", sa.Integer(), nullable=True),
        sa.Column("first_kinds", sa.JSON(), nullable=False),
        sa.Column("first_purposes", sa.JSON(), nullable=False),
        sa.Column("series_percentage", sa.Integer(), nullable=True),
        sa.Column("series_days", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "others_days IS NULL OR others_days >= 0", name=op.f("ck_fair_use_others_days")
        ),
        sa.CheckConstraint(
            "series_percentage IS NULL OR series_percentage BETWEEN 0 AND 100",
            name=op.f("ck_fair_use_series_percentage"),
        ),
        sa.CheckConstraint("series_days >= 0", name=op.f("ck_fair_use_series_days")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_fair_use_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_use")),
        sa.UniqueConstraint("venue_id", name=op.f("uq_fair_use_venue_id")),
    )
    _prime_time()
    _quotas()


def downgrade() -> None:
    for table in ("quota", "prime_time", "fair_use"):
        op.drop_table(table)


def _prime_time() -> None:
    op.create_table(
        "prime_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_use_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=False),
        sa.Column("ends_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_prime_time_weekday")),
        sa.CheckConstraint(
            "starts_minute BETWEEN 0 AND 1439 AND ends_minute > starts_minute"
            " AND ends_minute <= 2160",
            name=op.f("ck_prime_time_order"),
        ),
        sa.ForeignKeyConstraint(
            ["fair_use_id"], ["fair_use.id"], name=op.f("fk_prime_time_fair_use_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prime_time")),
    )
    op.create_index("ix_prime_time_fair_use_id", "prime_time", ["fair_use_id"])


def _quotas() -> None:
    op.create_table(
        "quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_use_id", sa.Integer(), nullable=False),
        sa.Column("per", sa.String(length=30), nullable=False),
        sa.Column("most_minutes", sa.Integer(), nullable=True),
        sa.Column("most_bookings", sa.Integer(), nullable=True),
        sa.Column("is_prime_only", sa.Boolean(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.CheckConstraint("most_minutes > 0", name=op.f("ck_quota_most_minutes")),
        sa.CheckConstraint("most_bookings > 0", name=op.f("ck_quota_most_bookings")),
        sa.CheckConstraint(
            "most_minutes IS NOT NULL OR most_bookings IS NOT NULL",
            name=op.f("ck_quota_limits_something"),
        ),
        sa.ForeignKeyConstraint(
            ["fair_use_id"], ["fair_use.id"], name=op.f("fk_quota_fair_use_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota")),
    )
    op.create_index("ix_quota_fair_use_id", "quota", ["fair_use_id"])
