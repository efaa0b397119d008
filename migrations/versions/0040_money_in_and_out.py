"""Money: attempts to pay online, what came in, deposits, what goes back, and the books."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    op.create_table(
        "stripe_event",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("object_id", sa.String(length=120), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("look_at", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_stripe_event_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stripe_event")),
    )
    op.create_index("ix_stripe_event_done_at", "stripe_event", ["done_at", "look_at"], unique=False)
    op.create_index(op.f("ix_stripe_event_venue_id"), "stripe_event", ["venue_id"], unique=False)
    op.create_table(
        "checkout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("deposit_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.String(length=30),
            nullable=False,
        ),
        sa.Column(
            "flag",
            sa.String(length=30),
            nullable=True,
        ),
        sa.Column("paid_cents", sa.Integer(), nullable=True),
        sa.Column("paid_currency", sa.String(length=3), nullable=True),
        sa.Column("session_id", sa.String(length=120), nullable=True),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("intent_id", sa.String(length=120), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("closes_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("look_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state = 'flagged') = (flag IS NOT NULL)", name=op.f("ck_checkout_flag")
        ),
        sa.CheckConstraint(
            "(booking_id IS NULL) <> (invoice_id IS NULL)", name=op.f("ck_checkout_one_thing")
        ),
        sa.CheckConstraint("cents + deposit_cents > 0", name=op.f("ck_checkout_something")),
        sa.CheckConstraint(
            "cents >= 0 AND deposit_cents >= 0", name=op.f("ck_checkout_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_checkout_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_checkout_invoice_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_checkout_person_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_checkout_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkout")),
        sa.UniqueConstraint("mark", name=op.f("uq_checkout_mark")),
        sa.UniqueConstraint("session_id", name=op.f("uq_checkout_session_id")),
    )
    op.create_index("ix_checkout_booking_id", "checkout", ["booking_id"], unique=False)
    op.create_index("ix_checkout_invoice_id", "checkout", ["invoice_id"], unique=False)
    op.create_index(op.f("ix_checkout_person_id"), "checkout", ["person_id"], unique=False)
    op.create_index("ix_checkout_state_look_at", "checkout", ["state", "look_at"], unique=False)
    for what in ("booking_id", "invoice_id"):
        op.create_index(
            f"uq_checkout_live_{what}",
            "checkout",
            [what],
            unique=True,
            sqlite_where=sa.text("state IN ('opening', 'open', 'pending')"),
            postgresql_where=sa.text("state IN ('opening', 'open', 'pending')"),
        )
    op.create_table(
        "deposit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_deposit_cents")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_deposit_booking_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_deposit_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_deposit_booking_id")),
    )
    op.create_index(op.f("ix_deposit_venue_id"), "deposit", ["venue_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=True),
        sa.Column(
            "means",
            sa.String(length=30),
            nullable=False,
        ),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("checkout_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(means = 'online') = (checkout_id IS NOT NULL)", name=op.f("ck_payment_online")
        ),
        sa.CheckConstraint(
            "undone_at IS NULL OR means <> 'online'", name=op.f("ck_payment_undone")
        ),
        sa.CheckConstraint("cents > 0", name=op.f("ck_payment_cents")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_payment_by_id")),
        sa.ForeignKeyConstraint(
            ["checkout_id"], ["checkout.id"], name=op.f("fk_payment_checkout_id")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_payment_initiative_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_payment_undone_by_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_payment_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("checkout_id", name=op.f("uq_payment_checkout_id")),
    )
    op.create_index(op.f("ix_payment_by_id"), "payment", ["by_id"], unique=False)
    op.create_index(op.f("ix_payment_initiative_id"), "payment", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_payment_undone_by_id"), "payment", ["undone_by_id"], unique=False)
    op.create_index(
        "ix_payment_venue_id_received_on", "payment", ["venue_id", "received_on"], unique=False
    )
    op.create_table(
        "refund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.Column("deposit_id", sa.Integer(), nullable=True),
        sa.Column(
            "means",
            sa.String(length=30),
            nullable=False,
        ),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.String(length=30),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("provider_id", sa.String(length=120), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("look_at", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f("ck_refund_done")),
        sa.CheckConstraint("cents > 0", name=op.f("ck_refund_cents")),
        sa.CheckConstraint(
            "invoice_id IS NULL OR deposit_id IS NULL", name=op.f("ck_refund_one_thing")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_refund_by_id")),
        sa.ForeignKeyConstraint(["deposit_id"], ["deposit.id"], name=op.f("fk_refund_deposit_id")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_refund_invoice_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_refund_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint("mark", name=op.f("uq_refund_mark")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_refund_provider_id")),
    )
    op.create_index(op.f("ix_refund_by_id"), "refund", ["by_id"], unique=False)
    op.create_index(op.f("ix_refund_deposit_id"), "refund", ["deposit_id"], unique=False)
    op.create_index(op.f("ix_refund_invoice_id"), "refund", ["invoice_id"], unique=False)
    op.create_index("ix_refund_payment_id", "refund", ["payment_id"], unique=False)
    op.create_index("ix_refund_state", "refund", ["state"], unique=False)
    op.create_table(
        "deposit_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deposit_id", sa.Integer(), nullable=False),
        sa.Column(
            "turn",
            sa.String(length=30),
            nullable=False,
        ),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("refund_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.BigInteger(), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("refused_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("turn <> 'kept' OR reason <> ''", name=op.f("ck_deposit_turn_reason")),
        sa.CheckConstraint(
            "turn = 'kept' OR agreed_by_id IS NULL", name=op.f("ck_deposit_turn_agreed")
        ),
        sa.CheckConstraint(
            "agreed_by_id IS NULL OR agreed_by_id <> by_id", name=op.f("ck_deposit_turn_two_people")
        ),
        sa.CheckConstraint("cents > 0", name=op.f("ck_deposit_turn_cents")),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"], ["person.id"], name=op.f("fk_deposit_turn_agreed_by_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_deposit_turn_by_id")),
        sa.ForeignKeyConstraint(
            ["deposit_id"], ["deposit.id"], name=op.f("fk_deposit_turn_deposit_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_deposit_turn_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refund.id"], name=op.f("fk_deposit_turn_refund_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_turn")),
    )
    op.create_index(
        op.f("ix_deposit_turn_agreed_by_id"), "deposit_turn", ["agreed_by_id"], unique=False
    )
    op.create_index(op.f("ix_deposit_turn_by_id"), "deposit_turn", ["by_id"], unique=False)
    op.create_index("ix_deposit_turn_deposit_id", "deposit_turn", ["deposit_id"], unique=False)
    op.create_index(
        op.f("ix_deposit_turn_payment_id"), "deposit_turn", ["payment_id"], unique=False
    )
    op.create_index(op.f("ix_deposit_turn_refund_id"), "deposit_turn", ["refund_id"], unique=False)
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "debit",
            sa.String(length=30),
            nullable=False,
        ),
        sa.Column(
            "credit",
            sa.String(length=30),
            nullable=False,
        ),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=True),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("refund_id", sa.Integer(), nullable=True),
        sa.Column("deposit_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("cents > 0", name=op.f("ck_ledger_entry_cents")),
        sa.CheckConstraint("debit <> credit", name=op.f("ck_ledger_entry_two_accounts")),
        sa.ForeignKeyConstraint(
            ["deposit_id"], ["deposit.id"], name=op.f("fk_ledger_entry_deposit_id")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_ledger_entry_initiative_id")
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_ledger_entry_invoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_ledger_entry_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refund.id"], name=op.f("fk_ledger_entry_refund_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_ledger_entry_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
    )
    op.create_index("ix_ledger_entry_invoice_id", "ledger_entry", ["invoice_id"], unique=False)
    op.create_index("ix_ledger_entry_payment_id", "ledger_entry", ["payment_id"], unique=False)
    op.create_index("ix_ledger_entry_venue_id_on", "ledger_entry", ["venue_id", "on"], unique=False)
    op.create_table(
        "settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column(
            "how",
            sa.String(length=30),
            nullable=False,
        ),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("credit_note_id", sa.Integer(), nullable=True),
        sa.Column("refund_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(how = 'credit') = (credit_note_id IS NOT NULL)", name=op.f("ck_settlement_credit")
        ),
        sa.CheckConstraint(
            "(how = 'refund') = (refund_id IS NOT NULL)", name=op.f("ck_settlement_refund")
        ),
        sa.CheckConstraint(
            "(how IN ('payment', 'refund')) = (payment_id IS NOT NULL)",
            name=op.f("ck_settlement_payment"),
        ),
        sa.CheckConstraint("how <> 'write_off' OR reason <> ''", name=op.f("ck_settlement_reason")),
        sa.CheckConstraint("cents <> 0", name=op.f("ck_settlement_cents")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_settlement_by_id")),
        sa.ForeignKeyConstraint(
            ["credit_note_id"], ["invoice.id"], name=op.f("fk_settlement_credit_note_id")
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_settlement_invoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_settlement_payment_id")
        ),
        sa.ForeignKeyConstraint(["refund_id"], ["refund.id"], name=op.f("fk_settlement_refund_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint("credit_note_id", name=op.f("uq_settlement_credit_note_id")),
    )
    op.create_index(op.f("ix_settlement_by_id"), "settlement", ["by_id"], unique=False)
    op.create_index("ix_settlement_invoice_id", "settlement", ["invoice_id"], unique=False)
    op.create_index("ix_settlement_payment_id", "settlement", ["payment_id"], unique=False)
    op.create_index(op.f("ix_settlement_refund_id"), "settlement", ["refund_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_settlement_refund_id"), table_name="settlement")
    op.drop_index("ix_settlement_payment_id", table_name="settlement")
    op.drop_index("ix_settlement_invoice_id", table_name="settlement")
    op.drop_index(op.f("ix_settlement_by_id"), table_name="settlement")
    op.drop_table("settlement")
    op.drop_index("ix_ledger_entry_venue_id_on", table_name="ledger_entry")
    op.drop_index("ix_ledger_entry_payment_id", table_name="ledger_entry")
    op.drop_index("ix_ledger_entry_invoice_id", table_name="ledger_entry")
    op.drop_table("ledger_entry")
    op.drop_index(op.f("ix_deposit_turn_refund_id"), table_name="deposit_turn")
    op.drop_index(op.f("ix_deposit_turn_payment_id"), table_name="deposit_turn")
    op.drop_index("ix_deposit_turn_deposit_id", table_name="deposit_turn")
    op.drop_index(op.f("ix_deposit_turn_by_id"), table_name="deposit_turn")
    op.drop_index(op.f("ix_deposit_turn_agreed_by_id"), table_name="deposit_turn")
    op.drop_table("deposit_turn")
    op.drop_index("ix_refund_state", table_name="refund")
    op.drop_index("ix_refund_payment_id", table_name="refund")
    op.drop_index(op.f("ix_refund_invoice_id"), table_name="refund")
    op.drop_index(op.f("ix_refund_deposit_id"), table_name="refund")
    op.drop_index(op.f("ix_refund_by_id"), table_name="refund")
    op.drop_table("refund")
    op.drop_index("ix_payment_venue_id_received_on", table_name="payment")
    op.drop_index(op.f("ix_payment_undone_by_id"), table_name="payment")
    op.drop_index(op.f("ix_payment_initiative_id"), table_name="payment")
    op.drop_index(op.f("ix_payment_by_id"), table_name="payment")
    op.drop_table("payment")
    op.drop_index(op.f("ix_deposit_venue_id"), table_name="deposit")
    op.drop_table("deposit")
    op.drop_index("ix_checkout_state_look_at", table_name="checkout")
    op.drop_index(op.f("ix_checkout_person_id"), table_name="checkout")
    op.drop_index("ix_checkout_invoice_id", table_name="checkout")
    op.drop_index("ix_checkout_booking_id", table_name="checkout")
    op.drop_table("checkout")
    op.drop_index(op.f("ix_stripe_event_venue_id"), table_name="stripe_event")
    op.drop_index("ix_stripe_event_done_at", table_name="stripe_event")
    op.drop_table("stripe_event")
