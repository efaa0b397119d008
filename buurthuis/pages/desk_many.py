"""Answering many requests and changes at once: look at what will happen, send, read what became of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.bookings import actions, changes, second_thoughts
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.queries import changes_with
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series import taking_back as of_series
from buurthuis.bookings.series.answering import approve_change, refuse_change
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotAllowed, NotFound, Refusal, sentence_of
from buurthuis.pages import desk_queries
from buurthuis.pages.desk_change_cards import card_of
from buurthuis.pages.desk_choice import Choice
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.pages.desk_forms import RefusalForm
from buurthuis.pages.desk_many_plan import Chosen, LeftOut, Plan, plan_of
from buurthuis.pages.desk_series_cards import series_cards_with
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of thing is answered: with which verbs, and what it is by then."""

    verbs: Mapping[str, Callable[..., object]]
    then: Mapping[str, str]
    number_of: Callable[[Any], int] = attrgetter("id")

    def answered(
        self, rows: Sequence[Any], answer: str, seen: int | None, form: RefusalForm
    ) -> str:
        """Answer what these rows are about, one or many; returns why that could not be, or ""."""
        told: dict[str, Any] = {"by": visitor(), "seen": seen, "lies_for": TIME_TO_THINK}
        if answer == NO:
            told |= {"reason": form.sentence_for(_booking_of(rows[0])), "kind": form.kind}
        try:
            self.verbs[answer](self.number_of(rows[0]), **told)
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            mine = (self.then[answer], visitor().id)
            is_my_own = any((each.status, each.decided_by_id) == mine for each in rows)
            return "" if is_my_own else sentence_of(refusal)
        return ""


def _booking_of(row: Booking | ChangeRequest) -> Booking:
    return row if isinstance(row, Booking) else row.booking


REQUESTS = Kind(
    {YES: actions.approve, NO: actions.refuse}, {YES: Status.CONFIRMED, NO: Status.REFUSED}
)
CHANGES = Kind(
    {YES: changes.approve, NO: changes.refuse},
    {YES: ChangeStatus.APPROVED, NO: ChangeStatus.REFUSED},
)
OF_SERIES = Kind(
    {YES: approve_change, NO: refuse_change}, CHANGES.then, attrgetter("series_change.series_id")
)


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
        why = REQUESTS.answered([booking], answer, chosen.requests[booking.id], form)
        if why:
            plan.left_out.append(LeftOut(booking, why))
        else:
            plan.answered.append(booking)
    for asked in changes_with(chosen.changes, venue):
        card = card_of(asked, now)  # What it is becomes what it was.
        why = CHANGES.answered([asked], answer, chosen.changes[asked.id], form)
        if why:
            plan.left_out.append(LeftOut(asked.booking, why, asked))
        else:
            plan.changes.append(card)
    for each in series_cards_with(chosen.of_series, venue, now):
        why = OF_SERIES.answered(each.asked.days, answer, each.question.id, form)
        if why:
            plan.left_out.append(LeftOut(each.first, why, series_url=each.url))
        else:
            plan.of_series.append(each)
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
    for card in series_cards_with(chosen.of_series, venue, clock.now()):
        done += _undone(card.first, of_series.take_back, card.question.series_id)
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
    plan = plan_of(venue, chosen, is_yes=is_yes, now=clock.now())
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
    return desk_page(
        "many_done",
        venue,
        plan=plan,
        is_yes=answer == YES,
        inbox_url=Choice.of_request().url(venue),
        to_tell=[each for each in plan.bookings if not each.booked_by.email],
        undo=[each.id for each in plan.answered if each.answer_leaves_at],
        undo_changes=[card.change.id for card in plan.changes if card.change.answer_leaves_at],
        undo_series=[card.question.id for card in plan.of_series if card.can_be_taken_back],
        query=Choice.of_request().query,
    )


def _answer(text: str) -> str:
    if text not in {YES, NO, ""}:
        raise NotFound
    return text
