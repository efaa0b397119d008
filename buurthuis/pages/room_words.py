"""The words and drawings for what a room offers."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from buurthuis.foundation.formatting import number
from buurthuis.venues.models import Approval, Feature, Room

Fact = tuple[str, str]

FEATURES = {
    Feature.STEP_FREE: ("step_free", _l("No steps")),
    Feature.ADAPTED_TOILET: ("step_free", _l("Toilet for wheelchair users")),
    Feature.HEARING_LOOP: ("hearing_loop", _l("Hearing loop")),
    Feature.KITCHEN: ("kitchen", _l("Kitchen")),
    Feature.WATER: ("check", _l("Tap water")),
    Feature.BEAMER: ("projector", _l("Projector")),
    Feature.SCREEN: ("projector", _l("Large screen")),
    Feature.WHITEBOARD: ("check", _l("Whiteboard")),
    Feature.SOUND: ("sound", _l("Sound system")),
    Feature.STAGE: ("stage", _l("Stage")),
    Feature.PIANO: ("piano", _l("Piano")),
    Feature.SPORTS_FLOOR: ("check", _l("Sports floor")),
    Feature.COMPUTERS: ("check", _l("Computers")),
    Feature.WIFI: ("wifi", _l("Wifi")),
    Feature.GARDEN: ("check", _l("Garden")),
}

APPROVALS = {
    Approval.ASK: _l("The house says yes or no to your request."),
    Approval.RECOGNISED: _l("Groups that the house knows book at once. Others get an answer."),
    Approval.ALWAYS: _l("You book at once."),
}


def people_words(count: int) -> str:
    """How many people: "20 people"."""
    return ngettext("%(num)s person", "%(num)s people", count)


def facts_of(room: Room) -> list[Fact]:
    """How many people fit in, and what there is."""
    offers = {each.feature for each in room.features}
    return [
        ("people", people_words(room.capacity)),
        *((sign, str(words)) for feature, (sign, words) in FEATURES.items() if feature in offers),
    ]


def all_facts_of(room: Room) -> list[Fact]:
    """The same, and how large it is."""
    facts = facts_of(room)
    if room.area_m2 is not None:
        facts.insert(1, ("chairs", _("%(area)s m²", area=number(room.area_m2))))
    return facts
