"""Calls that change who does a shift: take, drop, look for another, give, and swap; as the pages do."""

from typing import Final

from buurthuis.accounts.models import Person
from buurthuis.api.answers import Answer
from buurthuis.api.blueprint import blueprint
from buurthuis.api.calls import Call, described
from buurthuis.api.shapes import LONGEST_REASON
from buurthuis.api.shifts import asked_shift, shift_answer
from buurthuis.api.values import (
    Asked,
    Shape,
    as_id,
    identity,
    paragraphs_of,
    plain,
    word,
    yes_or_no,
)
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.rows import row_of
from buurthuis.roster.cover import actions as cover
from buurthuis.roster.cover.models import Swap
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.duties.refusals import NotYours
from buurthuis.roster.duties.steps import own_on, shift_for
from buurthuis.roster.models import Duty
from buurthuis.roster.reading import SeenShift, shift_by_id
from buurthuis.roster.swaps import actions as swaps
from buurthuis.rules.shifts import Part

TAKEN: Final = Shape(
    "ShiftTaken",
    {
        "part": word(
            Part, "`holder` does it, `backup` stands by, `learner` comes along.",
            is_nullable=True, otherwise=Part.HOLDER,
        )
    },
)  # fmt: skip
GIVEN: Final = Shape(
    "ShiftGiven",
    {
        "to": identity("The id of who does it.", is_required=True),
        **TAKEN.fields,
        "agreed": yes_or_no(
            "They agreed, though it does not suit them.", is_required=False, otherwise=False
        ),
    },
)
WHY: Final = Shape(
    "ShiftDropped",
    {
        "reason": paragraphs_of(
            LONGEST_REASON, "Why; only the coordinator reads it.", is_nullable=True, otherwise=""
        )
    },
)
OFFERED: Final = Shape(
    "ShiftOffered",
    {
        "to": identity("The id of who is asked to stand in, for nothing in return."),
        "for_shift": plain("The id of a shift of theirs that you do instead."),
    },
)
REFUSALS: Final = ("not-allowed", "not-found", "shift-taken", "wrong-state")


@blueprint.post("/shifts/<shift_id>/take")
@needs("shift.see", asked_shift)
@described(
    Call(
        "Take a shift, stand by for it, or come along to learn. Twice changes nothing.",
        "Shift",
        body=TAKEN,
        refusals=("invalid", *REFUSALS),
    )
)
def take_shift(found: SeenShift, asked: Asked) -> Answer:
    """By the rules of the pages: with a key, knowing the house, and nowhere else then."""
    return now_is(duties.take(found.id, by=visitor(), part=asked["part"]))


@blueprint.post("/shifts/<shift_id>/drop")
@needs("shift.see", asked_shift)
@described(
    Call(
        "Give a shift up; others are asked. The coordinator may do it for whoever has it.",
        "Shift",
        body=WHY,
        refusals=("invalid", *REFUSALS),
    )
)
def drop_shift(found: SeenShift, asked: Asked) -> Answer:
    """It is open at once. Without its holder the session may go by another name."""
    duty = duty_of(found, visitor())
    return now_is(duties.drop(duty.id, by=visitor(), reason=asked["reason"] or ""), found)


@blueprint.post("/shifts/<shift_id>/cover")
@needs("shift.see", asked_shift)
@described(
    Call(
        "Ask others to take a shift over; it stays with its holder until one says yes.",
        "Shift",
        body=WHY,
        refusals=("invalid", *REFUSALS),
    )
)
def cover_shift(found: SeenShift, asked: Asked) -> Answer:
    """Who may take it is asked, a few at a time; within a day of it everybody."""
    duty = duty_of(found, visitor())
    cover.look_for_another(duty.id, by=visitor(), reason=asked["reason"] or "")
    return now_is(duty)


@blueprint.post("/shifts/<shift_id>/give")
@needs("shift.give", asked_shift)
@described(
    Call(
        "Put somebody on a shift, as its coordinator; they get a letter. Twice changes nothing.",
        "Shift",
        body=GIVEN,
        refusals=("does-not-suit", "invalid", *REFUSALS),
    )
)
def give_shift(found: SeenShift, asked: Asked) -> Answer:
    """Who has no key or does not know the house gets none; who is away does when they agreed."""
    to = row_of(Person, asked["to"])
    agreed = asked["agreed"]
    return now_is(
        duties.give(found.id, to, by=visitor(), part=asked["part"], though_it_does_not_suit=agreed)
    )


@blueprint.post("/shifts/<shift_id>/swap")
@needs("shift.see", asked_shift)
@described(
    Call(
        "Offer a shift of mine to somebody, alone or for one of theirs; nothing changes until a yes.",
        "Swap",
        body=OFFERED,
        status=201,
        refusals=("already-asked", "invalid", *REFUSALS),
    )
)
def swap_shift(found: SeenShift, asked: Asked) -> Answer:
    """Both must be allowed to do what they would get, now and at the yes."""
    duty = own_on(found, visitor())
    if duty is None:
        raise NotYours
    theirs = _holder_of(asked["for_shift"]) if "for_shift" in asked else None
    to = db.session.get(Person, asked["to"]) if "to" in asked else None
    to = theirs.person if theirs is not None else to
    if to is None:
        raise NotFound
    number = None if theirs is None else theirs.id
    return swap_answer(swaps.offer(duty.id, to, by=visitor(), for_duty=number))


def asked_swap(swap_id: str) -> Swap:
    """The swap in the address.

    Raises:
        NotFound
    """
    return swaps.swap_by_id(as_id(swap_id))


@blueprint.post("/swaps/<swap_id>/agree")
@needs("swap.see", asked_swap)
@described(
    Call("Agree: the shifts change hands at once.", "Swap", refusals=REFUSALS),
)
def agree_to_swap(found: Swap) -> Answer:
    """Only whoever was asked."""
    return swap_answer(swaps.say_yes(found.id, by=visitor()))


@blueprint.post("/swaps/<swap_id>/refuse")
@needs("swap.see", asked_swap)
@described(
    Call("Say no: everything stays as it is.", "Swap", refusals=("not-found", "wrong-state")),
)
def refuse_swap(found: Swap) -> Answer:
    """Only whoever was asked."""
    return swap_answer(swaps.say_no(found.id, by=visitor()))


def swap_answer(swap: Swap) -> Answer:
    """What was offered to whom, and how it stands."""
    now = clock.now()
    mine, theirs = shift_for(swap.duty, now), None
    if swap.their_duty is not None:
        theirs = shift_for(swap.their_duty, now)
    return {
        "id": str(swap.id),
        "shift": None if mine is None else mine.id,
        "for_shift": None if theirs is None else theirs.id,
        "from": str(swap.duty.person_id),
        "to": str(swap.to_id),
        "state": swap.state,
    }


def duty_of(shift: SeenShift, person: Person) -> Duty:
    """What this person promised of a shift; for who plans the house, its holder's promise."""
    own = own_on(shift, person)
    if own is None and may(person, "roster.manage", shift.venue):
        own = shift.holder
    if own is None:
        raise NotYours
    return own


def _holder_of(shift_id: str) -> Duty:
    shift = shift_by_id(shift_id, clock.now())
    if shift is None or shift.holder is None or not may(visitor(), "shift.see", shift):
        raise NotFound
    return shift.holder


def now_is(duty: Duty, otherwise: SeenShift | None = None) -> Answer:
    """The shift of a promise as it stands after the deed."""
    shift = shift_for(duty, clock.now()) or otherwise
    if shift is None:
        raise NotFound
    return shift_answer(shift)
