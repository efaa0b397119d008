"""The pages of swapping: whom to ask for a shift of mine, and what somebody asks me."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound, Refusal, sentence_of
from buurthuis.foundation.formatting import when
from buurthuis.foundation.telling import refusals_told
from buurthuis.roster.cover.models import Swap
from buurthuis.roster.door import blueprint
from buurthuis.roster.duties.actions import duty_here
from buurthuis.roster.duties.mine_forms import DUTY as DUTY_OF
from buurthuis.roster.duties.mine_forms import PERSON, SwapForm
from buurthuis.roster.duties.mine_queries import what_may_be_swapped
from buurthuis.roster.duties.mine_routes import DUTY, WORDS, Page
from buurthuis.roster.duties.words import KINDS, doubt_sentences
from buurthuis.roster.models import Duty
from buurthuis.roster.reading import SeenShift
from buurthuis.roster.swaps import actions as swaps
from buurthuis.rules.eligibility import Fitness

MOST_SWAPS = 12
SWAP = "/me/swaps/<int:swap_id>"


@blueprint.get(DUTY + "/swap")
@needs("duty.offer", duty_here)
def offer_swap(found: Duty) -> Page:
    """Whom to ask."""
    form, doubts = _form(found)
    return _page(found, form, doubts)


@blueprint.post(DUTY + "/swap")
@needs("duty.offer", duty_here)
def ask_swap(found: Duty) -> Page:
    """Ask somebody; nothing changes until they say yes."""
    form, doubts = _form(found)
    if not form.validate():
        return _page(found, form, doubts), 422
    to = db.session.get_one(Person, form.person_id)
    try:
        swaps.offer(found.id, to, by=visitor(), for_duty=form.duty_id)
    except NotFound:
        raise
    except Refusal as refusal:
        form.form_errors.append(sentence_of(refusal))
        return _page(found, form, doubts), refusal.status
    flash(_("We asked %(name)s. Until the answer the shift is yours.", name=to.name), "ok")
    return redirect(url_for("roster.duty", duty_id=found.id), 303)


@blueprint.get(SWAP)
@needs("swap.see", swaps.swap_by_id)
def swap(found: Swap) -> Page:
    """What somebody asks me, or what I asked."""
    return render_template("roster/swap.html", swap=found, person=visitor(), **WORDS)


@blueprint.post(SWAP + "/yes")
@needs("swap.see", swaps.swap_by_id)
def agree_to_swap(found: Swap) -> Page:
    """Both shifts change hands."""
    return _answer(found, swaps.say_yes, _("Done. Your list shows what is yours now."))


@blueprint.post(SWAP + "/no")
@needs("swap.see", swaps.swap_by_id)
def refuse_swap(found: Swap) -> Page:
    """Everything stays as it is."""
    return _answer(found, swaps.say_no, _("That is fine. Everything stays as it is."))


@blueprint.post(SWAP + "/withdraw")
@needs("swap.see", swaps.swap_by_id)
def withdraw_swap(found: Swap) -> Page:
    """Whoever asked no longer does."""
    return _answer(found, swaps.withdraw, _("You no longer ask. The shift stays yours."))


def _answer(found: Swap, verb: Callable[..., Swap], words: str) -> Page:
    with refusals_told():
        verb(found.id, by=visitor())
        flash(words, "ok")
    return redirect(url_for("roster.mine"), 303)


def _form(found: Duty) -> tuple[SwapForm, dict[str, str]]:
    """Who may stand in and what may be swapped, by name as on the roster; and whom it may not suit."""
    stand_ins, theirs = what_may_be_swapped(found, clock.now())
    form = SwapForm()
    form.what.options = [
        *((f"{PERSON}:{each.person}", _("%(name)s does it for me", name=each.name))
          for each, _doubts in stand_ins),
        *((f"{DUTY_OF}:{who.person}:{shift.holder.id}", _swap_words(who, shift))
          for who, shift in theirs[:MOST_SWAPS] if shift.holder is not None),
    ]  # fmt: skip
    doubts = doubt_sentences(stand_ins).items()
    return form, {f"{PERSON}:{number}": sentences for number, sentences in doubts}


def _swap_words(who: Fitness, shift: SeenShift) -> str:
    return _(
        "I swap with %(name)s: %(kind)s, %(house)s, %(when)s",
        name=who.name,
        kind=KINDS[shift.kind],
        house=shift.venue.name,
        when=when(shift.period),
    )


def _page(found: Duty, form: SwapForm, doubts: dict[str, str]) -> str:
    return render_template("roster/swap_offer.html", duty=found, form=form, doubts=doubts, **WORDS)
