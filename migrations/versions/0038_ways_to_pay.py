"""Ways to pay: what a house offers to whom, where groups pay to, and what a booking chose."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.create_table(
        "house_account",
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("iban", sa.String(length=34), nullable=False),
        sa.Column("holder", sa.String(length=70), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("exemption", sa.String(length=200), nullable=False),
        sa.Column("bills_from", sa.Date(), nullable=True),
        sa.CheckConstraint("days BETWEEN 0 AND 120", name=op.f("ck_house_account_days")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_house_account_venue_id")),
        sa.PrimaryKeyConstraint("venue_id", name=op.f("pk_house_account")),
    )
    op.create_table(
        "way_to_pay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.String(length=30),
            nullable=False,
        ),
        sa.CheckConstraint("way <> 'none'", name=op.f("ck_way_to_pay_some_way")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_way_to_pay_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_way_to_pay")),
        sa.UniqueConstraint(
            "venue_id", "standing", "way", name=op.f("uq_way_to_pay_venue_id_standing_way")
        ),
    )
    op.create_index(op.f("ix_way_to_pay_venue_id"), "way_to_pay", ["venue_id"], unique=False)
    op.add_column(
        "booking",
        sa.Column(
            "pays_by",
            sa.String(length=30),
            nullable=True,
        ),
    )


def downgrade() -> None:
    op.drop_column("booking", "pays_by")
    op.drop_index(op.f("ix_way_to_pay_venue_id"), table_name="way_to_pay")
    op.drop_table("way_to_pay")
    op.drop_table("house_account")
