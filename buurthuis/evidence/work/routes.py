"""The pages of my volunteer work: write it down on a phone, the last entries, correct one or take it back."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import Field

from buurthuis.bookings.door import per_person
from buurthuis.evidence.door import blueprint
from buurthuis.evidence.work import actions, queries
from buurthuis.evidence.work.forms import TogetherForm, WorkForm
from buurthuis.evidence.work.models import VolunteerWork
from buurthuis.evidence.work.refusals import ShiftCounts, TooMuchWork
from buurthuis.evidence.work.words import KINDS
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotAllowed, NotFound, Refusal, sentence_of
from buurthuis.foundation.formatting import hours
from buurthuis.rules.calendar import day_of

Answer = str | Response | tuple[str, int]


@blueprint.get("/me/work")
@needs("work.mine")
def my_work() -> Answer:
    """Three fields, and what I wrote down last."""
    return _page(WorkForm.empty(_today()))


@blueprint.post("/me/work")
@needs("work.mine")
@per_person
def log_work() -> Answer:
    """I did this."""
    person, form = visitor(), WorkForm()
    houses = queries.houses_to_work_for(person)
    if not form.offer(houses, _today()).validate():
        return _page(form), 422
    venue = next(each for each in houses if each.id == form.venue.data)
    try:
        actions.log(venue, form.done, by=person, whose=person, mark=form.mark)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        told_beside(form, refusal)
        return _page(form), refusal.status
    flash(_("Thank you. Written down: %(hours)s.", hours=hours(form.done.minutes)), "ok")
    return redirect(url_for("evidence.my_work"), 303)


@blueprint.get("/me/work/<int:work_id>")
@needs("work.change", queries.work_by_id)
def work(work: VolunteerWork) -> Answer:
    """One entry, to say it differently."""
    return _one_page(work, _form_for(work).about(work))


@blueprint.post("/me/work/<int:work_id>")
@needs("work.change", queries.work_by_id)
@per_person
def correct_work(work: VolunteerWork) -> Answer:
    """It was something else."""
    form = _form_for(work)()
    if not form.offer([work.venue], _today()).validate():
        return _one_page(work, form), 422
    try:
        actions.correct(work.id, form.done, by=visitor())
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        told_beside(form, refusal)
        return _one_page(work, form), refusal.status
    flash(_("Saved."), "ok")
    return redirect(_list_of(work), 303)


@blueprint.post("/me/work/<int:work_id>/take-back")
@needs("work.change", queries.work_by_id)
@per_person
def take_work_back(work: VolunteerWork) -> Answer:
    """It counts no more."""
    back_to = _list_of(work)
    actions.take_back(work.id, by=visitor())
    flash(_("Taken back. It counts no more."), "ok")
    return redirect(back_to, 303)


def told_beside(form: WorkForm, refusal: Refusal) -> None:
    """Put what the house says no to beside the field that can cure it."""
    cures: dict[type[Refusal], Field] = {ShiftCounts: form.is_more, TooMuchWork: form.hours}
    form.wrong(cures.get(type(refusal), form.day), sentence_of(refusal))


def _page(form: WorkForm) -> str:
    person = visitor()
    houses = queries.houses_to_work_for(person)
    form.offer(houses, _today())
    return render_template(
        "evidence/work.html",
        form=form,
        has_houses=len(houses) > 1,
        entries=queries.last_of(person),
        kinds=KINDS,
    )


def _one_page(work: VolunteerWork, form: WorkForm) -> str:
    form.offer([work.venue], _today())
    return render_template("evidence/work_one.html", form=form, work=work, back_to=_list_of(work))


def _form_for(work: VolunteerWork) -> type[WorkForm]:
    """Of several together it may be more than a day has hours."""
    return WorkForm if work.person_id is not None else TogetherForm


def _list_of(work: VolunteerWork) -> str:
    if work.person_id == visitor().id:
        return url_for("evidence.my_work")
    return url_for("desk.work", slug=work.venue.slug)


def _today() -> date:
    return day_of(clock.now())
