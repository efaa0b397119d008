"""Calendars and lists brought along: each import with its rows, what became of them, what a word means."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "calendar_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("sheet", sa.JSON(), nullable=True),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("brought_at", sa.BigInteger(), nullable=True),
        sa.Column("brought_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(state = 'draft') = (brought_at IS NULL)", name=op.f("ck_calendar_import_brought")
        ),
        sa.CheckConstraint(
            "(state = 'undone') = (undone_at IS NOT NULL)", name=op.f("ck_calendar_import_undone")
        ),
        sa.ForeignKeyConstraint(
            ["brought_by_id"], ["person.id"], name=op.f("fk_calendar_import_brought_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_calendar_import_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_calendar_import_undone_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_calendar_import_venue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_import")),
    )
    for column in ("made_by_id", "brought_by_id", "undone_by_id"):
        op.create_index(op.f(f"ix_calendar_import_{column}"), "calendar_import", [column])
    op.create_index(
        "ix_calendar_import_venue_id_made_at", "calendar_import", ["venue_id", "made_at"]
    )
    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("tick", sa.Boolean(), nullable=True),
        sa.Column("deed", sa.String(length=30), nullable=True),
        sa.Column("why", sa.String(length=30), nullable=True),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_import_row_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["calendar_import.id"],
            name=op.f("fk_import_row_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("import_id", "number", name="uq_import_row_number"),
    )
    op.create_index(op.f("ix_import_row_booking_id"), "import_row", ["booking_id"])
    op.create_table(
        "imported_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("closed", sa.JSON(), nullable=True),
        sa.Column("said", sa.String(length=64), nullable=False),
        sa.Column("as_left", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_imported_entry_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["calendar_import.id"], name=op.f("fk_imported_entry_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_imported_entry_venue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_entry")),
        sa.UniqueConstraint("venue_id", "key", name="uq_imported_entry_key"),
    )
    for column in ("booking_id", "source_id"):
        op.create_index(op.f(f"ix_imported_entry_{column}"), "imported_entry", [column])
    op.create_table(
        "import_word",
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("means", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_import_word_venue_id")),
        sa.PrimaryKeyConstraint("venue_id", "kind", "word", name=op.f("pk_import_word")),
    )


def downgrade() -> None:
    op.drop_table("import_word")
    op.drop_table("imported_entry")
    op.drop_table("import_row")
    op.drop_table("calendar_import")
