"""What tests of paying online share: a house that is paid online, a place that is kept, and who pays."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings import actions as desk
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.payments.checkout import actions, asking
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.rules.paying.checkout import State
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.periods import Period
from buurthuis.tariffs.ways.models import WayToPay
from buurthuis.venues.models import Room, Venue
from tests.builders import a_manager, a_person, a_venue, a_wish, friday
from tests.payments.builders import a_group, a_paying_room, an_account


def a_house(slug: str = "meevaart", *, ways: tuple[Way, ...] = (Way.ONLINE, Way.INVOICE)) -> Venue:
    """A house that is paid online, or else on invoice, with a manager."""
    venue = a_venue(slug, name="De Meevaart")
    an_account(venue)
    for position, way in enumerate(ways):
        db.session.add(WayToPay(venue_id=venue.id, position=position, way=way))
    db.session.commit()
    a_manager(venue)
    return venue


def a_hall(**facts: Any) -> Room:
    """A room of €10.00 an hour in such a house."""
    return a_paying_room(a_house(), **{"slug": "grote-zaal", "name": "Grote zaal", **facts})


def bram_and_group() -> tuple[Person, Initiative]:
    """Bram, and the group that he speaks for."""
    bram = a_person("Bram", "bram@repair.example")
    return bram, a_group(bram)


def a_kept_place(
    room: Room,
    period: Period | None = None,
    *,
    who: tuple[Person, Initiative] | None = None,
    **facts: Any,
) -> Booking:
    """Two hours on a Friday for €20.00, kept for Bram while he pays."""
    bram, group = who or bram_and_group()
    wish = a_wish(period or friday(19, 21), **facts)
    return desk.book(room, wish, by=bram, for_=group, pays_by=Way.ONLINE)


def begun(booking: Booking) -> Checkout:
    """Bram pressed the button, and stands before the page of the provider."""
    attempt = actions.begin_for_booking(booking.id, by=booking.booked_by)
    asking.open_page(attempt.id)
    return db.session.get_one(Checkout, attempt.id, populate_existing=True)


def letters() -> list[str]:
    """The letters that were written, in the order of their names."""
    return sorted(db.session.scalars(select(OutboxLetter.template)))


def told_in(template: str) -> Mapping[str, Any]:
    """The facts of the one letter of this kind."""
    return db.session.scalars(
        select(OutboxLetter.facts).where(OutboxLetter.template == template)
    ).one()


def on_account(account: Account) -> int:
    """What stands on an account of the books of all houses."""
    total = func.coalesce(func.sum(LedgerEntry.cents), 0)
    received, gave = (
        db.session.scalar(select(total).where(side == account)) or 0
        for side in (LedgerEntry.debit, LedgerEntry.credit)
    )
    return int(received) - int(gave)


def state_of(attempt: Checkout) -> State:
    """How it stands now."""
    return db.session.get_one(Checkout, attempt.id, populate_existing=True).state


def refunds() -> list[tuple[int, RefundState]]:
    """What went back, and how that stands."""
    return [(each.cents, each.state) for each in db.session.scalars(select(Refund))]


def given_back() -> list[int]:
    """How much went back, each time."""
    return [cents for cents, _ in refunds()]
