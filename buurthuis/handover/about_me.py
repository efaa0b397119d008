"""Everything that is stored about one person, found by every key that points to them."""

from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from sqlalchemy import Column, ColumnElement, and_, func, or_, select

from buurthuis.accounts.models import Initiative, Person, SignInCode
from buurthuis.foundation import clock
from buurthuis.foundation.db import Model, db
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.calendar import rfc3339
from buurthuis.venues.models import Room, Venue

WORDS: Final[dict[str, Any]] = {
    "role.person_id": _l("Your roles"),
    "membership.person_id": _l("The groups you book for"),
    "booking.booked_by_id": _l("What you booked"),
    "series.booked_by_id": _l("Series you booked"),
    "bundle.booked_by_id": _l("Rooms you booked together"),
    "waiting_wish.asked_by_id": _l("Places you waited for"),
    "booking_message.author_id": _l("What you wrote about a booking"),
    "feed.person_id": _l("Your calendar links"),
    "sign_in_session.person_id": _l("Where you signed in"),
    "api_token.person_id": _l("Tokens for your programs"),
    "idempotency_key.person_id": _l("What your programs asked today"),
    "invitation.person_id": _l("Papers to sign in with"),
    "invitation.used_by_id": _l("Invitations you said yes to"),
    "invitation.made_by_id": _l("Invitations you made"),
    "address_change.person_id": _l("New addresses for you"),
    "address_change.asked_by_id": _l("New addresses you asked for others"),
    "address_change.confirmed_by_id": _l("New addresses you said yes to"),
    "booking.decided_by_id": _l("Requests you answered"),
    "booking.cancelled_by_id": _l("Bookings you cancelled"),
    "attendance.said_by_id": _l("What you said about who came"),
    "slip.made_by_id": _l("Papers you made for bookings"),
    "phone_call.person_id": _l("Calls about your bookings"),
    "phone_call.called_by_id": _l("Calls you made for the house"),
    "change_request.asked_by_id": _l("Changes of bookings you asked for"),
    "series_change.asked_by_id": _l("Changes of series you asked for"),
    "change_request.decided_by_id": _l("Changes of bookings you answered"),
    "owed.decided_by_id": _l("What you decided that groups pay"),
    "recognition.decided_by_id": _l("Groups you recognised"),
    "recognition.ended_by_id": _l("Recognitions you ended"),
    "application.asked_by_id": _l("Discounts you asked for"),
    "application.decided_by_id": _l("Discounts of groups you decided on"),
    "house_version.made_by_id": _l("Changes you made to a house"),
    "calendar_import.made_by_id": _l("Calendars you brought along"),
    "calendar_import.brought_by_id": _l("Calendars you put in the books"),
    "calendar_import.undone_by_id": _l("Calendars you took out of the books"),
    "discount_budget.made_by_id": _l("Budgets you wrote down"),
    "year_money.made_by_id": _l("Money of a year you wrote down"),
    "year_words.made_by_id": _l("Words about a year you wrote down"),
    "target.made_by_id": _l("Targets you set"),
    "volunteer_rate.made_by_id": _l("Rates of an hour you wrote down"),
    "story.made_by_id": _l("Stories of others you wrote down"),
    "story.withdrawn_by_id": _l("Stories you took away"),
    "social_outcome.made_by_id": _l("Results for society you wrote down"),
    "social_outcome.withdrawn_by_id": _l("Results for society you took away"),
    "duty.person_id": _l("Your shifts"),
    "training.person_id": _l("Houses you know or learn"),
    "training.mentor_id": _l("People you teach"),
    "training.trained_by_id": _l("People you taught"),
    "roster_wish.person_id": _l("How often you want to help"),
    "weekly_time.person_id": _l("When you can help"),
    "other_days.person_id": _l("Days on which you can not, or at other times"),
    "own_entry.decided_by_id": _l("Groups that you let open the house themselves"),
    "key_issue.person_id": _l("Keys you have or had"),
    "key_issue.issued_by_id": _l("Keys you gave out"),
    "key_issue.received_by_id": _l("Keys you took back"),
    "key_issue.lost_told_by_id": _l("Keys you wrote down as lost"),
    "tick.said_by_id": _l("What you ticked on a checklist"),
    "presence.person_id": _l("When you were at your shifts"),
    "presence.closed_by_id": _l("Houses you closed"),
    "incident.told_by_id": _l("What you told that went wrong"),
    "incident.seen_by_id": _l("What went wrong and you have seen"),
    "house_code.changed_by_id": _l("Codes of houses you wrote down"),
    "hours_correction.said_by_id": _l("Hours of shifts you corrected"),
    "learner_hours.learner_id": _l("What your mentors signed for"),
    "learner_hours.signed_by_id": _l("What you signed for as a mentor"),
    "cover_call.opened_by_id": _l("Shifts for which you looked for somebody else"),
    "cover_ask.person_id": _l("Shifts you were asked to take over"),
    "swap.to_id": _l("Shifts that others offered you"),
    "roster_call.person_id": _l("Calls about your shifts"),
    "roster_call.called_by_id": _l("Calls you made about shifts"),
    "activity_tag.said_by_id": _l("What you said that activities are for"),
    "volunteer_work.person_id": _l("Volunteer work that is written down for you"),
    "volunteer_work.said_by_id": _l("Volunteer work you wrote down"),
    "invoice.issued_by_id": _l("Invoices you made"),
    "invoice_reminder.by_id": _l("Invoices you asked for again"),
    "payment.by_id": _l("Money you wrote down"),
    "payment.undone_by_id": _l("Money you took out of the books"),
    "settlement.by_id": _l("What you settled of invoices"),
    "refund.by_id": _l("Money you gave back for a house"),
    "deposit_turn.by_id": _l("Deposits you took, gave back or kept"),
    "deposit_turn.agreed_by_id": _l("Deposits of which you agreed that they are kept"),
    "checkout.person_id": _l("When you paid online"),
    "bank_statement.brought_by_id": _l("Statements of the bank you brought along"),
    "bank_line.matched_by_id": _l("Money on the bank you matched"),
    "bank_line.aside_by_id": _l("Money on the bank you set aside"),
    "logbook.actor_id": _l("What you did, in the logbook"),
    "logbook.subject_id": _l("What others did for you, in the logbook"),
    "outbox.recipient": _l("Letters we sent you"),
    "sign_in_code.email": _l("Codes we sent you"),
}
"""A title for every key that points to a person; a new key needs one."""

