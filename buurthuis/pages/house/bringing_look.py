"""The look at an import before it is done, and the page that tells what was done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.bookings.door import per_person
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.rows import number_sent
from buurthuis.imports.bringing import actions, drafting, undoing
from buurthuis.imports.bringing.looking import look
from buurthuis.imports.bringing.models import CalendarImport, State
from buurthuis.imports.bringing.plan import ACTS, Because, Fate, Looked, Plan
from buurthuis.imports.bringing.queries import entries_of, import_here, outcome_of
from buurthuis.imports.bringing.refusals import ChangedSince
from buurthuis.imports.bringing.words import (
    BECAUSE,
    FATES,
    fate_words,
    left_out_words,
    times_words,
    why_words,
)
from buurthuis.imports.readers.rows import LeftOut, Why
from buurthuis.pages.house.bringing import choices_of, list_of
from buurthuis.pages.house.door import Answer, blueprint, house_page

ROWS_A_PAGE = 30
ALL = "all"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the page shows it; without a mark one cannot tick it."""

    number: int
    line: int
    fate: Fate
    fate_words: str
    when: str
    room: str
    title: str
    group: str
    why: str
    total_cents: int | None
    has_tick: bool
    is_ticked: bool


@blueprint.get("/house/imports/<int:import_id>")
@needs("part.manage", import_here)
def import_page(found: CalendarImport) -> Answer:
    """What will happen with each row, or what was done."""
    if found.state is not State.DRAFT:
        return _done_page(found)
    entries = entries_of(found)
    if not entries:
        return _step(found, "house.import_columns")
    if not found.choices:
        return _step(found, "house.import_match")
    plan = look(found.venue, entries, choices_of(found, entries), now=clock.now())
    return _look_page(found, plan)


def _step(found: CalendarImport, page: str) -> Response:
    """The step that comes first."""
    return redirect(url_for(page, slug=found.venue.slug, import_id=found.id), 303)


def _look_page(found: CalendarImport, plan: Plan) -> str:
    show, page = request.args.get("show", ""), request.args.get("page", "")
    rows = [row for row in plan.rows if show in ("", row.fate)]
    number = 1 if page == ALL else max(1, number_sent(page) or 1)
    first = (number - 1) * ROWS_A_PAGE
    shown = rows if page == ALL else rows[first : first + ROWS_A_PAGE]
    return house_page(
        "import_look",
        found.venue,
        found=found,
        plan=plan,
        Fate=Fate,
        rows=[_row(row) for row in shown],
        show=show,
        page=page,
        tabs=_tabs(found, plan, show),
        asked=_asked(plan) if show == Fate.ASK else (),
        left_out=_left_out(found),
        previous=_turn(found, show, number - 1) if number > 1 and page != ALL else None,
        following=_turn(found, show, number + 1) if len(rows) > first + len(shown) else None,
        everything=_address(found, show=show, page=ALL) if len(rows) > len(shown) else None,
        back=list_of(found.venue),
    )


def _row(row: Looked) -> Row:
    has_tick = row.fate in ACTS or row.fate is Fate.ASK or row.because is Because.NOT_WANTED
    return Row(
        number=row.entry.number,
        line=row.entry.found.line,
        fate=row.fate,
        fate_words=fate_words(row),
        when=times_words(row.entry),
        room=row.room.name if row.room else row.entry.found.place,
        title=row.entry.title,
        group=row.group.name if row.group else "",
        why=why_words(row),
        total_cents=row.total_cents if row.fate is Fate.NEW and not row.is_past else None,
        has_tick=has_tick,
        is_ticked=row.fate in ACTS,
    )


def _tabs(found: CalendarImport, plan: Plan, show: str) -> list[tuple[str, str, bool]]:
    """The ways to the rows of each kind, with how many there are."""
    kinds = [(fate, str(FATES[fate]), plan.counts[fate]) for fate in Fate if plan.counts[fate]]
    return [
        (
            _("%(what)s (%(count)s)", what=words, count=count),
            _address(found, show=fate),
            fate == show,
        )
        for fate, words, count in [("", _("All"), len(plan.rows)), *kinds]
    ]


