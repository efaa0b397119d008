"""Pages of the key register: the locks of a house, one lock, and the keys somebody has."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.bookings.door import Page, per_person
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, signed_in, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.telling import refusals_told
from buurthuis.roster.door import blueprint
from buurthuis.roster.keys import locks as key_locks
from buurthuis.roster.keys import queries as key_queries
from buurthuis.roster.keys.forms import KeysForm, LockForm
from buurthuis.roster.keys.models import Lock
from buurthuis.roster.keys.words import STATES
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug


@blueprint.get("/houses/<slug>/keys")
@needs("roster.manage", venue_by_slug)
def keys(venue: Venue) -> Page:
    """All locks, and where each key is; first what should have come back."""
    today = day_of(clock.now())
    return render_template(
        "roster/keys.html",
        venue=venue,
        today=today,
        register=key_queries.register_of(venue),
        overdue=key_queries.overdue(venue, today=today),
        to_ask_back=key_queries.to_ask_back(venue, today=today),
        states=STATES,
    )


@blueprint.route("/houses/<slug>/keys/locks/new", methods=["GET", "POST"])
@needs("roster.manage", venue_by_slug)
@per_person
def new_lock(venue: Venue) -> Page:
    """Write down a lock."""
    form = LockForm()
    if request.method != "POST":
        return _lock_page(venue, None, form)
    if not form.validate():
        return _lock_page(venue, None, form), 422
    try:
        lock = key_locks.add_lock(venue, form.told, by=visitor())
    except Refusal as refusal:
        form.wrong(form.name, sentence_of(refusal))
        return _lock_page(venue, None, form), 422
    flash(_("Saved. Now write down its keys."), "ok")
    return redirect(url_for("roster.lock", slug=venue.slug, lock_id=lock.id), 303)


@blueprint.route("/houses/<slug>/keys/locks/<int:lock_id>", methods=["GET", "POST"])
@needs("lock.manage", key_queries.lock_here)
@per_person
def lock(lock: Lock) -> Page:
    """What a lock opens, how many keys may be out, and which there are."""
    if request.method != "POST":
        return _lock_page(lock.venue, lock, LockForm.of(lock))
    form = LockForm()
    if not form.validate():
        return _lock_page(lock.venue, lock, form), 422
    try:
        key_locks.change_lock(lock.id, form.told, by=visitor())
    except Refusal as refusal:
        field = form.most_issued if refusal.code == "more-keys-out" else form.name
        form.wrong(field, sentence_of(refusal))
        return _lock_page(lock.venue, lock, form), 422
    flash(_("Saved."), "ok")
    return _to_register(lock.venue)


@blueprint.post("/houses/<slug>/keys/locks/<int:lock_id>/numbers")
@needs("lock.manage", key_queries.lock_here)
@per_person
def add_keys(lock: Lock) -> Page:
    """Write down keys that were made."""
    form = KeysForm()
    if not form.validate():
        return _lock_page(lock.venue, lock, LockForm.of(lock), form), 422
    try:
        made = key_locks.add_keys(lock.id, form.each, by=visitor())
    except Refusal as refusal:
        form.wrong(form.numbers, sentence_of(refusal))
        return _lock_page(lock.venue, lock, LockForm.of(lock), form), 422
    flash(ngettext("%(num)s key is added.", "%(num)s keys are added.", len(made)), "ok")
    return redirect(url_for("roster.lock", slug=lock.venue.slug, lock_id=lock.id), 303)


@blueprint.post("/houses/<slug>/keys/locks/<int:lock_id>/remove")
@needs("lock.manage", key_queries.lock_here)
@per_person
def remove_lock(lock: Lock) -> Page:
    """Strike out a lock without keys."""
    venue = lock.venue
    with refusals_told():
        key_locks.remove_lock(lock.id, by=visitor())
        flash(_("The lock is not on the list any more."), "ok")
        return _to_register(venue)
    return redirect(url_for("roster.lock", slug=venue.slug, lock_id=lock.id), 303)


@blueprint.get("/me/keys")
@signed_in
def my_keys() -> Page:
    """The keys that I have, and what to do when one is lost."""
    return render_template(
        "roster/keys_mine.html",
        issues=key_queries.keys_of(visitor()),
        today=day_of(clock.now()),
    )


def _to_register(venue: Venue) -> Page:
    return redirect(url_for("roster.keys", slug=venue.slug), 303)


def _lock_page(
    venue: Venue, lock: Lock | None, form: LockForm, numbers: KeysForm | None = None
) -> str:
    return render_template(
        "roster/keys_lock.html",
        venue=venue,
        lock=lock,
        form=form,
        numbers=numbers or KeysForm(formdata=None),
        out=key_queries.count_out(lock) if lock else 0,
        states=STATES,
    )
