"""What groups owe a house for bookings that they cancelled late or did not use, and deciding about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import StopValidation

from buurthuis.bookings.door import per_person
from buurthuis.bookings.owed import actions, queries, rights, sentences
from buurthuis.bookings.owed.models import LONGEST_REASON, Owed, State
from buurthuis.bookings.owed.refusals import TooMuch
from buurthuis.bookings.owed.words import WHY, share_words
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.forms import LineField
from buurthuis.foundation.typed import HundredthsField
from buurthuis.pages.desk_answers import who_hears
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.pages.desk_forms import DeskForm
from buurthuis.pages.house.fields import DEAREST_CENTS
from buurthuis.venues.models import Venue

__all__ = ["rights", "sentences"]

PER_PAGE = 20
MOST = PER_PAGE + 1


class OwedForm(DeskForm):
    """What a group pays, and why."""

    cents = HundredthsField(
        _l("What do they pay?"),
        most=DEAREST_CENTS,
        missing=_l("Write the amount, or press “They pay nothing”."),
    )
    reason = LineField(
        _l("Why?"), longest=LONGEST_REASON, missing=_l("Write why. The group will read it.")
    )

    @classmethod
    def of(cls, owed: Owed, **more: Any) -> Self:
        """The form for what is owed for one booking, beginning with what the rule says."""
        return cls.about(owed.booking, cents=owed.cents, **more)

    def validate_cents(self, field: Field) -> None:
        """Whoever presses "nothing" names no amount; a mistake in it does not count."""
        if self._is_nothing:
            field.errors = ()
            raise StopValidation

    @property
    def pays(self) -> int:
        """What was decided, in cents; a button of its own says nothing."""
        return 0 if self._is_nothing else self.cents.data

    @property
    def _is_nothing(self) -> bool:
        return "nothing" in request.form


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
    """What somebody has to decide, what is to be paid, and what was lately let go."""
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
    told = _("Noted.")
    flash(f"{told} {who_hears(owed.booking.booked_by)}", "ok")
    return redirect(url_for("desk.owed", slug=venue.slug), 303)


def _page(venue: Venue, wrong: OwedForm | None = None, about: Owed | None = None) -> str:
    page = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    first = (page - 1) * PER_PAGE
    found: dict[State, Sequence[Owed]] = {about.state: [about]} if about else {}
    if about is None:
        found[State.TO_DECIDE] = queries.owed_in(venue, state=State.TO_DECIDE, first=0, count=MOST)
        found[State.DUE] = queries.owed_in(venue, state=State.DUE, first=first, count=MOST)
        if page == 1:
            found[State.WAIVED] = queries.waived_in(venue, count=PER_PAGE)
    to_pay = found.get(State.DUE, ())
    return desk_page(
        "owed",
        venue,
        waiting_rows=_rows(found, State.TO_DECIDE, wrong),
        more_waiting=_more_waiting(venue, found),
        rows=_rows(found, State.DUE, wrong),
        waived_rows=_rows(found, State.WAIVED, wrong),
        wrong=wrong,
        now=clock.now(),
        previous=(_("Previous"), _address(venue, page - 1)) if page > 1 else None,
        next=(_("Next"), _address(venue, page + 1)) if len(to_pay) > PER_PAGE else None,
    )


def _rows(found: dict[State, Sequence[Owed]], state: State, wrong: OwedForm | None) -> list[Row]:
    return [_row(each, wrong) for each in found.get(state, ())[:PER_PAGE]]


def _more_waiting(venue: Venue, found: dict[State, Sequence[Owed]]) -> int:
    """How many wait besides those on the page."""
    if len(found.get(State.TO_DECIDE, ())) <= PER_PAGE:
        return 0
    return (db.session.scalar(queries.counting_to_decide(venue)) or 0) - PER_PAGE


def _row(owed: Owed, wrong: OwedForm | None) -> Row:
    form = wrong or OwedForm.of(owed, formdata=None)
    return Row(owed, str(WHY[owed.why]), share_words(owed), form)


def _address(venue: Venue, page: int) -> str:
    return url_for("desk.owed", slug=venue.slug, page=page if page > 1 else None)