def _asked(plan: Plan) -> list[tuple[str, str, int]]:
    """Why rows wait, each with its words and how many."""
    counts = Counter(row.because for row in plan.rows if row.fate is Fate.ASK and row.because)
    doubt = _("We are not sure that we read it right.")
    return [(each, str(BECAUSE.get(each, doubt)), count) for each, count in counts.most_common()]


def _left_out(found: CalendarImport) -> Sequence[str]:
    return [
        left_out_words(LeftOut(line, cast(Why, code), tuple(map(tuple, facts))))
        for line, code, facts in found.left_out
    ]


@blueprint.post("/house/imports/<int:import_id>/tick")
@needs("part.manage", import_here)
@per_person
def tick_import(found: CalendarImport) -> Response:
    """Keep the ticks of the rows that were shown, or tick all that wait for one reason."""
    show, because = request.form.get("show", ""), request.form.get("because", "")
    ticks = _all_that_wait(found, because) if because else _ticked()
    try:
        drafting.tick(found.id, ticks, by=visitor())
    except Refusal as refusal:
        flash(sentence_of(refusal), "attention")
    more = {"show": show} if show in set(Fate) else {}
    page = number_sent(request.form.get("page"))
    return redirect(_address(found, **more, **({"page": page} if page else {})), 303)


def _ticked() -> dict[int, bool]:
    """The rows whose tick is no longer what was drawn, with what it is now."""
    now = {number_sent(each) for each in request.form.getlist("tick")}
    drawn = {number_sent(each[1:]): each[:1] == "+" for each in request.form.getlist("shown")}
    return {
        number: number in now
        for number, was in drawn.items()
        if number is not None and (number in now) != was
    }


def _all_that_wait(found: CalendarImport, because: str) -> dict[int, bool]:
    entries = entries_of(found)
    plan = look(found.venue, entries, choices_of(found, entries), now=clock.now())
    waiting = [row for row in plan.rows if row.fate is Fate.ASK and row.because == because]
    return {row.entry.number: True for row in waiting}


@blueprint.post("/house/imports/<int:import_id>/bring")
@needs("part.manage", import_here)
@per_person
def bring_import(found: CalendarImport) -> Response:
    """Do exactly what was shown; who ticked something else just now looks once more."""
    ticks = _ticked()
    try:
        if ticks:
            drafting.tick(found.id, ticks, by=visitor())
            flash(_("We kept your ticks. Look at it again."), "attention")
            return redirect(_address(found), 303)
        actions.bring(found.id, by=visitor(), seen=request.form.get("seen", ""))
    except Refusal as refusal:
        flash(sentence_of(refusal), "attention")
    return redirect(_address(found), 303)


@blueprint.post("/house/imports/<int:import_id>/undo")
@needs("part.manage", import_here)
@per_person
def undo_import(found: CalendarImport) -> Answer:
    """Take it out of the books again; what somebody went on with only when that was said."""
    undo = undoing.undo_the_rest if "rest" in request.form else undoing.undo
    try:
        undo(found.id, by=visitor())
    except ChangedSince as refusal:
        return _done_page(found, stays=sentence_of(refusal).split("\n")), refusal.status
    except Refusal as refusal:
        flash(sentence_of(refusal), "attention")
    else:
        flash(_("It is undone. Everything is as it was before this file."), "ok")
    return redirect(_address(found), 303)


def _done_page(found: CalendarImport, stays: Sequence[str] = ()) -> str:
    outcome = outcome_of(found)
    return house_page(
        "import_done",
        found.venue,
        found=found,
        State=State,
        outcome=outcome,
        stayed=[(each, times_words(each), _stayed(why)) for each, why in outcome.stayed],
        left_out=_left_out(found),
        stays=stays,
        back=list_of(found.venue),
    )


def _stayed(why: str) -> str:
    """Why nothing was done with an entry, in words."""
    return str(BECAUSE.get(Because(why)) or _("We were not sure that we read it right."))


def _turn(found: CalendarImport, show: str, number: int) -> tuple[str, str]:
    return _("Page %(number)s", number=number), _address(found, show=show, page=number)


def _address(found: CalendarImport, **more: Any) -> str:
    more = {name: value for name, value in more.items() if value}
    return url_for("house.import_page", slug=found.venue.slug, import_id=found.id, **more)
