"""Things that go with a room, as many as there are, and the guard that counts them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

LONGEST_SECONDS = 8 * 24 * 3600

TIMES = """
UPDATE booking_extra SET
    from_at = {claim}.starts_at - 60 * (
        SELECT before_minutes FROM extra WHERE extra.id = booking_extra.extra_id),
    to_at = {claim}.ends_at + 60 * (
        SELECT after_minutes FROM extra WHERE extra.id = booking_extra.extra_id)
WHERE booking_id = {claim}.booking_id AND {claim}.change_id IS NULL
"""
NO_TIMES = """
UPDATE booking_extra SET from_at = NULL, to_at = NULL
WHERE booking_id = OLD.booking_id
  AND OLD.change_id IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM occupancy
    WHERE occupancy.booking_id = OLD.booking_id AND occupancy.change_id IS NULL)
"""
TOO_MANY = """
EXISTS (
    SELECT 1 FROM (
        SELECT NEW.from_at AS moment
        UNION
        SELECT later.from_at FROM booking_extra AS later
        WHERE later.extra_id = NEW.extra_id
          AND later.from_at > NEW.from_at AND later.from_at < NEW.to_at
    ) AS away
    WHERE NEW.quantity + (
        SELECT COALESCE(SUM(other.quantity), 0) FROM booking_extra AS other
        WHERE other.extra_id = NEW.extra_id
          AND other.booking_id <> NEW.booking_id
          AND other.from_at > NEW.from_at - {longest}
          AND other.from_at <= away.moment
          AND other.to_at > away.moment
    ) > (SELECT stock FROM extra WHERE extra.id = NEW.extra_id)
)
"""
CLAIM = """
SELECT * FROM occupancy WHERE booking_id = NEW.booking_id AND change_id IS NULL LIMIT 1
"""

SQLITE_FOLLOWS = """
CREATE TRIGGER booking_extra_follows_{event} AFTER {moment} ON occupancy
WHEN {whose}.booking_id IS NOT NULL
BEGIN {what}; END
"""
SQLITE_JOINS = """
CREATE TRIGGER booking_extra_joins AFTER INSERT ON booking_extra
WHEN NEW.from_at IS NULL
BEGIN
UPDATE booking_extra SET
    from_at = (SELECT claim.starts_at FROM ({claim}) AS claim) - 60 * (
        SELECT before_minutes FROM extra WHERE extra.id = NEW.extra_id),
    to_at = (SELECT claim.ends_at FROM ({claim}) AS claim) + 60 * (
        SELECT after_minutes FROM extra WHERE extra.id = NEW.extra_id)
WHERE booking_id = NEW.booking_id AND extra_id = NEW.extra_id;
END
"""
SQLITE_IN_STOCK = """
CREATE TRIGGER booking_extra_in_stock_{event} BEFORE {moment} ON booking_extra
WHEN NEW.from_at IS NOT NULL AND {too_many}
BEGIN SELECT RAISE(ABORT, 'booking_extra_in_stock'); END
"""

POSTGRESQL_FOLLOW = """
CREATE OR REPLACE FUNCTION booking_extra_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        {no_times};
    ELSE
        {times};
    END IF;
    RETURN NULL;
END $$
"""
POSTGRESQL_LOOK = """
CREATE OR REPLACE FUNCTION booking_extra_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.from_at IS NULL THEN
        NEW.from_at = (SELECT claim.starts_at FROM ({claim}) AS claim) - 60 * (
            SELECT before_minutes FROM extra WHERE extra.id = NEW.extra_id);
        NEW.to_at = (SELECT claim.ends_at FROM ({claim}) AS claim) + 60 * (
            SELECT after_minutes FROM extra WHERE extra.id = NEW.extra_id);
    END IF;
    IF NEW.from_at IS NOT NULL THEN
        PERFORM 1 FROM extra WHERE extra.id = NEW.extra_id FOR NO KEY UPDATE;
        IF {too_many} THEN
            RAISE EXCEPTION 'booking_extra_in_stock' USING ERRCODE = 'exclusion_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$
