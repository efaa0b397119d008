"""What took place in the lively house before today: so that pages about what is over have something to tell."""

from buurthuis.accounts.models import Person
from buurthuis.bookings.today import actions as today
from buurthuis.evidence.tags import actions as themes
from buurthuis.evidence.tags.queries import Said
from buurthuis.foundation import clock
from buurthuis.rules.attendance import Band, HeadCount
from buurthuis.rules.calendar import day_of
from buurthuis.rules.themes import Theme
from buurthuis.venues.models import Venue
from tests.builders import an_initiative
from tests.evidence.saying import a_past_booking, some_work


def what_took_place(house: Venue, amina: Person, bram: Person, title: str) -> dict[str, str]:
    """What took place: some is counted and some is not, a theme is said, hours are written down."""
    hall = next(room for room in house.rooms if room.slug == "grote-zaal")
    group = an_initiative(bram, name="Eettafel")
    soup, cooking = (
        a_past_booking(hall, 9, 12, ago=ago, by=bram, for_=group, title=called)
        for ago, called in ((2, "Soep"), (3, title))
    )
    themes.say_of_booking(soup.id, Said(Theme.FOOD), by=bram)
    today.check_in(soup.id, by=amina, count=HeadCount(None, Band.FEW))
    some_work(house, None, minutes=150, words="Samen geverfd")
    return {
        "past_id": str(cooking.id),
        "work_id": str(some_work(house, amina).id),
        "year": str(last_year()),
        "figure": "BENUT",
        "table": "figures",
        "kind": "csv",
    }


def last_year() -> int:
    """A year that is over."""
    return day_of(clock.now()).year - 1
