"""What makes the database write down by itself that a row changed on which kept figures stand.

A kept day of a house stands on its bookings and shifts. Whenever one of these rows comes, changes
or goes, the database looks whether a day near it is kept, and then stores which. It looks in an
index, so what lies ahead costs one glance. A session of a night may hold the bookings of two days,
so the days next to it are taken along.

PostgreSQL asks once a statement, and takes a shared lock on the figures of the house first: whoever
keeps figures waits a moment for everybody who holds it (keeping.py), and so misses no change.
SQLite writes one at a time and needs none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LOCKS: Final = 3400
"""The first number of the locks on figures; the second is the house."""

DAY: Final = 24 * 3600

TIMES = """
    ({row}.from_at - 60 * {row}.setup_minutes) / {day} - 1 AS first_day,
    ({row}.to_at + 60 * {row}.teardown_minutes) / {day} + 2 AS last_day
"""
BOOKING = "SELECT {it}.venue_id, {times}, {it}.id AS row_id {source}"
OF_BOOKING = """
SELECT kept.venue_id, {times_kept}, {it}.booking_id AS row_id
FROM {joined} booking AS kept {on} kept.id = {it}.booking_id
"""
DUTY = """
SELECT {it}.venue_id, {it}.starts_at / {day} - 1 AS first_day,
    {it}.ends_at / {day} + 2 AS last_day, {it}.id AS row_id {source}
"""
OF_DUTY = """
SELECT kept.venue_id, kept.starts_at / {day} - 1 AS first_day,
    kept.ends_at / {day} + 2 AS last_day, {it}.duty_id AS row_id
FROM {joined} duty AS kept {on} kept.id = {it}.duty_id
"""
OF_TAG = """
SELECT kept.venue_id, {times_kept}, kept.id AS row_id
FROM {joined} booking AS kept {on} kept.id = {it}.booking_id
UNION ALL
SELECT kept.venue_id, {times_kept}, kept.id AS row_id
FROM {joined} booking AS kept {on} kept.series_id = {it}.series_id
"""
# The first kept day from there on: one glance into the index for each row, on either engine.
IS_KEPT = """
(
    SELECT figure_sheet.first_day FROM figure_sheet
    WHERE figure_sheet.venue_id = touched.venue_id AND figure_sheet.grain = 'day'
      AND figure_sheet.first_day >= touched.first_day
    ORDER BY figure_sheet.first_day LIMIT 1
) <= touched.last_day
"""
NOTE = """
INSERT INTO figure_change (venue_id, first_day, last_day, what, row_id)
SELECT touched.venue_id, touched.first_day, touched.last_day, '{what}', touched.row_id
FROM ({touched}) AS touched
WHERE {is_kept}
"""

EITHER = "SELECT * FROM ({one}) AS one UNION SELECT * FROM ({other}) AS other"
# A row whose key itself changed has no other side, and counts as changed.
CHANGED = """
(SELECT mine.* FROM {mine} AS mine LEFT JOIN {others} AS others ON {same}
WHERE ({own}) IS DISTINCT FROM ({other}))
"""


@dataclass(frozen=True, slots=True)
class Watched:
    """A table on which figures stand: what to call its changes, which days, which columns count."""

    table: str
    what: str
    days: str
    key: str
    columns: tuple[str, ...]


BOOKING_COLUMNS = (
    *("venue_id", "room_id", "initiative_id", "series_id", "status", "from_at", "to_at"),
    *("setup_minutes", "teardown_minutes", "standing", "cancelled_late"),
    *("list_cents", "given_cents", "total_cents", "vat_cents"),
    *("created_at", "decided_at", "decided_by_id"),
)
DUTY_COLUMNS = (
    *("venue_id", "session_id", "kind", "watch", "place", "part", "person_id", "status"),
    *("starts_at", "ends_at", "created_at", "published_at"),
)
WATCHED: Final = (
    Watched("booking", "booking", BOOKING, "id", BOOKING_COLUMNS),
    Watched(*("attendance", "attendance", OF_BOOKING, "booking_id"), ("outcome", "band", "people")),
    Watched("duty", "duty", DUTY, "id", DUTY_COLUMNS),
    Watched("duty_booking", "duty", OF_DUTY, "duty_id, booking_id", ("booking_id",)),
    Watched(
        *("presence", "presence", OF_DUTY, "duty_id"), ("began_at", "closed_at", "closed_by_id")
    ),
    Watched("hours_correction", "hours_correction", OF_DUTY, "duty_id", ("minutes",)),
    Watched("learner_hours", "learner_hours", OF_DUTY, "duty_id", ("signed_at",)),
)
TAG: Final = Watched(
    *("activity_tag", "activity_tag", OF_TAG, "id"), ("booking_id", "series_id", "theme")
)

SQLITE = """
CREATE TRIGGER figure_change_{table}_{event} AFTER {moment} ON {table}
BEGIN {note}; END
"""
POSTGRESQL_NOTE = """
CREATE OR REPLACE FUNCTION figure_change_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {after}
    ELSIF TG_OP = 'DELETE' THEN
        {before}
    ELSE
        {changed}
    END IF;
    RETURN NULL;