"""
POSTGRESQL_FOLLOWS = """
CREATE TRIGGER booking_extra_follows
AFTER INSERT OR UPDATE OF starts_at, ends_at OR DELETE ON occupancy
FOR EACH ROW EXECUTE FUNCTION booking_extra_follow()
"""
POSTGRESQL_IN_STOCK = """
CREATE TRIGGER booking_extra_in_stock
BEFORE INSERT OR UPDATE OF from_at, to_at, quantity ON booking_extra
FOR EACH ROW EXECUTE FUNCTION booking_extra_look()
"""


def sqlite_statements() -> list[str]:
    """What makes SQLite keep watch."""
    too_many = TOO_MANY.format(longest=LONGEST_SECONDS)
    times = TIMES.format(claim="NEW")
    follows = {
        "claim": ("INSERT", "NEW", times),
        "move": ("UPDATE OF starts_at, ends_at", "NEW", times),
        "release": ("DELETE", "OLD", NO_TIMES),
    }
    return [
        *(
            SQLITE_FOLLOWS.format(event=name, moment=moment, whose=whose, what=what)
            for name, (moment, whose, what) in follows.items()
        ),
        SQLITE_JOINS.format(claim=CLAIM),
        SQLITE_IN_STOCK.format(event="insert", moment="INSERT", too_many=too_many),
        SQLITE_IN_STOCK.format(
            event="update", moment="UPDATE OF from_at, to_at, quantity", too_many=too_many
        ),
    ]


def postgresql_statements() -> list[str]:
    """What makes PostgreSQL keep watch."""
    too_many = TOO_MANY.format(longest=LONGEST_SECONDS)
    return [
        POSTGRESQL_FOLLOW.format(no_times=NO_TIMES, times=TIMES.format(claim="NEW")),
        POSTGRESQL_LOOK.format(claim=CLAIM, too_many=too_many),
        POSTGRESQL_FOLLOWS,
        POSTGRESQL_IN_STOCK,
    ]


def points_to(table: str, name: str, column: str, **more: str) -> sa.ForeignKeyConstraint:
    """A foreign key, called the way all of them are called."""
    called = op.f(f"fk_{name}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=called, **more)


def upgrade() -> None:
    op.create_table(
        "extra",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("before_minutes", sa.Integer(), nullable=False),
        sa.Column("after_minutes", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("stock IS NULL OR stock > 0", name=op.f("ck_extra_stock")),
        sa.CheckConstraint("notice_hours BETWEEN 0 AND 8784", name=op.f("ck_extra_notice")),
        sa.CheckConstraint(
            "before_minutes BETWEEN 0 AND 720 AND after_minutes BETWEEN 0 AND 720",
            name=op.f("ck_extra_around"),
        ),
        points_to("venue", "extra", "venue_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra")),
        sa.UniqueConstraint("venue_id", "slug", name=op.f("uq_extra_venue_id_slug")),
    )
    op.create_table(
        "extra_room",
        sa.Column("extra_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        points_to("extra", "extra_room", "extra_id", ondelete="CASCADE"),
        points_to("room", "extra_room", "room_id"),
        sa.PrimaryKeyConstraint("extra_id", "room_id", name=op.f("pk_extra_room")),
    )
    op.create_table(
        "booking_extra",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("extra_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=True),
        sa.Column("to_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_booking_extra_quantity")),
        points_to("booking", "booking_extra", "booking_id"),
        points_to("extra", "booking_extra", "extra_id"),
        sa.PrimaryKeyConstraint("booking_id", "extra_id", name=op.f("pk_booking_extra")),
    )
    op.create_index("ix_booking_extra_extra_id_from_at", "booking_extra", ["extra_id", "from_at"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in sqlite_statements() if is_sqlite else postgresql_statements():
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("claim", "move", "release"):
            op.execute(f"DROP TRIGGER booking_extra_follows_{event}")
    else:
        op.execute("DROP TRIGGER booking_extra_follows ON occupancy")
    op.drop_table("booking_extra")
    op.drop_table("extra_room")
    op.drop_table("extra")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION booking_extra_follow()")
        op.execute("DROP FUNCTION booking_extra_look()")
