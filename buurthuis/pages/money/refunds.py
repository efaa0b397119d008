"""What the house gives back: proposed and done with one tap, paid out by hand, on its way, or not worked."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Self

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from stdnum import iban as ibans

from buurthuis.bookings import making
from buurthuis.bookings.door import per_person
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.formatting import euros
from buurthuis.foundation.forms import LineField, WordField, as_tiles
from buurthuis.foundation.telling import refusals_told
from buurthuis.pages.money.door import Answer, blueprint, house, money_page
from buurthuis.pages.money.forms import AmountField
from buurthuis.pages.money.keyed import KeyedForm, Mistakes, the_one
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds import actions, queries
from buurthuis.payments.refunds.models import LONGEST_REASON, Refund
from buurthuis.payments.refunds.queries import Proposal
from buurthuis.payments.refunds.steps import ways_back
from buurthuis.payments.words import MEANS
from buurthuis.rules.paying.ways import Means
from buurthuis.venues.models import Venue

LATELY = 20


class GiveBackForm(KeyedForm):
    """How much goes back, by which way, and why."""

    cents = AmountField(_l("How much goes back?"))
    means = WordField(_l("How?"), words=Means, missing=_l("Choose how it goes."), **as_tiles())
    reason = LineField(_l("Why?"), longest=LONGEST_REASON)

    @classmethod
    def of(
        cls, payment: Payment, invoice_id: int | None, failed: Collection[int], **more: Any
    ) -> Self:
        """The form for a payment, and for the invoice for which it goes back."""
        ways = ways_back(payment, failed)
        form = cls.keyed(f"give-{payment.id}-{invoice_id or 0}", means=ways[0], **more)
        form.means.options = [(str(each), MEANS[each]) for each in ways]
        return form


class NotWorkedForm(KeyedForm):
    """Why money could not be transferred."""

    reason = LineField(_l("Why not?"), longest=LONGEST_REASON, missing=_l("Write why not."))


@dataclass(frozen=True, slots=True)
class ToGive:
    """What is proposed to go back, with the form to give less of it."""

    proposal: Proposal
    usual: GiveBackForm
    """All of it, by the usual way: one tap."""
    form: GiveBackForm
    trouble: Refund | None
    """What was tried for it lately, and did not work."""
    mark: str = field(default_factory=making.mark)
    """Sent along, so that a form that is sent twice gives back once."""


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
    number = request.form.get("invoice", type=int)
    form = GiveBackForm.of(payment, number, queries.failed_online([payment.id]))
    if not form.validate():
        return _page(payment.venue, form), 422
    try:
        refund = actions.give_back(
            payment.id,
            form.cents.data,
            form.reason.data or "",
            by=visitor(),
            invoice_id=number,
            means=form.means.data,
            submission=request.form.get("submission"),
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
    with refusals_told(look="danger"):
        actions.mark_done(refund.id, by=visitor())
        flash(_("Noted."), "ok")
    return _back(refund.payment.venue)


@blueprint.post("/refunds/<int:refund_id>/not-worked")
@needs("money.do", queries.refund_here)
@per_person
def refund_not_worked(refund: Refund) -> Answer:
    """It cannot be transferred."""
    form = NotWorkedForm.keyed(f"out-{refund.id}")
    if not form.validate():
        return _page(refund.payment.venue, form), 422
    with refusals_told(look="danger"):
        actions.mark_failed(refund.id, form.reason.data, by=visitor())
        flash(_("Noted. It is still to be given back."), "ok")
    return _back(refund.payment.venue)


@blueprint.post("/refunds/<int:refund_id>/again")
@needs("money.do", queries.refund_here)
@per_person
def refund_again(refund: Refund) -> Answer:
    """Try once more what did not work."""
    with refusals_told(look="danger"):
        actions.try_again(refund.id, by=visitor())
        flash(_("We try it again."), "ok")
    return _back(refund.payment.venue)


def _page(venue: Venue, wrong: KeyedForm | None = None) -> str:
    waiting = queries.pending(venue)
    by_hand = [each for each in waiting if each.means is not Means.ONLINE]
    proposed, free = queries.proposals(venue), queries.unclaimed(venue)
    failed = reversed(queries.failed(venue))
    troubles = {(each.payment_id, each.invoice_id, each.deposit_id): each for each in failed}
    failed_online = queries.failed_online([each.payment.id for each in (*proposed, *free)])
    to_give, unclaimed = (
        [_to_give(each, failed_online, troubles.pop(_key(each), None), wrong) for each in found]
        for found in (proposed, free)
    )
    accounts = queries.ibans([each.payment_id for each in by_hand])
    to_transfer = [_to_transfer(each, accounts, wrong) for each in by_hand]
    given = [each.form for each in (*to_give, *unclaimed)]
    shown: list[KeyedForm] = [*given, *(each.form for each in to_transfer)]
    return money_page(
        "refunds",
        venue,
        proposals=to_give,
        unclaimed=unclaimed,
        by_hand=to_transfer,
        on_its_way=[each for each in waiting if each.means is Means.ONLINE],
        failed=troubles.values(),
        done=queries.done(venue, count=LATELY),
        wrong=Mistakes.of(wrong, shown),
        ways=MEANS,
    )


def _key(proposal: Proposal) -> tuple[int, int | None, None]:
    """Of which payment, for which invoice, and for no deposit: those have a page of their own."""
    return proposal.payment.id, None if proposal.invoice is None else proposal.invoice.id, None


def _to_give(
    proposal: Proposal,
    failed_online: Collection[int],
    trouble: Refund | None,
    wrong: KeyedForm | None,
) -> ToGive:
    told = {"cents": proposal.cents, "formdata": None}
    form = GiveBackForm.of(proposal.payment, _key(proposal)[1], failed_online, **told)
    return ToGive(proposal, form, the_one(wrong, form), trouble)


def _to_transfer(
    refund: Refund, accounts: dict[int, tuple[str, str]], wrong: KeyedForm | None
) -> ToTransfer:
    iban, holder = accounts.get(refund.payment_id, ("", ""))
    form = NotWorkedForm.keyed(f"out-{refund.id}", formdata=None)
    return ToTransfer(refund, ibans.format(iban), holder, the_one(wrong, form))


def _said(refund: Refund) -> str:
    if refund.means is Means.ONLINE:
        return _("%(amount)s goes back online. We tell the group.", amount=euros(refund.cents))
    if refund.means is Means.CASH:
        return _("Give them %(amount)s, and say so below.", amount=euros(refund.cents))
    return _("Transfer %(amount)s, and say so below.", amount=euros(refund.cents))


def _back(venue: Venue) -> Answer:
    return redirect(url_for("money.refunds", slug=venue.slug), 303)