END $$
"""
POSTGRESQL_LOCKED = """
PERFORM pg_advisory_xact_lock_shared({locks}, touched.venue_id)
FROM (SELECT DISTINCT touched.venue_id FROM ({touched}) AS touched) AS touched;
{note};
"""
POSTGRESQL = """
CREATE TRIGGER figure_change_{event} AFTER {moment} ON {table}
REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION figure_change_{table}()
"""


def sqlite_statements() -> list[str]:
    """What makes SQLite write it down."""
    return [each for watched in WATCHED for each in _sqlite(watched)]


def sqlite_tag_statements() -> list[str]:
    """The same for the table of themes, which came after."""
    return _sqlite(TAG)


def postgresql_statements() -> list[str]:
    """What makes PostgreSQL write it down."""
    return [each for watched in WATCHED for each in _postgresql(watched)]


def postgresql_tag_statements() -> list[str]:
    """The same for the table of themes, which came after."""
    return _postgresql(TAG)


def _sqlite(watched: Watched) -> list[str]:
    notes = {
        "insert": ("INSERT", ("NEW",)),
        "update": (f"UPDATE OF {', '.join(watched.columns)}", ("OLD", "NEW")),
        "delete": ("DELETE", ("OLD",)),
    }
    return [
        SQLITE.format(
            table=watched.table,
            event=event,
            moment=moment,
            note=_note(watched, [_sqlite_touched(watched, whose) for whose in those]),
        )
        for event, (moment, those) in notes.items()
    ]


def _sqlite_touched(watched: Watched, whose: str) -> str:
    return _touched(watched, it=whose, source="", joined="", on="WHERE")


def _note(watched: Watched, touched: Sequence[str]) -> str:
    """Store the days; of a row that changed, those before and after, once where they are the same."""
    days = touched[0] if len(touched) == 1 else EITHER.format(one=touched[0], other=touched[1])
    return NOTE.format(what=watched.what, touched=days, is_kept=IS_KEPT)


def _touched(watched: Watched, *, it: str, **where: str) -> str:
    """The days that some rows have to do with."""
    return watched.days.format(
        it=it,
        day=DAY,
        times=TIMES.format(row=it, day=DAY),
        times_kept=TIMES.format(row="kept", day=DAY),
        **where,
    )


def _postgresql(watched: Watched) -> list[str]:
    body = POSTGRESQL_NOTE.format(
        table=watched.table,
        after=_postgresql_note(watched, "is_now"),
        before=_postgresql_note(watched, "was"),
        changed=_postgresql_note(
            watched, _changed(watched, "was", "is_now"), _changed(watched, "is_now", "was")
        ),
    )
    events = {
        "insert": ("INSERT", "NEW TABLE AS is_now"),
        "update": ("UPDATE", "OLD TABLE AS was NEW TABLE AS is_now"),
        "delete": ("DELETE", "OLD TABLE AS was"),
    }
    return [
        body,
        *(
            POSTGRESQL.format(
                table=watched.table,
                event=f"{watched.table}_{event}",
                moment=moment,
                tables=tables,
            )
            for event, (moment, tables) in events.items()
        ),
    ]


def _postgresql_note(watched: Watched, *several: str) -> str:
    touched = [
        _touched(
            watched, it="it", source=f"FROM {rows} AS it", joined=f"{rows} AS it JOIN", on="ON"
        )
        for rows in several
    ]
    days = touched[0] if len(touched) == 1 else EITHER.format(one=touched[0], other=touched[1])
    return POSTGRESQL_LOCKED.format(locks=LOCKS, touched=days, note=_note(watched, touched))


def _changed(watched: Watched, mine: str, others: str) -> str:
    """The rows of one side of an update of which something changed that counts."""
    keys = watched.key.split(", ")
    return CHANGED.format(
        mine=mine,
        others=others,
        same=" AND ".join(f"mine.{key} = others.{key}" for key in keys),
        own=", ".join(f"mine.{column}" for column in watched.columns),
        other=", ".join(f"others.{column}" for column in watched.columns),
    )
