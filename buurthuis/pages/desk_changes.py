"""Changes that a house is asked for: what was, what is asked, and a manager's yes or no."""

from datetime import datetime

from flask import redirect
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.bookings import changes
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes import queries
from buurthuis.bookings.changes.taking_back import is_in_tray
from buurthuis.bookings.changes.words import rule_words
from buurthuis.bookings.refusals import ChangeIsAnswered
from buurthuis.bookings.series import taking_back as of_series
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotAllowed, NotFound, Refusal, sentence_of
from buurthuis.pages.desk_answers import who_hears
from buurthuis.pages.desk_change_cards import card_of, change_cards
from buurthuis.pages.desk_choice import Choice
from buurthuis.pages.desk_door import Answer, blueprint, desk_page
from buurthuis.pages.desk_forms import RefusalForm
from buurthuis.pages.desk_requests import address_at
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.tariffs.standing_words import KIND_WORDS


def change_here(slug: str, change_request_id: int) -> ChangeRequest:
    """A change that this house is asked for; that of another house is not found here.

    Raises:
        NotFound
    """
    found = queries.change(change_request_id)
    if found.venue.slug != slug:
        raise NotFound
    return found


@blueprint.get("/changes/<int:change_request_id>")
@needs("change.decide", change_here)
def change(asked: ChangeRequest) -> str:
    """One change, with a yes and a no."""
    return _change_page(asked)


@blueprint.post("/changes/<int:change_request_id>/approve")
@needs("change.decide", change_here)
def approve_change(asked: ChangeRequest) -> Answer:
    """Say yes: the booking moves."""
    try:
        booking = changes.approve(asked.id, by=visitor(), lies_for=TIME_TO_THINK)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return _too_late(asked, refusal)
    told = _("Yes to the change of %(title)s.", title=booking.title)
    return _on(asked, f"{told} {who_hears(booking.booked_by)}")


@blueprint.post("/changes/<int:change_request_id>/refuse")
@needs("change.decide", change_here)
def refuse_change(asked: ChangeRequest) -> Answer:
    """Say no, with the reason; the booking stays as it is."""
    form = RefusalForm.about(asked)
    if not form.validate():
        return _change_page(asked, refusal=form), 422
    booking = asked.booking
    try:
        reason = form.sentence_for(booking)
        changes.refuse(
            asked.id, by=visitor(), reason=reason, kind=form.kind, lies_for=TIME_TO_THINK
        )
    except ChangeIsAnswered as refusal:
        return _too_late(asked, refusal, form)
    told = _("No to the change of %(title)s. The booking stays.", title=booking.title)
    return _on(asked, f"{told} {who_hears(booking.booked_by)}")


@blueprint.post("/changes/<int:change_request_id>/undo")
@needs("change.decide", change_here)
def undo_change(asked: ChangeRequest) -> Answer:
    """Take back an answer that nobody has heard."""
    if not asked.is_open:
        try:
            take_back(asked, by=visitor())
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            return _too_late(asked, refusal)
    title = asked.booking.title
    told = _("Your answer is taken back. The change of %(title)s waits again.", title=title)
    return _on(asked, told)


def take_back(asked: ChangeRequest, *, by: Person) -> None:
    """Take back the answer to a change, or to the change of a series of which it is one day."""
    if asked.series_change is None:
        changes.take_back(asked.id, by=by)
    else:
        of_series.take_back(asked.series_change.series_id, by=by)


def _change_page(
    asked: ChangeRequest, *, notice: str = "", refusal: RefusalForm | None = None
) -> str:
    now = clock.now()
    cards = change_cards(asked.venue, now)
    return desk_page(
        "change",
        asked.venue,
        card=next((each for each in cards if each.change.id == asked.id), card_of(asked, now)),
        asked=asked,
        notice=notice,
        can_answer=_can_answer(asked, now),
        can_undo=is_in_tray(asked, now),
        answered="" if asked.is_open else sentence_of(ChangeIsAnswered(asked.status)),
        kind=KIND_WORDS[asked.booking.initiative.kind],
        rule=rule_words(asked.price_rule),
        refusal=refusal or RefusalForm.about(asked, formdata=None),
    )


def _can_answer(asked: ChangeRequest, now: datetime) -> bool:
    return asked.is_open and asked.expires_at > now and asked.booking.is_live


def _too_late(asked: ChangeRequest, refusal: Refusal, form: RefusalForm | None = None) -> Answer:
    """Somebody or something was earlier: show the change as it is now."""
    return _change_page(asked, notice=sentence_of(refusal), refusal=form), 409


def _on(asked: ChangeRequest, words: str) -> Answer:
    """On to the inbox, where stands what happened and how to take it back."""
    told = {"words": words, "undo_change": asked.id if asked.answer_leaves_at else None}
    return redirect(address_at(asked.venue, Choice.of_request(), None, told), 303)
