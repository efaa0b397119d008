"""The pages on which a booking is changed: the form, what it means, and taking a question back."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings import changes, queries
from buurthuis.bookings.changes.forms import FROM_THE_LINK, ChangeForm, link_of
from buurthuis.bookings.changes.meaning import Meaning, Wanted, meaning_of
from buurthuis.bookings.changes.queries import open_change_of
from buurthuis.bookings.changes.steps import insist_along
from buurthuis.bookings.changes.words import difference, rows_of, rule_words
from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.making import time_label
from buurthuis.bookings.models import Booking
from buurthuis.bookings.own_routes import ONE
from buurthuis.bookings.refusals import (
    AlreadyOver,
    ChangedMeanwhile,
    ChangeIsAnswered,
    LeavesAlone,
    PriceChanged,
    WrongState,
)
from buurthuis.extras.refusals import ExtraTooLate, NotInThisRoom, OutOfStock
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotAllowed, NotFound, Refusal, sentence_of
from buurthuis.foundation.rows import number_sent
from buurthuis.foundation.telling import refusals_told
from buurthuis.rules.availability import Problem
from buurthuis.rules.calendar import day_of
from buurthuis.rules.states import Status
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.known import as_known, bookable_rooms
from buurthuis.venues.models import Room


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at a change found: what it means, or other times at which the room is free."""

    meaning: Meaning | None = None
    others: tuple[tuple[str, str], ...] = ()


@blueprint.get(ONE + "/change")
@needs("booking.edit", queries.booking)
def change(booking: Booking) -> Page:
    """The form, filled in with what the booking is."""
    if not _can_change(booking):
        return redirect(_url(booking), 303)
    link = {name: request.args[name][:60] for name in FROM_THE_LINK if name in request.args}
    form = ChangeForm.filled_in(booking, link)
    return _form_page(booking, form.for_booking(booking, _rooms(booking), _today()))


@blueprint.post(ONE + "/change")
@needs("booking.edit", queries.booking)
@per_person
def look_at_change(booking: Booking) -> Page:
    """What the change would mean, before anything is sent."""
    form = ChangeForm().for_booking(booking, _rooms(booking), _today())
    if not form.validate():
        return _form_page(booking, form), 422
    wanted = form.wanted()
    if not rows_of(booking, wanted):
        flash(_("You changed nothing. The booking is as it was."), "attention")
        return redirect(_url(booking), 303)
    seen = _look(booking, form, wanted)
    if seen.meaning is None:
        return _form_page(booking, form, seen), 422
    return _review_page(booking, form, wanted, seen.meaning)


@blueprint.post(ONE + "/change/send")
@needs("booking.edit", queries.booking)
@per_person
def send_change(booking: Booking) -> Page:
    """Change it, or ask the house; everything is looked at again."""
    form = ChangeForm().for_booking(booking, _rooms(booking), _today())
    if not form.validate():
        return _form_page(booking, form), 422
    wanted = form.wanted()
    try:
        sent = changes.send(
            booking.id,
            wanted,
            by=visitor(),
            seen_total=number_sent(form.total.data),
            seen=number_sent(form.seen.data),
        )
    except (PriceChanged, ChangedMeanwhile) as refusal:
        flash(sentence_of(refusal), "attention")
        meaning = meaning_of(booking, wanted, by=visitor(), now=clock.now())
        return _review_page(booking, form, wanted, meaning), refusal.status
    except (WrongState, AlreadyOver) as refusal:
        flash(sentence_of(refusal), "attention")
        return redirect(_url(booking), 303)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return _not_possible(booking, form, wanted, refusal)
    if sent.change is None:
        flash(_("Your booking is changed. You get an e-mail when time or place is another."), "ok")
    else:
        flash(_("The house looks at it. Until then your booking stays as it is."), "ok")
    return redirect(_url(sent.booking), 303)


@blueprint.post(ONE + "/change/withdraw")
@needs("booking.edit", queries.booking)
@per_person
def withdraw_change(booking: Booking) -> Page:
    """Take back what was asked; the booking stays as it is."""
    asked = open_change_of(booking)
    with refusals_told(ChangeIsAnswered):
        if asked is not None:
            changes.withdraw(asked.id, by=visitor())
        flash(_("You took your change back. Your booking stays as it is."), "ok")
    return redirect(_url(booking), 303)


