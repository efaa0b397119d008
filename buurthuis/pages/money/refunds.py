"""What the house gives back: proposed and done with one tap, paid out by hand, on its way, or not worked."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from stdnum import iban as ibans

from buurthuis.bookings.door import per_person
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.formatting import euros
from buurthuis.foundation.forms import LineField, WordField, as_tiles
from buurthuis.pages.desk_forms import DeskForm
from buurthuis.pages.money.door import Answer, blueprint, house, money_page
from buurthuis.pages.money.forms import AmountField
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds import actions, queries
from buurthuis.payments.refunds.models import LONGEST_REASON, Refund
from buurthuis.payments.refunds.queries import Proposal
from buurthuis.payments.refunds.steps import usual_way
from buurthuis.payments.words import MEANS
from buurthuis.rules.paying.ways import Means
from buurthuis.venues.models import Venue

BY_HAND = (Means.BANK, Means.CASH)
LATELY = 20


class GiveBackForm(DeskForm):
    """How much goes back, by which way, and why."""

    cents = AmountField(_l("How much goes back?"))
    means = WordField(_l("How?"), words=Means, missing=_l("Choose how it goes."), **as_tiles())
    reason = LineField(_l("Why?"), longest=LONGEST_REASON)

    @classmethod
    def of(cls, payment: Payment, cents: int | None = None) -> "GiveBackForm":
        """The form for a payment, beginning with what is proposed; without that it is the one sent."""
        way = usual_way(payment)
        form = cls.about(payment, cents=cents, means=way)
        ways = (way,) if way is Means.ONLINE else BY_HAND
        form.means.options = [(str(each), MEANS[each]) for each in ways]
        return form


class NotWorkedForm(DeskForm):
    """Why money could not be transferred."""

    reason = LineField(_l("Why not?"), longest=LONGEST_REASON, missing=_l("Write why not."))


@dataclass(frozen=True, slots=True)
class ToGive:
    """What is proposed to go back, with the form to give less of it."""

    proposal: Proposal
    form: GiveBackForm


@dataclass(frozen=True, slots=True)
class ToTransfer:
    """What a person has to pay out, to which account, with the form to say that it did not work."""

    refund: Refund
    iban: str
    holder: str
    form: NotWorkedForm


@blueprint.get("/refunds")
@needs("money.see", house)
def refunds(venue: Venue) -> str:
    """All that goes back, and how it stands."""
    return _page(venue)


@blueprint.post("/refunds/of/<int:payment_id>")
@needs("money.do", queries.payment_here)
@per_person
def give_back(payment: Payment) -> Answer:
    """Give (a part of) a payment back."""
    form = GiveBackForm.of(payment)
    if not form.validate():
        return _page(payment.venue, form), 422
    number = request.form.get("invoice", type=int)
    try:
        refund = actions.give_back(
            payment.id,
            form.cents.data,
            form.reason.data or "",
            by=visitor(),
            invoice_id=number,
            means=form.means.data,
        )
    except Refusal as refusal:
        form.wrong(form.cents, sentence_of(refusal))
        return _page(payment.venue, form), refusal.status
    flash(_said(refund), "ok")
    return _back(payment.venue)


@blueprint.post("/refunds/<int:refund_id>/done")
@needs("money.do", queries.refund_here)
@per_person
def refund_done(refund: Refund) -> Answer:
    """Somebody transferred it, or gave it in cash."""
    return _told(refund, lambda: actions.mark_done(refund.id, by=visitor()), _("Noted."))


@blueprint.post("/refunds/<int:refund_id>/not-worked")
@needs("money.do", queries.refund_here)
@per_person
def refund_not_worked(refund: Refund) -> Answer:
    """It cannot be transferred."""
    form = NotWorkedForm.about(refund)
    if not form.validate():
        return _page(refund.payment.venue, not_worked=form), 422
    return _told(
        refund,
        lambda: actions.mark_failed(refund.id, form.reason.data, by=visitor()),
        _("Noted. It is still to be given back."),
    )


@blueprint.post("/refunds/<int:refund_id>/again")
@needs("money.do", queries.refund_here)
@per_person
def refund_again(refund: Refund) -> Answer:
    """Try once more what did not work."""
    return _told(refund, lambda: actions.try_again(refund.id, by=visitor()), _("We try it again."))


def _page(
    venue: Venue, wrong: GiveBackForm | None = None, not_worked: NotWorkedForm | None = None
) -> str:
    waiting = queries.pending(venue)
    by_hand = [each for each in waiting if each.means is not Means.ONLINE]
    accounts = queries.ibans([each.payment_id for each in by_hand])
    return money_page(
        "refunds",
        venue,
        proposals=[_to_give(each) for each in queries.proposals(venue)],
        unclaimed=[_to_give(each) for each in queries.unclaimed(venue)],
        by_hand=[_to_transfer(each, *accounts.get(each.payment_id, ("", ""))) for each in by_hand],
        on_its_way=[each for each in waiting if each.means is Means.ONLINE],
        failed=queries.failed(venue),
        done=queries.done(venue, count=LATELY),
        wrong=wrong or not_worked,
        ways=MEANS,
    )


def _to_give(proposal: Proposal) -> ToGive:
    return ToGive(proposal, GiveBackForm.of(proposal.payment, proposal.cents))


def _to_transfer(refund: Refund, iban: str, holder: str) -> ToTransfer:
    return ToTransfer(refund, ibans.format(iban), holder, NotWorkedForm.about(refund))


def _said(refund: Refund) -> str:
    if refund.means is Means.ONLINE:
        return _("%(amount)s goes back online. We tell the group.", amount=euros(refund.cents))
    if refund.means is Means.CASH:
        return _("Give them %(amount)s, and say so below.", amount=euros(refund.cents))
    return _("Transfer %(amount)s, and say so below.", amount=euros(refund.cents))


def _told(refund: Refund, deed: Callable[[], object], words: str) -> Answer:
    """Do it, and tell on the next page how it went."""
    try:
        deed()
    except Refusal as refusal:
        flash(sentence_of(refusal), "danger")
    else:
        flash(words, "ok")
    return _back(refund.payment.venue)


def _back(venue: Venue) -> Answer:
    return redirect(url_for("money.refunds", slug=venue.slug), 303)
