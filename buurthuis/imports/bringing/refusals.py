"""What bringing a calendar along refuses."""

from buurthuis.foundation.errors import Refusal


class NothingRead(Refusal):
    """The file has no entry that can be read."""

    code = "nothing-read"


class TooManyRows(Refusal):
    """There are more entries than one import brings; `most` is how many that is."""

    code = "too-many-rows"


class PlanChanged(Refusal):
    """What would happen is no longer what was shown."""

    code = "changed"
    status = 409


class NothingToBring(Refusal):
    """With no entry anything would happen."""

    code = "nothing-to-bring"
    status = 409


class BroughtAlready(Refusal):
    """The import is no draft any more."""

    code = "brought-already"
    status = 409


class UndoneAlready(Refusal):
    """The import is not in the books: it never was, or not any more."""

    code = "undone-already"
    status = 409


class ChangedSince(Refusal):
    """Somebody changed what came with the import; `bookings` tells which, each with its title and start."""

    code = "changed-since"
    status = 409


class LaterImport(Refusal):
    """A later import went on with what this one brought; that one must be undone first (`number`)."""

    code = "later-import"
    status = 409
