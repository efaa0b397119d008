"""What a person decides about a payment that is not what we asked: it counts, it goes back, or neither."""

from dataclasses import replace

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.logbook import note
from buurthuis.payments.checkout import steps
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.checkout.refusals import NotFlagged
from buurthuis.payments.provider import Session
from buurthuis.rules.paying.checkout import Flag, Outcome, State, Step, Theirs, reconcile
from buurthuis.rules.paying.ways import HOLD


@action
def count_it(checkout_id: int, *, by: Person) -> Outcome:
    """Another amount was paid than we asked, and a person says that it counts.

    What is still open stands on the invoice; what is too much goes back. Where the place is gone,
    all of it goes back.

    Raises:
        NotFlagged: somebody decided already, or it is no money that we can count.
    """
    case = _flagged(checkout_id, by)
    session = _paid_session(case.attempt)
    agreed = replace(case.ours, state=State.OPEN, cents=session.cents)
    outcome = reconcile(agreed, steps.found_in(session), case.place, case.now)
    steps.follow(case, outcome, session, by=by)
    return outcome


@action
def give_it_back(checkout_id: int, *, by: Person) -> Checkout:
    """Another amount was paid than we asked, and a person gives it back; paying anew is possible.

    Raises:
        NotFlagged
    """
    case = _flagged(checkout_id, by)
    outcome = Outcome(State.GAVE_BACK, Step.GIVE_BACK)
    steps.follow(case, outcome, _paid_session(case.attempt), by=by)
    if case.holds_until is not None:
        steps.keep(case, min(case.holds_until, case.now + HOLD))
    return case.attempt


@action
def set_aside(checkout_id: int, *, by: Person) -> Checkout:
    """No money of ours came, or a person settled it at the provider: nothing is to be done here.

    Raises:
        NotFlagged
    """
    case = _flagged(checkout_id, by)
    case.attempt.flag, case.attempt.state = None, State.FAILED
    note("checkout.set_aside", case.attempt, by=by, venue_id=case.attempt.venue_id)
    return case.attempt


def _flagged(checkout_id: int, by: Person) -> steps.Case:
    case = steps.locked(checkout_id, clock.now())
    demand(by, "checkout.decide", case.attempt)
    if case.attempt.state is not State.FLAGGED:
        raise NotFlagged
    return case


def _paid_session(attempt: Checkout) -> Session:
    """What was paid, as we wrote it down; only money of our own kind can be counted or given back."""
    if attempt.flag is not Flag.AMOUNT or not attempt.paid_cents:
        raise NotFlagged
    return Session(
        id=attempt.session_id or "",
        url="",
        state=Theirs.PAID,
        cents=attempt.paid_cents,
        currency=attempt.currency,
        is_live=attempt.is_live,
        intent_id=attempt.intent_id,
    )
