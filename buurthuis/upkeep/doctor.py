"""The doctor: counts again, from the rows themselves, everything that must be true of the database.

Each check returns its complaints, one sentence each, and an empty list when all is well. The
database refuses most of this by itself; the doctor also finds what a hand in the database, a
restored copy or a mistake in a migration left behind.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy import guard
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.queries import spaces_of
from buurthuis.rules import giving
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.overlap import Claim, share_out
from buurthuis.rules.periods import Period, merge
from buurthuis.rules.states import LIVE, Status
from buurthuis.statistics.recounting import SAMPLE, strays
from buurthuis.upkeep import doctor_of_books as books
from buurthuis.upkeep import doctor_of_deposits as deposits
from buurthuis.upkeep import doctor_of_provider as provider
from buurthuis.upkeep.doctor_of_houses import (
    calendars_of_others,
    extras_promised_twice,
    houses_without_manager,
    stray_houses,
)
from buurthuis.upkeep.doctor_of_keys import keys_out_twice, too_many_keys_out
from buurthuis.venues.models import Closure

Check = Callable[[], list[str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; no complaints means it is well. Notes only tell."""

    name: str
    complaints: list[str]
    notes: list[str] = field(default_factory=list)


def examine(migrations: str, *, months: int | None = SAMPLE) -> Iterator[Finding]:
    """Do every check, in an order in which the first complaint explains the later ones.

    Of the figures so many months of houses are counted again; None is all of them.
    """
    checks: dict[str, Check] = {
        "the database has the latest tables": lambda: stale_tables(migrations),
        "the guard refuses an overlap": missing_guard,
        "no space is held twice": overlaps,
        "live bookings hold their place, others hold none": claims_and_bookings,
        "only changes that wait hold time besides": claims_of_changes,
        "closures hold the time they close": closures,
        "calendars of others take what is free": calendars_of_others,
        "buffers are shared out as the rule says": shares,
        "every price adds up": sums,
        "no extra is promised twice": extras_promised_twice,
        "every key is in one place": keys_out_twice,
        "no more keys are out than may be": too_many_keys_out,
        "every house with people keeps a manager": houses_without_manager,
        "the newest version of a house is the house": stray_houses,
        "numbers of invoices have no gaps": books.gaps_in_numbers,
        "invoices add up, also in the books": books.invoices_that_do_not_add_up,
        "the books balance": books.entries_that_do_not_balance,
        "what is open is what the books say": books.open_items_and_books,
        "what is left of money is what the books say": books.money_and_books,
        "no money settles more than came": books.settled_twice,
        "no more goes back than came in": deposits.more_back_than_came,
        "deposits are what the books say": deposits.deposits_and_books,
        "figures that are kept are what bookings give": lambda: strays(clock.now(), most=months),
        "no letter is stuck": stuck_letters,
    }
    for number, (name, check) in enumerate(checks.items()):
        complaints = _complaints(check)
        yield Finding(name, complaints)
        if complaints and number == 0:
            return  # Without the right tables the other checks have nothing to look at.
    if comparison := provider.compare(clock.now()):
        yield Finding(provider.NAME, comparison.complaints, comparison.notes)


def _complaints(check: Check) -> list[str]:
    """What a check complains of; rows too odd to be read are a complaint as well."""
    try:
        return check()
    except (ValueError, LookupError, TypeError) as error:
        return [f"This could not be looked at: {error}"]


def stale_tables(migrations: str) -> list[str]:
    """The database stands at the newest migration."""
    newest = ScriptDirectory(migrations).get_current_head()
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == newest:
        return []
    return [f"It stands at {current}, the newest is {newest}. Run `flask --app app db upgrade`."]


def missing_guard() -> list[str]:
    """The database refuses an overlap in a trial."""
    if guard.holds():
        return []
    return ["It accepted an overlap. Run `flask --app app db upgrade`, or restore a backup."]


def overlaps() -> list[str]:
    """No two rows hold the same space at the same time, whatever the guard says.

    Of each pair we look at the one that begins later, which keeps the search short.
    """
    one, other = aliased(Occupancy), aliased(Occupancy)
    pairs = db.session.execute(
        select(one.id, other.id, one.space_id).join(
            other,
            (one.space_id == other.space_id)
            & (other.from_at >= one.from_at)
            & (other.from_at < one.to_at)
            & ((other.from_at > one.from_at) | (other.id > one.id)),
        )
    )
    return [f"Claims {a} and {b} overlap in space {space}." for a, b, space in pairs]


