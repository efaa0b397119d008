"""The coordinator's pages: which shifts nobody does, whom to call, and putting somebody on a shift."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound, Refusal, sentence_of
from buurthuis.roster.cover import actions as calls
from buurthuis.roster.cover.models import RosterCall
from buurthuis.roster.cover.queries import (
    Choice,
    call_to_make_here,
    calls_to_make,
    choices_for,
    gaps_of,
    shift_here,
)
from buurthuis.roster.door import blueprint
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.duties.mine_forms import GiveForm
from buurthuis.roster.duties.mine_routes import WORDS, Page
from buurthuis.roster.duties.words import NEWS, doubt_sentences
from buurthuis.roster.reading import SeenShift
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

SHIFT = "/houses/<slug>/roster/shifts/<shift_id>"


@blueprint.get("/houses/<slug>/roster/cover")
@needs("roster.manage", venue_by_slug)
def cover(venue: Venue) -> Page:
    """What nobody does, for whom others are looked for, and whom to call."""
    now = clock.now()
    return render_template(
        "roster/cover.html",
        venue=venue,
        gaps=gaps_of(venue, now),
        calls=calls_to_make(venue, now),
        news=NEWS,
        today=day_of(now),
        **WORDS,
    )


@blueprint.get(SHIFT)
@needs("shift.give", shift_here)
def give_form(shift: SeenShift) -> Page:
    """Whom to put on a shift."""
    choices = choices_for(shift)
    return _page(shift, _form(choices), choices)


@blueprint.post(SHIFT)
@needs("shift.give", shift_here)
def give(shift: SeenShift) -> Page:
    """Put somebody on it; who has doubts is asked once more."""
    choices = choices_for(shift)
    form = _form(choices)
    if not form.validate():
        return _page(shift, form, choices), 422
    to = db.session.get_one(Person, int(form.person.data))
    try:
        duties.give(shift.id, to, by=visitor(), though_it_does_not_suit=form.though.data)
    except NotFound:
        raise
    except Refusal as refusal:
        form.form_errors.append(sentence_of(refusal))
        return _page(shift, form, choices), refusal.status
    flash(_("%(name)s is on the roster and hears of it.", name=to.name), "ok")
    return redirect(url_for("roster.cover", slug=shift.venue.slug), 303)


@blueprint.post("/houses/<slug>/roster/calls/<int:roster_call_id>")
@needs("roster_call.made", call_to_make_here)
def called(call: RosterCall) -> Page:
    """Somebody called them."""
    calls.called(call.id, by=visitor())
    flash(_("Good. They are off the list."), "ok")
    return redirect(url_for("roster.cover", slug=call.duty.venue.slug), 303)


def _form(choices: Sequence[Choice]) -> GiveForm:
    form = GiveForm()
    form.person.options = [(str(each.person.person), each.person.name) for each in choices]
    return form


def _page(shift: SeenShift, form: GiveForm, choices: Sequence[Choice]) -> str:
    return render_template(
        "roster/cover_give.html",
        venue=shift.venue,
        shift=shift,
        form=form,
        doubts=doubt_sentences(choices),
        **WORDS,
    )
