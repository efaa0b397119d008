"""Pages on which a person decides what a group is, for one house or for all houses together."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.bookings.words import PURPOSES
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.pages.blueprint import Page, blueprint
from buurthuis.pages.standing_forms import GrantForm, RefuseForm
from buurthuis.pages.standing_views import fit_in
from buurthuis.pages.standing_words import STATES, answers_of, place_words, price_rows, range_words
from buurthuis.rules.calendar import day_of
from buurthuis.tariffs.applications import actions, queries
from buurthuis.tariffs.applications.models import Application, State
from buurthuis.tariffs.applications.refusals import AlreadyDecided
from buurthuis.tariffs.models import Recognition
from buurthuis.tariffs.queries import cards_on
from buurthuis.tariffs.refusals import RecognitionOver
from buurthuis.tariffs.standing_words import KIND_WORDS, name_for, standing_names
from buurthuis.venues import queries as houses

A_YEAR = timedelta(days=365)


@blueprint.get("/applications")
@needs("applications.see")
def applications() -> str:
    """Groups that ask all houses together, and what ends soon."""
    return render_template(
        "pages/applications.html",
        asked=queries.open_applications(None),
        may_decide=lambda each: may(visitor(), "application.decide", each),
        ends_soon=ending_rows(queries.ending_soon(None, day_of(clock.now())), {}),
    )


@blueprint.get("/applications/<int:application_id>")
@needs("application.decide", queries.application_by_id)
def application(application: Application) -> Page:
    """What a group tells, and the two answers."""
    return _page(application)


@blueprint.post("/applications/<int:application_id>/recognise")
@needs("application.decide", queries.application_by_id)
def grant_application(application: Application) -> Page:
    """Say yes."""
    form = _grant_form(application)
    if not form.validate():
        return _page(application, grant=form), 422
    try:
        actions.grant(application.id, form.kind.data, form.grounds, by=visitor())
    except RecognitionOver as refusal:
        form.wrong(form.until, sentence_of(refusal))
        return _page(application, grant=form), 422
    except AlreadyDecided as refusal:
        return _answered(application, refusal)
    flash(
        _("%(name)s is known here as: %(kind)s. New bookings get that price.",
          name=application.initiative.name,
          kind=name_for(form.standings[form.kind.data], form.grounds.purpose)),
        "ok",
    )  # fmt: skip
    return _again(application)


@blueprint.post("/applications/<int:application_id>/refuse")
@needs("application.decide", queries.application_by_id)
def refuse_application(application: Application) -> Page:
    """Say no, and why."""
    form = RefuseForm()
    if not form.validate():
        return _page(application, refuse=form), 422
    try:
        actions.refuse(application.id, form.why.data, by=visitor())
    except AlreadyDecided as refusal:
        return _answered(application, refusal)
    flash(_("You said no. %(name)s gets a letter.", name=application.initiative.name), "ok")
    return _again(application)


def ending_rows(
    ending: Sequence[Recognition], standings: dict[str, str]
) -> list[tuple[str, str, Recognition]]:
    """What ends soon: who, known as what, and the recognition."""
    names = queries.names_of({each.initiative_id for each in ending})
    words = {**KIND_WORDS, **standings}
    return [
        (
            names[each.initiative_id],
            name_for(str(words.get(each.kind, each.kind)), each.purpose),
            each,
        )
        for each in ending
    ]


def _answered(application: Application, refusal: Refusal) -> Page:
    flash(sentence_of(refusal), "attention")
    return _again(application)


def _again(application: Application) -> Page:
    return redirect(url_for("pages.application", application_id=application.id), 303)


def _standings(asked: Application) -> dict[str, str]:
    card = None
    if asked.venue_id is not None:
        card = cards_on([asked.venue_id], _today()).get(asked.venue_id)
    return standing_names(card.standings if card else ())


def _grant_form(asked: Application, **more: Any) -> GrantForm:
    return GrantForm(**more).offer(_standings(asked))


def _page(
    asked: Application, *, grant: GrantForm | None = None, refuse: RefuseForm | None = None
) -> str:
    today = _today()
    venues = list(houses.all_venues()) if asked.venue is None else [asked.venue]
    cards = cards_on([each.id for each in venues], today)
    rooms = houses.bookable_rooms(asked.venue)
    group, met = asked.initiative, asked.criteria
    first = asked.decided_first
    return render_template(
        "pages/application.html",
        asked=asked,
        is_open=asked.state is State.ASKED,
        place=place_words(asked),
        back=_back(asked),
        says=KIND_WORDS[group.kind],
        answers=answers_of(asked) if asked.met or not asked.ended else [],
        fits=[fit_in(each, cards.get(each.id), rooms, group, met, today) for each in venues],
        rows=price_rows,
        costs=partial(range_words, of_others=True),
        state=STATES[asked.state],
        purposes=PURPOSES,
        known_as=_known_as(asked),
        decided_first="" if first is None else db.session.get_one(Person, first).name,
        grant=grant or _grant_form(asked, formdata=None, **_stands(asked, today)),
        refuse=refuse or RefuseForm(formdata=None),
    )


def _back(asked: Application) -> tuple[str, str]:
    """The way back for who decides: the groups of the house, or of all houses; the board has its own page."""
    if asked.venue is None:
        return _("Groups that ask all houses"), url_for("pages.applications")
    if may(visitor(), "house.manage", asked.venue):
        return _("Groups"), url_for("desk.recognitions", slug=asked.venue.slug)
    return _("My page"), url_for("pages.me")


def _known_as(asked: Application) -> str:
    """As what the group is known after the answer, or was known before the end."""
    about = asked.recognition or asked.ended
    if about is None:
        return ""
    return name_for(str(_standings(asked).get(about.kind, about.kind)), about.purpose)


def _stands(asked: Application, today: date) -> dict[str, Any]:
    """What the yes begins with: what fits, what was told, and a year."""
    return {
        "kind": str(asked.kind or asked.initiative.kind),
        "reason": asked.evidence,
        "until": today + A_YEAR,
        "purpose": asked.purpose,
    }


def _today() -> date:
    return day_of(clock.now())