def claims_and_bookings() -> list[str]:
    """Occupancy holds exactly what live bookings need, in exactly the spaces of their room.

    What has been is left alone: it held the spaces that its room was made of then.
    """
    now = clock.now()
    holds: dict[int, set[int]] = defaultdict(set)
    times: dict[int, set[tuple[datetime, datetime]]] = defaultdict(set)
    for booking_id, space, starts_at, ends_at in db.session.execute(
        select(
            Occupancy.booking_id, Occupancy.space_id, Occupancy.starts_at, Occupancy.ends_at
        ).where(Occupancy.booking_id.is_not(None), Occupancy.change_id.is_(None))
    ):
        holds[booking_id or 0].add(space)
        times[booking_id or 0].add((starts_at, ends_at))
    bookings = db.session.scalars(
        select(Booking)
        .where((Booking.status.in_(LIVE) & (Booking.to_at > now)) | Booking.id.in_(holds))
        .options(joinedload(Booking.room), joinedload(Booking.venue))
    ).all()
    spaces = spaces_of({booking.room_id: booking.room for booking in bookings}.values())
    complaints = []
    for booking in bookings:
        if booking.is_live and booking.to_at <= now:
            continue
        held = holds.get(booking.id, set())
        needed = set(spaces[booking.room_id]) if booking.is_live else set()
        may_wait = booking.status == Status.REQUESTED and not booking.venue.requests_occupy
        if held != needed and not (may_wait and not held):
            complaints.append(
                f"Booking {booking.id} ({booking.status}) holds spaces {sorted(held)},"
                f" and needs {sorted(needed)}."
            )
        elif times[booking.id] - {(booking.from_at, booking.to_at)}:
            complaints.append(f"Booking {booking.id} holds its room at another time than its own.")
    return complaints


def claims_of_changes() -> list[str]:
    """What is held beside a booking is held for a change that still waits for an answer."""
    stray = select(Occupancy.id, Occupancy.change_id).where(
        Occupancy.change_id.is_not(None),
        Occupancy.change_id.not_in(
            select(ChangeRequest.id).where(ChangeRequest.status == ChangeStatus.ASKED)
        ),
    )
    return [
        f"Claim {claim} is held for change {change}, which waits no more."
        for claim, change in db.session.execute(stray)
    ]


def closures() -> list[str]:
    """Every closure that is not over holds its whole time in every space that it closes."""
    coming = db.session.scalars(select(Closure).where(Closure.to_at > clock.now())).all()
    held: dict[tuple[int | None, int], list[Period]] = defaultdict(list)
    for row in db.session.scalars(select(Occupancy).where(Occupancy.closure_id.is_not(None))):
        held[row.closure_id, row.space_id].append(Period(row.from_at, row.to_at))
    return [
        f"Closure {closure.id} does not hold its whole time in space {space}."
        for closure in coming
        for space in _closed_spaces(closure)
        if merge(held[closure.id, space]) != [Period(closure.from_at, closure.to_at)]
    ]


def _closed_spaces(closure: Closure) -> list[int]:
    rooms = closure.rooms or [room for room in closure.venue.rooms if room.retired_at is None]
    return sorted({space for own in spaces_of(rooms).values() for space in own})


def shares() -> list[str]:
    """What each claim holds is what sharing out gives when it is done again."""
    by_space: dict[int, list[Occupancy]] = defaultdict(list)
    for row in db.session.scalars(select(Occupancy)):
        by_space[row.space_id].append(row)
    complaints: list[str] = []
    for rows in by_space.values():
        held = share_out([_claim(row) for row in rows])
        complaints.extend(
            f"Claim {row.id} holds something else than its share."
            for row in rows
            if (row.from_at, row.to_at) != (held[row.id].start, held[row.id].end)
        )
    return complaints


def _claim(row: Occupancy) -> Claim:
    return Claim(
        key=row.id,
        owner=row.initiative_id,
        core=Period(row.starts_at, row.ends_at),
        wanted=Period(row.wants_from_at, row.wants_to_at),
    )


def sums() -> list[str]:
    """List − discount + surcharge + VAT = total; the lines add up to it, and to what was given."""
    complaints = []
    for booking in db.session.scalars(select(Booking).execution_options(yield_per=1000)):
        added = (
            booking.list_cents
            - booking.discount_cents
            + booking.surcharge_cents
            + booking.vat_cents
        )
        lines = sum(line["cents"] + line["vat_cents"] for line in booking.price_lines)
        given = giving.given((line["kind"], line["cents"]) for line in booking.price_lines)
        if given != booking.given_cents:
            complaints.append(
                f"Booking {booking.id} says that {booking.given_cents} cents were given,"
                f" its lines say {given}."
            )
        if added != booking.total_cents or lines != booking.total_cents:
            complaints.append(
                f"Booking {booking.id} costs {booking.total_cents} cents,"
                f" its parts make {added} and its lines {lines}."
            )
    return complaints


def stuck_letters() -> list[str]:
    """No letter was given up."""
    parked = db.session.scalars(select(OutboxLetter).where(OutboxLetter.parked_at.is_not(None)))
    return [
        f"Letter {letter.id} ({letter.template}) could not leave: {letter.last_error}"
        for letter in parked
    ]
