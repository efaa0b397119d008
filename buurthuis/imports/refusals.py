"""What bringing in a house refuses."""

from buurthuis.foundation.errors import Refusal


class FileHasMistakes(Refusal):
    """The file cannot be used as it stands; `mistakes` lists all of them."""

    code = "file-has-mistakes"


class NoSuchFile(Refusal):
    """There is no such file, or it is no text."""

    code = "no-such-file"
    status = 404


class RoomOfAnotherHouse(Refusal):
    """Another house has rooms with these slugs."""

    code = "room-of-another-house"
    status = 409


class RoomHasBookings(Refusal):
    """The file leaves out rooms that have bookings."""

    code = "room-has-bookings"
    status = 409


class CardInUse(Refusal):
    """Bookings were priced with this rate card, so it stays as it is."""

    code = "card-in-use"
    status = 409


class BookingsInTheWay(Refusal):
    """Live bookings clash with a closure, or with the parts of a room."""

    code = "bookings-in-the-way"
    status = 409
