"""What a house says about itself: notices, photos, ways in, and every version of it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for table, column in (("venue", "who_opens"), ("room", "way_in")):
        op.add_column(table, sa.Column(column, sa.Text(), server_default="", nullable=False))
    op.add_column(
        "decision",
        sa.Column("about", sa.String(length=30), server_default="rates", nullable=False),
    )
    _notices()
    _photos()
    _versions()


def downgrade() -> None:
    for table in ("house_version", "photo", "picture", "notice"):
        op.drop_table(table)
    op.drop_column("decision", "about")
    op.drop_column("room", "way_in")
    op.drop_column("venue", "who_opens")


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_notice_order")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_notice_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_venue_id", "notice", ["venue_id"])


def _photos() -> None:
    op.create_table(
        "picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("small_width", sa.Integer(), nullable=False),
        sa.Column("small_height", sa.Integer(), nullable=False),
        sa.Column("large", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("unused_since", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        sa.UniqueConstraint("name", name=op.f("uq_picture_name")),
    )
    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("alt <> ''", name=op.f("ck_photo_told")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_photo_venue_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_photo_room_id")),
        sa.ForeignKeyConstraint(["picture_id"], ["picture.id"], name=op.f("fk_photo_picture_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    op.create_index("ix_photo_venue_id", "photo", ["venue_id"])
    op.create_index("ix_photo_picture_id", "photo", ["picture_id"])
    op.create_index("uq_photo_of_room", "photo", ["room_id", "picture_id"], unique=True)
    op.create_index(
        "uq_photo_of_house",
        "photo",
        ["venue_id", "picture_id"],
        unique=True,
        sqlite_where=sa.text("room_id IS NULL"),
        postgresql_where=sa.text("room_id IS NULL"),
    )


def _versions() -> None:
    op.create_table(
        "house_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(length=30), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("toml", sa.Text(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_house_version_number")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_house_version_venue_id")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_house_version_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_house_version_decision_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_version")),
    )
    op.create_index("ix_house_version_decision_id", "house_version", ["decision_id"])
    op.create_index("uq_house_version_number", "house_version", ["venue_id", "number"], unique=True)
