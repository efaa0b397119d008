"""Who may change a part of a house, and who may begin a new one."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role, is_admin_of_all
from buurthuis.bookings.rights import STAFF
from buurthuis.extras.models import Extra
from buurthuis.foundation.access import rule
from buurthuis.imports.bringing.models import CalendarImport
from buurthuis.imports.models import HouseVersion
from buurthuis.imports.outside.models import OutsideCalendar
from buurthuis.roster.models import OwnEntry
from buurthuis.roster.rights import manages_roster
from buurthuis.venues.models import Room, Venue

HousePart = Room | Extra | HouseVersion | OutsideCalendar | CalendarImport


@rule("part.see")
def sees_part(person: Person | None, part: HousePart) -> bool:
    """Everybody with a role in its house."""
    return has_role(person, *STAFF, venue_id=part.venue_id)


@rule("part.manage")
def manages_part(person: Person | None, part: HousePart) -> bool:
    """The managers of its house."""
    return has_role(person, RoleName.MANAGER, venue_id=part.venue_id)


@rule("entry.manage")
def manages_entry(person: Person | None, here: tuple[Venue, OwnEntry]) -> bool:
    """Who plans the roster of the house that a group opens itself."""
    return manages_roster(person, here[0])


@rule("houses.begin")
def begins(person: Person | None, _thing: None) -> bool:
    """An admin over all houses adds one."""
    return is_admin_of_all(person)
