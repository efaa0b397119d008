"""Calls with which an initiative asks a house, or all houses together, to be recognised."""

from typing import Final

from buurthuis.accounts.models import Initiative
from buurthuis.accounts.queries import initiative_by_id
from buurthuis.api.answers import Answer
from buurthuis.api.blueprint import blueprint
from buurthuis.api.calls import Call, described
from buurthuis.api.paging import page, page_from
from buurthuis.api.shapes import ANY_PAGE
from buurthuis.api.values import (
    Asked,
    Shape,
    as_id,
    one_line_of,
    paragraphs_of,
    slug,
    word,
    yes_or_no,
)
from buurthuis.foundation.access import needs, visitor
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.criteria import Criterion
from buurthuis.rules.standing import Purpose
from buurthuis.tariffs.actions import LONGEST_REASON
from buurthuis.tariffs.applications import queries
from buurthuis.tariffs.applications.actions import LONGEST_STORY, Told, ask
from buurthuis.tariffs.applications.models import Application
from buurthuis.venues.queries import venue_by_slug

CLAIMS: Final = {
    Criterion.SOCIAL_AIM: "It is for the neighbourhood or for a good cause.",
    Criterion.OPEN_TO_ALL: "Everybody can take part.",
    Criterion.NO_PROFIT: "Nobody earns money with it.",
    Criterion.FROM_NEIGHBOURHOOD: "Most people come from the neighbourhood.",
    Criterion.NO_PAID_WORKER: "Nobody is paid to lead it.",
}
NEW_APPLICATION: Final = Shape(
    "NewApplication",
    {
        "venue": slug("The house that is asked; left out for all houses together."),
        **{str(each): yes_or_no(claim, is_required=True) for each, claim in CLAIMS.items()},
        "words": paragraphs_of(
            LONGEST_STORY, "What it does, and for whom.", is_required=True, may_be_empty=False
        ),
        "evidence": one_line_of(
            LONGEST_REASON, "Where one can see it.", is_nullable=True, otherwise=""
        ),
        "purpose": word(
            Purpose, "For this activity alone; null for all.", is_nullable=True, otherwise=None
        ),
    },
)


def asked_initiative(initiative_id: str) -> Initiative:
    """The initiative in the address.

    Raises:
        NotFound
    """
    return initiative_by_id(as_id(initiative_id))


@blueprint.get("/initiatives/<initiative_id>/applications")
@needs("initiative.speak", asked_initiative)
@described(
    Call(
        "What my initiative asked, the newest first.",
        "Applications",
        query=ANY_PAGE,
        refusals=("invalid", "not-allowed", "not-found"),
    )
)
def applications(initiative: Initiative, asked: Asked) -> Answer:
    """Each with its answer, when there is one."""
    found = page_from(queries.applications_of(initiative), asked, key=_key)
    return page(found, asked, draw=application_answer, key=_key)


@blueprint.post("/initiatives/<initiative_id>/applications")
@needs("initiative.speak", asked_initiative)
@described(
    Call(
        "Ask to be recognised; a person answers.",
        "Application",
        body=NEW_APPLICATION,
        status=201,
        refusals=("already-asked", "invalid", "not-allowed", "not-found"),
    )
)
def apply(initiative: Initiative, asked: Asked) -> Answer:
    """The answer says which standing fits by what the house asks."""
    venue = venue_by_slug(asked["venue"]) if "venue" in asked else None
    met = [each for each in Criterion if asked[str(each)]]
    told = Told(met, asked["words"], asked["evidence"] or "", asked["purpose"])
    return application_answer(ask(initiative, venue, told, by=visitor()))


def application_answer(application: Application) -> Answer:
    """What was asked, what fits, and what came of it."""
    decided_at = application.decided_at
    return {
        "id": str(application.id),
        "initiative": str(application.initiative_id),
        "venue": application.venue.slug if application.venue else None,
        "state": application.state,
        "standing": application.kind,
        "met": [str(each) for each in Criterion if each in application.criteria],
        "words": application.words,
        "evidence": application.evidence or None,
        "purpose": application.purpose,
        "appeal": application.is_appeal,
        "asked_at": rfc3339(application.asked_at),
        "decided_at": None if decided_at is None else rfc3339(decided_at),
        "reason": application.reason or None,
    }


def _key(application: Application) -> str:
    return str(application.id)
