"""Subscriptions of every kind, and the moments at which something changed that calendars tell of."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

BEFORE = "(kind = 'house') = (venue_id IS NOT NULL)"
AFTER = "(kind IN ('house', 'unfilled')) = (venue_id IS NOT NULL)"
MOMENTS = (("venue", "named_at"), ("room", "named_at"), ("closure", "made_at"))


def upgrade() -> None:
    op.add_column(
        "pulse",
        sa.Column("changed_second", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column("initiative", sa.Column("renamed_at", sa.BigInteger(), nullable=True))
    for table, column in MOMENTS:
        op.add_column(table, sa.Column(column, sa.BigInteger(), nullable=True))
    op.execute("UPDATE venue SET named_at = changed_at")
    for table, column in MOMENTS[1:]:
        op.execute(
            f"UPDATE {table} SET {column} ="  # noqa: S608
            f" (SELECT changed_at FROM venue WHERE venue.id = {table}.venue_id)"
        )
    with op.batch_alter_table("feed") as table:
        table.drop_constraint(op.f("ck_feed_house"), type_="check")
        table.create_check_constraint(op.f("ck_feed_house"), AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM feed WHERE kind IN ('unfilled', 'to_take')")
    with op.batch_alter_table("feed") as table:
        table.drop_constraint(op.f("ck_feed_house"), type_="check")
        table.create_check_constraint(op.f("ck_feed_house"), BEFORE)
    for table, column in reversed(MOMENTS):
        op.drop_column(table, column)
    op.drop_column("initiative", "renamed_at")
    op.drop_column("pulse", "changed_second")
