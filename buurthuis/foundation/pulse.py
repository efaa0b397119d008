"""The pulse: marks that change with every change, so that what was read can be kept until then.

Whatever writes through the program's engine is noticed, also in bulk and in plain SQL. The marks are
set as the last statement before the commit, in one row, so nobody waits for them but for the
commit itself, and nobody in a circle. They are random: a restored backup never seems unchanged.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from secrets import randbits
from typing import Any, NamedTuple

from flask import Flask, g, has_app_context
from sqlalchemy import BigInteger, CheckConstraint, Connection, event
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.foundation import clock
from buurthuis.foundation.db import Model, db, is_reading

BOOKINGS = frozenset(
    {
        *("booking", "occupancy", "initiative", "bundle", "booking_extra", "change_request"),
        *(
            "series",
            "series_plan",
            "series_plan_extra",
            "series_left_out",
            "series_change",
            "activity",
            "owed",
        ),
    }
)
"""Tables that change from hour to hour: they set the mark of the bookings."""

PEOPLE = frozenset(
    {
        *("person", "membership", "role", "recognition", "application", "feed", "booking_message"),
        *("initiative", "invitation", "address_change", "waiting_wish"),
        *("attendance", "slip", "phone_call"),
        *("presence", "hours_correction", "learner_hours"),
        *("duty", "duty_booking", "training", "roster_wish", "weekly_time", "other_days"),
        *("lock", "physical_key", "key_issue", "own_entry", "travel"),
        *("outside_calendar", "outside_clash"),
        *("cover_call", "cover_ask", "swap", "roster_call", "evening_list", "incident"),
        *("volunteer_work", "presence", "hours_correction", "learner_hours"),
        *("invoice", "settlement", "payment", "refund", "checkout", "deposit", "deposit_turn"),
        *("billing_party", "invoice_reminder", "bank_line"),
    }
)
"""Tables that tell who people are, for whom they speak and what they said: the mark of the people."""

BESIDE = frozenset(
    {
        *("sign_in_code", "sign_in_session", "api_token", "idempotency_key", "slip_try", "seat"),
        *("outbox", "logbook", "pulse", "alembic_version"),
        *("checklist_item", "tick", "house_code"),
        *("house_allowance", "allowance_ceiling"),
        *("calendar_import", "import_row", "imported_entry", "import_word"),
        *("outside_room", "outside_time"),
        *("figure_sheet", "figure_change"),
        *("stripe_event", "invoice_count", "invoice_line", "ledger_entry", "bank_statement"),
    }
)
"""Tables of which no remembered page tells. A table that is named nowhere is about the houses."""


_WRITES = ("INSERT", "UPDATE", "DELETE")
_TABLE = re.compile(r'(?:^|;\s*)(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
_NOTICED = "pulse"

_ASKED = "SELECT houses, bookings, people, changed_second FROM pulse"
_SET = (
    "INSERT INTO pulse (id, houses, bookings, people, changed_second)"
    " VALUES (1, {mark}, {mark}, {mark}, {second})"
    " ON CONFLICT (id) DO UPDATE SET {changes}, changed_second = CASE"
    " WHEN excluded.changed_second > pulse.changed_second THEN excluded.changed_second"
    " ELSE pulse.changed_second + 1 END"
)


class Pulse(Model):
    """The one row with the marks."""

    __tablename__ = "pulse"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    houses: Mapped[int] = mapped_column(BigInteger)
    bookings: Mapped[int] = mapped_column(BigInteger)
    people: Mapped[int] = mapped_column(BigInteger, server_default="0")
    changed_second: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """Seconds since 1970, another one for each change: the second after the change, or a later one."""


class Beat(NamedTuple):
    """The marks of a moment: `houses` for hours, rooms and rates, `bookings` for who comes when.

    `people` is for who they are, what they may, and what they say to each other. Nothing had changed
    after `changed_second`, in seconds since 1970, and no two changes have the same.
    """

    houses: int
    bookings: int
    people: int
    changed_second: int = 0


SILENCE = Beat(0, 0, 0)
"""Before anything was ever written."""


def beat() -> Beat | None:
    """The marks as they are, asked once in a request; None while it writes, or is no request at all.

    Ask before you read what you keep: what is read a moment later may be newer than its mark, and
    is then read once more, but it is never older.
    """
    if not is_reading() and not _is_trusted():
        return None
    if "beat" not in g:
        row = db.session.connection().exec_driver_sql(_ASKED).first()
        g.beat = Beat(*row) if row is not None else SILENCE
    return g.beat  # type: ignore[no-any-return]


def heard(marks: Sequence[int | None]) -> Beat:
    """The marks that came along with another question; who asks later in this request gets them, too."""
    known = [mark for mark in marks if mark is not None]
    g.beat = Beat(*known) if known else SILENCE
    return g.beat  # type: ignore[no-any-return]


@contextmanager
def trusting() -> Iterator[None]:
    """Inside an action, let what is kept answer where it is still true at this moment.

    The marks are asked once after each lock, so do this after taking the locks: then what is kept
    is as fresh as rows that are read now. An action that has changed a house itself goes on reading
    rows.
    """
    db.session.flush()
    g.trusting = "houses" not in db.session.connection().info.get(_NOTICED, ())
    try:
        yield
    finally:
        g.trusting = False


class Listener:
    """For a process that goes on for days: whether a house or a booking changed since it asked last."""

    def __init__(self) -> None:
        self._heard: tuple[int, int] | None = None

    def has_news(self) -> bool:
        """Whether anything changed; the first time it did. What changes after this is news again."""
        row = db.session.connection().exec_driver_sql(_ASKED).first()
        db.session.rollback()
        marks = Beat(*row) if row is not None else SILENCE
        before, self._heard = self._heard, (marks.houses, marks.bookings)
        return self._heard != before


def listen_anew() -> None:
    """Others may have changed a house while we waited for a lock: ask the marks again."""
    g.pop("beat", None)


def _is_trusted() -> bool:
    return has_app_context() and bool(g.get("trusting", False))


def init_pulse(app: Flask) -> None:
    """Listen to everything that is written through the program's engine."""
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", _notice)
        event.listen(db.engine, "commit", _set)
        event.listen(db.engine, "rollback", _forget)


def _notice(connection: Connection, _cursor: object, statement: str, *_: Any) -> None:
    """Remember until the commit what a statement is about."""
    if statement.startswith(_WRITES):
        # Only what is sent without values holds several statements, and those are short.
        tables = set(_TABLE.findall(statement[:4000])) - BESIDE
        if tables:
            marks = {mark for table in tables for mark in _marks_of(table)}
            connection.info[_NOTICED] = connection.info.get(_NOTICED, set()) | marks


def _marks_of(table: str) -> set[str]:
    marks = {"bookings"} if table in BOOKINGS else set()
    if table in PEOPLE:
        marks.add("people")
    return marks or {"houses"}


def _set(connection: Connection) -> None:
    noticed = connection.info.pop(_NOTICED, None)
    if noticed and has_app_context():
        g.has_changed = True
    if noticed and not connection.get_execution_options().get("has_no_pulse"):
        changes = ", ".join(f"{mark} = excluded.{mark}" for mark in sorted(noticed))
        # Whoever read in this second before the change, and says so later, must hear of it.
        second = int(clock.now().timestamp()) + 1
        connection.exec_driver_sql(_SET.format(mark=randbits(62), changes=changes, second=second))


def _forget(connection: Connection) -> None:
    connection.info.pop(_NOTICED, None)
