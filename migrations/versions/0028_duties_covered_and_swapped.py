"""Duties that are asked of others, swapped, moved and reminded of; and whom to call about them."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    for name in ("told_at", "reminded_early_of_at", "reminded_late_of_at"):
        op.add_column("duty", sa.Column(name, sa.BigInteger(), nullable=True))
    op.add_column("duty", sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "evening_list",
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_evening_list_venue_id")),
        sa.PrimaryKeyConstraint("venue_id", name=op.f("pk_evening_list")),
    )
    op.create_table(
        "cover_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("last_step_at", sa.BigInteger(), nullable=True),
        sa.Column("backup_told_at", sa.BigInteger(), nullable=True),
        sa.Column("coordinator_told_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "outcome",
            sa.String(length=30),
            nullable=True,
        ),
        sa.Column("taken_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (outcome IS NULL)", name=op.f("ck_cover_call_end")
        ),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_cover_call_duty_id")),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["person.id"], name=op.f("fk_cover_call_opened_by_id")
        ),
        sa.ForeignKeyConstraint(["taken_id"], ["duty.id"], name=op.f("fk_cover_call_taken_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_cover_call_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_call")),
    )
    op.create_index(op.f("ix_cover_call_duty_id"), "cover_call", ["duty_id"], unique=False)
    op.create_index(
        op.f("ix_cover_call_opened_by_id"), "cover_call", ["opened_by_id"], unique=False
    )
    op.create_index(op.f("ix_cover_call_taken_id"), "cover_call", ["taken_id"], unique=False)
    op.create_index(
        "ix_cover_call_venue_id_closed_at", "cover_call", ["venue_id", "closed_at"], unique=False
    )
    op.create_index(
        "uq_cover_call_open",
        "cover_call",
        ["duty_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "roster_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "news",
            sa.String(length=30),
            nullable=False,
        ),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=True),
        sa.Column("called_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["called_by_id"], ["person.id"], name=op.f("fk_roster_call_called_by_id")
        ),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_roster_call_duty_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_roster_call_person_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_roster_call_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_call")),
    )
    op.create_index(
        op.f("ix_roster_call_called_by_id"), "roster_call", ["called_by_id"], unique=False
    )
    op.create_index(op.f("ix_roster_call_duty_id"), "roster_call", ["duty_id"], unique=False)
    op.create_index(op.f("ix_roster_call_person_id"), "roster_call", ["person_id"], unique=False)
    op.create_index(
        "ix_roster_call_venue_id_called_at", "roster_call", ["venue_id", "called_at"], unique=False
    )
    op.create_table(
        "swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("their_duty_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.String(length=30),
            nullable=False,
        ),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_swap_duty_id")),
        sa.ForeignKeyConstraint(["their_duty_id"], ["duty.id"], name=op.f("fk_swap_their_duty_id")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_swap_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap")),
    )
    op.create_index(op.f("ix_swap_duty_id"), "swap", ["duty_id"], unique=False)
    op.create_index(op.f("ix_swap_their_duty_id"), "swap", ["their_duty_id"], unique=False)
    op.create_index("ix_swap_to_id_state", "swap", ["to_id", "state"], unique=False)
    op.create_index(
        "uq_swap_asked",
        "swap",
        ["duty_id", "to_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "cover_ask",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("is_backup", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column(
            "answer",
            sa.String(length=30),
            nullable=True,
        ),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"], ["cover_call.id"], name=op.f("fk_cover_ask_call_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_cover_ask_person_id")),
        sa.PrimaryKeyConstraint("call_id", "person_id", name=op.f("pk_cover_ask")),
    )
    op.create_index(
        "ix_cover_ask_person_id_asked_at", "cover_ask", ["person_id", "asked_at"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_cover_ask_person_id_asked_at", table_name="cover_ask")
    op.drop_table("cover_ask")
    op.drop_index(
        "uq_swap_asked",
        table_name="swap",
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.drop_index("ix_swap_to_id_state", table_name="swap")
    op.drop_index(op.f("ix_swap_their_duty_id"), table_name="swap")
    op.drop_index(op.f("ix_swap_duty_id"), table_name="swap")
    op.drop_table("swap")
    op.drop_index("ix_roster_call_venue_id_called_at", table_name="roster_call")
    op.drop_index(op.f("ix_roster_call_person_id"), table_name="roster_call")
    op.drop_index(op.f("ix_roster_call_duty_id"), table_name="roster_call")
    op.drop_index(op.f("ix_roster_call_called_by_id"), table_name="roster_call")
    op.drop_table("roster_call")
    op.drop_index(
        "uq_cover_call_open",
        table_name="cover_call",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index("ix_cover_call_venue_id_closed_at", table_name="cover_call")
    op.drop_index(op.f("ix_cover_call_taken_id"), table_name="cover_call")
    op.drop_index(op.f("ix_cover_call_opened_by_id"), table_name="cover_call")
    op.drop_index(op.f("ix_cover_call_duty_id"), table_name="cover_call")
    op.drop_table("cover_call")
    op.drop_table("evening_list")
    for name in ("sequence", "reminded_late_of_at", "reminded_early_of_at", "told_at"):
        op.drop_column("duty", name)
