"""An address on one line, as it stands on an envelope, and its parts."""

import re

from buurthuis.imports.house import HouseAddress

_POSTCODE_AND_CITY = re.compile(r"(\d{4} ?[A-Z]{2}) +(\S.*)", re.ASCII)


def address_on_one_line(text: str) -> HouseAddress:
    """The parts of "Kraaiennest 68, 1104 CD Amsterdam"; what stands before no comma is the street."""
    street, comma, place = text.rpartition(",")
    if not comma:
        return HouseAddress(street=text.strip())
    street, place = street.strip(), place.strip()
    found = _POSTCODE_AND_CITY.fullmatch(place)
    if found is None:
        return HouseAddress(street=street, city=place)
    return HouseAddress(street=street, postcode=found[1], city=found[2])


def one_line_of(address: HouseAddress) -> str:
    """The address on one line."""
    place = " ".join(part for part in (address.postcode, address.city) if part)
    return ", ".join(part for part in (address.street, place) if part)
