"""The verb of who keeps a place and rather pays it in another way."""

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.paying import confirm_otherwise, locked_together
from buurthuis.bookings.paying_ways import other_ways
from buurthuis.bookings.refusals import NotThatWay, WrongState
from buurthuis.bookings.rights import answers
from buurthuis.bookings.steps import permit
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status


@action
def choose_way(booking_id: int, way: Way, *, by: Person) -> Booking:
    """Pay a place that is kept in another way than online: it is certain at once, with its bundle.

    Choosing the same way twice is harmless.

    Raises:
        NotThatWay: the house does not offer this group that way.
        WrongState: the place is not kept any more.
    """
    booking = next(each for each in locked_together(booking_id) if each.id == booking_id)
    permit(answers(by, booking), booking, by)
    if booking.status == Status.CONFIRMED and booking.pays_by == way:
        return booking
    if not booking.is_pay_hold:
        raise WrongState(Status(booking.status))
    ways = other_ways(booking)
    if way not in ways:
        raise NotThatWay(ways=ways)
    confirm_otherwise(booking, way, clock.now())
    return booking
