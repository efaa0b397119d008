"""What activities are for, and volunteer work that is written down."""

import sqlalchemy as sa
from alembic import op

from buurthuis.statistics.guard import postgresql_tag_statements, sqlite_tag_statements

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.create_table(
        "activity_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("theme", sa.String(length=30), nullable=False),
        sa.Column("audience", sa.String(length=30), nullable=True),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(booking_id IS NULL) <> (series_id IS NULL)", name=op.f("ck_activity_tag_of_one")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_activity_tag_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["said_by_id"], ["person.id"], name=op.f("fk_activity_tag_said_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_activity_tag_series_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_tag")),
    )
    op.create_index("uq_activity_tag_booking_id", "activity_tag", ["booking_id"], unique=True)
    op.create_index("uq_activity_tag_series_id", "activity_tag", ["series_id"], unique=True)
    op.create_index("ix_activity_tag_said_by_id", "activity_tag", ["said_by_id"])
    op.create_table(
        "volunteer_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=True),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 60000 AND (person_id IS NULL OR minutes <= 1440)",
            name=op.f("ck_volunteer_work_minutes"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_volunteer_work_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["said_by_id"], ["person.id"], name=op.f("fk_volunteer_work_said_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_volunteer_work_venue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_work")),
        sa.UniqueConstraint(
            "said_by_id", "submission", name=op.f("uq_volunteer_work_said_by_id_submission")
        ),
    )
    op.create_index("ix_volunteer_work_venue_id_day", "volunteer_work", ["venue_id", "day"])
    op.create_index("ix_volunteer_work_person_id_day", "volunteer_work", ["person_id", "day"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in sqlite_tag_statements() if is_sqlite else postgresql_tag_statements():
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("volunteer_work")
    op.drop_table("activity_tag")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION figure_change_activity_tag()")