# What somebody did to the things of others is told, but not those things themselves; a letter
# tells of others too, and may carry a code.
DEEDS: Final[dict[str, frozenset[str]]] = {
    "invitation.made_by_id": frozenset({"id", "venue_id", "role", "initiative_id", "made_at"}),
    "booking.decided_by_id": frozenset({"id", "uid", "status", "decided_at"}),
    "booking.cancelled_by_id": frozenset({"id", "uid", "status", "cancelled_at"}),
    "change_request.decided_by_id": frozenset({"id", "booking_id", "status", "decided_at"}),
    "owed.decided_by_id": frozenset({"booking_id", "state", "decided_at"}),
    "application.decided_by_id": frozenset({"id", "venue_id", "state", "decided_at"}),
    "house_version.made_by_id": frozenset({"id", "venue_id", "number", "made_at"}),
    **dict.fromkeys(
        [f"calendar_import.{deed}_by_id" for deed in ("made", "brought", "undone")],
        frozenset({"id", "venue_id", "name", "state", "made_at", "brought_at", "undone_at"}),
    ),
    "story.made_by_id": frozenset({"id", "venue_id", "told_on", "made_at"}),
    "story.withdrawn_by_id": frozenset({"id", "venue_id", "withdrawn_at"}),
    "address_change.asked_by_id": frozenset({"id", "venue_id", "reason", "asked_at"}),
    "attendance.said_by_id": frozenset({"booking_id", "outcome", "said_at"}),
    "slip.made_by_id": frozenset({"id", "booking_id", "made_at"}),
    "training.mentor_id": frozenset({"venue_id", "trained_on"}),
    "training.trained_by_id": frozenset({"venue_id", "trained_on"}),
    "own_entry.decided_by_id": frozenset({"venue_id", "way", "from_on", "to_on", "decided_at"}),
    "key_issue.issued_by_id": frozenset({"id", "key_id", "issued_at"}),
    "key_issue.received_by_id": frozenset({"id", "key_id", "returned_at"}),
    "key_issue.lost_told_by_id": frozenset({"id", "key_id", "lost_at"}),
    "phone_call.called_by_id": frozenset({"id", "venue_id", "booking_id", "called_at"}),
    "presence.closed_by_id": frozenset({"duty_id", "closed_at"}),
    "incident.seen_by_id": frozenset({"id", "venue_id", "seen_at"}),
    "house_code.changed_by_id": frozenset({"id", "venue_id", "kind", "changed_at"}),
    "hours_correction.said_by_id": frozenset({"duty_id", "said_at"}),
    "learner_hours.signed_by_id": frozenset({"duty_id", "signed_at"}),
    "cover_call.opened_by_id": frozenset({"id", "venue_id", "opened_at", "closed_at", "outcome"}),
    "roster_call.called_by_id": frozenset({"id", "venue_id", "news", "called_at"}),
    "activity_tag.said_by_id": frozenset({"id", "theme", "said_at"}),
    "volunteer_work.said_by_id": frozenset({"id", "venue_id", "kind", "said_at"}),
    "outbox.recipient": frozenset({"template", "language", "created_at", "sent_at"}),
    "sign_in_code.email": frozenset({"created_at", "expires_at", "used_at"}),
    "address_change.confirmed_by_id": frozenset({"id", "venue_id", "confirmed_at"}),
}
SECRETS: Final = ("_hash",)
NAMED: Final[dict[str, Any]] = {
    "initiative_id": Initiative,
    "venue_id": Venue,
    "room_id": Room,
}


