"""What comes on top of a room and what goes off, and what a booking keeps to be priced again."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def _foreign(column: str, table: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def upgrade() -> None:
    _surcharge()
    _extra_rate()
    _reduction()
    op.add_column("booking", sa.Column("recognised_since", sa.Date(), nullable=True))
    op.add_column("booking", sa.Column("had_before", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("booking", "had_before")
    op.drop_column("booking", "recognised_since")
    op.drop_index(op.f("ix_reduction_card_id"), table_name="reduction")
    for table in ("reduction", "extra_rate", "surcharge"):
        op.drop_table(table)


def _surcharge() -> None:
    op.create_table(
        "surcharge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=False),
        sa.Column("ends_minute", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("vat_bp", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "measure IN ('share', 'hour', 'booking')", name=op.f("ck_surcharge_measure")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_surcharge_amount")),
        sa.CheckConstraint(
            "measure <> 'share' OR amount <= 50000", name=op.f("ck_surcharge_share")
        ),
        sa.CheckConstraint("weekdays BETWEEN 1 AND 127", name=op.f("ck_surcharge_weekdays")),
        sa.CheckConstraint(
            "starts_minute BETWEEN 0 AND 1439 AND ends_minute > starts_minute"
            " AND ends_minute <= 2160 AND ends_minute - starts_minute <= 1440",
            name=op.f("ck_surcharge_window"),
        ),
        sa.CheckConstraint(
            "vat_bp IS NULL OR (measure = 'booking' AND vat_bp BETWEEN 0 AND 10000)",
            name=op.f("ck_surcharge_vat"),
        ),
        _foreign("card_id", "surcharge", "rate_card"),
        _foreign("room_id", "surcharge", "room"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surcharge")),
        sa.UniqueConstraint("card_id", "name", name=op.f("uq_surcharge_card_id_name")),
    )


def _extra_rate() -> None:
    op.create_table(
        "extra_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("extra_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("vat_bp", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "measure IN ('piece', 'person', 'hour', 'booking')", name=op.f("ck_extra_rate_measure")
        ),
        sa.CheckConstraint("cents > 0", name=op.f("ck_extra_rate_cents")),
        sa.CheckConstraint(
            "vat_bp IS NULL OR vat_bp BETWEEN 0 AND 10000", name=op.f("ck_extra_rate_vat")
        ),
        _foreign("card_id", "extra_rate", "rate_card"),
        _foreign("extra_id", "extra_rate", "extra"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_rate")),
        sa.UniqueConstraint("card_id", "extra_id", name=op.f("uq_extra_rate_card_id_extra_id")),
    )


def _reduction() -> None:
    op.create_table(
        "reduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("off_bp", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("from_nth", sa.Integer(), nullable=True),
        sa.Column("per", sa.String(length=30), nullable=True),
        sa.CheckConstraint("reason IN ('starting', 'frequent')", name=op.f("ck_reduction_reason")),
        sa.CheckConstraint("off_bp BETWEEN 1 AND 10000", name=op.f("ck_reduction_off")),
        sa.CheckConstraint(
            "(reason = 'starting') = (months IS NOT NULL) AND (months IS NULL OR months > 0)",
            name=op.f("ck_reduction_starting"),
        ),
        sa.CheckConstraint(
            "(reason = 'frequent') = (from_nth IS NOT NULL)"
            " AND (reason = 'frequent') = (per IS NOT NULL)"
            " AND (from_nth IS NULL OR from_nth > 1)"
            " AND (per IS NULL OR per IN ('month', 'quarter', 'year'))",
            name=op.f("ck_reduction_frequent"),
        ),
        _foreign("card_id", "reduction", "rate_card"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reduction")),
    )
    op.create_index(op.f("ix_reduction_card_id"), "reduction", ["card_id"])
