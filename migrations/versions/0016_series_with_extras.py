"""Series that take extras and time around them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    for name in ("setup_minutes", "teardown_minutes"):
        op.add_column(
            "series_plan", sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        )
    op.create_table(
        "series_plan_extra",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("extra_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_series_plan_extra_quantity")),
        sa.ForeignKeyConstraint(
            ["series_id", "from_on"],
            ["series_plan.series_id", "series_plan.from_on"],
            name="fk_series_plan_extra_series_plan",
        ),
        sa.ForeignKeyConstraint(
            ["extra_id"], ["extra.id"], name=op.f("fk_series_plan_extra_extra_id")
        ),
        sa.PrimaryKeyConstraint(
            "series_id", "from_on", "extra_id", name=op.f("pk_series_plan_extra")
        ),
    )


def downgrade() -> None:
    op.drop_table("series_plan_extra")
    for name in ("teardown_minutes", "setup_minutes"):
        op.drop_column("series_plan", name)
