"""The coordinator's pages of a proposal: make it, look at it, change it, publish it or throw it away."""

from collections.abc import Sequence
from datetime import date

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.accounts.models import Person
from buurthuis.bookings.door import Page, per_person
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound, Refusal, sentence_of
from buurthuis.roster.cover.queries import Choice, choices_for
from buurthuis.roster.door import blueprint
from buurthuis.roster.duties.words import KINDS, doubt_sentences, hindrance_sentence
from buurthuis.roster.proposing import drafts, publishing, queries
from buurthuis.roster.proposing.apart import propose_apart
from buurthuis.roster.proposing.forms import NOBODY, DaysForm, OtherForm
from buurthuis.roster.proposing.gather import gather
from buurthuis.roster.proposing.words import quality_sentence
from buurthuis.roster.reading import SeenShift, is_draft, shift_by_id
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

HERE = "/houses/<slug>/roster/proposal"


def shift_of_proposal(slug: str, shift_id: str) -> SeenShift:
    """A shift of this house that nobody was told of yet.

    Raises:
        NotFound
    """
    found = shift_by_id(shift_id, clock.now(), drafts=True)
    if found is None or found.venue.slug != slug:
        raise NotFound
    if found.holder is not None and not is_draft(found.holder):
        raise NotFound
    return found


@blueprint.get(HERE)
@needs("roster.manage", venue_by_slug)
def proposal(venue: Venue) -> Page:
    """The proposal as it stands; where there is none, for which days to make one."""
    return _page(venue, None)


@blueprint.post(HERE)
@needs("roster.manage", venue_by_slug)
@per_person
def make_proposal(venue: Venue) -> Page:
    """Make a proposal, in place of the one before."""
    form = DaysForm()
    if not form.validate():
        return _page(venue, form), 422
    days = form.first.data, form.last.data
    instance = gather(venue, *days, now=clock.now()).instance
    db.session.rollback()  # Others can write meanwhile.
    try:
        made = drafts.keep(venue, *days, propose_apart(instance), by=visitor())
    except Refusal as refusal:
        form.wrong(form.last, sentence_of(refusal))
        return _page(venue, form), refusal.status
    if not made:
        flash(_("Nobody can do any of the open shifts. Below you see why."), "attention")
    return _back(venue)


@blueprint.get(f"{HERE}/shifts/<shift_id>")
@needs("shift.give", shift_of_proposal)
def other_form(shift: SeenShift) -> Page:
    """Whom else to put on a shift."""
    choices = choices_for(shift)
    return _other_page(shift, _other(shift, choices), choices)


@blueprint.post(f"{HERE}/shifts/<shift_id>")
@needs("shift.give", shift_of_proposal)
@per_person
def put_other(shift: SeenShift) -> Page:
    """Put somebody else on a shift, or nobody."""
    choices, venue = choices_for(shift), shift.venue
    form = _other(shift, choices)
    if not form.validate():
        return _other_page(shift, form, choices), 422
    to = None if form.person_id is None else db.session.get_one(Person, form.person_id)
    try:
        doubts = drafts.change(venue, shift.id, to, by=visitor())
    except NotFound:
        raise
    except Refusal as refusal:
        form.wrong(form.person, sentence_of(refusal))
        return _other_page(shift, form, choices), refusal.status
    if to is None or not doubts:
        flash(_("Changed. Nobody is told yet."), "ok")
    else:
        said = " ".join(hindrance_sentence(each, to.name) for each in doubts)
        flash(_("Changed. Ask first: %(doubts)s", doubts=said), "attention")
    return _back(venue)


@blueprint.get(f"{HERE}/publish")
@needs("roster.manage", venue_by_slug)
def publish_form(venue: Venue) -> Page:
    """Who will hear what, before anybody does."""
    waiting = drafts.drafts_of(venue)
    if not waiting:
        return _back(venue)
    people: dict[str, list[object]] = {}
    for duty in waiting:
        people.setdefault(duty.person.name, []).append(duty)
    return render_template(
        "roster/proposal_publish.html",
        venue=venue,
        people=sorted(people.items()),
        kinds=KINDS,
        today=day_of(clock.now()),
    )


@blueprint.post(f"{HERE}/publish")
@needs("roster.manage", venue_by_slug)
@per_person
def publish(venue: Venue) -> Page:
    """Tell everybody."""
    told = publishing.publish(venue, by=visitor())
    if told.duties:
        flash(
            ngettext(
                "Published. %(num)s person hears of it.",
                "Published. %(num)s people hear of it.",
                told.people,
            ),
            "ok",
        )
    if told.left_out:
        flash(
            ngettext(
                "%(num)s shift changed meanwhile and is open again.",
                "%(num)s shifts changed meanwhile and are open again.",
                told.left_out,
            ),
            "attention",
        )
    return _back(venue)


@blueprint.post(f"{HERE}/throw-away")
@needs("roster.manage", venue_by_slug)
@per_person
def throw_away(venue: Venue) -> Page:
    """As if nothing had been proposed."""
    drafts.throw_away(venue, by=visitor())
    flash(_("The proposal is gone. Nobody heard of it."), "ok")
    return _back(venue)


def _back(venue: Venue) -> Page:
    return redirect(url_for("roster.proposal", slug=venue.slug), 303)


def _page(venue: Venue, form: DaysForm | None) -> str:
    now = clock.now()
    days = _days(venue)
    found = queries.shown(venue, *days, now=now)
    return render_template(
        "roster/proposal.html",
        venue=venue,
        form=form or DaysForm.of(days),
        shown=found,
        quality=quality_sentence(found.quality) if found.quality else "",
        kinds=KINDS,
        today=day_of(now),
    )


def _days(venue: Venue) -> tuple[date, date]:
    """The days of the proposal there is, or those for which one is usually made."""
    entry = queries.last_proposal(venue)
    if entry is not None and drafts.drafts_of(venue):
        return queries.days_of(entry)
    return queries.usual_days(venue, clock.now())


def _other(shift: SeenShift, choices: Sequence[Choice]) -> OtherForm:
    now_has = None if shift.holder is None else str(shift.holder.person_id)
    form = OtherForm(data={"person": now_has})
    people = [(str(each.person.person), each.person.name) for each in choices]
    form.person.options = [*people, (NOBODY, _("Nobody"))]
    return form


def _other_page(shift: SeenShift, form: OtherForm, choices: Sequence[Choice]) -> str:
    return render_template(
        "roster/proposal_other.html",
        venue=shift.venue,
        shift=shift,
        form=form,
        doubts=doubt_sentences(choices),
        kinds=KINDS,
        today=day_of(clock.now()),
    )
