"""The first evening, step by step: from an empty installation, or a house more, to an open house."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from buurthuis.accounts import beginning, login, signing
from buurthuis.accounts.devices import device_name
from buurthuis.accounts.door import per_address
from buurthuis.foundation import clock, links
from buurthuis.foundation.access import may, needs, public, visitor
from buurthuis.foundation.errors import NotFound, sentence_of
from buurthuis.foundation.formatting import euros, percent, weekdays
from buurthuis.foundation.forms import HouseForm
from buurthuis.foundation.languages import chosen_language
from buurthuis.imports.actions import begin_house
from buurthuis.imports.house import HouseHours
from buurthuis.imports.refusals import HouseExists, HouseHasMistakes, RoomOfAnotherHouse
from buurthuis.pages.house import begin_draft as draft
from buurthuis.pages.house.begin_forms import (
    NINE,
    TEN_PM,
    HoursStep,
    HouseStep,
    PersonForm,
    PriceStep,
    RoomsStep,
)
from buurthuis.pages.house.begin_house import house_from
from buurthuis.pages.house.begin_link import opens, was_made_here
from buurthuis.pages.house.door import Answer, house_here, house_page
from buurthuis.pages.house.hour_plans import Plan
from buurthuis.pages.house.slugs import free_house_slug
from buurthuis.pages.house.words import week_words
from buurthuis.pages.room_words import people_words
from buurthuis.rules.calendar import day_of, week_name
from buurthuis.rules.money import WHOLE
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

blueprint = Blueprint("beginning", __name__)

STEPS: dict[str, Callable[..., Any]] = {
    "house": HouseStep,
    "rooms": RoomsStep,
    "hours": HoursStep,
    "price": PriceStep,
}
ORDER = [*STEPS, "review"]
MOST_DAYS = [str(day) for day in range(6)]


@blueprint.route("/begin/<token>", methods=["GET", "POST"])
@public
@per_address
def begin(token: str) -> Answer:
    """Who are you? Whoever has the link has access to the machine, so they come in at once."""
    if not opens(token):
        return _go_on_with_admin(token)
    form = PersonForm()
    if request.method != "POST" or not form.validate():
        page = render_template("begin/person.html", form=form, **_place("person"))
        return (page, 422) if request.method == "POST" else page
    person = beginning.begin(form.name.data, form.email.data, chosen_language())
    device = device_name(request.headers.get("User-Agent", ""))
    login.let_in(session, signing.open_session(person, device=device))
    draft.begin_anew(with_person=True)
    return redirect(url_for("beginning.new_house"), 303)


def _go_on_with_admin(token: str) -> Answer:
    """The link is spent; who began with it may go on, others hear how to get a new one."""
    if may(visitor(), "houses.begin"):
        return redirect(url_for("beginning.new_house"), 303)
    if was_made_here(token):
        return render_template("begin/spent.html"), 404
    raise NotFound


@blueprint.get("/houses/new")
@needs("houses.begin")
def new_house() -> Answer:
    """The first step of a house."""
    return redirect(url_for("beginning.step", step=ORDER[0]), 303)


@blueprint.route("/houses/new/<step>", methods=["GET", "POST"])
@needs("houses.begin")
def step(step: str) -> Answer:
    """One step: what was typed stays, forwards and back."""
    if step not in STEPS:
        raise NotFound
    if request.method != "POST":
        return _step_page(step, _form(step))
    form = _offered(STEPS[step]())
    draft.keep(step, form, request.form)
    place = ORDER.index(step)
    if "back" in request.form and place:
        return redirect(url_for("beginning.step", step=ORDER[place - 1]), 303)
    if not form.validate():
        return _step_page(step, form), 422
    return redirect(_address(ORDER[place + 1]), 303)


@blueprint.get("/houses/new/review")
@needs("houses.begin")
def review() -> Answer:
    """Look once more, all on one page."""
    forms = {name: _form(name) for name in STEPS}
    unfinished = _unfinished(forms)
    if unfinished:
        return redirect(_address(unfinished), 303)
    draft.keep_slug(free_house_slug(forms["house"].name.data))
    return _review_page(forms)


@blueprint.post("/houses/new/review")
@needs("houses.begin")
def make_house() -> Answer:
    """Open the house. Sending twice makes one."""
    slug = request.form.get("slug", "")
    forms = {name: _form(name) for name in STEPS}
    unfinished = _unfinished(forms)
    if unfinished or slug != draft.slug_kept():
        return _there_already(slug) or redirect(_address(unfinished or "review"), 303)
    house = house_from(slug, forms, today=day_of(clock.now()))
    try:
        begin_house(house, by=visitor())
    except HouseExists:
        return _there_already(slug) or redirect(_address("review"), 303)
    except (HouseHasMistakes, RoomOfAnotherHouse) as refusal:
        return _review_page(forms, sentence_of(refusal)), refusal.status
    draft.forget()
    return redirect(url_for("beginning.done", slug=slug), 303)


@blueprint.get("/houses/<slug>/house/begun")
@needs("house.manage", house_here)
def done(venue: Venue) -> str:
    """The house is open: what now."""
    address = links.absolute("pages.venue", slug=venue.slug)
    return house_page("begun", venue, address=address, week=week_name(day_of(clock.now())))


def _there_already(slug: str) -> Answer | None:
    """The page of the house that the first of two answers made."""
    try:
        venue = venue_by_slug(slug)
    except NotFound:
        return None
    if not may(visitor(), "house.manage", venue):
        return None
    draft.forget()
    return redirect(url_for("beginning.done", slug=slug), 303)


def _form(step: str) -> Any:
    """The form of a step with what was typed there, or with what most houses do."""
    typed = draft.kept(step)
    if typed is None:
        return _offered(STEPS[step](formdata=None, **_usual(step)))
    return _offered(STEPS[step](formdata=MultiDict(typed), meta={"csrf": False}))


def _usual(step: str) -> dict[str, Any]:
    if step == "hours":
        return {"days": MOST_DAYS, "opens": NINE, "closes": TEN_PM}
    return {"residents_pay": 0} if step == "price" else {}


def _offered(form: HouseForm) -> HouseForm:
    if isinstance(form, HoursStep):
        form.days.offer((str(number), name) for number, (_short, name) in enumerate(weekdays()))
    return form


def _unfinished(forms: dict[str, Any]) -> str:
    """The first step that is not right yet."""
    return next((name for name in STEPS if not _is_right(name, forms[name])), "")


def _is_right(name: str, form: Any) -> bool:
    return draft.kept(name) is not None and bool(form.validate())


def _address(step: str) -> str:
    if step == "review":
        return url_for("beginning.review")
    return url_for("beginning.step", step=step)


def _place(step: str) -> dict[str, int]:
    """Which step of how many; who adds a house more is asked no name."""
    has_person = step == "person" or draft.has_person()
    order = [*(["person"] if has_person else []), *ORDER]
    return {"current": order.index(step) + 1, "total": len(order)}


def _step_page(step: str, form: Any) -> str:
    return render_template(
        f"begin/{step}.html", form=form, has_back=ORDER.index(step) > 0, **_place(step)
    )


def _week(hours: HoursStep) -> Plan:
    rows = (HouseHours(int(day), *hours.span) for day in hours.days.data)
    return Plan(hours=tuple(rows))


def _review_page(forms: dict[str, Any], wrong: str = "") -> str:
    about, rooms, hours, price = forms.values()
    costs = _("Everything is free")
    if price.price.data:
        costs = _("%(price)s an hour", price=euros(price.price.data))
    share = price.residents_pay.data or 0
    pays = percent(share / WHOLE) if share else _("nothing")
    address = " ".join(filter(None, (about.postcode.data, about.city.data)))
    rows = [
        (_("The house"), about.name.data, "house"),
        (_("Address"), ", ".join(filter(None, (about.street.data, address))) or "–", "house"),
        (_("Telephone number"), about.phone.data or "–", "house"),
        *((name, people_words(people), "rooms") for name, people in rooms.rooms()),
        (_("Open"), week_words(_week(hours)), "hours"),
        (_("A room costs"), costs, "price"),
    ]
    if price.price.data:
        rows.append((_("Groups of residents pay"), pays, "price"))
    return render_template(
        "begin/review.html",
        rows=[(label, words, _address(step)) for label, words, step in rows],
        slug=draft.slug_kept(),
        wrong=wrong,
        **_place("review"),
    )
