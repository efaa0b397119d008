"""The bank of a house: lines that wait, what they were most likely for, and agreeing with it."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from buurthuis.bookings.door import per_person
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.rows import number_sent
from buurthuis.foundation.telling import refusals_told
from buurthuis.pages.money.bank_forms import AsideForm, FileForm
from buurthuis.pages.money.bank_shown import answer_in, rows_of
from buurthuis.pages.money.door import Answer, blueprint, house, money_page
from buurthuis.payments.bank import actions, queries
from buurthuis.payments.bank.looking import MOST_LINES, look
from buurthuis.payments.bank.words import ASIDE
from buurthuis.rules.paying.matching import Certainty
from buurthuis.venues.models import Venue

PER_PAGE = 30


@blueprint.get("/bank")
@needs("money.see", house)
def bank(venue: Venue) -> str:
    """A new file, and what waits: what is sure, what is likely, what a person has to find out."""
    return bank_page(venue)


def bank_page(venue: Venue, form: FileForm | None = None, aside: AsideForm | None = None) -> str:
    """The page of the bank, also with a mistake in one of its forms."""
    lines = queries.waiting(venue, most=MOST_LINES)
    found = look(venue, lines)
    more = 0
    if len(lines) == MOST_LINES:
        more = (db.session.scalar(queries.counting_waiting(venue)) or 0) - MOST_LINES
    went = found.of(Certainty.NONE, going=True)
    return money_page(
        "bank",
        venue,
        form=form or FileForm(formdata=None),
        aside=aside or AsideForm.about(venue, formdata=None),
        sure=rows_of(found, found.of(Certainty.SURE)),
        likely=rows_of(found, found.of(Certainty.LIKELY)),
        unknown=rows_of(found, found.of(Certainty.NONE)),
        refunds=rows_of(found, found.of(Certainty.LIKELY, going=True)),
        went=rows_of(found, went),
        went_cents=-sum(each.line.cents for each in went),
        more=more,
        files=queries.statements_of(venue),
        reasons=[str(words) for words in ASIDE],
        this_year=clock.now().year,
    )


@blueprint.post("/bank/confirm")
@needs("money.do", house)
@per_person
def bank_confirm_all(venue: Venue) -> Response:
    """Agree with all proposals that are ticked."""
    answers = [each for text in request.form.getlist("says") if (each := answer_in(text))]
    told = actions.confirm_all(venue, answers, by=visitor())
    if told.done:
        words = ngettext("%(num)s line is done.", "%(num)s lines are done.", told.done)
        flash(words, "ok")
    if told.stayed:
        flash(
            ngettext(
                "%(num)s line changed meanwhile. Look at it again.",
                "%(num)s lines changed meanwhile. Look at them again.",
                told.stayed,
            ),
            "attention",
        )
    if not answers:
        flash(_("Nothing was ticked."), "attention")
    return redirect(url_for("money.bank", slug=venue.slug), 303)


@blueprint.post("/bank/aside")
@needs("money.do", house)
@per_person
def bank_aside(venue: Venue) -> Answer:
    """Set lines aside that have nothing to do with invoices."""
    form = AsideForm.about(venue)
    ids = {number for each in request.form.getlist("line") if (number := number_sent(each))}
    if not form.validate():
        return bank_page(venue, aside=form), 422
    with refusals_told():
        count = actions.set_aside(venue, ids, form.reason.data, by=visitor())
        words = ngettext("%(num)s line is set aside.", "%(num)s lines are set aside.", count)
        flash(words if count else _("Nothing was ticked."), "ok" if count else "attention")
    return redirect(url_for("money.bank", slug=venue.slug), 303)


@blueprint.get("/bank/done")
@needs("money.see", house)
def bank_done(venue: Venue) -> str:
    """What was said about lines, the latest first; from here each can be undone."""
    page = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    lines = queries.said(venue, first=(page - 1) * PER_PAGE, count=PER_PAGE + 1)

    def turn(words: str, number: int) -> tuple[str, str]:
        return words, url_for("money.bank_done", slug=venue.slug, page=number)

    return money_page(
        "bank_done",
        venue,
        lines=lines[:PER_PAGE],
        previous=turn(_("Previous"), page - 1) if page > 1 else None,
        next=turn(_("Next"), page + 1) if len(lines) > PER_PAGE else None,
    )
