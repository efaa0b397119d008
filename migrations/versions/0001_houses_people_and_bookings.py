"""Houses, people, money rules, bookings, and the guard that refuses double booking."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

LONGEST_SECONDS = 7 * 24 * 3600

SQLITE_GUARD = """
CREATE TRIGGER occupancy_no_overlap_{event} BEFORE {moment} ON occupancy
WHEN EXISTS (
    SELECT 1 FROM occupancy AS other
    WHERE other.space_id = NEW.space_id
      AND other.from_at < NEW.to_at
      AND other.from_at > NEW.from_at - {longest}
      AND other.to_at > NEW.from_at
      AND other.id IS NOT {itself}
)
BEGIN SELECT RAISE(ABORT, 'occupancy_no_overlap'); END
"""

POSTGRESQL_GUARD = """
ALTER TABLE occupancy ADD CONSTRAINT occupancy_no_overlap EXCLUDE USING gist (
    int4range(space_id, space_id, '[]') WITH =,
    int8range(from_at, to_at) WITH &&
)
"""


def guard() -> None:
    """Make the database refuse an overlap, stored anew or moved into place."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_GUARD)
        return
    for event, moment, itself in (("insert", "INSERT", "NULL"), ("update", "UPDATE", "OLD.id")):
        op.execute(
            SQLITE_GUARD.format(event=event, moment=moment, itself=itself, longest=LONGEST_SECONDS)
        )


