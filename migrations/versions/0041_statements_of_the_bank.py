"""Statements of the bank: files that were brought, and their lines."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    op.create_table(
        "bank_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("account", sa.String(length=34), nullable=False),
        sa.Column("heading", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=True),
        sa.Column("sheet", sa.JSON(), nullable=True),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("brought_at", sa.BigInteger(), nullable=False),
        sa.Column("brought_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brought_by_id"], ["person.id"], name=op.f("fk_bank_statement_brought_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_bank_statement_venue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_statement")),
    )
    op.create_index(
        op.f("ix_bank_statement_brought_by_id"), "bank_statement", ["brought_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_bank_statement_venue_id"), "bank_statement", ["venue_id"], unique=False
    )
    op.create_table(
        "bank_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("counterparty", sa.String(length=140), nullable=False),
        sa.Column("iban", sa.String(length=34), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("refund_id", sa.Integer(), nullable=True),
        sa.Column("matched_at", sa.BigInteger(), nullable=True),
        sa.Column("matched_by_id", sa.Integer(), nullable=True),
        sa.Column("aside_at", sa.BigInteger(), nullable=True),
        sa.Column("aside_by_id", sa.Integer(), nullable=True),
        sa.Column("aside_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(aside_at IS NULL OR (payment_id IS NULL AND refund_id IS NULL))"
            " AND (payment_id IS NULL OR refund_id IS NULL)",
            name=op.f("ck_bank_line_one_end"),
        ),
        sa.CheckConstraint("refund_id IS NULL OR cents < 0", name=op.f("ck_bank_line_refund")),
        sa.CheckConstraint("cents <> 0", name=op.f("ck_bank_line_cents")),
        sa.ForeignKeyConstraint(
            ["aside_by_id"], ["person.id"], name=op.f("fk_bank_line_aside_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["matched_by_id"], ["person.id"], name=op.f("fk_bank_line_matched_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_bank_line_payment_id")
        ),
        sa.ForeignKeyConstraint(["refund_id"], ["refund.id"], name=op.f("fk_bank_line_refund_id")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["bank_statement.id"], name=op.f("fk_bank_line_statement_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_bank_line_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line")),
        sa.UniqueConstraint("refund_id", name=op.f("uq_bank_line_refund_id")),
        sa.UniqueConstraint("venue_id", "key", name=op.f("uq_bank_line_venue_id_key")),
    )
    op.create_index(op.f("ix_bank_line_aside_by_id"), "bank_line", ["aside_by_id"], unique=False)
    op.create_index(
        op.f("ix_bank_line_matched_by_id"), "bank_line", ["matched_by_id"], unique=False
    )
    op.create_index("ix_bank_line_payment_id", "bank_line", ["payment_id"], unique=False)
    op.create_index("ix_bank_line_statement_id", "bank_line", ["statement_id"], unique=False)
    op.create_index("ix_bank_line_venue_id_iban", "bank_line", ["venue_id", "iban"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_bank_line_venue_id_iban", table_name="bank_line")
    op.drop_index("ix_bank_line_statement_id", table_name="bank_line")
    op.drop_index("ix_bank_line_payment_id", table_name="bank_line")
    op.drop_index(op.f("ix_bank_line_matched_by_id"), table_name="bank_line")
    op.drop_index(op.f("ix_bank_line_aside_by_id"), table_name="bank_line")
    op.drop_table("bank_line")
    op.drop_index(op.f("ix_bank_statement_venue_id"), table_name="bank_statement")
    op.drop_index(op.f("ix_bank_statement_brought_by_id"), table_name="bank_statement")
    op.drop_table("bank_statement")
