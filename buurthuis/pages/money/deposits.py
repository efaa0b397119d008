"""Deposits of a house: what waits for a second person, what can go back, what is held, what is to come."""

from dataclasses import dataclass
from datetime import timedelta

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.bookings.door import per_person
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.formatting import euros
from buurthuis.foundation.forms import LineField
from buurthuis.foundation.telling import refusals_told
from buurthuis.pages.desk_door import booking_here
from buurthuis.pages.money.door import Answer, blueprint, house, money_page
from buurthuis.pages.money.forms import AmountField
from buurthuis.pages.money.keyed import KeyedForm, Mistakes, the_one
from buurthuis.payments.deposits import actions, queries
from buurthuis.payments.deposits.models import Deposit, DepositTurn
from buurthuis.payments.deposits.queries import Phase, Seen
from buurthuis.payments.refunds.models import LONGEST_REASON
from buurthuis.payments.words import MEANS
from buurthuis.rules.paying.ways import Means
from buurthuis.venues.models import Venue

IN_THE_HOUSE = (Means.CASH, Means.CARD, Means.BANK)
AHEAD = timedelta(days=30)
"""Who comes later has time to pay."""
ON_SIGHT = 8


class KeepForm(KeyedForm):
    """How much of a deposit the house keeps, and why."""

    cents = AmountField(_l("How much do you keep?"))
    reason = LineField(
        _l("Why?"), longest=LONGEST_REASON, missing=_l("Write why. The group will read it.")
    )


@dataclass(frozen=True, slots=True)
class Over:
    """A deposit of a booking that is over, with the form to keep something of it."""

    seen: Seen
    form: KeepForm


@blueprint.get("/deposits")
@needs("money.see", house)
def deposits(venue: Venue) -> str:
    """All deposits that are held, or to be paid yet."""
    return _page(venue)


@blueprint.post("/deposits/of/<int:booking_id>")
@needs("money.do", booking_here)
@per_person
def receive_deposit(booking: Booking) -> Answer:
    """The group paid its deposit in the house, or by bank."""
    ways = {str(each): each for each in IN_THE_HOUSE}
    means = ways.get(request.form.get("means", ""))
    if means is None:
        return _page(booking.venue), 422
    with refusals_told(look="danger"):
        actions.receive_deposit(booking.id, means, by=visitor())
        flash(_("Written down: %(amount)s.", amount=euros(booking.deposit_cents)), "ok")
    return _back(booking.venue)


@blueprint.post("/deposits/<int:deposit_id>/back")
@needs("money.do", queries.deposit_here)
@per_person
def deposit_back(deposit: Deposit) -> Answer:
    """All of it that is free goes back."""
    cents = queries.held_of([deposit.id])[deposit.id].free
    with refusals_told(look="danger"):
        actions.give_back(deposit.id, cents, by=visitor())
        flash(_("%(amount)s goes back. See how under “To give back”.", amount=euros(cents)), "ok")
    return _back(deposit.booking.venue)


@blueprint.post("/deposits/<int:deposit_id>/keep")
@needs("money.do", queries.deposit_here)
@per_person
def keep_deposit(deposit: Deposit) -> Answer:
    """Propose to keep something of it."""
    venue, form = deposit.booking.venue, KeepForm.keyed(f"keep-{deposit.id}")
    if not form.validate():
        return _page(venue, form), 422
    try:
        actions.propose_keeping(deposit.id, form.cents.data, form.reason.data, by=visitor())
    except Refusal as refusal:
        form.wrong(form.cents, sentence_of(refusal))
        return _page(venue, form), refusal.status
    flash(_("Noted. Ask somebody else to agree."), "ok")
    return _back(venue)


@blueprint.post("/deposits/turns/<int:turn_id>/agree")
@needs("money.do", queries.turn_here)
@per_person
def agree(turn: DepositTurn) -> Answer:
    """A second person agrees to keep it."""
    with refusals_told(look="danger"):
        actions.agree(turn.id, by=visitor())
        flash(_("The house keeps it. The group gets a letter with the reason."), "ok")
    return _back(turn.deposit.booking.venue)


@blueprint.post("/deposits/turns/<int:turn_id>/decline")
@needs("money.do", queries.turn_here)
@per_person
def decline(turn: DepositTurn) -> Answer:
    """It is not kept."""
    with refusals_told(look="danger"):
        actions.decline(turn.id, by=visitor())
        flash(_("It is not kept. You can give it back now."), "ok")
    return _back(turn.deposit.booking.venue)


def _page(venue: Venue, wrong: KeepForm | None = None) -> str:
    now = clock.now()
    every = queries.held_in(venue, now=now)
    over = [_over(each, wrong) for each in every if each.phase is Phase.TO_DECIDE]
    return money_page(
        "deposits",
        venue,
        proposed=queries.proposed_in(venue),
        over=over,
        held=[each for each in every if each.phase is Phase.HELD],
        to_pay=queries.to_pay_in(venue, now=now, until=now + AHEAD),
        on_sight=ON_SIGHT,
        cents=sum(each.held.cents for each in every),
        wrong=Mistakes.of(wrong, [each.form for each in over]),
        me=visitor(),
        now=now,
        ways=[(str(each), MEANS[each]) for each in IN_THE_HOUSE],
    )


def _over(seen: Seen, wrong: KeepForm | None) -> Over:
    number = 0 if seen.deposit is None else seen.deposit.id
    return Over(seen, the_one(wrong, KeepForm.keyed(f"keep-{number}", formdata=None)))


def _back(venue: Venue) -> Answer:
    return redirect(url_for("money.deposits", slug=venue.slug), 303)