def upgrade() -> None:
    op.create_table(
        "initiative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("parked_at", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_waiting", "outbox", ["sent_at", "parked_at", "due_at"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "sign_in_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("next_path", sa.String(length=2000), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_code")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_sign_in_code_link_hash")),
    )
    op.create_index("ix_sign_in_code_email", "sign_in_code", ["email"], unique=False)
    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=12), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("neighbourhood", sa.String(length=80), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("way_in", sa.Text(), nullable=False),
        sa.Column("house_rules", sa.Text(), nullable=False),
        sa.Column("legal_name", sa.String(length=120), nullable=False),
        sa.Column("kvk_number", sa.String(length=20), nullable=False),
        sa.Column("vat_number", sa.String(length=30), nullable=False),
        sa.Column("closed_on_holidays", sa.Boolean(), nullable=False),
        sa.Column("merge_gap_minutes", sa.Integer(), nullable=False),
        sa.Column("step_minutes", sa.Integer(), nullable=False),
        sa.Column("min_minutes", sa.Integer(), nullable=False),
        sa.Column("max_minutes", sa.Integer(), nullable=False),
        sa.Column("notice_minutes", sa.Integer(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("cancel_notice_hours", sa.Integer(), nullable=False),
        sa.Column("requests_occupy", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("timezone = 'Europe/Amsterdam'", name=op.f("ck_venue_timezone")),
        sa.CheckConstraint("max_minutes <= 1440", name=op.f("ck_venue_longest")),
        sa.CheckConstraint(
            "min_minutes > 0 AND max_minutes >= min_minutes", name=op.f("ck_venue_length")
        ),
        sa.CheckConstraint("step_minutes IN (5, 10, 15, 20, 30, 60)", name=op.f("ck_venue_step")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("slug", name=op.f("uq_venue_slug")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_api_token_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(
        "uq_api_token_live_name",
        "api_token",
        ["person_id", "name"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("to_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("to_at > from_at", name=op.f("ck_closure_order")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_closure_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_index("ix_closure_venue_id_from_at", "closure", ["venue_id", "from_at"], unique=False)
    op.create_table(
        "day_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=False),
        sa.Column("ends_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "starts_minute >= 0 AND ends_minute > starts_minute AND ends_minute <= 2160",
            name=op.f("ck_day_part_order"),
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_day_part_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_part")),
        sa.UniqueConstraint("venue_id", "name", name=op.f("uq_day_part_venue_id_name")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("reference", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_decision_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_venue_id"), "decision", ["venue_id"], unique=False)
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=True),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(kind = 'house') = (venue_id IS NOT NULL)", name=op.f("ck_feed_house")),
        sa.CheckConstraint(
            "(kind = 'initiative') = (initiative_id IS NOT NULL)", name=op.f("ck_feed_initiative")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_feed_initiative_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_feed_person_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_feed_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_token_hash")),
    )
    op.create_index("ix_feed_person_id", "feed", ["person_id"], unique=False)
    op.create_table(
        "idempotency_key",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("asked_hash", sa.String(length=64), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_idempotency_key_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_index(
        op.f("ix_idempotency_key_created_at"), "idempotency_key", ["created_at"], unique=False
    )
    op.create_table(
        "logbook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_logbook_actor_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_logbook_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logbook")),
    )
    op.create_index("ix_logbook_subject", "logbook", ["subject_type", "subject_id"], unique=False)
    op.create_index("ix_logbook_venue_at", "logbook", ["venue_id", "at"], unique=False)
    op.create_table(
        "membership",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("since_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_membership_initiative_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.PrimaryKeyConstraint("person_id", "initiative_id", name=op.f("pk_membership")),
    )
    op.create_index(
        op.f("ix_membership_initiative_id"), "membership", ["initiative_id"], unique=False
    )
    op.create_table(
        "recognition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_recognition_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_recognition_initiative_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_recognition_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition")),
    )
    op.create_index("ix_recognition_initiative_id", "recognition", ["initiative_id"], unique=False)
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "venue_id IS NOT NULL OR name IN ('board', 'admin')", name=op.f("ck_role_house_named")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_person_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_role_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
    )
    op.create_index("ix_role_venue_id", "role", ["venue_id"], unique=False)
    op.create_index(
        "uq_role_everywhere",
        "role",
        ["person_id", "name"],
        unique=True,
        sqlite_where=sa.text("venue_id IS NULL"),
        postgresql_where=sa.text("venue_id IS NULL"),
    )
    op.create_index(
        "uq_role_in_house",
        "role",
        ["person_id", "venue_id", "name"],
        unique=True,
        sqlite_where=sa.text("venue_id IS NOT NULL"),
        postgresql_where=sa.text("venue_id IS NOT NULL"),
    )
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("area_m2", sa.Numeric(precision=7, scale=2), nullable=True),
        sa.Column("setup_minutes", sa.Integer(), nullable=False),
        sa.Column("teardown_minutes", sa.Integer(), nullable=False),
        sa.Column("turnover_minutes", sa.Integer(), nullable=False),
        sa.Column("approval", sa.String(length=30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("area_m2 IS NULL OR area_m2 > 0", name=op.f("ck_room_area")),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_room_capacity")),
        sa.CheckConstraint(
            "setup_minutes BETWEEN 0 AND 720 AND teardown_minutes BETWEEN 0 AND 720"
            " AND turnover_minutes BETWEEN 0 AND 720",
            name=op.f("ck_room_buffers"),
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_room_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("slug", name=op.f("uq_room_slug")),
    )
    op.create_index("ix_room_venue_id", "room", ["venue_id"], unique=False)
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_session_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    op.create_index("ix_sign_in_session_person_id", "sign_in_session", ["person_id"], unique=False)
    op.create_table(
        "closure_room",
        sa.Column("closure_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closure_id"],
            ["closure.id"],
            name=op.f("fk_closure_room_closure_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_closure_room_room_id")),
        sa.PrimaryKeyConstraint("closure_id", "room_id", name=op.f("pk_closure_room")),
    )
    op.create_table(
        "opening_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens_minute", sa.Integer(), nullable=False),
        sa.Column("closes_minute", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "closes_minute > opens_minute AND closes_minute <= 2160",
            name=op.f("ck_opening_hours_closes"),
        ),
        sa.CheckConstraint("opens_minute BETWEEN 0 AND 1439", name=op.f("ck_opening_hours_opens")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_opening_hours_weekday")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_opening_hours_room_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_opening_hours_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_hours")),
    )
    op.create_index("ix_opening_hours_venue_id", "opening_hours", ["venue_id"], unique=False)
    op.create_table(
        "rate_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("free_gap_between_parts", sa.Boolean(), nullable=False),
        sa.Column("party_multiplier_bp", sa.Integer(), nullable=False),
        sa.Column("party_cleaning_cents", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_rate_card_decision_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_rate_card_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_card")),
        sa.UniqueConstraint(
            "venue_id", "valid_from", name=op.f("uq_rate_card_venue_id_valid_from")
        ),
    )
    op.create_table(
        "room_feature",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("feature", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_feature_room_id")),
        sa.PrimaryKeyConstraint("room_id", "feature", name=op.f("pk_room_feature")),
    )
    op.create_table(
        "room_part",
        sa.Column("whole_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("whole_id <> part_id", name=op.f("ck_room_part_not_itself")),
        sa.ForeignKeyConstraint(["part_id"], ["room.id"], name=op.f("fk_room_part_part_id")),
        sa.ForeignKeyConstraint(["whole_id"], ["room.id"], name=op.f("fk_room_part_whole_id")),
        sa.PrimaryKeyConstraint("whole_id", "part_id", name=op.f("pk_room_part")),
    )
    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=60), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("booked_by_id", sa.Integer(), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("to_at", sa.BigInteger(), nullable=False),
        sa.Column("setup_minutes", sa.Integer(), nullable=False),
        sa.Column("teardown_minutes", sa.Integer(), nullable=False),
        sa.Column("turnover_minutes", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("refusal_reason", sa.Text(), nullable=False),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_late", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.String(length=30), nullable=True),
        sa.Column("rate_card_id", sa.Integer(), nullable=True),
        sa.Column("list_cents", sa.Integer(), nullable=False),
        sa.Column("discount_cents", sa.Integer(), nullable=False),
        sa.Column("surcharge_cents", sa.Integer(), nullable=False),
        sa.Column("vat_cents", sa.Integer(), nullable=False),
        sa.Column("total_cents", sa.Integer(), nullable=False),
        sa.Column("deposit_cents", sa.Integer(), nullable=False),
        sa.Column("price_reason", sa.String(length=200), nullable=False),
        sa.Column("price_lines", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(status = 'held') = (expires_at IS NOT NULL)", name=op.f("ck_booking_hold_expires")
        ),
        sa.CheckConstraint(
            "status <> 'refused' OR refusal_reason <> ''",
            name=op.f("ck_booking_refusal_has_reason"),
        ),
        sa.CheckConstraint(
            "list_cents >= 0 AND discount_cents >= 0 AND surcharge_cents >= 0 AND vat_cents >= 0"
            " AND total_cents = list_cents - discount_cents + surcharge_cents + vat_cents",
            name=op.f("ck_booking_price_adds_up"),
        ),
        sa.CheckConstraint("people IS NULL OR people > 0", name=op.f("ck_booking_people")),
        sa.CheckConstraint("to_at > from_at", name=op.f("ck_booking_order")),
        sa.ForeignKeyConstraint(
            ["booked_by_id"], ["person.id"], name=op.f("fk_booking_booked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["cancelled_by_id"], ["person.id"], name=op.f("fk_booking_cancelled_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_booking_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_booking_initiative_id")
        ),
        sa.ForeignKeyConstraint(
            ["rate_card_id"], ["rate_card.id"], name=op.f("fk_booking_rate_card_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_booking_room_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_booking_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("booked_by_id", "submission", name="uq_booking_submission"),
        sa.UniqueConstraint("uid", name=op.f("uq_booking_uid")),
    )
    op.create_index(
        "ix_booking_initiative_id_from_at", "booking", ["initiative_id", "from_at"], unique=False
    )
    op.create_index("ix_booking_room_id_from_at", "booking", ["room_id", "from_at"], unique=False)
    op.create_index("ix_booking_status_venue_id", "booking", ["status", "venue_id"], unique=False)
    op.create_index("ix_booking_venue_id_from_at", "booking", ["venue_id", "from_at"], unique=False)
    op.create_table(
        "rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=True),
        sa.Column("ends_minute", sa.Integer(), nullable=True),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("rounding_minutes", sa.Integer(), nullable=False),
        sa.Column("vat_bp", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(unit = 'part') = (starts_minute IS NOT NULL AND ends_minute IS NOT NULL)",
            name=op.f("ck_rate_part_has_hours"),
        ),
        sa.CheckConstraint("unit IN ('hour', 'hour_on_top', 'part')", name=op.f("ck_rate_unit")),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_rate_not_negative")),
        sa.CheckConstraint("rounding_minutes IN (1, 5, 15, 30, 60)", name=op.f("ck_rate_rounding")),
        sa.CheckConstraint(
            "vat_bp IS NULL OR vat_bp BETWEEN 0 AND 10000", name=op.f("ck_rate_vat")
        ),
        sa.ForeignKeyConstraint(["card_id"], ["rate_card.id"], name=op.f("fk_rate_card_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_rate_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate")),
    )
    op.create_index("ix_rate_card_id_room_id", "rate", ["card_id", "room_id"], unique=False)
    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("percentage_bp", sa.Integer(), nullable=False),
        sa.Column("has_party_surcharge", sa.Boolean(), nullable=False),
        sa.Column("deposit_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("deposit_cents >= 0", name=op.f("ck_standing_deposit")),
        sa.CheckConstraint(
            "percentage_bp BETWEEN 0 AND 100000", name=op.f("ck_standing_percentage")
        ),
        sa.ForeignKeyConstraint(["card_id"], ["rate_card.id"], name=op.f("fk_standing_card_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
        sa.UniqueConstraint("card_id", "kind", name=op.f("uq_standing_card_id_kind")),
    )
    op.create_table(
        "booking_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("is_from_house", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_booking_message_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_booking_message_booking_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_message")),
    )
    op.create_index(
        op.f("ix_booking_message_booking_id"), "booking_message", ["booking_id"], unique=False
    )
    op.create_table(
        "occupancy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("closure_id", sa.Integer(), nullable=True),
        sa.Column("initiative_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("wants_from_at", sa.BigInteger(), nullable=False),
        sa.Column("wants_to_at", sa.BigInteger(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("to_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(booking_id IS NULL) <> (closure_id IS NULL)",
            name=op.f("ck_occupancy_for_a_booking_or_a_closure"),
        ),
        sa.CheckConstraint(
            "from_at <= starts_at AND ends_at <= to_at", name=op.f("ck_occupancy_holds_its_use")
        ),
        sa.CheckConstraint(
            "to_at > from_at AND to_at - from_at <= 604800", name=op.f("ck_occupancy_length")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_occupancy_booking_id")
        ),
        sa.ForeignKeyConstraint(
            ["closure_id"], ["closure.id"], name=op.f("fk_occupancy_closure_id")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_occupancy_initiative_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_occupancy_room_id")),
        sa.ForeignKeyConstraint(["space_id"], ["room.id"], name=op.f("fk_occupancy_space_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupancy")),
    )
    op.create_index("ix_occupancy_booking_id", "occupancy", ["booking_id"], unique=False)
    op.create_index("ix_occupancy_closure_id", "occupancy", ["closure_id"], unique=False)
    op.create_index(
        "ix_occupancy_space_id_from_at", "occupancy", ["space_id", "from_at"], unique=False
    )
    guard()


def downgrade() -> None:
    op.drop_index("ix_occupancy_space_id_from_at", table_name="occupancy")
    op.drop_index("ix_occupancy_closure_id", table_name="occupancy")
    op.drop_index("ix_occupancy_booking_id", table_name="occupancy")
    op.drop_table("occupancy")
    op.drop_index(op.f("ix_booking_message_booking_id"), table_name="booking_message")
    op.drop_table("booking_message")
    op.drop_table("standing")
    op.drop_index("ix_rate_card_id_room_id", table_name="rate")
    op.drop_table("rate")
    op.drop_index("ix_booking_venue_id_from_at", table_name="booking")
    op.drop_index("ix_booking_status_venue_id", table_name="booking")
    op.drop_index("ix_booking_room_id_from_at", table_name="booking")
    op.drop_index("ix_booking_initiative_id_from_at", table_name="booking")
    op.drop_table("booking")
    op.drop_table("room_part")
    op.drop_table("room_feature")
    op.drop_table("rate_card")
    op.drop_index("ix_opening_hours_venue_id", table_name="opening_hours")
    op.drop_table("opening_hours")
    op.drop_table("closure_room")
    op.drop_index("ix_sign_in_session_person_id", table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_index("ix_room_venue_id", table_name="room")
    op.drop_table("room")
    op.drop_index(
        "uq_role_in_house",
        table_name="role",
        sqlite_where=sa.text("venue_id IS NOT NULL"),
        postgresql_where=sa.text("venue_id IS NOT NULL"),
    )
    op.drop_index(
        "uq_role_everywhere",
        table_name="role",
        sqlite_where=sa.text("venue_id IS NULL"),
        postgresql_where=sa.text("venue_id IS NULL"),
    )
    op.drop_index("ix_role_venue_id", table_name="role")
    op.drop_table("role")
    op.drop_index("ix_recognition_initiative_id", table_name="recognition")
    op.drop_table("recognition")
    op.drop_index(op.f("ix_membership_initiative_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index("ix_logbook_venue_at", table_name="logbook")
    op.drop_index("ix_logbook_subject", table_name="logbook")
    op.drop_table("logbook")
    op.drop_index(op.f("ix_idempotency_key_created_at"), table_name="idempotency_key")
    op.drop_table("idempotency_key")
    op.drop_index("ix_feed_person_id", table_name="feed")
    op.drop_table("feed")
    op.drop_index(op.f("ix_decision_venue_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_table("day_part")
    op.drop_index("ix_closure_venue_id_from_at", table_name="closure")
    op.drop_table("closure")
    op.drop_index(
        "uq_api_token_live_name",
        table_name="api_token",
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.drop_table("api_token")
    op.drop_table("venue")
    op.drop_index("ix_sign_in_code_email", table_name="sign_in_code")
    op.drop_table("sign_in_code")
    op.drop_table("person")
    op.drop_index("ix_outbox_waiting", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("initiative")
