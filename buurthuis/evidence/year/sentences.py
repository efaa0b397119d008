"""What somebody reads when a house says no to what a board writes down; each names the cure."""

from flask_babel import gettext as _

from buurthuis.evidence.year import refusals
from buurthuis.foundation.errors import says
from buurthuis.rules.few_words import MOST_WORDS


@says(refusals.WrittenMeanwhile)
def written_meanwhile(_refusal: refusals.WrittenMeanwhile) -> str:
    """Look again."""
    return _("Somebody else wrote something here meanwhile. Look at it, then save again.")


@says(refusals.NoSource)
def no_source(_refusal: refusals.NoSource) -> str:
    """Say where it stands."""
    return _("Write where this stands, such as: yearly report.")


@says(refusals.TooManyWords)
def too_many_words(refusal: refusals.TooManyWords) -> str:
    """How many there are, and how many fit."""
    return _(
        "These are %(words)s words. Use at most %(most)s.",
        words=refusal.facts["words"],
        most=MOST_WORDS,
    )


@says(refusals.NoConsent)
def no_consent(_refusal: refusals.NoConsent) -> str:
    """Ask first."""
    return _("Ask whether you may pass this on. Then write here how they agreed.")


@says(refusals.NothingTold)
def nothing_told(_refusal: refusals.NothingTold) -> str:
    """Both are needed."""
    return _("Write a title and the story.")


@says(refusals.UpsideDown)
def upside_down(_refusal: refusals.UpsideDown) -> str:
    """The other way around."""
    return _("The low number is above the high one. Write them the other way around.")
