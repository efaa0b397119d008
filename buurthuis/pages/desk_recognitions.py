"""The groups that come to a house, and the standing that the house recognises of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.accounts.models import Initiative
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.rows import row_number
from buurthuis.pages import desk_queries
from buurthuis.pages.applications import ending_rows
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.pages.desk_forms import RecognitionForm
from buurthuis.pages.desk_queries import Group
from buurthuis.rules.calendar import day_of
from buurthuis.rules.standing import StandingCode
from buurthuis.rules.wording import one_line
from buurthuis.tariffs import actions
from buurthuis.tariffs.applications import actions as applications
from buurthuis.tariffs.applications import queries
from buurthuis.tariffs.applications.models import Application
from buurthuis.tariffs.applications.refusals import AlreadyDecided
from buurthuis.tariffs.models import Recognition
from buurthuis.tariffs.queries import card_on
from buurthuis.tariffs.refusals import RecognitionOver
from buurthuis.tariffs.standing_words import KIND_WORDS, known_as, name_for, standing_names
from buurthuis.venues.models import Venue

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A group with the form to recognise it."""

    group: Group
    form: RecognitionForm


@blueprint.get("/recognitions")
@needs("house.manage", house)
def recognitions(venue: Venue) -> str:
    """Every group that booked here or is recognised here, by name."""
    return _page(venue)


@blueprint.post("/recognitions")
@needs("house.manage", house)
def recognise(venue: Venue) -> Answer:
    """Recognise the standing of a group from today on."""
    number = request.form.get("initiative", type=row_number)
    initiative = desk_queries.group_here(venue, number)
    form = RecognitionForm.about(initiative).offer(_standings(venue))
    if not form.validate():
        return _page(venue, form, initiative.id), 422
    asked = queries.open_of(initiative, venue)
    if asked is not None and not may(visitor(), "application.decide", asked):
        flash(_("You answered before, so somebody else looks now."), "attention")
        return redirect(_address(venue, initiative.name), 303)
    try:
        _recognise(initiative, venue, form, asked)
    except (RecognitionOver, AlreadyDecided) as refusal:
        form.wrong(form.until, sentence_of(refusal))
        return _page(venue, form, initiative.id), 422
    kind = name_for(form.standings[form.kind.data], form.grounds.purpose)
    flash(
        _("%(name)s is known here as: %(kind)s. New bookings get that price.",
          name=initiative.name, kind=kind),
        "ok",
    )  # fmt: skip
    return redirect(_address(venue, initiative.name), 303)


@blueprint.post("/recognitions/<int:recognition_id>/end")
@needs("standing.end", desk_queries.recognition_here)
def end_recognition(recognition: Recognition) -> Answer:
    """End what this house recognised, from today on."""
    actions.end_recognition(recognition.id, by=visitor())
    venue = desk_queries.house_of(recognition)
    left = _still_known(recognition.initiative_id, venue)
    if left:
        words = _("Ended. This still holds: %(kinds)s. Old bookings stay as they are.", kinds=left)
    else:
        words = _("Ended. New bookings get the normal price. Old ones stay as they are.")
    flash(words, "ok")
    return redirect(_address(venue), 303)


def _still_known(initiative_id: int, venue: Venue) -> str:
    """As what a group is known in a house today, with what holds for one activity alone; or ""."""
    found = desk_queries.recognitions_today([initiative_id], day_of(clock.now()), venue=venue)
    if initiative_id not in found:
        return ""
    counts, _by, beside = found[initiative_id]
    card = card_on(venue.id, day_of(clock.now()))
    standings = card.standings if card else ()
    return ", ".join(known_as(each, standings) for each in (counts, *beside))


def _recognise(
    initiative: Initiative, venue: Venue, form: RecognitionForm, asked: Application | None
) -> None:
    """Recognise, which is the yes to what the group asks unless it asks for more."""
    kind, grounds = form.kind.data, form.grounds
    if asked is not None and grounds.purpose in (None, asked.purpose):
        applications.grant(asked.id, kind, grounds, by=visitor())
    else:
        actions.recognise(
            initiative,
            kind,
            venue=venue,
            by=visitor(),
            reason=grounds.reason,
            valid_to=grounds.valid_to,
            purpose=grounds.purpose,
        )


def _page(venue: Venue, wrong: RecognitionForm | None = None, about: int | None = None) -> str:
    name = one_line(request.args.get("name", "")[:120], longest=120)
    page = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    today = day_of(clock.now())
    first = (page - 1) * PER_PAGE
    standings = _standings(venue)
    groups = desk_queries.groups_of(
        venue, name=name, today=today, first=first, count=PER_PAGE + 1, only=about
    )
    return desk_page(
        "recognitions",
        venue,
        rows=[_row(group, wrong, standings) for group in groups[:PER_PAGE]],
        wrong=wrong,
        about=about,
        name=name,
        kinds=KIND_WORDS,
        standings=standings,
        name_for=name_for,
        asked=queries.open_applications(venue),
        may_decide=lambda each: may(visitor(), "application.decide", each),
        ends_soon=ending_rows(queries.ending_soon(venue, today), standings),
        previous=(_("Previous"), _address(venue, name, page - 1)) if page > 1 else None,
        next=(_("Next"), _address(venue, name, page + 1)) if len(groups) > PER_PAGE else None,
    )


def _standings(venue: Venue) -> dict[StandingCode, str]:
    """What the house can recognise, by its prices of today."""
    card = card_on(venue.id, day_of(clock.now()))
    return standing_names(card.standings if card else ())


def _row(group: Group, wrong: RecognitionForm | None, standings: Mapping[StandingCode, str]) -> Row:
    if wrong is not None:
        return Row(group, wrong)
    known = group.recognition
    if known is None:
        form = RecognitionForm.about(group.initiative, kind=group.initiative.kind.value)
        return Row(group, form.offer(standings))
    until = known.valid_to.isoformat() if known.valid_to else ""
    form = RecognitionForm.about(
        group.initiative,
        kind=str(known.kind),
        reason=known.reason,
        until=until,
        purpose=str(known.purpose or ""),
    )
    return Row(group, form.offer(standings))


def _address(venue: Venue, name: str = "", page: int = 1) -> str:
    shown = page if page > 1 else None
    return url_for("desk.recognitions", slug=venue.slug, name=name or None, page=shown)
