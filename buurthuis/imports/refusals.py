"""What bringing in a house refuses."""

from buurthuis.foundation.errors import Refusal, constraint_means


class FileHasMistakes(Refusal):
    """The file cannot be used as it stands; `mistakes` lists all of them."""

    code = "file-has-mistakes"


class NoSuchFile(Refusal):
    """There is no such file, or it is no text."""

    code = "no-such-file"
    status = 404


class NoSuchPicture(Refusal):
    """A photo names a file that is not there, or that holds no picture we know."""

    code = "no-such-picture"
    status = 404


class HouseHasMistakes(Refusal):
    """The house cannot be kept as it was changed; `mistakes` lists all that is wrong."""

    code = "house-has-mistakes"


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same part of the house since this form was drawn."""

    code = "changed-meanwhile"
    status = 409


class HouseExists(Refusal):
    """There is a house with this slug already."""

    code = "house-exists"
    status = 409


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


class OthersInTheWay(Refusal):
    """The bookings in the way of a closure are no longer those that were looked at."""

    code = "others-in-the-way"
    status = 409


class BookingsInTheWay(Refusal):
    """Live bookings clash with a closure, or with the parts of a room."""

    code = "bookings-in-the-way"
    status = 409


# Two who open a house of the same name at one moment: the first has it.
constraint_means("uq_venue_slug", HouseExists)
