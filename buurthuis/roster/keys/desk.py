"""Pages of one key: where it is, give it out, take it back, lost and found, and the paper to sign."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.bookings.door import Page, per_person
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.rows import row_of
from buurthuis.foundation.telling import refusals_told
from buurthuis.roster.door import blueprint
from buurthuis.roster.duties.words import KINDS
from buurthuis.roster.holders.endings import would_lack_key
from buurthuis.roster.holders.routes import say_freed
from buurthuis.roster.keys import actions as key_actions
from buurthuis.roster.keys import queries as key_queries
from buurthuis.roster.keys.forms import BackForm, GiveForm
from buurthuis.roster.keys.models import KeyIssue, KeyState, PhysicalKey
from buurthuis.roster.keys.words import STATES
from buurthuis.roster.models import Duty
from buurthuis.rules.calendar import day_of

KEY = "/houses/<slug>/keys/<int:key_id>"


def my_key(key_id: int) -> PhysicalKey:
    """A key, for whoever has it or had it last: pressing twice, or going back, leads somewhere.

    Raises:
        NotFound
    """
    return row_of(PhysicalKey, key_id)


@blueprint.get(KEY)
@needs("key.manage", key_queries.key_here)
def key(key: PhysicalKey) -> Page:
    """Where a key is, and who had it."""
    return render_template(
        "roster/keys_key.html",
        venue=key.lock.venue,
        key=key,
        lock=key.lock,
        issue=key_queries.issue_out(key),
        history=key_queries.history_of(key),
        today=day_of(clock.now()),
        states=STATES,
    )


@blueprint.route(KEY + "/give", methods=["GET", "POST"])
@needs("key.manage", key_queries.key_here)
@per_person
def give_key(key: PhysicalKey) -> Page:
    """Give a key out; whoever gets it signs with their name."""
    now, venue = clock.now(), key.lock.venue
    if request.method != "POST" and key.state != KeyState.IN_HOUSE:
        return _to_key(key)
    form = GiveForm()
    form.today = day_of(now)
    people = key_queries.people_for_keys(venue, today=form.today)
    form.holder.offer_all(people, key_queries.groups_for_keys(venue, now=now))
    if request.method != "POST":
        chosen = request.args.get("to", "")
        form.holder.process_data(chosen if chosen in form.holder.known else None)
        return _give_page(key, form)
    if not form.validate():
        return _give_page(key, form), 422
    try:
        issue = key_actions.give_out(key.id, form.handing, by=visitor())
    except Refusal as refusal:
        form.wrong(form.holder, sentence_of(refusal))
        return _give_page(key, form), refusal.status
    flash(_("%(name)s has key %(number)s now.", name=issue.holder_name, number=key.number), "ok")
    return _to_key(key)


@blueprint.route(KEY + "/back", methods=["GET", "POST"])
@needs("key.manage", key_queries.key_here)
@per_person
def key_back(key: PhysicalKey) -> Page:
    """Take a key back; whoever brings it signs with their name."""
    issue, form = key_queries.issue_out(key), BackForm()
    if issue is None:
        return _to_key(key)
    if request.method != "POST":
        return _back_page(issue, form)
    if not form.validate():
        return _back_page(issue, form), 422
    try:
        issue, freed = key_actions.take_back(key.id, form.signed_name.data or "", by=visitor())
    except Refusal as refusal:
        form.wrong(form.signed_name, sentence_of(refusal))
        return _back_page(issue, form), refusal.status
    flash(_("Key %(number)s is back.", number=key.number), "ok")
    say_freed(freed)
    return _to_key(key)


@blueprint.route(KEY + "/lost", methods=["GET", "POST"])
@needs("key.manage", key_queries.key_here)
@per_person
def key_lost(key: PhysicalKey) -> Page:
    """Say that a key is lost, after reading what follows."""
    back = url_for("roster.key", slug=key.lock.venue.slug, key_id=key.id)
    return _lost(key, back=back)


@blueprint.route("/me/keys/<int:key_id>/lost", methods=["GET", "POST"])
@needs("key.had", my_key)
@per_person
def my_key_lost(key: PhysicalKey) -> Page:
    """Say that my own key is lost."""
    return _lost(key, back=url_for("roster.my_keys"))


@blueprint.post(KEY + "/found")
@needs("key.manage", key_queries.key_here)
@per_person
def key_found(key: PhysicalKey) -> Page:
    """A lost key is back in the house."""
    with refusals_told():
        key_actions.found_again(key.id, by=visitor())
        flash(_("Good. Key %(number)s hangs in the house again.", number=key.number), "ok")
    return _to_key(key)


@blueprint.post(KEY + "/gone")
@needs("key.manage", key_queries.key_here)
@per_person
def key_gone(key: PhysicalKey) -> Page:
    """A key is gone for good."""
    with refusals_told():
        key_actions.strike_out(key.id, by=visitor())
        flash(_("Key %(number)s is gone for good.", number=key.number), "ok")
    return _to_key(key)


@blueprint.get("/houses/<slug>/keys/receipts/<int:issue_id>")
@needs("receipt.read", key_queries.issue_here)
def key_receipt(issue: KeyIssue) -> Page:
    """What was signed for, on paper."""
    return render_template(
        "roster/keys_receipt.html",
        issue=issue,
        key=issue.key,
        lock=issue.key.lock,
        venue=issue.key.lock.venue,
        keeps_register=may(visitor(), "key.manage", issue.key),
    )


def _lost(key: PhysicalKey, *, back: str) -> Page:
    issue = key_queries.issue_out(key)
    if issue is None:
        return redirect(back, 303)
    if request.method != "POST":
        return render_template(
            "roster/keys_lost.html",
            venue=key.lock.venue,
            key=key,
            lock=key.lock,
            issue=issue,
            duties=_would_go(issue),
            kinds=KINDS,
            back=back,
            is_own=issue.person_id == visitor().id,
        )
    with refusals_told():
        _issue, freed = key_actions.tell_lost(key.id, by=visitor())
        flash(_("Written down: key %(number)s is lost.", number=key.number), "ok")
        say_freed(freed)
    return redirect(back, 303)


def _would_go(issue: KeyIssue) -> list[Duty]:
    """Shifts that would be open again without this key."""
    person: Person | None = issue.person
    lock = issue.key.lock
    if person is None or not lock.is_entrance:
        return []
    if key_queries.other_entrance_keys(issue, lock.venue_id):
        return []
    return would_lack_key(person, lock.venue, now=clock.now())


def _to_key(key: PhysicalKey) -> Page:
    return redirect(url_for("roster.key", slug=key.lock.venue.slug, key_id=key.id), 303)


def _give_page(key: PhysicalKey, form: GiveForm) -> str:
    lock = key.lock
    return render_template(
        "roster/keys_give.html",
        venue=lock.venue,
        key=key,
        lock=lock,
        form=form,
        out=key_queries.count_out(lock),
    )


def _back_page(issue: KeyIssue, form: BackForm) -> str:
    return render_template(
        "roster/keys_back.html",
        venue=issue.key.lock.venue,
        key=issue.key,
        lock=issue.key.lock,
        issue=issue,
        form=form,
        duties=_would_go(issue),
        kinds=KINDS,
    )
