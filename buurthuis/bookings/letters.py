"""Which letter goes to whom when something happens to a booking; facts are frozen as they are now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from sqlalchemy import update

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import contact_of, people_with_role, speakers_of, speaks_for
from buurthuis.bookings import in_calendar, pricing, queries
from buurthuis.bookings.in_calendar import along, sure
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.facts import cancelling_of, owed_for_all
from buurthuis.bookings.sharing import rules_in_short, text_to_share
from buurthuis.bookings.slips import calls
from buurthuis.foundation import outbox
from buurthuis.foundation.calendar_mail import Along
from buurthuis.foundation.db import db
from buurthuis.foundation.links import absolute, map_of
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.told import SECOND_THOUGHTS

CERTAIN = "booking_confirmed"


def requested(booking: Booking) -> None:
    """The booker hears that the house will answer; the managers hear that somebody waits."""
    to_managers("request_arrived", booking)
    to_booker("booking_requested", booking, **cancelling_of([booking]))


def confirmed(booking: Booking, **told: Any) -> None:
    """The booker gets a yes, with the booking for their calendar."""
    to_booker(
        CERTAIN,
        booking,
        calendar=along([booking]),
        leaves_at=booking.answer_leaves_at,
        room_way_in=booking.room.way_in,
        **cancelling_of([booking]),
        **told,
    )


def reminder(booking: Booking) -> None:
    """The booker reads the day before who opens, where, and how to get in."""
    venue = booking.venue
    to_booker(
        "booking_reminder",
        booking,
        who_opens=venue.who_opens,
        room_way_in=booking.room.way_in,
        rules=rules_in_short(venue.house_rules),
        map_link=map_of(venue.address) if venue.street else "",
        house_link=absolute("pages.venue", slug=venue.slug),
        cancel_link=absolute("bookings.cancel", booking_id=booking.id),
    )


def refused(booking: Booking) -> None:
    """The booker hears no, why, and what to do instead."""
    to_booker(
        "booking_refused",
        booking,
        leaves_at=booking.answer_leaves_at,
        reason=booking.refusal_reason,
    )


def expired(booking: Booking) -> None:
    """Nobody answered in time: the booker hears that the place is no longer kept, and what now."""
    to_booker("booking_expired", booking)


def taken_back(bookings: Sequence[Booking], since: datetime | None) -> bool:
    """The answer of that moment is withdrawn before it has left; False when the booker has heard it.

    `bookings` are all that were answered by it.
    """
    each_alone = [answer_to([booking]) for booking in bookings]
    return calls.spare(bookings, since) and outbox.withdraw(answer_to(bookings), *each_alone)


def cancelled(
    booking: Booking, *, by: Person, was_certain: bool, reason: str = "", **told: Any
) -> None:
    """Both sides hear it: the booker always, the managers when somebody of the group cancelled.

    What `was_certain` is called off in the calendar of the booker too.
    """
    let_answer_go(booking)
    outbox.keep_back(_name_of(booking))
    facts: dict[str, Any] = {"reason": reason, "by_name": by.name, **told}
    facts |= owed_for_all([booking])
    calendar = along([booking]) if was_certain else None
    to_booker("booking_cancelled", booking, calendar=calendar, by=by, **facts)
    if speaks_for(by, booking.initiative_id):
        to_managers("booking_cancelled", booking, **facts)


def moved(
    booking: Booking, *, before: dict[str, Any], by: Person, leaves_at: datetime | None = None
) -> None:
    """The booker hears the new time and place; the managers too when somebody of the group moved it.

    A yes to a change that can still be taken back leaves later.
    """
    let_answer_go(booking)
    outbox.keep_back(_name_of(booking))
    booking.answer_leaves_at = leaves_at
    facts = {**before, "leaves_at": leaves_at}
    to_booker("booking_moved", booking, calendar=along(sure([booking])), by=by, **facts)
    if speaks_for(by, booking.initiative_id):
        to_managers("booking_moved", booking, **facts)


def renamed(booking: Booking, *, by: Person, now: datetime) -> None:
    """Its other name goes into the calendars of who booked it; whoever changes it twice is told once."""
    outbox.keep_back(_name_of(booking))
    invited = [each for each in bookers(booking) if each.invite_to_bookings]
    link = absolute("bookings.show", booking_id=booking.id)
    send_to(
        "booking_renamed",
        booking,
        invited,
        link,
        calendar=along(sure([booking])),
        leaves_at=now + SECOND_THOUGHTS,
        about=_name_of(booking),
        by_name=by.name,
    )


def _name_of(booking: Booking) -> str:
    return f"name:{booking.id}"


def asked(booking: Booking, text: str) -> None:
    """The house wants to know something first."""
    let_answer_go(booking)
    to_booker("booking_question", booking, text=text)


def answered(booking: Booking, text: str) -> None:
    """The booker answered; the managers read it."""
    to_managers("booking_answer", booking, text=text)


def answer_to(bookings: Sequence[Booking]) -> str:
    """What a letter with one answer to all of these is about."""
    first = bookings[0]
    return f"answer:{first.id}" if len(bookings) == 1 else _answer_to_all(first)


def _answer_to_all(booking: Booking) -> str:
    of_series = booking.series_id is not None
    return (
        f"answer:series:{booking.series_id}" if of_series else f"answer:bundle:{booking.bundle_id}"
    )


def let_answer_go(booking: Booking) -> None:
    """What is told next must not overtake the answer, also one that was given to others with it."""
    leaves_at = booking.answer_leaves_at
    if leaves_at is None:
        return
    booking.answer_leaves_at = None
    outbox.let_go(answer_to([booking]), _answer_to_all(booking))
    together = queries.made_together(booking)
    if together is not None:
        of_them = update(Booking).where(together, Booking.answer_leaves_at == leaves_at)
        db.session.execute(of_them.values(answer_leaves_at=None))


def let_answers_go(bookings: Iterable[Booking]) -> None:
    """The same for many."""
    for booking in bookings:
        let_answer_go(booking)


def to_booker(
    template: str,
    booking: Booking,
    *,
    calendar: Along | None = None,
    leaves_at: datetime | None = None,
    about: str | None = None,
    by: Person | None = None,
    **more: Any,
) -> None:
    """Write to whoever booked; the link leads to the booking. Who has no e-mail is to be called.

    `by` is who did what the letter tells, where that may be one of them.
    """
    link = absolute("bookings.show", booking_id=booking.id)
    people = bookers(booking)
    calls.owe(template, booking, people, by=by)
    send_to(
        template, booking, people, link, calendar=calendar, leaves_at=leaves_at, about=about, **more
    )


def bookers(booking: Booking) -> Sequence[Person]:
    """Who booked and the contact of the group; the whole group when neither speaks for it any more."""
    booker, contact = booking.booked_by, contact_of(booking.initiative)
    speaks = booker.left_at is None and speaks_for(booker, booking.initiative_id)
    told = [booker] if speaks else []
    if contact is not None and contact not in told:
        told.append(contact)
    return told or speakers_of(booking.initiative)


def to_managers(template: str, booking: Booking, **more: Any) -> None:
    """Write to the managers of its house; the link leads to their desk."""
    link = absolute("desk.booking", slug=booking.venue.slug, booking_id=booking.id)
    managers = people_with_role(booking.venue, RoleName.MANAGER)
    send_to(template, booking, managers, link, **more)


def send_to(
    template: str,
    booking: Booking,
    people: Iterable[Person],
    link: str,
    /,
    *,
    calendar: Along | None = None,
    leaves_at: datetime | None = None,
    about: str | None = None,
    **more: Any,
) -> None:
    """Write a letter about a booking to each of these people who has an address.

    A letter that leaves later is an answer, unless it is `about` something else.
    """
    if leaves_at is not None and about is None:
        about = answer_to([booking])
    for person in people:
        if person.email and person.left_at is None:
            going = in_calendar.for_person(person, calendar)
            facts = {"person_name": person.name, "link": link, **facts_of(booking), **more}
            facts |= in_calendar.facts_of(calendar, going)
            if template == CERTAIN:
                facts["share"] = _shared(booking, person)
            outbox.post(
                template,
                person.email,
                person.language,
                facts,
                calendar=going,
                about=about,
                due_at=leaves_at,
            )


def _shared(booking: Booking, person: Person) -> str:
    with force_locale(person.language):
        return text_to_share(booking)


def facts_of(booking: Booking) -> dict[str, Any]:
    """What a letter may say about a booking, as plain values."""
    venue = booking.venue
    return {
        "booking_id": booking.id,
        "status": str(booking.status),
        "venue_name": venue.name,
        "venue_phone": venue.phone,
        "venue_email": venue.email,
        "venue_address": venue.address,
        "way_in": venue.way_in,
        "room_name": booking.room.name,
        "title": booking.title,
        "from_iso": rfc3339(booking.from_at),
        "to_iso": rfc3339(booking.to_at),
        "initiative_name": booking.initiative.name,
        "people": booking.people,
        "things": [
            f"{each.quantity} {each.extra.unit or '×'} {each.extra.name}" for each in booking.extras
        ],
        "list_cents": booking.list_cents,
        "discount_cents": booking.discount_cents,
        "total_cents": booking.total_cents,
        "deposit_cents": booking.deposit_cents,
        "pays_by": None if booking.pays_by is None else str(booking.pays_by),
        "price_reason": booking.price_reason,
        "on_top": pricing.on_top(booking),
        "cancel_notice_hours": venue.cancel_notice_hours,
    }
