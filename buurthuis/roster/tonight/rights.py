"""Who sees a shift as it is done, who does it, and who may say that the house is closed."""

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import has_role
from buurthuis.foundation.access import rule
from buurthuis.roster.models import Duty, DutyStatus, Part
from buurthuis.roster.rights import ON_THE_ROSTER, manages_roster
from buurthuis.roster.tonight.models import Incident
from buurthuis.roster.vault.models import HouseCode
from buurthuis.venues.models import Venue

PROMISED = (DutyStatus.TAKEN, DutyStatus.DONE, DutyStatus.MISSED)


@rule("mine.tonight")
def has_shifts(person: Person | None, _nothing: object) -> bool:
    """Whoever is on a roster in some house."""
    return person is not None and has_role(person, *ON_THE_ROSTER)


@rule("tonight.do")
def does(person: Person | None, duty: Duty) -> bool:
    """Who promised it, as holder, back-up or learner, and still has a role in the house."""
    if person is None or duty.person_id != person.id or duty.status not in PROMISED:
        return False
    return has_role(person, *ON_THE_ROSTER, venue_id=duty.venue_id)


@rule("tonight.see")
def sees(person: Person | None, duty: Duty) -> bool:
    """Who does it, and the coordinator; what is only proposed is seen by nobody here."""
    is_promised = duty.status in PROMISED
    return does(person, duty) or (is_promised and manages_roster(person, duty.venue))


@rule("tonight.close")
def closes(person: Person | None, duty: Duty) -> bool:
    """Who does it or steps in; the coordinator when they went to look. A learner does not."""
    is_own = does(person, duty) and duty.part != Part.LEARNER
    return is_own or (sees(person, duty) and manages_roster(person, duty.venue))


@rule("incidents.read")
def reads_incidents(person: Person | None, venue: Venue) -> bool:
    """The coordinator and the managers of the house."""
    return manages_roster(person, venue)


@rule("incident.see")
def sees_incident(person: Person | None, incident: Incident) -> bool:
    """Who reads it also says that they have seen it."""
    return reads_incidents(person, incident.venue)


@rule("codes.keep")
def keeps_codes(person: Person | None, venue: Venue) -> bool:
    """Who writes the codes of a house down; that does not show them."""
    return manages_roster(person, venue)


@rule("code.throw_away")
def throws_code_away(person: Person | None, code: HouseCode) -> bool:
    """Who writes codes down also throws them away."""
    return keeps_codes(person, code.venue)
