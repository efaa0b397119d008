"""The guard in the database that lets no extra be away more often than there are of it.

The time of an extra follows the claims of its booking: whoever claims, moves or releases a room
needs not think of its extras. What a change asks for beside its booking takes none. Whenever a
time or a number is set, the database adds up what is away at each moment of it, and refuses what
goes over the stock. SQLite writes one at a time; PostgreSQL locks the extra first.
"""

LONGEST_SECONDS = 8 * 24 * 3600
"""No claim is longer than a week, so the guard looks back no further."""

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
