"""Closing over bookings that are there: who is moved, who is cancelled, and what each will read."""

from dataclasses import dataclass, replace
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from buurthuis.accounts.models import Person
from buurthuis.bookings.closing_letters import TEMPLATE as HOUSE_CLOSED
from buurthuis.bookings.closing_letters import facts_of as facts_of_all
from buurthuis.bookings.closing_letters import of_one_group
from buurthuis.bookings.letters import facts_of
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock, letters
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotAllowed, NotFound, Refusal, sentence_of
from buurthuis.foundation.links import absolute
from buurthuis.foundation.rows import number_sent, row_number
from buurthuis.imports.closing import Fate, InTheWay, close_over, in_the_way
from buurthuis.imports.house import House, HouseClosure
from buurthuis.imports.queries import house_of
from buurthuis.pages.house.closure_forms import LONGEST_REASON, ClosureForm
from buurthuis.pages.house.door import Answer, blueprint, house_here, house_page
from buurthuis.pages.house.saving import told
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.wording import TooLong, paragraphs
from buurthuis.venues.models import Room, Venue

CANCEL, TALK, ROOM = "cancel", "talk", "room:"
OF_THE_CLOSURE = ("from_day", "from_clock", "to_day", "to_clock", "what", "rooms", "reason")
MOST = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One booking in the way, what can become of it, and what its booker would read.

    `rooms` are the names of the rooms to which it can move, by the value of that choice.
    """

    booking: Booking
    rooms: dict[str, str]
    choices: list[SelectChoice]
    chosen: str
    letters: list[tuple[str, str]]


@blueprint.post("/house/closures/over")
@needs("house.manage", house_here)
def close_over_bookings(venue: Venue) -> Answer:
    """Cancel, move and close, all of it in one go."""
    house = house_of(venue)
    form = ClosureForm.of(house)
    if not form.validate():
        return house_page("closure", venue, form=form, in_the_way=[], back=None), 422
    chosen = _chosen()
    if TALK in chosen.values():
        words = _("Nothing has changed yet. Call these people first. Then come back here.")
        return closing_page(venue, form.closure, notice=words, chosen=chosen), 409
    reason = _reason()
    if not reason:
        words = _("Write why you close. The bookers will read it.")
        return closing_page(venue, form.closure, notice=words, chosen=chosen), 422
    return _closed(venue, house, form.closure, chosen, reason)


def _closed(
    venue: Venue, house: House, closure: HouseClosure, chosen: dict[int, str], reason: str
) -> Answer:
    fates = [
        Fate(number, _seen(number), answer.removeprefix(ROOM) if answer != CANCEL else None)
        for number, answer in chosen.items()
    ]
    try:
        number = close_over(venue.slug, closure, fates, by=visitor(), reason=reason)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        words = _("Nothing has changed.") + " " + sentence_of(refusal)
        return closing_page(venue, closure, notice=words, chosen=chosen), 409
    told(venue, house, number)
    return redirect(url_for("house.closures", slug=venue.slug), 303)


def closing_page(
    venue: Venue, closure: HouseClosure, *, notice: str = "", chosen: dict[int, str] | None = None
) -> str:
    """Every booking in the way, with what can become of it; the first free room is proposed."""
    reason = _reason() or closure.reason
    found = in_the_way(venue, closure, now=clock.now())
    rows = [_row(each, (chosen or {}).get(each.booking.id), reason) for each in found]
    return house_page(
        "closing",
        venue,
        rows=_with_one_letter(rows, reason),
        typed=[(name, text) for name in OF_THE_CLOSURE for text in request.form.getlist(name)],
        reason=reason,
        notice=notice,
        back=(_("Closed days"), url_for("house.closures", slug=venue.slug)),
    )


def _row(each: InTheWay, chosen: str | None, reason: str) -> Row:
    moves = [SelectChoice(ROOM + room.slug, _move_words(room)) for room in each.rooms]
    choices = [
        *moves,
        SelectChoice(CANCEL, _("Cancel the booking")),
        SelectChoice(TALK, _("I call first")),
    ]
    known = {choice.value for choice in choices}
    first = str(choices[0].value)
    return Row(
        booking=each.booking,
        rooms={ROOM + room.slug: room.name for room in each.rooms},
        choices=choices,
        chosen=chosen if chosen in known else first,
        letters=_letters(each, reason),
    )


def _with_one_letter(rows: list[Row], reason: str) -> list[Row]:
    """Whoever has several of these bookings gets one letter; it stands with the first of them."""
    by_booking = {row.booking.id: row for row in rows}
    for own in of_one_group([row.booking for row in rows]):
        if len(own) > 1:
            mine = [by_booking[each.id] for each in own]
            words = _("One letter for all %(count)s bookings, as chosen now", count=len(own))
            letter = (words, _letter_for_all(mine, reason))
            for row in mine:
                by_booking[row.booking.id] = replace(row, letters=[letter])
    return [by_booking[row.booking.id] for row in rows]


def _letter_for_all(rows: list[Row], reason: str) -> str:
    moves = {
        row.booking.id: (row.booking.room.name, row.rooms[row.chosen])
        for row in rows
        if row.chosen in row.rooms
    }
    booker: Person = rows[0].booking.booked_by
    facts = facts_of_all([row.booking for row in rows], moves, reason=reason)
    return _text(HOUSE_CLOSED, booker, {**facts, "person_name": booker.name})


def _move_words(room: Room) -> str:
    return _("Move to %(room)s, same time", room=room.name)


def _letters(each: InTheWay, reason: str) -> list[tuple[str, str]]:
    """What the booker would read: when it is moved to the first free room, and when it is cancelled."""
    booking = each.booking
    booker: Person = booking.booked_by
    facts: dict[str, Any] = {
        **facts_of(booking),
        "person_name": booker.name,
        "link": absolute("bookings.show", booking_id=booking.id),
        "reason": reason,
        "by_name": visitor().name,
        "room_closed": True,
    }
    found = []
    if each.rooms:
        before = {
            "old_room_name": booking.room.name,
            "old_from_iso": rfc3339(booking.from_at),
            "old_to_iso": rfc3339(booking.to_at),
        }
        moved = {**facts, **before, "room_name": each.rooms[0].name}
        found.append((_("If you move it"), _text("booking_moved", booker, moved)))
    found.append((_("If you cancel it"), _text("booking_cancelled", booker, facts)))
    return found


def _text(template: str, booker: Person, facts: dict[str, Any]) -> str:
    return letters.render(template, booker.language, facts).body


def _chosen() -> dict[int, str]:
    """What was chosen for each booking, by its number.

    Raises:
        NotFound: this is not what our page sends.
    """
    try:
        numbers = [row_number(text) for text in request.form.getlist("booking")[:MOST]]
    except ValueError:
        raise NotFound from None
    return {number: request.form.get(f"do-{number}", TALK)[:80] for number in numbers}


def _seen(number: int) -> int:
    seen = number_sent(request.form.get(f"seen-{number}"))
    return -1 if seen is None else seen


def _reason() -> str:
    """What the bookers will read; what is too long is cut, for the page shows it again."""
    text = request.form.get("why", "")[: 10 * LONGEST_REASON]
    try:
        return paragraphs(text, longest=5 * LONGEST_REASON)
    except TooLong:
        return paragraphs(text[: 5 * LONGEST_REASON], longest=5 * LONGEST_REASON)
