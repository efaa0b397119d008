"""What the booking desk says no to, each with the facts its sentence needs."""

from collections.abc import Sequence

from buurthuis.bookings.wishes import Order
from buurthuis.foundation.errors import Refusal, constraint_means
from buurthuis.rules.availability import Ask, Obstacle
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room


class NotBookable(Refusal):
    """The wish breaks rules of the house; `problems` says which, the first one first."""

    code = "invalid"
    status = 422

    def __init__(self, problems: Sequence[Obstacle], room: Room, ask: Ask) -> None:
        super().__init__(problems=problems, room=room, ask=ask)
        self.problems = problems
        self.room = room
        self.ask = ask


Refused = Sequence[tuple[Order, Sequence[Obstacle]]]
"""The orders that cannot be booked, each with what stands in its way."""


class SomeNotBookable(Refusal):
    """Of several orders some break rules of the house, so none is booked; `refused` says which."""

    code = "invalid"
    status = 422

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused=refused)
        self.refused = refused


class SomeTaken(SomeNotBookable):
    """Of several orders some want a place that others have; nothing else stands in the way."""

    code = "room-taken"
    status = 409


class PriceChanged(Refusal):
    """The price is no longer what was shown; `total_cents` is the new one."""

    code = "price-changed"
    status = 409

    def __init__(self, total_cents: int) -> None:
        super().__init__(total_cents=total_cents)
        self.total_cents = total_cents


class WrongState(Refusal):
    """The booking has moved on: somebody decided, cancelled or it is over."""

    code = "wrong-state"
    status = 409

    def __init__(self, status: Status) -> None:
        super().__init__(status=status)
        self.booking_status = status


class AlreadyOver(Refusal):
    """What has been cannot be changed any more."""

    code = "wrong-state"
    status = 409


class AnswerHasLeft(Refusal):
    """The booker has been told, so the answer stands."""

    code = "wrong-state"
    status = 409


class PlaceIsGone(Refusal):
    """A no cannot be taken back: somebody else has the place now."""

    code = "room-taken"
    status = 409


class ChangedMeanwhile(Refusal):
    """The booker changed the request after the house looked at it."""

    code = "wrong-state"
    status = 409


class ReasonMissing(Refusal):
    """Whoever says no says why."""

    code = "reason-missing"
    status = 422


class ChangeIsAnswered(Refusal):
    """A change that was asked for is answered, withdrawn or over."""

    code = "wrong-state"
    status = 409

    def __init__(self, status: ChangeStatus) -> None:
        super().__init__(status=status)
        self.change_status = status


class AskedTogether(Refusal):
    """A change is one day of a series; the house says yes to all days together."""

    code = "wrong-state"
    status = 409


class RoomRetired(Refusal):
    """A change asks for a room that the house has taken out of use since."""

    code = "wrong-state"
    status = 409

    def __init__(self, room: Room) -> None:
        super().__init__(room=room)
        self.room = room


class ChangeNeedsApproval(Refusal):
    """A confirmed booking cannot move by itself; the house has to agree."""

    code = "needs-approval"
    status = 409


class LeavesAlone(Refusal):
    """Another booking of the group is in a room that goes only with this one; `rooms` says which."""

    code = "leaves-alone"
    status = 409

    def __init__(self, rooms: Sequence[Room]) -> None:
        super().__init__(rooms=rooms)
        self.rooms = rooms


class OneHouseOnly(Refusal):
    """Rooms that are booked together are of one house, and each is named once."""

    code = "invalid"
    status = 422


class TakenOut(Refusal):
    """The house took it out of the agenda; only the house puts it back."""

    code = "taken-out"
    status = 409


class AlreadySent(Refusal):
    """The same form was sent twice at one moment; the first one counts."""

    code = "already-sent"
    status = 409


class NotThatWay(Refusal):
    """The house does not let this group pay in the way that was chosen; `ways` says which it does."""

    code = "invalid"
    status = 422


class PayFirst(Refusal):
    """A place is kept while it is paid for; until then it neither moves nor loses one of its rooms."""

    code = "wrong-state"
    status = 409


class SpeaksForNobody(Refusal):
    """The person does not speak for this initiative."""

    code = "not-allowed"
    status = 403


constraint_means("uq_booking_submission", AlreadySent)
constraint_means("booking.booked_by_id, booking.submission", AlreadySent)  # as SQLite puts it
