"""What groups owe a house for bookings that they cancelled late or did not use, and deciding about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.bookings.door import per_person
from buurthuis.bookings.owed import actions, queries, rights, sentences
from buurthuis.bookings.owed.models import LONGEST_REASON, Owed, State
from buurthuis.bookings.owed.refusals import TooMuch
from buurthuis.bookings.owed.words import WHY, share_words
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.forms import LineField
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.pages.desk_forms import DeskForm
from buurthuis.pages.house.fields import DEAREST_CENTS, HundredthsField
from buurthuis.venues.models import Venue

__all__ = ["rights", "sentences"]

PER_PAGE = 20


class OwedForm(DeskForm):
    """What a group pays, and why."""

    cents = HundredthsField(_l("What do they pay?"), most=DEAREST_CENTS)
    reason = LineField(
        _l("Why?"), longest=LONGEST_REASON, missing=_l("Write why. The group will read it.")
    )

    @classmethod
    def of(cls, owed: Owed, **more: Any) -> Self:
        """The form for what is owed for one booking, beginning with what the rule says."""
        return cls.about(owed.booking, cents=owed.cents, **more)

    @property
    def pays(self) -> int:
        """What was decided, in cents; a button of its own says nothing."""
        return 0 if "nothing" in request.form else self.cents.data or 0


@dataclass(frozen=True, slots=True)
class Row:
    """What is owed for a booking, in words, with the form to decide."""

    owed: Owed
    why: str
    share: str
    form: OwedForm


@blueprint.get("/owed")
@needs("desk.owed", house)
def owed(venue: Venue) -> str:
    """What somebody has to decide, and what is to be paid."""
    return _page(venue)


@blueprint.post("/bookings/<int:booking_id>/owed")
@needs("owed.decide", queries.owed_here)
@per_person
def decide_owed(owed: Owed) -> Answer:
    """They pay this, or nothing."""
    venue, form = owed.booking.venue, OwedForm.of(owed)
    if not form.validate():
        return _page(venue, form, owed), 422
    try:
        actions.decide(owed.booking_id, by=visitor(), cents=form.pays, reason=form.reason.data)
    except TooMuch as refusal:
        form.wrong(form.cents, sentence_of(refusal))
        return _page(venue, form, owed), refusal.status
    name = owed.booking.initiative.name
    flash(_("Noted. %(name)s gets a letter about it.", name=name), "ok")
    return redirect(url_for("desk.owed", slug=venue.slug), 303)


def _page(venue: Venue, wrong: OwedForm | None = None, about: Owed | None = None) -> str:
    page = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    first = (page - 1) * PER_PAGE
    waiting: Sequence[Owed] = [] if about is None else [about]
    to_pay: Sequence[Owed] = []
    if about is None:
        waiting = queries.owed_in(venue, state=State.TO_DECIDE, first=0, count=PER_PAGE)
        to_pay = queries.owed_in(venue, state=State.DUE, first=first, count=PER_PAGE + 1)
    return desk_page(
        "owed",
        venue,
        waiting_rows=[_row(each, wrong) for each in waiting],
        rows=[_row(each, None) for each in to_pay[:PER_PAGE]],
        wrong=wrong,
        now=clock.now(),
        previous=(_("Previous"), _address(venue, page - 1)) if page > 1 else None,
        next=(_("Next"), _address(venue, page + 1)) if len(to_pay) > PER_PAGE else None,
    )


def _row(owed: Owed, wrong: OwedForm | None) -> Row:
    form = wrong or OwedForm.of(owed, formdata=None)
    return Row(owed, str(WHY[owed.why]), share_words(owed), form)


def _address(venue: Venue, page: int) -> str:
    return url_for("desk.owed", slug=venue.slug, page=page if page > 1 else None)