def _look(booking: Booking, form: ChangeForm, wanted: Wanted) -> Seen:
    """Tell beside its fields what stands in the way; else say what the change means."""
    now, ask = clock.now(), wanted.ask(booking)
    if wanted.moves(booking):
        problems = queries.problems_of(
            wanted.room,
            ask,
            now=now,
            initiative_id=booking.initiative_id,
            ignoring=booking.id,
        )
        form.tell(problems, ask)
        if problems:
            return Seen(others=_other_times(booking, wanted))
    elif ask.people is not None and ask.people > wanted.room.capacity:
        form.tell([Problem.TOO_MANY_PEOPLE], ask)
        return Seen()
    try:
        if wanted.moves(booking):
            insist_along(booking, wanted, now)
        return Seen(meaning_of(booking, wanted, by=visitor(), now=now))
    except NoPrice as refusal:
        form.wrong(form.starts, sentence_of(refusal))
        return Seen()
    except (NotInThisRoom, OutOfStock, ExtraTooLate, LeavesAlone) as refusal:
        is_of_room = isinstance(refusal, NotInThisRoom)
        form.wrong(form.room if is_of_room else form.starts, sentence_of(refusal))
        return Seen()


def _other_times(booking: Booking, wanted: Wanted) -> tuple[tuple[str, str], ...]:
    """Links to the form for the nearest times at which the room is free."""
    found = queries.alternatives_of(
        wanted.room,
        wanted.ask(booking),
        now=clock.now(),
        initiative_id=booking.initiative_id,
    )
    return tuple(
        (
            time_label(other, wanted.period),
            _form_url(booking, link_of(wanted.room, other)),
        )
        for other in found
    )


def _not_possible(booking: Booking, form: ChangeForm, wanted: Wanted, refusal: Refusal) -> Page:
    """Back to the form: nothing typed is lost, and other times are a tap away."""
    seen = _look(booking, form, wanted)
    if not form.errors:
        form.wrong(form.starts, sentence_of(refusal))
    return _form_page(booking, form, seen), refusal.status


def _form_page(booking: Booking, form: ChangeForm, seen: Seen | None = None) -> str:
    return render_template(
        "bookings/change.html",
        booking=booking,
        venue=booking.venue,
        form=form,
        other_times=seen.others if seen else (),
        back=_url(booking),
    )


def _review_page(booking: Booking, form: ChangeForm, wanted: Wanted, meaning: Meaning) -> str:
    return render_template(
        "bookings/change_review.html",
        booking=booking,
        venue=booking.venue,
        other_house=wanted.room.venue if wanted.room.venue_id != booking.venue_id else None,
        typed={**form.typed(), "seen": booking.sequence, "total": meaning.total_cents},
        form=form,
        rows=rows_of(booking, wanted),
        meaning=meaning,
        difference=difference(meaning.difference_cents),
        rule=rule_words(meaning.rule),
        is_waiting=booking.status == Status.REQUESTED,
        replaces=open_change_of(booking) is not None,
    )


def _form_url(booking: Booking, link: dict[str, str]) -> str:
    return f"{url_for('bookings.change', booking_id=booking.id)}?{urlencode(link)}"


def _can_change(booking: Booking) -> bool:
    """An offer is answered with yes or no first."""
    is_open = booking.is_live and booking.status != Status.HELD
    return is_open and booking.to_at > clock.now()


def _rooms(booking: Booking) -> list[Room]:
    """Every room that can be booked, and the one it has now."""
    rooms = list(bookable_rooms())
    known = {room.id for room in rooms}
    return rooms if booking.room_id in known else [as_known(booking.room), *rooms]


def _today() -> date:
    return day_of(clock.now())


def _url(booking: Booking) -> str:
    """Back to the booking: at the desk for whoever works there, else among one's own."""
    if speaks_for(visitor(), booking.initiative_id):
        return url_for("bookings.show", booking_id=booking.id)
    return url_for("desk.booking", slug=booking.venue.slug, booking_id=booking.id)
