"""The coordinator's pages: which shifts nobody does, whom to call, and putting somebody on a shift."""

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
from buurthuis.roster.duties.words import NEWS, hindrance_sentence
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
    return _page(shift, _form(shift))


@blueprint.post(SHIFT)
@needs("shift.give", shift_here)
def give(shift: SeenShift) -> Page:
    """Put somebody on it; who has doubts is asked once more."""
    form = _form(shift)
    if not form.validate():
        return _page(shift, form), 422
    to = db.session.get_one(Person, int(form.person.data))
    try:
        duties.give(shift.id, to, by=visitor(), though_it_does_not_suit=form.though.data)
    except NotFound:
        raise
    except Refusal as refusal:
        form.form_errors.append(sentence_of(refusal))
        return _page(shift, form), refusal.status
    flash(_("%(name)s is on the roster and hears of it.", name=to.name), "ok")
    return redirect(url_for("roster.cover", slug=shift.venue.slug), 303)


@blueprint.post("/houses/<slug>/roster/calls/<int:roster_call_id>")
@needs("roster_call.made", call_to_make_here)
def called(call: RosterCall) -> Page:
    """Somebody called them."""
    calls.called(call.id, by=visitor())
    flash(_("Good. They are off the list."), "ok")
    return redirect(url_for("roster.cover", slug=call.duty.venue.slug), 303)


def _form(shift: SeenShift) -> GiveForm:
    form = GiveForm()
    form.person.options = [
        (str(each.person.person), each.person.name) for each in choices_for(shift)
    ]
    return form


def _page(shift: SeenShift, form: GiveForm) -> str:
    doubts = {
        str(each.person.person): " ".join(
            hindrance_sentence(why, each.person.name) for why in each.doubts
        )
        for each in choices_for(shift)
        if each.doubts
    }
    return render_template(
        "roster/cover_give.html",
        venue=shift.venue,
        shift=shift,
        form=form,
        doubts=doubts,
        **WORDS,
    )
