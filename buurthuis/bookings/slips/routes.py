"""The pages of a slip: whoever has the paper looks at one booking, changes and cancels it, without e-mail.

What a PIN opens holds for twenty minutes, in one browser, for one booking. Every deed is done for
whoever booked, by the same verbs as on their own pages.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address

from buurthuis.accounts.queries import houses_with_telephone
from buurthuis.bookings import actions
from buurthuis.bookings.bundles.company import goes_along_with
from buurthuis.bookings.changes import actions as changes
from buurthuis.bookings.door import Page, blueprint
from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice_words import box_of, rules_of
from buurthuis.bookings.owed.queries import owed_for
from buurthuis.bookings.owed.words import owed_words
from buurthuis.bookings.pricing import lines_of
from buurthuis.bookings.slips.actions import open_with_pin
from buurthuis.bookings.slips.forms import ShorterForm, SlipForm, WordsForm
from buurthuis.bookings.slips.models import Slip
from buurthuis.bookings.slips.pins import shown
from buurthuis.bookings.slips.queries import opened_slip
from buurthuis.bookings.slips.refusals import WrongPin
from buurthuis.bookings.today import actions as today
from buurthuis.bookings.today.forms import BANDS, CountForm
from buurthuis.bookings.today.queries import on_the_day
from buurthuis.foundation import clock
from buurthuis.foundation.access import public
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.security import limiter
from buurthuis.tariffs.wording import price_rows, why

OPENED = "slip"
STAYS_OPEN = timedelta(minutes=20)

# The table counts tries at one reference; this stops somebody who tries many of them.
per_address = limiter.limit(
    "20 per minute; 120 per hour", key_func=get_remote_address, methods=["POST"]
)


@blueprint.route("/slip", methods=["GET", "POST"])
@public
@per_address
def slip() -> Page:
    """Ask for the reference and the PIN."""
    form = SlipForm()
    if not form.is_submitted():
        form.reference.data = request.args.get("r", "")[:12]
        return _door(form)
    reference, pin = form.meant
    found = open_with_pin(reference, pin)
    if not isinstance(found, Slip):
        form.wrong(form.pin, sentence_of(found))
        form.pin.data = ""
        return _door(form), 422 if isinstance(found, WrongPin) else found.status
    until = clock.now() + STAYS_OPEN
    session[OPENED] = {"id": found.id, "edition": found.edition, "until": int(until.timestamp())}
    return redirect(url_for("bookings.slip_booking"), 303)


@blueprint.get("/slip/booking")
@public
def slip_booking() -> Page:
    """The booking of the slip, and what one may do with it."""
    return _with_slip(_page)


@blueprint.post("/slip/booking/words")
@public
@per_address
def slip_words() -> Page:
    """Other words, or another number of people."""
    return _with_slip(_reword)


@blueprint.post("/slip/booking/time")
@public
@per_address
def slip_time() -> Page:
    """A shorter time."""
    return _with_slip(_shorten)


@blueprint.post("/slip/booking/here")
@public
@per_address
def slip_here() -> Page:
    """We are here, with so many."""
    return _with_slip(_arrive)


@blueprint.route("/slip/booking/cancel", methods=["GET", "POST"])
@public
@per_address
def slip_cancel() -> Page:
    """What cancelling would mean, and a button that does it."""
    return _with_slip(_cancel)


@blueprint.post("/slip/leave")
@public
def slip_leave() -> Page:
    """Put the paper away: this browser forgets it."""
    session.pop(OPENED, None)
    flash(_("You are done. Nobody else sees your booking here."), "ok")
    return redirect(url_for("bookings.slip"), 303)


def _with_slip(view: Callable[[Slip], Page]) -> Page:
    """Show what the opened slip shows; without one, ask for it."""
    now = clock.now()
    opened = _opened(now)
    if opened is None:
        session.pop(OPENED, None)
        flash(_("Fill in the number and the PIN of your paper."), "attention")
        return redirect(url_for("bookings.slip"), 303)
    return view(opened)


def _opened(now: datetime) -> Slip | None:
    kept = session.get(OPENED)
    if not isinstance(kept, dict) or now.timestamp() >= kept.get("until", 0):
        return None
    return opened_slip(kept.get("id", 0), kept.get("edition", 0), now=now)


def _reword(slip: Slip) -> Page:
    booking, form = slip.booking, WordsForm()
    if not form.validate():
        return _page(slip, words=form), 422
    words = {"title": form.title.data, "people": form.people.data, "remark": form.remark.data}
    return _done(
        slip, lambda: changes.edit(booking.id, by=booking.booked_by, **words), _("Saved."), form
    )


def _shorten(slip: Slip) -> Page:
    booking = slip.booking
    form = ShorterForm.of(booking)
    if not form.within(booking) or form.period is None:
        return _page(slip, shorter=form), 422
    room, period = booking.room, form.period
    return _done(
        slip,
        lambda: changes.move(booking.id, room, period, by=booking.booked_by),
        _("Saved. Others can use the time that is left."),
    )


def _arrive(slip: Slip) -> Page:
    booking, form = slip.booking, CountForm()
    if not form.validate():
        flash(next(iter(form.errors.values()))[0], "attention")
        return redirect(url_for("bookings.slip_booking"), 303)
    return _done(
        slip,
        lambda: today.check_in(booking.id, by=booking.booked_by, count=form.count),
        _("Welcome. The house knows that you are here."),
    )


def _cancel(slip: Slip) -> Page:
    booking = slip.booking
    if request.method == "POST":
        told = _("Your booking is cancelled. Others can use the room now.")
        return _done(slip, lambda: actions.cancel(booking.id, by=booking.booked_by), told)
    if not _can_change(booking):
        return redirect(url_for("bookings.slip_booking"), 303)
    return render_template(
        "bookings/slip_cancel.html",
        booking=booking,
        venue=booking.venue,
        box=box_of([booking, *goes_along_with(booking)], clock.now()),
    )


def _done(
    slip: Slip, verb: Callable[[], object], told: str, words: WordsForm | None = None
) -> Page:
    try:
        verb()
    except Refusal as refusal:
        flash(sentence_of(refusal), "attention")
        if words is not None:
            return _page(slip, words=words), refusal.status
    else:
        flash(told, "ok")
    return redirect(url_for("bookings.slip_booking"), 303)


def _door(form: SlipForm) -> str:
    return render_template("bookings/slip.html", form=form, houses=houses_with_telephone())


def _can_change(booking: Booking) -> bool:
    return booking.is_live and booking.to_at > clock.now()


def _page(slip: Slip, *, words: WordsForm | None = None, shorter: ShorterForm | None = None) -> str:
    booking, now = slip.booking, clock.now()
    facts: dict[str, Any] = {"booking": booking, "venue": booking.venue}
    return render_template(
        "bookings/slip_booking.html",
        reference=shown(slip.reference),
        can_change=_can_change(booking),
        cancelling=rules_of(booking, now),
        owed=owed_words(owed_for(booking)),
        words=words or WordsForm.of(booking, formdata=None),
        shorter=shorter or ShorterForm.of(booking, formdata=None),
        day=on_the_day([booking], booking.booked_by, now=now)[booking.id],
        bands=BANDS,
        reason=why(booking.price_reason, booking.standing, booking.rate_card_id),
        lines=price_rows(lines_of(booking)),
        **facts,
    )
