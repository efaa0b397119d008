"""Everything the house knows about one booking, as far as whoever stands at the desk may know it."""

from types import SimpleNamespace
from typing import Any

from buurthuis.bookings.bundles.queries import beside
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.queries import latest_change_of, open_change_of
from buurthuis.bookings.changes.taking_back import is_in_tray
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.queries import owed_for
from buurthuis.bookings.owed.words import house_words
from buurthuis.bookings.pricing import lines_of
from buurthuis.bookings.second_thoughts import answered_with
from buurthuis.bookings.sharing import text_to_share
from buurthuis.bookings.slips.queries import slip_of
from buurthuis.bookings.today.forms import CountForm
from buurthuis.bookings.words import PURPOSES
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.pages import desk_queries
from buurthuis.pages.desk_day_facts import facts_of_the_day
from buurthuis.pages.desk_door import blueprint, booking_here, desk_page
from buurthuis.pages.desk_forms import CancelForm, QuestionForm, RefusalForm
from buurthuis.pages.desk_words import (
    age,
    deed_words,
    recognised_as,
    why_this_price,
)
from buurthuis.rules.answers import can_be_taken_back
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status
from buurthuis.tariffs.standing_words import KIND_WORDS
from buurthuis.tariffs.ways.words import WAYS
from buurthuis.tariffs.wording import line_text


@blueprint.get("/bookings/<int:booking_id>")
@needs("desk.see", booking_here)
def booking(booking: Booking) -> str:
    """One booking."""
    return booking_page(booking)


def booking_page(
    booking: Booking,
    *,
    notice: str = "",
    refusal: RefusalForm | None = None,
    refusal_of_all: RefusalForm | None = None,
    question: QuestionForm | None = None,
    cancelling: CancelForm | None = None,
    counting: CountForm | None = None,
) -> str:
    """The page of one booking, with the forms as they were typed."""
    now = clock.now()
    is_over = booking.to_at <= now
    return desk_page(
        "booking",
        booking.venue,
        booking=booking,
        notice=notice,
        now=now,
        day=day_of(booking.from_at),
        is_over=is_over,
        can_decide=booking.status == Status.REQUESTED,
        answered_with=len(answered_with(booking)),
        can_undo=can_be_taken_back(
            Status(booking.status), leaves_at=booking.answer_leaves_at, now=now
        ),
        share=text_to_share(booking),
        can_cancel=booking.status in {Status.HELD, Status.CONFIRMED} and not is_over,
        refusal=refusal or _empty(RefusalForm, booking),
        refusing_all=refusal_of_all or refusal_form_of_all(booking, formdata=None),
        question=question or _empty(QuestionForm, booking),
        cancelling=cancelling or _empty(CancelForm, booking),
        counting=counting or CountForm(formdata=None),
        can_print=may(visitor(), "desk.give_slip", booking),
        sees_visitors=booking.is_public and may(visitor(), "booking.visitors", booking),
        slip=slip_of(booking),
        **facts_of_the_day([booking]),
        together=beside(booking),
        owed=owed_for(booking) if may(visitor(), "desk.owed", booking.venue) else None,
        owed_words=house_words,
        purpose=PURPOSES[booking.purpose],
        kind=KIND_WORDS[booking.initiative.kind],
        standing=recognised_as(booking),
        age=age(booking.created_at, now),
        lines=[(line_text(line), line) for line in lines_of(booking)],
        why_this_price=why_this_price(booking),
        pays=WAYS[Way(booking.pays_by)] if booking.pays_by and booking.total_cents else "",
        **_words_of(booking),
    )


def _words_of(booking: Booking) -> dict[str, Any]:
    """What was written and done about a booking: for managers alone."""
    if not may(visitor(), "booking.decide", booking):
        return {"messages": [], "deeds": [], "asked": None, "undo_change": None}
    deeds = desk_queries.deeds_about(booking)
    return {
        "messages": desk_queries.messages_of([booking])[booking.id],
        "deeds": [(each, deed_words(each.entry)) for each in deeds],
        "asked": open_change_of(booking),
        "undo_change": _change_in_tray(booking),
    }


def _change_in_tray(booking: Booking) -> ChangeRequest | None:
    """The change whose answer this house may still take back: then that lies, not a first yes."""
    asked = latest_change_of(booking) if booking.answer_leaves_at else None
    if asked is None or not is_in_tray(asked, clock.now()):
        return None
    return asked if may(visitor(), "change.decide", asked) else None


def refusal_form_of_all(booking: Booking, **more: Any) -> RefusalForm:
    """Why not to all rooms of a bundle; it stands beside the form about one of them."""
    return RefusalForm.about(SimpleNamespace(id=f"all-{booking.id}"), **more)


def _empty(form: type[Any], booking: Booking) -> Any:
    """A form that does not read what another form on the page has sent."""
    return form.about(booking, formdata=None)
