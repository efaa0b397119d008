"""Answering many requests at once: look at what will happen, send, and read what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.bookings import actions, inbox, second_thoughts
from buurthuis.bookings.inbox import Request
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AnswerHasLeft, PlaceIsGone
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotFound, sentence_of
from buurthuis.foundation.rows import row_number
from buurthuis.pages import desk_queries
from buurthuis.pages.desk_answers import TOO_LATE, is_my_own
from buurthuis.pages.desk_choice import Choice
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.pages.desk_forms import RefusalForm
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue

MOST = 50
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class OfGroup:
    """What one group gets, and what it pays together."""

    name: str
    bookings: list[Booking]

    @property
    def total_cents(self) -> int:
        """What the group pays for all of these."""
        return sum(booking.total_cents for booking in self.bookings)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A request that is not answered now, and why."""

    booking: Booking
    why: str


@dataclass(slots=True)
class Plan:
    """What will happen to each of the chosen requests."""

    answered: list[Booking] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def groups(self) -> list[OfGroup]:
        """Those that get an answer, by group."""
        in_order = sorted(
            self.answered, key=lambda each: (each.initiative.name, each.initiative_id)
        )
        return [
            OfGroup(of_group[0].initiative.name, sorted(of_group, key=lambda each: each.from_at))
            for of_group in (
                list(found) for _id, found in groupby(in_order, lambda each: each.initiative_id)
            )
        ]


@blueprint.get("/requests/review")
@needs("house.manage", house)
def review(venue: Venue) -> Answer:
    """What would happen to the ticked requests."""
    answer, numbers = _answer(request.args.get("answer", "")), _numbers(request.args.getlist("id"))
    if not (answer and numbers):
        return _nothing_chosen(venue)
    return _review_page(venue, answer, list(numbers))


@blueprint.post("/requests/answer")
@needs("house.manage", house)
def answer_many(venue: Venue) -> Answer:
    """Answer each request in a transaction of its own, as far as it is still what was seen."""
    answer, seen = _answer(request.form.get("answer", "")), _numbers(request.form.getlist("id"))
    if not (answer and seen):
        return _nothing_chosen(venue)
    form = RefusalForm.about(venue)
    if answer == NO and not form.validate():
        return _review_page(venue, answer, list(seen), form), 422
    plan = Plan()
    for booking in desk_queries.bookings_with(seen, venue):
        why = _answered(booking, answer, seen[booking.id], form)
        if why:
            plan.left_out.append(LeftOut(booking, why))
        else:
            plan.answered.append(booking)
    return desk_page(
        "many_done",
        venue,
        plan=plan,
        is_yes=answer == YES,
        inbox_url=Choice.of_request().url(venue),
        to_tell=[each for each in plan.answered if not each.booked_by.email],
        undo=[each.id for each in plan.answered if each.answer_leaves_at],
        query=Choice.of_request().query,
    )


@blueprint.post("/requests/undo")
@needs("house.manage", house)
def undo_many(venue: Venue) -> Answer:
    """Take back every answer that nobody has heard."""
    done = 0
    for booking in desk_queries.bookings_with(_numbers(request.form.getlist("id")), venue):
        try:
            second_thoughts.undo(booking.id, by=visitor())
            done += 1
        except (AnswerHasLeft, PlaceIsGone) as refusal:
            flash(f"{booking.title}: {sentence_of(refusal)}", "attention")
    if done:
        told = ngettext(
            "%(num)s answer is taken back. The request waits again.",
            "%(num)s answers are taken back. The requests wait again.",
            done,
        )
        flash(told, "ok")
    return redirect(Choice.of_request().url(venue), 303)


def _nothing_chosen(venue: Venue) -> Answer:
    flash(_("Tick a request first. Then choose yes or no."), "attention")
    return redirect(Choice.of_request().url(venue), 303)


def _review_page(
    venue: Venue, answer: str, numbers: Sequence[int], form: RefusalForm | None = None
) -> str:
    line = [each for each in inbox.line(venue, now=clock.now()) if each.id in set(numbers)]
    plan = _plan(inbox.requests_of(line), answer)
    return desk_page(
        "many",
        venue,
        plan=plan,
        is_yes=answer == YES,
        form=form or RefusalForm.about(venue, formdata=None),
        send_url=url_for("desk.answer_many", slug=venue.slug, **Choice.of_request().query),
        inbox_url=Choice.of_request().url(venue),
        gone=len(set(numbers)) - len(line),
    )


def _plan(requests: Sequence[Request], answer: str) -> Plan:
    """Who gets this answer; a yes leaves out what is over, and what others want as well."""
    plan = Plan()
    now = clock.now()
    for each in requests:
        if answer == YES and each.booking.to_at <= now:
            plan.left_out.append(
                LeftOut(each.booking, _("This time is over. You can only say no."))
            )
        elif answer == YES and each.clashes:
            others = ", ".join(other.title for other in each.clashes)
            why = _("Others want this place too: %(others)s. Choose between them.", others=others)
            plan.left_out.append(LeftOut(each.booking, why))
        else:
            plan.answered.append(each.booking)
    return plan


def _answered(booking: Booking, answer: str, seen: int | None, form: RefusalForm) -> str:
    """Answer one request; returns why that could not be, or ""."""
    common: dict[str, Any] = {"by": visitor(), "seen": seen, "lies_for": TIME_TO_THINK}
    try:
        if answer == YES:
            actions.approve(booking.id, **common)
        else:
            reason = form.sentence_for(booking)
            actions.refuse(booking.id, reason=reason, kind=form.kind, **common)
    except TOO_LATE as refusal:
        wanted = Status.CONFIRMED if answer == YES else Status.REFUSED
        return "" if is_my_own(booking, wanted) else sentence_of(refusal)
    return ""


def _answer(text: str) -> str:
    if text not in {YES, NO, ""}:
        raise NotFound
    return text


def _numbers(texts: Sequence[str]) -> dict[int, int | None]:
    """The requests that were ticked, each with the sequence at which it was seen if that is told.

    Raises:
        NotFound: this is not what our page sends.
    """
    found: dict[int, int | None] = {}
    try:
        for text in texts[:MOST]:
            number, _dot, sequence = text.partition(".")
            found[row_number(number)] = int(sequence[:9]) if sequence else None
    except ValueError:
        raise NotFound from None
    return found
