"""The checklists of the demo houses: what there is to do on opening and closing, some of it their own."""

from typing import Final

from buurthuis.accounts.models import RoleName
from buurthuis.accounts.queries import people_with_role
from buurthuis.imports.house_file import demo_houses
from buurthuis.roster.tonight.actions import write_checklist
from buurthuis.roster.tonight.models import Moment
from buurthuis.roster.tonight.queries import checklist_of
from buurthuis.venues.queries import all_venues

OPENING: Final = (
    "Alarm uit",
    "Licht aan in de hal",
    "Verwarming aan",
    "Kijk of de wc’s schoon zijn",
)
CLOSING: Final = (
    "Iedereen is weg, ook op de wc’s",
    "Ramen dicht",
    "Kraan en fornuis uit",
    "Verwarming laag",
    "Licht uit",
    "Nooddeur dicht",
)
OWN: Final[dict[str, dict[Moment, tuple[str, ...]]]] = {
    "de-meevaart": {
        Moment.OPENING: ("Zet de klapdeur van het theater vast",),
        Moment.CLOSING: ("Geluid van het theater uit", "Vaatwasser aan"),
    },
    "de-werkplaats": {
        Moment.OPENING: ("Stroom van de machines aan",),
        Moment.CLOSING: ("Stroom van de machines uit", "Lijm en verf in de kast"),
    },
    "het-noorderlicht": {Moment.CLOSING: ("Piano dicht en op slot",)},
}
"""What stands on the list of one house only; it comes before the last line."""


def bring_checklists() -> int:
    """Give each demo house its checklists; a house that has one keeps its own. Says how many lists."""
    written = 0
    of_demo = {each.slug for each in demo_houses()}
    for venue in all_venues():
        managers = people_with_role(venue, RoleName.MANAGER)
        for moment, usual in ((Moment.OPENING, OPENING), (Moment.CLOSING, CLOSING)):
            if not managers or venue.slug not in of_demo or checklist_of(venue, moment):
                continue
            own = OWN.get(venue.slug, {}).get(moment, ())
            lines = (*usual[:-1], *own, usual[-1])
            written += write_checklist(venue, moment, lines, by=managers[0])
    return written
