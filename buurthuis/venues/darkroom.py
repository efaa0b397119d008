"""What is on a picture, and writing it anew: the part of taking in that needs a library for pictures.

It is read in when the first picture comes: the library takes 8 MB, and few processes ever see one.
"""

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from buurthuis.venues.refusals import NotAPicture, TooManyPixels

MOST_PIXELS = 50_000_000
MOST_PIXELS_UNPACKED = 20_000_000
"""Of a PNG, a WebP or a progressive JPEG: these take the memory of all of it.

Any other JPEG can be unpacked at a part of its size."""

KINDS = ("JPEG", "PNG", "WEBP")
QUALITIES = (80, 72, 64, 56, 48)

_SRGB = ImageCms.createProfile("sRGB")
_WHITE = (255, 255, 255)

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def seen(content: bytes, side: int) -> Image.Image:
    """What is on a picture: upright, in the colours of the web, on white, and no word of its file.

    Raises:
        TooManyPixels: the picture is too large to unpack, and was not unpacked.
        NotAPicture: it is no JPEG, PNG or WebP, or it is damaged.
    """
    try:
        with Image.open(BytesIO(content), formats=KINDS) as image:
            _insist_on_room_for(image)
            small = _shrunk(image, side)
            shown = _on_white(_in_web_colours(ImageOps.exif_transpose(small)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise TooManyPixels(most=MOST_PIXELS // 1_000_000) from bomb
    except TooManyPixels:
        raise
    except Exception as wrong:
        # A damaged file trips the library in more ways than it names; the answer is one.
        raise NotAPicture from wrong
    shown.info = {}
    return shown


def _insist_on_room_for(image: Image.Image) -> None:
    """Refuse a picture of which the head says that it takes too much memory."""
    can_shrink = image.format == "JPEG" and not image.info.get("progressive")
    most = MOST_PIXELS if can_shrink else MOST_PIXELS_UNPACKED
    if image.width * image.height > most:
        raise TooManyPixels(most=most // 1_000_000)


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    """The same picture, no larger than this side: the rest of the work then costs little memory."""
    if image.mode.startswith("I"):  # As many as 65,536 greys; the rest knows 256.
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    elif image.mode in {"1", "P", "PA"}:
        image = image.convert("RGBA")
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    return image


def _in_web_colours(image: Image.Image) -> Image.Image:
    """The colours as every screen shows them; a profile that makes no sense is left out."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "CMYK", "L"}:
        return image
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, own, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _on_white(image: Image.Image) -> Image.Image:
    """What shines through becomes white."""
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        seen = Image.new("RGB", image.size, _WHITE)
        seen.paste(layer, mask=layer.getchannel("A"))
        return seen
    return image.convert("RGB")


def within(image: Image.Image, side: int, most_bytes: int) -> tuple[bytes, Image.Image]:
    """A JPEG of at most this side and weight, and the picture as it is on it."""
    while True:
        image = image.copy()
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            written = BytesIO()
            image.save(written, "JPEG", quality=quality, progressive=True, optimize=True)
            if written.tell() <= most_bytes:
                return written.getvalue(), image
        side = max(image.size) * 3 // 4  # A picture as restless as this gets smaller.
