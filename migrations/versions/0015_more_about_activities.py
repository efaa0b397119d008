"""More about activities: a picture, languages, what it costs, and reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

KEEPS_OUT = (
    "UPDATE booking SET is_public = {no}, kept_out_at ="
    " (SELECT taken_out_at FROM activity WHERE activity.booking_id = booking.id)"
    " WHERE id IN (SELECT booking_id FROM activity WHERE taken_out_at IS NOT NULL)"
)
KNOWN_ROOM = (
    "UPDATE activity SET told_room_id ="
    " (SELECT room_id FROM booking WHERE booking.id = activity.booking_id)"
)
TAKEN_OUT = (
    "UPDATE activity SET taken_out_at ="
    " (SELECT kept_out_at FROM booking WHERE booking.id = activity.booking_id)"
)


def points_to(column: str, table: str) -> str:
    """A column with its key: SQLite adds a key only together with its column."""
    named = f"CONSTRAINT fk_activity_{column} REFERENCES {table} (id)"
    return f"ALTER TABLE activity ADD COLUMN {column} INTEGER {named}"


def upgrade() -> None:
    words = sa.String(length=80)
    op.add_column("activity", sa.Column("languages", words, server_default="", nullable=False))
    free = sa.Column("is_free", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("activity", free)
    op.execute(points_to("picture_id", "picture"))
    alt = sa.Column("picture_alt", sa.String(length=200), server_default="", nullable=False)
    op.add_column("activity", alt)
    op.execute(points_to("told_room_id", "room"))
    op.add_column("activity", sa.Column("moved_from_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_activity_picture_id", "activity", ["picture_id"])
    op.add_column("seat", sa.Column("reminded_of_at", sa.BigInteger(), nullable=True))
    op.add_column("booking", sa.Column("kept_out_at", sa.BigInteger(), nullable=True))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(KEEPS_OUT.format(no="0" if is_sqlite else "false"))
    op.execute(KNOWN_ROOM)
    op.drop_column("activity", "taken_out_at")


def downgrade() -> None:
    op.add_column("activity", sa.Column("taken_out_at", sa.BigInteger(), nullable=True))
    op.execute(TAKEN_OUT)
    op.drop_column("booking", "kept_out_at")
    op.drop_column("seat", "reminded_of_at")
    op.drop_index("ix_activity_picture_id", "activity")
    for column in ("moved_from_at", "told_room_id", "picture_alt", "picture_id"):
        op.drop_column("activity", column)
    for column in ("is_free", "languages"):
        op.drop_column("activity", column)
