"""A drawing that a telephone reads instead of an address that somebody types."""

from markupsafe import Markup


def drawn(address: str) -> Markup:
    """The address as a QR code, black on white so that it reads in the dark and on paper alike."""
    import segno  # It takes 3 MB, and few processes ever draw one.

    picture = segno.make(address, error="m").svg_inline(
        scale=4, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return Markup(picture)  # noqa: S704 - segno draws it from squares alone
