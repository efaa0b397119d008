"""What a board writes down: money of a year, rates, stories, targets."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "social_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("price_low_cents", sa.Integer(), nullable=False),
        sa.Column("price_high_cents", sa.Integer(), nullable=False),
        sa.Column("deadweight_low_bp", sa.Integer(), nullable=False),
        sa.Column("deadweight_high_bp", sa.Integer(), nullable=False),
        sa.Column("attribution_low_bp", sa.Integer(), nullable=False),
        sa.Column("attribution_high_bp", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("code <> ''", name=op.f("ck_social_outcome_code")),
        sa.CheckConstraint("source <> ''", name=op.f("ck_social_outcome_source")),
        sa.CheckConstraint("words <> ''", name=op.f("ck_social_outcome_words")),
        sa.CheckConstraint(
            "attribution_low_bp BETWEEN 0 AND attribution_high_bp AND attribution_high_bp <= 10000",
            name=op.f("ck_social_outcome_attribution"),
        ),
        sa.CheckConstraint(
            "deadweight_low_bp BETWEEN 0 AND deadweight_high_bp AND deadweight_high_bp <= 10000",
            name=op.f("ck_social_outcome_deadweight"),
        ),
        sa.CheckConstraint(
            "price_low_cents BETWEEN 0 AND price_high_cents AND price_high_cents > 0",
            name=op.f("ck_social_outcome_price"),
        ),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_social_outcome_year")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_social_outcome_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_social_outcome_venue_id")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_social_outcome_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_outcome")),
    )
    op.create_index(
        op.f("ix_social_outcome_made_by_id"), "social_outcome", ["made_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_social_outcome_withdrawn_by_id"),
        "social_outcome",
        ["withdrawn_by_id"],
        unique=False,
    )
    op.create_index("ix_social_outcome_year", "social_outcome", ["year"], unique=False)
    op.create_table(
        "story",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=600), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("teller", sa.String(length=80), nullable=False),
        sa.Column("names_teller", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(length=200), nullable=False),
        sa.Column("consent_until", sa.Date(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (consent <> '')", name=op.f("ck_story_consent")
        ),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (text <> '')", name=op.f("ck_story_text")),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (title <> '')", name=op.f("ck_story_title")),
        sa.CheckConstraint("teller <> '' OR NOT names_teller", name=op.f("ck_story_names_teller")),
        sa.CheckConstraint("withdrawn_at IS NULL OR teller = ''", name=op.f("ck_story_teller")),
        sa.CheckConstraint("consent_until >= told_on", name=op.f("ck_story_until")),
        sa.CheckConstraint("length(text) <= 600", name=op.f("ck_story_length")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_story_made_by_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_story_venue_id")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_story_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    op.create_index(op.f("ix_story_made_by_id"), "story", ["made_by_id"], unique=False)
    op.create_index("ix_story_venue_id_told_on", "story", ["venue_id", "told_on"], unique=False)
    op.create_index(op.f("ix_story_withdrawn_by_id"), "story", ["withdrawn_by_id"], unique=False)
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("parts", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("code <> ''", name=op.f("ck_target_code")),
        sa.CheckConstraint("number > 0", name=op.f("ck_target_number")),
        sa.CheckConstraint("parts >= 0", name=op.f("ck_target_parts")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_target_year")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_target_made_by_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_target_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    op.create_index(op.f("ix_target_made_by_id"), "target", ["made_by_id"], unique=False)
    op.create_index(
        "uq_target_of_a_house",
        "target",
        ["venue_id", "year", "code", "number"],
        unique=True,
        sqlite_where=sa.text("venue_id IS NOT NULL"),
        postgresql_where=sa.text("venue_id IS NOT NULL"),
    )
    op.create_index(
        "uq_target_of_all",
        "target",
        ["year", "code", "number"],
        unique=True,
        sqlite_where=sa.text("venue_id IS NULL"),
        postgresql_where=sa.text("venue_id IS NULL"),
    )
    op.create_table(
        "volunteer_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum("low", "mid", "high", name="ratelevel", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("hour_cents", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "hour_cents IS NULL OR source <> ''", name=op.f("ck_volunteer_rate_source")
        ),
        sa.CheckConstraint("level IN ('low', 'mid', 'high')", name=op.f("ck_volunteer_rate_level")),
        sa.CheckConstraint("hour_cents > 0", name=op.f("ck_volunteer_rate_cents")),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_volunteer_rate_month")),
        sa.CheckConstraint("number > 0", name=op.f("ck_volunteer_rate_number")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_volunteer_rate_year")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_volunteer_rate_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_rate")),
        sa.UniqueConstraint(
            "level",
            "year",
            "month",
            "number",
            name=op.f("uq_volunteer_rate_level_year_month_number"),
        ),
    )
    op.create_index(
        op.f("ix_volunteer_rate_made_by_id"), "volunteer_rate", ["made_by_id"], unique=False
    )
    op.create_table(
        "year_money",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "housing_costs",
                "contribution",
                "other_funds",
                name="moneykind",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("cents", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("cents IS NULL OR source <> ''", name=op.f("ck_year_money_source")),
        sa.CheckConstraint(
            "kind IN ('housing_costs', 'contribution', 'other_funds')",
            name=op.f("ck_year_money_kind"),
        ),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_year_money_cents")),
        sa.CheckConstraint("number > 0", name=op.f("ck_year_money_number")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_year_money_year")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_year_money_made_by_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_year_money_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_money")),
        sa.UniqueConstraint(
            "venue_id",
            "year",
            "kind",
            "number",
            name=op.f("uq_year_money_venue_id_year_kind_number"),
        ),
    )
    op.create_index(op.f("ix_year_money_made_by_id"), "year_money", ["made_by_id"], unique=False)
    op.create_table(
        "year_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("stops_without", "thanks", name="wordskind", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=600), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('stops_without', 'thanks')", name=op.f("ck_year_words_kind")),
        sa.CheckConstraint("length(text) <= 600", name=op.f("ck_year_words_length")),
        sa.CheckConstraint("number > 0", name=op.f("ck_year_words_number")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_year_words_year")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_year_words_made_by_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_year_words_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_words")),
        sa.UniqueConstraint(
            "venue_id",
            "year",
            "kind",
            "number",
            name=op.f("uq_year_words_venue_id_year_kind_number"),
        ),
    )
    op.create_index(op.f("ix_year_words_made_by_id"), "year_words", ["made_by_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_year_words_made_by_id"), table_name="year_words")
    op.drop_table("year_words")
    op.drop_index(op.f("ix_year_money_made_by_id"), table_name="year_money")
    op.drop_table("year_money")
    op.drop_index(op.f("ix_volunteer_rate_made_by_id"), table_name="volunteer_rate")
    op.drop_table("volunteer_rate")
    op.drop_index(
        "uq_target_of_all",
        table_name="target",
        sqlite_where=sa.text("venue_id IS NULL"),
        postgresql_where=sa.text("venue_id IS NULL"),
    )
    op.drop_index(
        "uq_target_of_a_house",
        table_name="target",
        sqlite_where=sa.text("venue_id IS NOT NULL"),
        postgresql_where=sa.text("venue_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_target_made_by_id"), table_name="target")
    op.drop_table("target")
    op.drop_index(op.f("ix_story_withdrawn_by_id"), table_name="story")
    op.drop_index("ix_story_venue_id_told_on", table_name="story")
    op.drop_index(op.f("ix_story_made_by_id"), table_name="story")
    op.drop_table("story")
    op.drop_index("ix_social_outcome_year", table_name="social_outcome")
    op.drop_index(op.f("ix_social_outcome_withdrawn_by_id"), table_name="social_outcome")
    op.drop_index(op.f("ix_social_outcome_made_by_id"), table_name="social_outcome")
    op.drop_table("social_outcome")
