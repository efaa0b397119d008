"""Links that leave the house, and the paths we let a visitor return to."""

from urllib.parse import urlencode, urlsplit

from flask import current_app


def absolute(endpoint: str, **values: object) -> str:
    """The full address of a page, built on BUURTHUIS_BASE_URL alone, never on what a request claims."""
    path = current_app.url_map.bind("localhost").build(endpoint, values, force_external=False)
    return str(current_app.config["BASE_URL"]) + path


def map_of(address: str) -> str:
    """A map with an address on it; it opens elsewhere, and only when somebody asks for it."""
    return f"https://www.openstreetmap.org/search?{urlencode({'query': address})}"


def own_path(target: str | None, otherwise: str = "/") -> str:
    """A path on our own site to go back to; anything that could lead elsewhere becomes `otherwise`."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return otherwise
    if any(ord(character) < 33 or character == "\\" for character in target):
        return otherwise
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else otherwise
