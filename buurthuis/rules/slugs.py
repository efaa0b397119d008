"""Names as they stand in an address: small letters, digits and hyphens."""

import re
import unicodedata

_APOSTROPHES = re.compile("['’‘`´]")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
_SPELLED_OUT = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})


def slug(text: str) -> str:
    """A name for an address: "Café 't Hoekje" becomes "cafe-t-hoekje".

    Letters of other scripts are left out, so the answer may be empty.
    """
    spelled_out = text.casefold().translate(_SPELLED_OUT)
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", spelled_out))
    without_accents = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_IN_A_SLUG.sub("-", without_accents.casefold()).strip("-")