Place = tuple[Any, ColumnElement[bool]]
"""A column that tells of people, and the condition under which it tells of one of them."""


def keys_to_people() -> list[Column[Any]]:
    """Every column of the database that points to a person."""
    return [
        column
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == Person.__tablename__ for key in column.foreign_keys)
    ]


def counts_about(person: Person) -> list[tuple[Any, int]]:
    """How much of each kind is stored, by its title; kinds of which there is nothing are left out."""
    places = _places(person)
    asked = [
        select(func.count()).select_from(column.table).where(which).scalar_subquery()
        for column, which in places
    ]
    counts = db.session.execute(select(*asked)).one()
    return [
        (_title(column), count)
        for (column, _which), count in zip(places, counts, strict=True)
        if count
    ]


def everything_about(person: Person) -> dict[str, Any]:
    """All of it as plain values, to be taken along as a file."""
    return {
        "written_at": rfc3339(clock.now()),
        "you": _row(Person.__table__, dict(_columns_of(person))),
        "stored": {
            _key(column): {"title": str(_title(column)), "rows": rows}
            for column, which in _places(person)
            if (rows := _rows(column, which))
        },
    }


def _places(person: Person) -> list[Place]:
    """Every column where somebody stands, and the condition that finds them there."""
    by_key: list[Place] = [(column, column == person.id) for column in keys_to_people()]
    return by_key + _without_a_key(person)


def _without_a_key(person: Person) -> list[Place]:
    """What is about somebody by their address, or by a number in the logbook."""
    logbook, outbox = LogEntry.__table__.c, OutboxLetter.__table__.c
    about_me = or_(
        and_(logbook.subject_type == Person.__tablename__, logbook.subject_id == person.id),
        LogEntry.detail["person"].as_integer() == person.id,
    )
    found: list[Place] = [(logbook.subject_id, about_me)]
    if person.email is not None:
        codes = SignInCode.__table__.c
        found.append((outbox.recipient, outbox.recipient == person.email))
        found.append((codes.email, codes.email == person.email))
    return found


def _key(column: Any) -> str:
    return f"{column.table.name}.{column.name}"


def _title(column: Any) -> Any:
    return WORDS.get(_key(column), _key(column))


def _rows(column: Any, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    table = column.table
    shown = DEEDS.get(_key(column), frozenset(table.columns.keys()))
    asked = select(*(each for each in table.columns if each.name in shown))
    found = db.session.execute(asked.where(which).order_by(*table.primary_key))
    return [_row(table, dict(each)) for each in found.mappings()]


def _row(table: Any, row: dict[str, Any]) -> dict[str, Any]:
    """A row in plain values, without secrets, with the names of what it points to."""
    told: dict[str, Any] = {}
    for name, value in row.items():
        if name.endswith(SECRETS):
            continue
        told[name] = _plain(value)
        kind = NAMED.get(name)
        if kind is not None and value is not None and table.name != kind.__tablename__:
            told[name.removesuffix("_id")] = db.session.get_one(kind, value).name
    return told


def _columns_of(person: Person) -> list[tuple[str, Any]]:
    return [(column.name, getattr(person, column.name)) for column in Person.__table__.columns]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
