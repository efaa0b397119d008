"""Pages of the roster of a house: its week on a screen and on paper, and one day for the door."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.formatting import clock as on_the_clock
from buurthuis.roster.door import blueprint
from buurthuis.roster.duties.words import KINDS, PICTOGRAMS
from buurthuis.roster.reading import SeenShift, ShiftStatus
from buurthuis.roster.week.seen import RosterDay, days_of_roster, names_in
from buurthuis.rules import calendar, wall
from buurthuis.rules.calendar import day_of
from buurthuis.rules.shifts import ShiftKind
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

WEEK = "/houses/<slug>/roster"
A_WEEK = 7
PENCIL = "…………"
"""A line to write a name on."""

IN_ORDER = (ShiftKind.OPEN, ShiftKind.HOST, ShiftKind.HANDOVER, ShiftKind.CLOSE)
"""The lines of the sheet of a week, as a day goes."""

STATES = {
    ShiftStatus.OPEN: ("requested", "question", _l("Nobody yet")),
    ShiftStatus.PROPOSED: ("held", "clock", _l("Proposed")),
    ShiftStatus.TAKEN: ("confirmed", "check", _l("Does it")),
    ShiftStatus.DONE: ("confirmed", "check", _l("Did it")),
    ShiftStatus.MISSED: ("cancelled", "cross", _l("Was not there")),
    ShiftStatus.NOT_NEEDED: ("cancelled", "cross", _l("Not needed any more")),
}
"""How a shift stands: its colour, its mark and its word."""

SIZES = ((14, 7.4), (12, 6.5), (10, 5.7), (9, 5.3), (8, 4.9))
"""Letters of a door sheet in points, and what a line then takes in millimetres."""
ROOM_ON_PAPER_MM = 150


@blueprint.get(WEEK)
@needs("roster.see", venue_by_slug)
def week(venue: Venue) -> str:
    """Seven days of the roster, on a telephone first."""
    monday, now = _monday(), clock.now()
    manages = may(visitor(), "roster.manage", venue)
    days = days_of_roster(venue, monday, A_WEEK, now, drafts=manages)
    return render_template(
        "roster/week.html",
        venue=venue,
        days=[each for each in days if each.has_something],
        monday=monday,
        sunday=monday + timedelta(days=A_WEEK - 1),
        week=calendar.week_name(monday),
        today=day_of(now),
        now=now,
        open_count=_open_count(days, now),
        manages=manages,
        names=_full_names(days) if manages else names_in(days),
        previous=_to_week(venue, monday - timedelta(days=A_WEEK)),
        next=_to_week(venue, monday + timedelta(days=A_WEEK)),
        states=STATES,
        kinds=KINDS,
        pictograms=PICTOGRAMS,
    )


@blueprint.get(WEEK + "/sheet")
@needs("roster.see", venue_by_slug)
def week_roster_sheet(venue: Venue) -> str:
    """Seven days on one sheet of paper, with first names only."""
    monday, now = _monday(), clock.now()
    days = days_of_roster(venue, monday, A_WEEK, now)
    names = names_in(days)
    shifts = [[shift for seen in day.sessions for shift in seen.shifts] for day in days]
    kinds = [kind for kind in IN_ORDER if any(each.kind is kind for day in shifts for each in day)]
    fitted = wall.fit(
        [str(KINDS[kind]) for kind in kinds],
        [[_lines(day, kind, names) for day in shifts] for kind in kinds],
    )
    return render_template(
        "roster/week_sheet.html",
        venue=venue,
        days=days,
        week=calendar.week_name(monday),
        rows=list(zip([KINDS[kind] for kind in kinds], fitted.rows, strict=True)),
        size=fitted.points,
        today=day_of(now),
        now=now,
    )


@blueprint.get(WEEK + "/door")
@needs("roster.see", venue_by_slug)
def door_sheet(venue: Venue) -> str:
    """One day on paper: what opens when, which groups are where, and who opens and closes."""
    day, now = _day(), clock.now()
    (seen,) = days_of_roster(venue, day, 1, now)
    lines = sum(len(each.shifts) + len(each.uses) + 2 for each in seen.sessions)
    size = next((points for points, mm in SIZES if lines * mm <= ROOM_ON_PAPER_MM), SIZES[-1][0])
    return render_template(
        "roster/door.html",
        venue=venue,
        day=seen,
        week=calendar.week_name(day),
        names=names_in([seen]),
        size=size,
        kinds=KINDS,
        today=day_of(now),
        now=now,
    )


def _monday() -> date:
    """The Monday that the address names; this week where it names none.

    Raises:
        NotFound: it names no week.
    """
    named = request.args.get("week")
    if not named:
        today = day_of(clock.now())
        return today - timedelta(days=today.weekday())
    try:
        return calendar.week(named)
    except calendar.NoSuchWeek:
        raise NotFound(week=named) from None


def _day() -> date:
    """The day that the address names; today where it names none.

    Raises:
        NotFound: it names no day.
    """
    named = request.args.get("day")
    try:
        return calendar.parse_day(named) if named else day_of(clock.now())
    except calendar.NoSuchDay:
        raise NotFound(day=named) from None


def _to_week(venue: Venue, monday: date) -> tuple[str, str]:
    words = _("Week %(number)s", number=monday.isocalendar().week)
    return words, url_for("roster.week", slug=venue.slug, week=calendar.week_name(monday))


def _open_count(days: list[RosterDay], now: datetime) -> int:
    """How many shifts that are not over nobody does yet."""
    return sum(
        shift.status is ShiftStatus.OPEN and shift.period.end > now
        for day in days
        for seen in day.sessions
        for shift in seen.shifts
    )


def _full_names(days: list[RosterDay]) -> dict[int, str]:
    """The coordinator reads whole names."""
    shifts = [shift for day in days for seen in day.sessions for shift in seen.shifts]
    duties = [each for shift in shifts for each in (shift.holder, shift.backup, *shift.learners)]
    duties += [duty for day in days for duty in day.not_needed]
    return {duty.person_id: duty.person.name for duty in duties if duty is not None}


def _lines(shifts: list[SeenShift], kind: ShiftKind, names: Mapping[int, str]) -> list[wall.Line]:
    """The shifts of one kind on one day: when, and who."""
    return [
        (
            on_the_clock(shift.period.end if kind is ShiftKind.CLOSE else shift.period.start),
            names[shift.holder.person_id] if shift.holder else PENCIL,
        )
        for shift in shifts
        if shift.kind is kind
    ]
