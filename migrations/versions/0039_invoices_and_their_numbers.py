"""Invoices and credit notes, their numbers, who gets them, and when they were asked for again."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.create_table(
        "billing_party",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("legal_name", sa.String(length=120), nullable=False),
        sa.Column("attention", sa.String(length=120), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=12), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("kvk_number", sa.String(length=20), nullable=False),
        sa.Column("vat_number", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("order_text", sa.String(length=60), nullable=False),
        sa.Column("is_monthly", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_billing_party_initiative_id")
        ),
        sa.PrimaryKeyConstraint("initiative_id", name=op.f("pk_billing_party")),
    )
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.String(length=30),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=25), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("seller", sa.JSON(), nullable=False),
        sa.Column("buyer", sa.JSON(), nullable=False),
        sa.Column("net_cents", sa.Integer(), nullable=False),
        sa.Column("vat_cents", sa.Integer(), nullable=False),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(length=60), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'credit_note') = (corrects_id IS NOT NULL)", name=op.f("ck_invoice_corrects")
        ),
        sa.CheckConstraint(
            "(kind = 'opening') = (number IS NULL)", name=op.f("ck_invoice_numbered")
        ),
        sa.CheckConstraint("due_on >= issued_on", name=op.f("ck_invoice_due")),
        sa.CheckConstraint("number IS NULL OR number > 0", name=op.f("ck_invoice_number")),
        sa.CheckConstraint(
            "total_cents = net_cents + vat_cents AND total_cents > 0", name=op.f("ck_invoice_total")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["invoice.id"], name=op.f("fk_invoice_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_invoice_initiative_id")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["person.id"], name=op.f("fk_invoice_issued_by_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_invoice_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("reference", name=op.f("uq_invoice_reference")),
        sa.UniqueConstraint(
            "venue_id", "year", "number", name=op.f("uq_invoice_venue_id_year_number")
        ),
    )
    op.create_index("ix_invoice_corrects_id", "invoice", ["corrects_id"], unique=False)
    op.create_index("ix_invoice_initiative_id", "invoice", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_invoice_issued_by_id"), "invoice", ["issued_by_id"], unique=False)
    op.create_index(
        "ix_invoice_venue_id_issued_on", "invoice", ["venue_id", "issued_on"], unique=False
    )
    op.create_index("uq_invoice_batch", "invoice", ["venue_id", "batch"], unique=True)
    op.create_table(
        "invoice_count",
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last >= 0", name=op.f("ck_invoice_count_last")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_invoice_count_venue_id")),
        sa.PrimaryKeyConstraint("venue_id", "year", name=op.f("pk_invoice_count")),
    )
    op.create_table(
        "invoice_reminder",
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_invoice_reminder_by_id")),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_reminder_invoice_id")
        ),
        sa.PrimaryKeyConstraint("invoice_id", "number", name=op.f("pk_invoice_reminder")),
    )
    op.create_index(op.f("ix_invoice_reminder_by_id"), "invoice_reminder", ["by_id"], unique=False)
    op.create_table(
        "invoice_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("supplied_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=10, scale=4), nullable=False),
        sa.Column("unit_cents", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("vat_bp", sa.Integer(), nullable=True),
        sa.Column("vat_cents", sa.Integer(), nullable=False),
        sa.Column("given_cents", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_invoice_line_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_line_invoice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_line")),
        sa.UniqueConstraint(
            "invoice_id", "position", name=op.f("uq_invoice_line_invoice_id_position")
        ),
    )
    op.create_index("ix_invoice_line_booking_id", "invoice_line", ["booking_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_invoice_line_booking_id", table_name="invoice_line")
    op.drop_table("invoice_line")
    op.drop_index(op.f("ix_invoice_reminder_by_id"), table_name="invoice_reminder")
    op.drop_table("invoice_reminder")
    op.drop_table("invoice_count")
    op.drop_index("uq_invoice_batch", table_name="invoice")
    op.drop_index("ix_invoice_venue_id_issued_on", table_name="invoice")
    op.drop_index(op.f("ix_invoice_issued_by_id"), table_name="invoice")
    op.drop_index("ix_invoice_initiative_id", table_name="invoice")
    op.drop_index("ix_invoice_corrects_id", table_name="invoice")
    op.drop_table("invoice")
    op.drop_table("billing_party")
