"""Changes of a series."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

IS_OPEN = sa.text("status = 'asked'")


def points_to(table: str, column: str) -> sa.ForeignKeyConstraint:
    """A foreign key, called the way all of them are called."""
    name = op.f(f"fk_series_change_{column}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "series_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        points_to("series", "series_id"),
        points_to("person", "asked_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_change")),
    )
    op.create_index(
        "uq_series_change_open",
        "series_change",
        ["series_id"],
        unique=True,
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )
    op.create_index("ix_series_change_series_id", "series_change", ["series_id"])
    # SQLite adds a key only together with its column, which alembic does not write.
    op.execute(
        "ALTER TABLE change_request ADD COLUMN series_change_id INTEGER"
        " CONSTRAINT fk_change_request_series_change_id REFERENCES series_change (id)"
    )
    op.create_index("ix_change_request_series_change_id", "change_request", ["series_change_id"])


def downgrade() -> None:
    op.drop_index("ix_change_request_series_change_id", "change_request")
    op.drop_column("change_request", "series_change_id")
    op.drop_table("series_change")
