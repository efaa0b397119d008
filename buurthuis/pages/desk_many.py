"""Answering many requests and changes at once: look at what will happen, send, read what became of each."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.bookings import actions, changes, second_thoughts
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.queries import changes_with
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotAllowed, NotFound, Refusal, sentence_of
from buurthuis.pages import desk_queries
from buurthuis.pages.desk_answers import TOO_LATE, is_my_own
from buurthuis.pages.desk_change_cards import card_of
from buurthuis.pages.desk_choice import Choice
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.pages.desk_forms import RefusalForm
from buurthuis.pages.desk_many_plan import Chosen, LeftOut, Plan, plan_of
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue

YES, NO = "yes", "no"


@blueprint.get("/requests/review")
@needs("house.manage", house)
def review(venue: Venue) -> Answer:
    """What would happen to the ticked requests and changes."""
    answer = _answer(request.args.get("answer", ""))
    if not (answer and Chosen.of(request.args)):
        return _nothing_chosen(venue)
    return _review_page(venue, answer, Chosen.of(request.args))


@blueprint.post("/requests/answer")
@needs("house.manage", house)
def answer_many(venue: Venue) -> Answer:
    """Answer each in a transaction of its own, as far as it is still what was seen."""
    answer, chosen = _answer(request.form.get("answer", "")), Chosen.of(request.form)
    if not (answer and chosen):
        return _nothing_chosen(venue)
    form = RefusalForm.about(venue)
    if answer == NO and not form.validate():
        return _review_page(venue, answer, chosen, form), 422
    plan, now = Plan(), clock.now()
    for booking in desk_queries.bookings_with(chosen.requests, venue):
        why = _answered(booking, answer, chosen.requests[booking.id], form)
        if why:
            plan.left_out.append(LeftOut(booking, why))
        else:
            plan.answered.append(booking)
    for asked in changes_with(chosen.changes, venue):
        card = card_of(asked, now)  # What it is becomes what it was.
        why = _change_answered(asked, answer, chosen.changes[asked.id], form)
        if why:
            plan.left_out.append(LeftOut(asked.booking, why, asked))
        else:
            plan.changes.append(card)
    return _done_page(venue, plan, answer)


@blueprint.post("/requests/undo")
@needs("house.manage", house)
def undo_many(venue: Venue) -> Answer:
    """Take back every answer that nobody has heard."""
    chosen = Chosen.of(request.form)
    bookings = desk_queries.bookings_with(chosen.requests, venue)
    asked = changes_with(chosen.changes, venue)
    done = sum(_undone(each, second_thoughts.undo, each.id) for each in bookings)
    done += sum(_undone(each.booking, changes.take_back, each.id) for each in asked)
    if done:
        told = ngettext(
            "%(num)s answer is taken back. The request waits again.",
            "%(num)s answers are taken back. The requests wait again.",
            done,
        )
        flash(told, "ok")
    return redirect(Choice.of_request().url(venue), 303)


def _undone(booking: Booking, verb: Callable[..., object], number: int) -> bool:
    try:
        verb(number, by=visitor())
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        flash(f"{booking.title}: {sentence_of(refusal)}", "attention")
        return False
    return True


def _nothing_chosen(venue: Venue) -> Answer:
    flash(_("Tick a request first. Then choose yes or no."), "attention")
    return redirect(Choice.of_request().url(venue), 303)


def _review_page(venue: Venue, answer: str, chosen: Chosen, form: RefusalForm | None = None) -> str:
    is_yes = answer == YES
    plan = plan_of(venue, chosen.requests, chosen.changes, is_yes=is_yes, now=clock.now())
    return desk_page(
        "many",
        venue,
        plan=plan,
        is_yes=is_yes,
        form=form or RefusalForm.about(venue, formdata=None),
        send_url=url_for("desk.answer_many", slug=venue.slug, **Choice.of_request().query),
        inbox_url=Choice.of_request().url(venue),
        gone=len(chosen) - plan.count - len(plan.left_out),
    )


def _done_page(venue: Venue, plan: Plan, answer: str) -> str:
    answered = [*plan.answered, *(card.change.booking for card in plan.changes)]
    return desk_page(
        "many_done",
        venue,
        plan=plan,
        is_yes=answer == YES,
        inbox_url=Choice.of_request().url(venue),
        to_tell=[each for each in answered if not each.booked_by.email],
        undo=[each.id for each in plan.answered if each.answer_leaves_at],
        undo_changes=[card.change.id for card in plan.changes if card.change.answer_leaves_at],
        query=Choice.of_request().query,
    )


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


def _change_answered(asked: ChangeRequest, answer: str, seen: int | None, form: RefusalForm) -> str:
    """Answer one change; returns why that could not be, or ""."""
    common: dict[str, Any] = {"by": visitor(), "seen": seen, "lies_for": TIME_TO_THINK}
    try:
        if answer == YES:
            changes.approve(asked.id, **common)
        else:
            reason = form.sentence_for(asked.booking)
            changes.refuse(asked.id, reason=reason, kind=form.kind, **common)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        wanted = ChangeStatus.APPROVED if answer == YES else ChangeStatus.REFUSED
        is_my_own = asked.status == wanted and asked.decided_by_id == visitor().id
        return "" if is_my_own else sentence_of(refusal)
    return ""


def _answer(text: str) -> str:
    if text not in {YES, NO, ""}:
        raise NotFound
    return text
