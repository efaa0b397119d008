"""Why something could not be fetched from an address, and what somebody reads about it."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import Refusal, says


class CannotFetch(Refusal):
    """Nothing came from this address, or nothing that we can take in."""

    code = "cannot-fetch"


class NotASafeAddress(CannotFetch):
    """The text is no https address, names a port of its own, or carries a password."""

    code = "not-a-safe-address"


class AddressInside(CannotFetch):
    """The name leads into a network of our own: nobody may look around there through us."""

    code = "address-inside"


class NobodyThere(CannotFetch):
    """The name is not known, or nobody picks up at its number."""

    code = "nobody-there"


class NotWhoItSays(CannotFetch):
    """The certificate is not of this name, is over, or is signed by nobody we know."""

    code = "not-who-it-says"


class TooSlow(CannotFetch):
    """The whole of it took longer than `seconds`."""

    code = "too-slow"


class TooMuch(CannotFetch):
    """The answer is larger than `most` MB, packed or unpacked."""

    code = "too-much"


class SentAround(CannotFetch):
    """The address sends on to another one too often."""

    code = "sent-around"


class NothingHere(CannotFetch):
    """The other side answered with another `number` than 200."""

    code = "nothing-here"


class BrokenOff(CannotFetch):
    """The answer stopped halfway, or could not be read as an answer: half a calendar is none."""

    code = "broken-off"


@says(CannotFetch)
def cannot_fetch(_refusal: CannotFetch) -> str:
    """Nothing more is known."""
    return _("We cannot fetch this. Try again later.")


@says(NotASafeAddress)
def not_a_safe_address(_refusal: NotASafeAddress) -> str:
    """Say how an address begins."""
    return _("This is no address that we can use. Copy one that starts with https://.")


@says(AddressInside)
def address_inside(_refusal: AddressInside) -> str:
    """Say what would do."""
    return _("This address is not on the open internet. Use one that everybody can reach.")


@says(NobodyThere)
def nobody_there(_refusal: NobodyThere) -> str:
    """It may be a slip of the pen, or a server that is down."""
    return _("Nobody answers at this address. Look for a mistake in it, or try again later.")


@says(NotWhoItSays)
def not_who_it_says(_refusal: NotWhoItSays) -> str:
    """The other side has to mend it."""
    return _("This address is not safe: its certificate is wrong. Ask who runs it to mend that.")


@says(TooSlow)
def too_slow(refusal: TooSlow) -> str:
    """Trying again may help."""
    return _("This took longer than %(seconds)s seconds. Try again later.", **refusal.facts)


@says(TooMuch)
def too_much(refusal: TooMuch) -> str:
    """Ask for less."""
    return _("This is more than %(most)s MB. Ask for a smaller calendar.", **refusal.facts)


@says(SentAround)
def sent_around(_refusal: SentAround) -> str:
    """Ask for where it ends."""
    return _("This address sends us on too often. Use the address at the end.")


@says(NothingHere)
def nothing_here(refusal: NothingHere) -> str:
    """A secret address is often what is missing."""
    return _(
        "There is nothing for us here (code %(number)s). Is the calendar shared? Copy its "
        "address again.",
        **refusal.facts,
    )


@says(BrokenOff)
def broken_off(_refusal: BrokenOff) -> str:
    """Half of it is of no use."""
    return _("The answer stopped halfway. Try again later.")
