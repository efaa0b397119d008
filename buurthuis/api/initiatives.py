"""Calls about the initiatives one speaks for."""

from buurthuis.accounts.actions import make_initiative
from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import initiatives_of
from buurthuis.api.answers import Answer, initiative_answer
from buurthuis.api.blueprint import blueprint
from buurthuis.api.calls import Call, described
from buurthuis.api.paging import page, page_from
from buurthuis.api.shapes import ANY_PAGE, NEW_INITIATIVE
from buurthuis.api.values import Asked
from buurthuis.bookings.refusals import SpeaksForNobody
from buurthuis.foundation.access import signed_in, visitor
from buurthuis.foundation.errors import SignInNeeded


@blueprint.get("/initiatives")
@signed_in
@described(
    Call("The initiatives I speak for.", "Initiatives", query=ANY_PAGE, refusals=("invalid",))
)
def initiatives(asked: Asked) -> Answer:
    """Those in whose name the owner of the token may book."""
    found = page_from(initiatives_of(visitor()), asked, key=_key)
    return page(found, asked, draw=initiative_answer, key=_key)


@blueprint.post("/initiatives")
@signed_in
@described(
    Call(
        "Start an initiative; I speak for it.",
        "Initiative",
        body=NEW_INITIATIVE,
        status=201,
        refusals=("invalid",),
    )
)
def start_initiative(asked: Asked) -> Answer:
    """Whoever starts it speaks for it."""
    return initiative_answer(make_initiative(asked["name"], asked["kind"], by=visitor()))


def spoken_for(initiative_id: int) -> Initiative:
    """An initiative of the person who asks; another one and none at all are the same refusal.

    Raises:
        SignInNeeded: nobody has signed in, so nobody speaks.
        SpeaksForNobody
    """
    person: Person | None = visitor()
    if person is None:
        raise SignInNeeded
    for membership in person.memberships:
        if membership.initiative_id == initiative_id:
            return membership.initiative
    raise SpeaksForNobody


def _key(initiative: Initiative) -> str:
    return str(initiative.id)
