"""More ways to price a room: blocks, square metres, a booking, a least, and prices of one's own."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

BEFORE = "unit IN ('hour', 'hour_on_top', 'part')"
AFTER = "unit IN ('hour', 'metre_hour', 'hour_on_top', 'part', 'block', 'booking', 'least')"


def upgrade() -> None:
    with op.batch_alter_table("rate") as table:
        table.add_column(sa.Column("kind", sa.String(length=30), nullable=True))
        table.add_column(sa.Column("block_minutes", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("grace_minutes", sa.Integer(), nullable=False, server_default="0")
        )
        table.drop_constraint(op.f("ck_rate_unit"), type_="check")
        table.create_check_constraint(op.f("ck_rate_unit"), AFTER)
        table.create_check_constraint(
            op.f("ck_rate_block_has_minutes"), "(unit = 'block') = (block_minutes IS NOT NULL)"
        )


def downgrade() -> None:
    op.execute(
        "DELETE FROM rate WHERE kind IS NOT NULL OR unit NOT IN ('hour', 'hour_on_top', 'part')"
    )
    with op.batch_alter_table("rate") as table:
        table.drop_constraint(op.f("ck_rate_block_has_minutes"), type_="check")
        table.drop_constraint(op.f("ck_rate_unit"), type_="check")
        table.create_check_constraint(op.f("ck_rate_unit"), BEFORE)
        table.drop_column("grace_minutes")
        table.drop_column("block_minutes")
        table.drop_column("kind")
