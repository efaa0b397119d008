"""Pages on which a group asks to be recognised, sees what it would pay, takes it back and appeals."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.accounts import queries as accounts
from buurthuis.accounts.models import Initiative
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.pages.blueprint import Page, blueprint
from buurthuis.pages.standing_forms import AnswersForm, AppealForm, AskForm
from buurthuis.pages.standing_views import fit_in, house_views
from buurthuis.pages.standing_words import CLAIMS, HINTS, STATES, price_rows, range_words
from buurthuis.rules.calendar import day_of
from buurthuis.tariffs.applications import actions, queries, rights, sentences
from buurthuis.tariffs.applications.models import Application
from buurthuis.tariffs.applications.refusals import AlreadyAsked, AlreadyDecided, NoAppeal
from buurthuis.tariffs.models import Recognition
from buurthuis.tariffs.queries import cards_on
from buurthuis.venues import queries as houses
from buurthuis.venues.models import Venue

# Their rules and sentences hang themselves up by being read.
READ = (rights, sentences)


@blueprint.get("/me/initiatives/<int:initiative_id>/standing")
@needs("initiative.edit", accounts.initiative_by_id)
def standings(initiative: Initiative) -> str:
    """How it stands with a group at every house, and what it pays there."""
    views = house_views(initiative, houses.all_venues(), houses.bookable_rooms(), clock.now())
    return render_template(
        "pages/standings.html",
        initiative=initiative,
        views=views,
        speaks=may(visitor(), "initiative.speak", initiative),
        costs=range_words,
        states=STATES,
    )


@blueprint.route("/me/initiatives/<int:initiative_id>/standing/ask", methods=["GET", "POST"])
@needs("initiative.speak", accounts.initiative_by_id)
def ask_standing(initiative: Initiative) -> Page:
    """Five questions, then what one would pay, and the words with which one asks."""
    venue = _house_named()
    if request.method == "POST":
        return _send(initiative, venue)
    form = AnswersForm(formdata=request.args if "no_profit" in request.args else None)
    if "no_profit" not in request.args or "change" in request.args:
        return _questions(initiative, venue, form)
    if not form.validate():
        return _questions(initiative, venue, form), 422
    return _told(initiative, venue, AskForm(formdata=request.args))


@blueprint.post("/applications/<int:application_id>/withdraw")
@needs("application.withdraw", queries.application_by_id)
def withdraw_application(application: Application) -> Page:
    """Take back what was asked."""
    try:
        actions.withdraw(application.id, by=visitor())
    except AlreadyDecided as refusal:
        flash(sentence_of(refusal), "attention")
    else:
        flash(_("Taken back. Nobody has to answer it now."), "ok")
    return _back_to(application.initiative_id)


@blueprint.route("/applications/<int:application_id>/appeal", methods=["GET", "POST"])
@needs("application.withdraw", queries.application_by_id)
def appeal(application: Application) -> Page:
    """Ask that somebody else looks again at a no."""
    if not actions.can_appeal(application):
        return _too_late(application.initiative_id)
    return _appeal_page(
        application.initiative,
        application.venue,
        application.reason,
        lambda words: actions.appeal(application.id, words, by=visitor()),
    )


@blueprint.route("/recognitions/<int:recognition_id>/appeal", methods=["GET", "POST"])
@needs("recognition.appeal", queries.recognition_by_id)
def appeal_end(recognition: Recognition) -> Page:
    """Ask that somebody else looks again at an end."""
    if not actions.can_appeal_end(recognition):
        return _too_late(recognition.initiative_id)
    return _appeal_page(
        accounts.initiative_by_id(recognition.initiative_id),
        queries.house_of(recognition),
        "",
        lambda words: actions.appeal_end(recognition.id, words, by=visitor()),
    )


def _house_named() -> Venue | None:
    slug = request.args.get("house", "")
    return houses.venue_by_slug(slug) if slug else None


def _send(initiative: Initiative, venue: Venue | None) -> Page:
    form = AskForm()
    if not form.validate():
        if any(form[str(each)].errors for each in form.answers):
            asked = AnswersForm()
            asked.validate()
            return _questions(initiative, venue, asked), 422
        return _told(initiative, venue, form), 422
    try:
        actions.ask(initiative, venue, form.told, by=visitor())
    except AlreadyAsked as refusal:
        flash(sentence_of(refusal), "attention")
    else:
        flash(_("Sent. Somebody reads it, and you get a letter with the answer."), "ok")
    return _back_to(initiative.id)


def _questions(initiative: Initiative, venue: Venue | None, form: AnswersForm) -> str:
    return render_template(
        "pages/standing_questions.html", initiative=initiative, house=venue, form=form, hints=HINTS
    )


def _told(initiative: Initiative, venue: Venue | None, form: AskForm) -> str:
    """What fits, what one would pay, and the rest of the form."""
    today = day_of(clock.now())
    asked = list(houses.all_venues()) if venue is None else [venue]
    cards = cards_on([each.id for each in asked], today)
    rooms = houses.bookable_rooms(venue)
    fits = [fit_in(each, cards.get(each.id), rooms, initiative, form.met, today) for each in asked]
    house = None if venue is None else venue.slug
    return render_template(
        "pages/standing_ask.html",
        initiative=initiative,
        house=venue,
        form=form,
        fits=fits,
        costs=range_words,
        rows=price_rows,
        claims=CLAIMS,
        change=url_for(
            "pages.ask_standing", initiative_id=initiative.id, house=house, change="yes",
            **form.answers,
        ),
    )  # fmt: skip


def _appeal_page(
    initiative: Initiative, venue: Venue | None, reason: str, send: Callable[[str], object]
) -> Page:
    form = AppealForm()
    if request.method == "POST" and form.validate():
        try:
            send(form.words.data)
        except (NoAppeal, AlreadyAsked) as refusal:
            flash(sentence_of(refusal), "attention")
        else:
            flash(_("Sent. Somebody else looks again. You get a letter."), "ok")
        return _back_to(initiative.id)
    page = render_template(
        "pages/standing_appeal.html", initiative=initiative, house=venue, form=form, reason=reason
    )
    return page, 422 if request.method == "POST" else 200


def _too_late(initiative_id: int) -> Page:
    flash(sentence_of(NoAppeal()), "attention")
    return _back_to(initiative_id)


def _back_to(initiative_id: int) -> Page:
    return redirect(url_for("pages.standings", initiative_id=initiative_id), 303)
