"""Which letter goes to whom when something happens to a shift; who has no e-mail is to be called."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import coordinators_with_address
from buurthuis.foundation import clock, outbox
from buurthuis.foundation.db import db
from buurthuis.foundation.links import absolute
from buurthuis.roster.cover.models import CoverAsk, CoverCall, News, RosterCall, Swap
from buurthuis.roster.duties.in_calendar import into_calendar, out_of_calendar
from buurthuis.roster.models import Duty
from buurthuis.roster.reading import SeenShift
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import Part
from buurthuis.venues.models import Venue

MOST_IN_A_LIST: Final = 12


def given(duty: Duty, *, by: Person) -> None:
    """Somebody was put on the roster by the coordinator."""
    calendar = into_calendar(duty)
    _tell_holder(
        "shift_given", duty, News.GIVEN, calendar=calendar, by_name=by.name, link=page_of(duty)
    )


def taken_off(
    duty: Duty, why: str, *, by: Person | None = None, leaves_at: datetime | None = None
) -> None:
    """Somebody no longer has a shift; `why` is "coordinator", "mentor" or "key"."""
    _tell_holder(
        "shift_taken_off",
        duty,
        News.TAKEN_OFF,
        calendar=out_of_calendar(duty),
        leaves_at=leaves_at,
        why=why,
        by_name="" if by is None else by.name,
        link=absolute("roster.mine"),
    )


def moved(duty: Duty, before: Period) -> None:
    """The times are other than what was told; one tap and somebody else is looked for."""
    _tell_holder(
        "shift_moved",
        duty,
        News.MOVED,
        calendar=into_calendar(duty),
        old_from_iso=rfc3339(before.start),
        old_to_iso=rfc3339(before.end),
        link=page_of(duty),
    )


def not_needed(duty: Duty) -> None:
    """Nobody has to come."""
    link, calendar = absolute("roster.mine"), out_of_calendar(duty)
    _tell_holder("shift_not_needed", duty, News.NOT_NEEDED, calendar=calendar, link=link)


def in_calendar(duty: Duty) -> None:
    """Their calendar gets the shift, or its new time, from a letter of its own."""
    _to_calendar("shift_in_calendar", duty, into_calendar(duty))


def gone_from_calendar(duty: Duty) -> None:
    """Their calendar lets go of a shift that is no longer theirs, by a letter of its own."""
    _to_calendar("shift_out_of_calendar", duty, out_of_calendar(duty))


def _to_calendar(template: str, duty: Duty, calendar: str | None) -> None:
    person, links = duty.person, {"link": page_of(duty), "off_link": absolute("accounts.profile")}
    if person.email and calendar is not None:
        facts = _facts(duty) | {"person_name": person.name} | links
        outbox.post(template, person.email, person.language, facts, calendar=calendar)


def reminder(duty: Duty, *, is_near: bool) -> None:
    """It is in two days, or soon."""
    _tell_holder("shift_reminder", duty, News.REMINDED, is_near=is_near, link=page_of(duty))


def asked(ask: CoverAsk, shift: SeenShift, *, is_dropped: bool, leaves_at: datetime | None) -> None:
    """Somebody may take a shift over, or is the back-up and now needed."""
    duty = ask.call.duty
    _post(
        ask.person,
        "cover_asked",
        duty,
        News.ASKED,
        leaves_at=leaves_at,
        **_times(shift.period),
        part=Part.HOLDER,
        by_name=duty.person.name,
        is_backup=ask.is_backup,
        is_dropped=is_dropped,
        link=absolute("roster.call", cover_id=ask.call_id),
    )


def unanswered(call: CoverCall, shift: SeenShift) -> None:
    """The coordinators hear that nobody was found."""
    duty = call.duty
    facts = _facts(duty) | _times(shift.period) | {"part": Part.HOLDER, "asked": len(call.asks)}
    facts["link"] = absolute("roster.cover", slug=duty.venue.slug)
    for person in coordinators_with_address(duty.venue):
        if person.email:
            outbox.post(
                "cover_unanswered",
                person.email,
                person.language,
                {**facts, "person_name": person.name},
            )


def covered(call: CoverCall, taken: Duty, *, leaves_at: datetime | None) -> None:
    """Whoever could not come hears who does, and the coordinators when they had heard that nobody did."""
    facts = {"taker_name": taken.person.name, "part": Part.HOLDER, **_times(period_of(taken))}
    told = {call.duty.person_id, taken.person_id}
    _post(
        call.duty.person, "cover_found", taken, News.COVERED, leaves_at=leaves_at,
        is_mine=True, **facts,
    )  # fmt: skip
    if call.coordinator_told_at is not None:
        for person in coordinators_with_address(taken.venue):
            if person.id not in told and person.email:
                _post(
                    person, "cover_found", taken, News.COVERED, leaves_at=leaves_at,
                    is_mine=False, **facts,
                )  # fmt: skip


def swap_asked(swap: Swap) -> None:
    """Somebody is asked by name."""
    link = absolute("roster.swap", swap_id=swap.id)
    _post(swap.to, "swap_asked", swap.duty, News.SWAP, by_name=swap.duty.person.name,
          theirs=_short(swap.their_duty), link=link)  # fmt: skip


def swap_answered(swap: Swap, *, is_yes: bool) -> None:
    """Whoever asked hears yes or no."""
    _post(
        swap.duty.person,
        "swap_answered",
        swap.duty,
        News.SWAP,
        by_name=swap.to.name,
        theirs=_short(swap.their_duty),
        is_yes=is_yes,
        link=page_of(swap.duty),
    )


def evening(venue: Venue, shifts: Iterable[SeenShift]) -> None:
    """The coordinators read of an evening which shifts of the coming days nobody does."""
    listed = [{"kind": each.kind, **_times(each.period)} for each in shifts]
    for person in coordinators_with_address(venue):
        if person.email:
            facts = {
                "person_name": person.name,
                "venue_name": venue.name,
                "shifts": listed[:MOST_IN_A_LIST],
                "more": max(len(listed) - MOST_IN_A_LIST, 0),
                "link": absolute("roster.cover", slug=venue.slug),
            }
            outbox.post("roster_evening", person.email, person.language, facts)


def take_back(duty: Duty) -> None:
    """A tap is undone: what was to be told of it and has not left is told to nobody."""
    outbox.keep_back(_about(duty))
    nobody_calls(duty, News.TAKEN_OFF, News.COVERED)


def page_of(duty: Duty) -> str:
    """The page of a promise, for whoever made it."""
    return absolute("roster.duty", duty_id=duty.id)


def period_of(duty: Duty) -> Period:
    """When a promise is, as it was told."""
    return Period(duty.starts_at, duty.ends_at)


def nobody_calls(duty: Duty, *news: News) -> None:
    """What was still to be told by telephone about a promise need not be told any more."""
    waiting = select(RosterCall).where(
        RosterCall.duty_id == duty.id, RosterCall.called_at.is_(None)
    )
    for call in db.session.scalars(waiting.where(RosterCall.news.in_(news))):
        db.session.delete(call)


def _tell_holder(
    template: str, duty: Duty, news: News, *, leaves_at: datetime | None = None, **more: Any
) -> None:
    _post(duty.person, template, duty, news, leaves_at=leaves_at, **more)


def _post(
    person: Person,
    template: str,
    duty: Duty,
    news: News,
    *,
    calendar: str | None = None,
    leaves_at: datetime | None = None,
    **more: Any,
) -> None:
    if person.left_at is not None:
        return
    if not person.email:
        owe_a_call(person, duty, news)
        return
    facts = _facts(duty) | {"person_name": person.name} | more
    about = None if leaves_at is None else _about(duty)
    outbox.post(
        template,
        person.email,
        person.language,
        facts,
        calendar=calendar,
        about=about,
        due_at=leaves_at,
    )


def owe_a_call(person: Person, duty: Duty, news: News) -> None:
    """Note that somebody is to be called: once for each shift, newer news before older."""
    waiting = select(RosterCall).where(
        RosterCall.duty_id == duty.id,
        RosterCall.person_id == person.id,
        RosterCall.called_at.is_(None),
    )
    call = db.session.scalar(waiting)
    if call is None:
        call = RosterCall(venue_id=duty.venue_id, duty_id=duty.id, person_id=person.id)
        db.session.add(call)
    call.news, call.asked_at = news, clock.now()


def _about(duty: Duty) -> str:
    """What a letter that waits, and can be taken back, is about."""
    return f"duty:{duty.id}"


def _facts(duty: Duty) -> dict[str, Any]:
    venue = duty.venue
    return {
        "kind": duty.kind,
        "part": duty.part,
        **_times(period_of(duty)),
        "venue_name": venue.name,
        "venue_phone": venue.phone,
        "venue_email": venue.email,
        "venue_address": venue.address,
    }


def _times(period: Period) -> dict[str, str]:
    return {"from_iso": rfc3339(period.start), "to_iso": rfc3339(period.end)}


def _short(duty: Duty | None) -> dict[str, str] | None:
    if duty is None:
        return None
    return {"venue_name": duty.venue.name, **_times(period_of(duty))}
