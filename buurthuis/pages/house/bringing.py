"""Pages of calendars that a house brings along: the file, what its words mean, the look, the way back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.bookings.door import per_person
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.fetching import fetch
from buurthuis.foundation.fetching_refused import CannotFetch
from buurthuis.foundation.forms import HouseForm
from buurthuis.foundation.security import takes_files
from buurthuis.imports.bringing import drafting, sentences
from buurthuis.imports.bringing.choices import NEW, OWN, Choices
from buurthuis.imports.bringing.columns import columns_for, examples, meanings, reading_of
from buurthuis.imports.bringing.entries import Entry
from buurthuis.imports.bringing.groups import Groups
from buurthuis.imports.bringing.models import CalendarImport, State
from buurthuis.imports.bringing.opening import opened
from buurthuis.imports.bringing.places import remembered, rooms_in_use, words_of
from buurthuis.imports.bringing.queries import entries_of, import_here, imports_of
from buurthuis.imports.readers.carrying import table_from, told_table
from buurthuis.imports.readers.refusals import CannotBeRead
from buurthuis.imports.readers.rows import Table
from buurthuis.pages.house.bringing_forms import (
    FileForm,
    MatchForm,
    chosen,
    column_forms,
    columns_chosen,
    name_forms,
    place_forms,
)
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here, house_page
from buurthuis.venues.models import Venue

READ = (sentences,)
MOST_WORDS = 60
"""So many places, and so many names, are asked about: those that come most often."""


@blueprint.route("/house/imports", methods=["GET", "POST"])
@needs("house.manage", house_here)
@takes_files
@per_person
def imports(venue: Venue) -> Answer:
    """What came along before, and a new file."""
    form = FileForm()
    if request.method == "POST" and form.validate():
        try:
            return redirect(_begun(venue, form), 303)
        except Refusal as refusal:
            field = form.address if isinstance(refusal, CannotFetch) else form.file
            form.wrong(field, sentence_of(refusal))
    page = house_page(
        "imports", venue, form=form, rows=imports_of(venue), State=State, back=first_page(venue)
    )
    return page, 422 if request.method == "POST" else 200


def _begun(venue: Venue, form: FileForm) -> str:
    """Keep what the file says as a draft; gives the address of the next step."""
    name, body = form.taken() or ("", b"")
    db.session.commit()  # Nothing may stay open while we fetch and read.
    if not name and form.address.data:
        fetched = fetch(current_app.config["BUURTHUIS"], form.address.data)
        name = urlsplit(form.address.data).hostname or ""
        body = fetched.body if fetched else b""
    if not body:
        raise CannotBeRead(why="no-file")
    said = opened(body, name, now=clock.now())
    if isinstance(said, Table):
        number = drafting.begin_table(venue, told_table(said), name=name, by=visitor())
        return url_for("house.import_columns", slug=venue.slug, import_id=number)
    number = drafting.begin(venue, said, name=name, by=visitor())
    return url_for("house.import_match", slug=venue.slug, import_id=number)


@blueprint.route("/house/imports/<int:import_id>/columns", methods=["GET", "POST"])
@needs("part.manage", import_here)
@per_person
def import_columns(found: CalendarImport) -> Answer:
    """What each column of a list says."""
    venue = found.venue
    if found.sheet is None or found.state is not State.DRAFT:
        return redirect(_page_of(found), 303)
    table = table_from(found.sheet)
    is_sent = request.method == "POST"
    forms = column_forms(
        table, columns_for(table, words_of(venue)), request.form if is_sent else None
    )
    wrong = ""
    if is_sent and _are_right(forms):
        columns = columns_chosen(forms)
        wrong = "" if columns.tells_when else _("Say which column holds the day.")
        try:
            if not wrong:
                reading = reading_of(table, columns)
                drafting.match(found.id, reading, meanings(table, columns), by=visitor())
                return redirect(_match_of(found), 303)
        except Refusal as refusal:
            wrong = sentence_of(refusal)
    columns_here = zip(table.header, forms, examples(table), strict=True)
    page = house_page(
        "import_columns",
        venue,
        found=found,
        columns=list(columns_here),
        wrong=wrong,
        back=list_of(venue),
    )
    return page, 422 if is_sent else 200


@blueprint.route("/house/imports/<int:import_id>/match", methods=["GET", "POST"])
@needs("part.manage", import_here)
@per_person
def import_match(found: CalendarImport) -> Answer:
    """Which place is which room, and which name is which group."""
    venue = found.venue
    entries = [entry for entry in entries_of(found) if not entry.is_gone]
    if not entries or found.state is not State.DRAFT:
        return redirect(_page_of(found), 303)
    choices = choices_of(found, entries)
    typed = request.form if request.method == "POST" else None
    groups = Groups(venue, choices)
    form = MatchForm.of(choices, typed)
    places = place_forms(_often(entries, "place"), rooms_in_use(venue), choices, typed)
    names = name_forms(_often(entries, "group"), groups, typed)
    if typed is not None and _are_right([form, *places, *names]):
        made = chosen(form, places, names, groups.known, choices.others)
        try:
            drafting.choose(found.id, made, by=visitor())
        except Refusal as refusal:
            flash(sentence_of(refusal), "attention")
        return redirect(_page_of(found), 303)
    page = house_page(
        "import_match",
        venue,
        found=found,
        form=form,
        rooms_meant=places,
        groups_meant=names,
        known=groups.known,
        own=groups.own,
        has_days=any(entry.found.is_all_day for entry in entries),
        back=list_of(venue),
    )
    return page, 200 if typed is None else 422


def _are_right(forms: Sequence[HouseForm]) -> bool:
    """Look at every form, so that each mistake is told."""
    return sum(not form.validate() for form in forms) == 0


def choices_of(found: CalendarImport, entries: list[Entry]) -> Choices:
    """What was chosen for a draft; at first what this house chose for the same words before."""
    if found.choices:
        return Choices.of(found.choices)
    said = {word for each in entries for word in (each.found.place, each.found.group)}
    others = OWN if found.sheet is None else NEW
    return remembered(Choices(others=others), words_of(found.venue), said)


def _often(entries: list[Entry], name: str) -> Mapping[str, int]:
    """The words that stand there, those that come most often first; an empty name is nobody's."""
    said = Counter(getattr(entry.found, name).strip() for entry in entries)
    if name == "group":
        said.pop("", None)
    return dict(said.most_common(MOST_WORDS))


@blueprint.post("/house/imports/<int:import_id>/forget")
@needs("part.manage", import_here)
def forget_import(found: CalendarImport) -> Response:
    """Throw a draft away."""
    slug = found.venue.slug
    try:
        drafting.throw_away(found.id, by=visitor())
        flash(_("The file is thrown away. Nothing was booked."), "ok")
    except Refusal as refusal:
        flash(sentence_of(refusal), "attention")
    return redirect(url_for("house.imports", slug=slug), 303)


def _page_of(found: CalendarImport) -> str:
    return url_for("house.import_page", slug=found.venue.slug, import_id=found.id)


def _match_of(found: CalendarImport) -> str:
    return url_for("house.import_match", slug=found.venue.slug, import_id=found.id)


def list_of(venue: Venue) -> tuple[str, str]:
    return _("Your old calendar"), url_for("house.imports", slug=venue.slug)
