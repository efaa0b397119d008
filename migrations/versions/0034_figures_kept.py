"""What figures are kept of each day and month, what changed since, and when a room came to a house."""

import sqlalchemy as sa
from alembic import op

from buurthuis.statistics.guard import WATCHED, postgresql_statements, sqlite_statements

revision = "0034"
down_revision = "0033"

WAITS = sa.text("applied_at IS NULL")


def upgrade() -> None:
    op.add_column("room", sa.Column("made_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "figure_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("grain", sa.String(length=30), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("frame", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_figure_sheet_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_sheet")),
    )
    op.create_index(
        "uq_figure_sheet_venue_id_grain_first_day",
        "figure_sheet",
        ["venue_id", "grain", "first_day"],
        unique=True,
    )
    op.create_table(
        "figure_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("applied_at", sa.BigInteger(), nullable=True),
        sa.Column("before", sa.String(length=40), nullable=True),
        sa.Column("after", sa.String(length=40), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_figure_change_order")),
        sa.CheckConstraint(
            "(applied_at IS NULL) = (after IS NULL) AND (before IS NULL) = (after IS NULL)",
            name=op.f("ck_figure_change_applied"),
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_figure_change_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_change")),
    )
    op.create_index(
        "ix_figure_change_waits",
        "figure_change",
        ["venue_id", "first_day"],
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )
    op.create_index(
        "ix_figure_change_venue_id_first_day", "figure_change", ["venue_id", "first_day"]
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in sqlite_statements() if is_sqlite else postgresql_statements():
        op.execute(statement)


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for watched in WATCHED:
        for event in ("insert", "update", "delete"):
            name = f"figure_change_{watched.table}_{event}"
            op.execute(f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON {watched.table}"))
        if not is_sqlite:
            op.execute(f"DROP FUNCTION figure_change_{watched.table}()")
    op.drop_table("figure_change")
    op.drop_table("figure_sheet")
    op.drop_column("room", "made_at")
