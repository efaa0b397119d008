"""The pages of a booking that was made: how it stands, cancelling it, answering the house."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.bookings import actions, making, pricing, queries
from buurthuis.bookings.bundles.company import goes_along_with
from buurthuis.bookings.bundles.queries import beside
from buurthuis.bookings.changes.queries import latest_change_of
from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.forms import AnswerForm
from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice_words import box_of, if_group_cancels, rules_of
from buurthuis.bookings.owed.queries import owed_for
from buurthuis.bookings.owed.words import owed_words
from buurthuis.bookings.refusals import AlreadyOver, PayFirst, WrongState
from buurthuis.bookings.rights import answers, decides, edits
from buurthuis.bookings.sharing import text_to_share
from buurthuis.bookings.things.words import things_of
from buurthuis.bookings.words import PURPOSES
from buurthuis.extras.known import extras_for
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.telling import refusals_told
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status
from buurthuis.tariffs.ways.words import ONLY_WAYS
from buurthuis.tariffs.wording import price_rows, why

ONE = "/me/bookings/<int:booking_id>"


@blueprint.get(ONE)
@needs("booking.read", queries.booking)
def show(booking: Booking) -> Page:
    """How it stands; just after sending, what happens now."""
    return _page(booking, AnswerForm(formdata=None))


@blueprint.get(ONE + "/cancel")
@needs("booking.cancel", queries.booking)
def cancel(booking: Booking) -> Page:
    """What cancelling would mean, and a button that does it."""
    if not _can_cancel(booking):
        return redirect(_url(booking), 303)
    now, others = clock.now(), [each for each in beside(booking) if each.is_live]
    return render_template(
        "bookings/cancel.html",
        booking=booking,
        venue=booking.venue,
        box=box_of([booking, *goes_along_with(booking)], now, by=visitor()),
        box_of_all=box_of([booking, *others], now, by=visitor()) if others else None,
        together=others,
        if_group=if_group_cancels([booking, *others], now) if decides(visitor(), booking) else "",
    )


@blueprint.post(ONE + "/cancel")
@needs("booking.cancel", queries.booking)
@per_person
def cancel_now(booking: Booking) -> Page:
    """Give the place back."""
    with refusals_told(WrongState, AlreadyOver, PayFirst):
        actions.cancel(booking.id, by=visitor(), for_group="for_group" in request.form)
        flash(_("Your booking is cancelled. Others can use the room now."), "ok")
    return redirect(_url(booking), 303)


@blueprint.post(ONE + "/answer")
@needs("booking.answer", queries.booking)
@per_person
def answer(booking: Booking) -> Page:
    """Answer a question of the house."""
    form = AnswerForm()
    if not form.validate():
        return _page(booking, form), 422
    actions.answer(booking.id, by=visitor(), text=form.text.data)
    flash(_("Your answer is on its way to the house."), "ok")
    return redirect(_url(booking), 303)


def _page(booking: Booking, form: AnswerForm) -> str:
    person = visitor()
    knows_all = edits(person, booking)
    return render_template(
        "bookings/show.html",
        booking=booking,
        venue=booking.venue,
        form=form,
        knows_all=knows_all,
        is_new="sent" in request.args and booking.is_live,
        is_waiting=booking.status == Status.REQUESTED,
        can_cancel=knows_all and _can_cancel(booking),
        asked=latest_change_of(booking) if knows_all and booking.is_live else None,
        can_answer=answers(person, booking) and booking.is_live,
        purpose=PURPOSES[booking.purpose],
        reason=why(booking.price_reason, booking.standing, booking.rate_card_id),
        lines=price_rows(pricing.lines_of(booking)),
        pays=_how_it_is_paid(booking),
        cancelling=rules_of(booking, clock.now()) if _can_change(booking) else [],
        owed=owed_words(owed_for(booking)) if knows_all else None,
        share=text_to_share(booking),
        things=things_of([booking]).get(booking.id, ""),
        together=beside(booking),
        can_ask_more=knows_all and _can_change(booking) and bool(extras_for(booking.room)),
        again_url=_again_url(booking) if answers(person, booking) else None,
    )


def _how_it_is_paid(booking: Booking) -> Any:
    """What the group chose, as long as it has to do something for it itself; online it is told above."""
    is_asked = booking.is_live and booking.total_cents and booking.pays_by not in {None, Way.ONLINE}
    return ONLY_WAYS.get(Way(booking.pays_by), "") if is_asked and booking.pays_by else ""


def _again_url(booking: Booking) -> str | None:
    """The form with the same wish in it, for what did not come to pass and still could."""
    is_over = booking.status in {Status.CANCELLED, Status.EXPIRED}
    if not is_over or booking.from_at <= clock.now() or booking.room.retired_at is not None:
        return None
    return making.new_url(booking.room, booking.period, again=booking.id)


def _can_cancel(booking: Booking) -> bool:
    return booking.is_live and booking.to_at > clock.now()


def _can_change(booking: Booking) -> bool:
    """What is being paid for stays as it is until then, and costs nothing to give back."""
    return _can_cancel(booking) and not booking.is_pay_hold


def _url(booking: Booking) -> str:
    return url_for("bookings.show", booking_id=booking.id)
