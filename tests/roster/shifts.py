"""What tests of shifts build with: a house with a key, people who hold it, and its shifts of a day."""

from buurthuis.foundation import clock
from buurthuis.roster.reading import roster_of
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import ShiftKind
from buurthuis.venues.models import Venue
from tests.accounts.mailbox import letters_to
from tests.builders import friday

DAY = friday(0, 24)


def shifts_of(venue: Venue, day: Period = DAY):
    """The shifts of a house on a day."""
    return roster_of([venue.id], day, clock.now()).shifts


def the(kind: str, venue: Venue, day: Period = DAY):
    """The one shift of this kind on a day."""
    [found] = [each for each in shifts_of(venue, day) if each.kind == ShiftKind(kind)]
    return found


def templates(person):
    """The letters that somebody got, by name, in order."""
    return [letter.template for letter in letters_to(person.email)]
