"""The roster: rules of a house, who opens itself, promises, key-holders, and the key register."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "lock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("opens", sa.String(length=200), nullable=False),
        sa.Column("is_entrance", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("most_issued", sa.Integer(), nullable=True),
        sa.CheckConstraint("most_issued IS NULL OR most_issued >= 0", name=op.f("ck_lock_most")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_lock_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lock")),
        sa.UniqueConstraint("venue_id", "name", name=op.f("uq_lock_venue_id_name")),
    )
    op.create_table(
        "other_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=True),
        sa.Column("ends_minute", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(starts_minute IS NULL) = (ends_minute IS NULL)"
            " AND (starts_minute IS NULL OR (starts_minute BETWEEN 0 AND 1439"
            " AND ends_minute > starts_minute AND ends_minute <= 2160))",
            name=op.f("ck_other_days_span"),
        ),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_other_days_order")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_other_days_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_days")),
    )
    op.create_index(
        "ix_other_days_person_id_to_on", "other_days", ["person_id", "to_on"], unique=False
    )
    op.create_table(
        "own_entry",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=30), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_own_entry_order")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_own_entry_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_own_entry_initiative_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_own_entry_venue_id")),
        sa.PrimaryKeyConstraint("initiative_id", "venue_id", name=op.f("pk_own_entry")),
    )
    op.create_index(
        op.f("ix_own_entry_decided_by_id"), "own_entry", ["decided_by_id"], unique=False
    )
    op.create_index(op.f("ix_own_entry_venue_id"), "own_entry", ["venue_id"], unique=False)
    op.create_table(
        "roster_rules",
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("lead_in_minutes", sa.Integer(), nullable=False),
        sa.Column("lead_out_minutes", sa.Integer(), nullable=False),
        sa.Column("longest_minutes", sa.Integer(), nullable=True),
        sa.Column("cut_at", sa.String(length=30), nullable=False),
        sa.Column("hand_over_minutes", sa.Integer(), nullable=False),
        sa.Column("openers", sa.Integer(), nullable=False),
        sa.Column("closers", sa.Integer(), nullable=False),
        sa.Column("hosts", sa.Integer(), nullable=False),
        sa.Column("rest_minutes", sa.Integer(), nullable=False),
        sa.Column("late_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "lead_in_minutes BETWEEN 0 AND 240 AND lead_out_minutes BETWEEN 0 AND 240"
            " AND hand_over_minutes BETWEEN 0 AND 120",
            name=op.f("ck_roster_rules_minutes"),
        ),
        sa.CheckConstraint(
            "longest_minutes IS NULL OR longest_minutes >= 60", name=op.f("ck_roster_rules_longest")
        ),
        sa.CheckConstraint(
            "openers BETWEEN 0 AND 2 AND closers BETWEEN 0 AND 2 AND hosts BETWEEN 0 AND 2"
            " AND openers + closers + hosts > 0",
            name=op.f("ck_roster_rules_people"),
        ),
        sa.CheckConstraint(
            "rest_minutes BETWEEN 0 AND 1440 AND late_minute BETWEEN 0 AND 2160",
            name=op.f("ck_roster_rules_rest"),
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_roster_rules_venue_id")),
        sa.PrimaryKeyConstraint("venue_id", name=op.f("pk_roster_rules")),
    )
    op.create_table(
        "roster_wish",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("most_a_week", sa.Integer(), nullable=False),
        sa.Column("likes_to_open", sa.Boolean(), nullable=False),
        sa.Column("likes_to_close", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("most_a_week BETWEEN 0 AND 14", name=op.f("ck_roster_wish_most")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_roster_wish_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_roster_wish")),
    )
    op.create_table(
        "training",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("is_learner", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("trained_by_id", sa.Integer(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "is_learner OR mentor_id IS NULL", name=op.f("ck_training_mentor_of_learner")
        ),
        sa.CheckConstraint(
            "is_learner OR trained_on IS NOT NULL", name=op.f("ck_training_trained")
        ),
        sa.CheckConstraint("mentor_id <> person_id", name=op.f("ck_training_mentor_is_another")),
        sa.ForeignKeyConstraint(["mentor_id"], ["person.id"], name=op.f("fk_training_mentor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_training_person_id")),
        sa.ForeignKeyConstraint(
            ["trained_by_id"], ["person.id"], name=op.f("fk_training_trained_by_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_training_venue_id")),
        sa.PrimaryKeyConstraint("person_id", "venue_id", name=op.f("pk_training")),
    )
    op.create_index(op.f("ix_training_mentor_id"), "training", ["mentor_id"], unique=False)
    op.create_index(op.f("ix_training_trained_by_id"), "training", ["trained_by_id"], unique=False)
    op.create_index(op.f("ix_training_venue_id"), "training", ["venue_id"], unique=False)
    op.create_table(
        "travel",
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 0 AND 600", name=op.f("ck_travel_minutes")),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_travel_order")),
        sa.ForeignKeyConstraint(["one_id"], ["venue.id"], name=op.f("fk_travel_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["venue.id"], name=op.f("fk_travel_other_id")),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_travel")),
    )
    op.create_index(op.f("ix_travel_other_id"), "travel", ["other_id"], unique=False)
    op.create_table(
        "weekly_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=False),
        sa.Column("ends_minute", sa.Integer(), nullable=False),
        sa.Column("is_liked", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "starts_minute BETWEEN 0 AND 1439 AND ends_minute > starts_minute AND ends_minute <= 2160",
            name=op.f("ck_weekly_time_span"),
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_weekly_time_weekday")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_weekly_time_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekly_time")),
    )
    op.create_index("ix_weekly_time_person_id", "weekly_time", ["person_id"], unique=False)
    op.create_table(
        "physical_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lock_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["lock_id"], ["lock.id"], name=op.f("fk_physical_key_lock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_physical_key")),
        sa.UniqueConstraint("lock_id", "number", name=op.f("uq_physical_key_lock_id_number")),
    )
    op.create_table(
        "key_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("initiative_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_name", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("deposit_cents", sa.Integer(), nullable=False),
        sa.Column("returned_at", sa.BigInteger(), nullable=True),
        sa.Column("received_by_id", sa.Integer(), nullable=True),
        sa.Column("returned_name", sa.String(length=120), nullable=False),
        sa.Column("lost_at", sa.BigInteger(), nullable=True),
        sa.Column("lost_told_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (initiative_id IS NULL)", name=op.f("ck_key_issue_one_holder")
        ),
        sa.CheckConstraint(
            "(returned_at IS NULL) = (received_by_id IS NULL) AND (returned_at IS NULL OR lost_at IS NULL)",
            name=op.f("ck_key_issue_end"),
        ),
        sa.CheckConstraint("deposit_cents >= 0", name=op.f("ck_key_issue_deposit")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_key_issue_initiative_id")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["person.id"], name=op.f("fk_key_issue_issued_by_id")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["physical_key.id"], name=op.f("fk_key_issue_key_id")),
        sa.ForeignKeyConstraint(
            ["lost_told_by_id"], ["person.id"], name=op.f("fk_key_issue_lost_told_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_key_issue_person_id")),
        sa.ForeignKeyConstraint(
            ["received_by_id"], ["person.id"], name=op.f("fk_key_issue_received_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_issue")),
    )
    op.create_index("ix_key_issue_initiative_id", "key_issue", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_key_issue_issued_by_id"), "key_issue", ["issued_by_id"], unique=False)
    op.create_index(op.f("ix_key_issue_key_id"), "key_issue", ["key_id"], unique=False)
    op.create_index(
        op.f("ix_key_issue_lost_told_by_id"), "key_issue", ["lost_told_by_id"], unique=False
    )
    op.create_index("ix_key_issue_person_id", "key_issue", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_key_issue_received_by_id"), "key_issue", ["received_by_id"], unique=False
    )
    op.create_index(
        "uq_key_issue_out",
        "key_issue",
        ["key_id"],
        unique=True,
        sqlite_where=sa.text("returned_at IS NULL AND lost_at IS NULL"),
        postgresql_where=sa.text("returned_at IS NULL AND lost_at IS NULL"),
    )
    op.create_table(
        "duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("watch", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("chosen", sa.String(length=30), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("over_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_duty_order")),
        sa.CheckConstraint("watch >= 0 AND place BETWEEN 0 AND 1", name=op.f("ck_duty_which")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_duty_person_id")),
        sa.ForeignKeyConstraint(["session_id"], ["booking.id"], name=op.f("fk_duty_session_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_duty_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    op.create_index("ix_duty_person_id_starts_at", "duty", ["person_id", "starts_at"], unique=False)
    op.create_index("ix_duty_venue_id_starts_at", "duty", ["venue_id", "starts_at"], unique=False)
    op.create_index(
        "uq_duty_standing",
        "duty",
        ["session_id", "kind", "watch", "place", "part"],
        unique=True,
        sqlite_where=sa.text("status IN ('proposed', 'taken')"),
        postgresql_where=sa.text("status IN ('proposed', 'taken')"),
    )
    op.create_table(
        "duty_booking",
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_duty_booking_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["duty_id"], ["duty.id"], name=op.f("fk_duty_booking_duty_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("duty_id", "booking_id", name=op.f("pk_duty_booking")),
    )
    op.create_index(
        op.f("ix_duty_booking_booking_id"), "duty_booking", ["booking_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_duty_booking_booking_id"), table_name="duty_booking")
    op.drop_table("duty_booking")
    op.drop_index(
        "uq_duty_standing",
        table_name="duty",
        sqlite_where=sa.text("status IN ('proposed', 'taken')"),
        postgresql_where=sa.text("status IN ('proposed', 'taken')"),
    )
    op.drop_index("ix_duty_venue_id_starts_at", table_name="duty")
    op.drop_index("ix_duty_person_id_starts_at", table_name="duty")
    op.drop_table("duty")
    op.drop_index(
        "uq_key_issue_out",
        table_name="key_issue",
        sqlite_where=sa.text("returned_at IS NULL AND lost_at IS NULL"),
        postgresql_where=sa.text("returned_at IS NULL AND lost_at IS NULL"),
    )
    op.drop_index(op.f("ix_key_issue_received_by_id"), table_name="key_issue")
    op.drop_index("ix_key_issue_person_id", table_name="key_issue")
    op.drop_index(op.f("ix_key_issue_lost_told_by_id"), table_name="key_issue")
    op.drop_index(op.f("ix_key_issue_key_id"), table_name="key_issue")
    op.drop_index(op.f("ix_key_issue_issued_by_id"), table_name="key_issue")
    op.drop_index("ix_key_issue_initiative_id", table_name="key_issue")
    op.drop_table("key_issue")
    op.drop_table("physical_key")
    op.drop_index("ix_weekly_time_person_id", table_name="weekly_time")
    op.drop_table("weekly_time")
    op.drop_index(op.f("ix_travel_other_id"), table_name="travel")
    op.drop_table("travel")
    op.drop_index(op.f("ix_training_venue_id"), table_name="training")
    op.drop_index(op.f("ix_training_trained_by_id"), table_name="training")
    op.drop_index(op.f("ix_training_mentor_id"), table_name="training")
    op.drop_table("training")
    op.drop_table("roster_wish")
    op.drop_table("roster_rules")
    op.drop_index(op.f("ix_own_entry_venue_id"), table_name="own_entry")
    op.drop_index(op.f("ix_own_entry_decided_by_id"), table_name="own_entry")
    op.drop_table("own_entry")
    op.drop_index("ix_other_days_person_id_to_on", table_name="other_days")
    op.drop_table("other_days")
    op.drop_table("lock")
