"""What is said of a shift as it is done: checklists, presence, incidents, codes under seal, hours."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "allowance_ceiling",
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("hour_cents", sa.Integer(), nullable=False),
        sa.Column("month_cents", sa.Integer(), nullable=False),
        sa.Column("year_cents", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_allowance_ceiling_source")),
        sa.CheckConstraint(
            "hour_cents > 0 AND month_cents > 0 AND year_cents > 0",
            name=op.f("ck_allowance_ceiling_cents"),
        ),
        sa.PrimaryKeyConstraint("from_on", name=op.f("pk_allowance_ceiling")),
    )
    op.create_table(
        "checklist_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(length=30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_checklist_item_venue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_item")),
    )
    op.create_index(
        "ix_checklist_item_venue_id_ended_at",
        "checklist_item",
        ["venue_id", "ended_at"],
        unique=False,
    )
    op.create_table(
        "house_allowance",
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("hour_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("hour_cents >= 0", name=op.f("ck_house_allowance_cents")),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_house_allowance_venue_id")
        ),
        sa.PrimaryKeyConstraint("venue_id", "from_on", name=op.f("pk_house_allowance")),
    )
    op.create_table(
        "house_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_house_code_changed_by_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_house_code_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_code")),
        sa.UniqueConstraint(
            "venue_id", "kind", "place", name=op.f("uq_house_code_venue_id_kind_place")
        ),
    )
    op.create_index(
        op.f("ix_house_code_changed_by_id"), "house_code", ["changed_by_id"], unique=False
    )
    op.create_table(
        "tick",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["checklist_item.id"], name=op.f("fk_tick_item_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_tick_said_by_id")),
        sa.ForeignKeyConstraint(["session_id"], ["booking.id"], name=op.f("fk_tick_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tick")),
        sa.UniqueConstraint("session_id", "item_id", name=op.f("uq_tick_session_id_item_id")),
    )
    op.create_index(op.f("ix_tick_item_id"), "tick", ["item_id"], unique=False)
    op.create_index(op.f("ix_tick_said_by_id"), "tick", ["said_by_id"], unique=False)
    op.create_table(
        "hours_correction",
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_hours_correction_reason")),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name=op.f("ck_hours_correction_minutes")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_hours_correction_duty_id")),
        sa.ForeignKeyConstraint(
            ["said_by_id"], ["person.id"], name=op.f("fk_hours_correction_said_by_id")
        ),
        sa.PrimaryKeyConstraint("duty_id", name=op.f("pk_hours_correction")),
    )
    op.create_index(
        op.f("ix_hours_correction_said_by_id"), "hours_correction", ["said_by_id"], unique=False
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=False),
        sa.Column("told_by_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(seen_at IS NULL) = (seen_by_id IS NULL)", name=op.f("ck_incident_seen")
        ),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_incident_duty_id")),
        sa.ForeignKeyConstraint(["seen_by_id"], ["person.id"], name=op.f("fk_incident_seen_by_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["person.id"], name=op.f("fk_incident_told_by_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_incident_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint(
            "told_by_id", "submission", name=op.f("uq_incident_told_by_id_submission")
        ),
    )
    op.create_index(op.f("ix_incident_duty_id"), "incident", ["duty_id"], unique=False)
    op.create_index(op.f("ix_incident_seen_by_id"), "incident", ["seen_by_id"], unique=False)
    op.create_index(
        "ix_incident_venue_id_told_at", "incident", ["venue_id", "told_at"], unique=False
    )
    op.create_table(
        "learner_hours",
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_learner_hours_duty_id")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["person.id"], name=op.f("fk_learner_hours_learner_id")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["person.id"], name=op.f("fk_learner_hours_signed_by_id")
        ),
        sa.PrimaryKeyConstraint("duty_id", name=op.f("pk_learner_hours")),
    )
    op.create_index(
        op.f("ix_learner_hours_learner_id"), "learner_hours", ["learner_id"], unique=False
    )
    op.create_index(
        op.f("ix_learner_hours_signed_by_id"), "learner_hours", ["signed_by_id"], unique=False
    )
    op.create_table(
        "presence",
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(asked = 0) = (asked_at IS NULL) AND asked BETWEEN 0 AND 3",
            name=op.f("ck_presence_asked"),
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_presence_closed")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["person.id"], name=op.f("fk_presence_closed_by_id")
        ),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_presence_duty_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_presence_person_id")),
        sa.PrimaryKeyConstraint("duty_id", name=op.f("pk_presence")),
    )
    op.create_index(op.f("ix_presence_closed_by_id"), "presence", ["closed_by_id"], unique=False)
    op.create_index(op.f("ix_presence_person_id"), "presence", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_presence_person_id"), table_name="presence")
    op.drop_index(op.f("ix_presence_closed_by_id"), table_name="presence")
    op.drop_table("presence")
    op.drop_index(op.f("ix_learner_hours_signed_by_id"), table_name="learner_hours")
    op.drop_index(op.f("ix_learner_hours_learner_id"), table_name="learner_hours")
    op.drop_table("learner_hours")
    op.drop_index("ix_incident_venue_id_told_at", table_name="incident")
    op.drop_index(op.f("ix_incident_seen_by_id"), table_name="incident")
    op.drop_index(op.f("ix_incident_duty_id"), table_name="incident")
    op.drop_table("incident")
    op.drop_index(op.f("ix_hours_correction_said_by_id"), table_name="hours_correction")
    op.drop_table("hours_correction")
    op.drop_index(op.f("ix_tick_said_by_id"), table_name="tick")
    op.drop_index(op.f("ix_tick_item_id"), table_name="tick")
    op.drop_table("tick")
    op.drop_index(op.f("ix_house_code_changed_by_id"), table_name="house_code")
    op.drop_table("house_code")
    op.drop_table("house_allowance")
    op.drop_index("ix_checklist_item_venue_id_ended_at", table_name="checklist_item")
    op.drop_table("checklist_item")
    op.drop_table("allowance_ceiling")
