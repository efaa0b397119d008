"""What a board should look at: whether residents have less of the busy hours than before."""

from flask_babel import gettext as _

from buurthuis.foundation.formatting import percent
from buurthuis.pages.board.reading import Reading
from buurthuis.rules.figures.displacement import displacement, place_is_kept, prime_minutes
from buurthuis.statistics.words import standing_word


def displaced(reading: Reading) -> str:
    """The warning in words; empty where nobody was displaced."""
    found = displacement(reading.this.figures, reading.earlier.figures)
    if found is None:
        return ""
    fell = _(
        "Residents had %(then)s of the busy hours before. Now it is %(now)s.",
        then=percent(float(found.residents.before)),
        now=percent(float(found.residents.after)),
    )
    rose = [
        _("%(who)s went from %(then)s to %(now)s.", who=standing_word(code),
          then=percent(float(change.before)), now=percent(float(change.after)))
        for code, change in found.risen
    ]  # fmt: skip
    return " ".join([fell, *rose])


def their_place(reading: Reading, now: str, then: str) -> tuple[str, bool]:
    """What can be said where nobody was displaced, and whether residents have kept their place."""
    this, earlier = reading.this.figures, reading.earlier.figures
    if not prime_minutes(this):
        return _("Nobody used the busy hours in these days."), False
    is_kept = place_is_kept(this, earlier)
    if is_kept is None:
        now_alone = _("Residents have %(now)s of the busy hours.", now=now)
        return " ".join([now_alone, _("These are too few hours to compare.")]), False
    told = _(
        "Residents have %(now)s of the busy hours. Before it was %(then)s.", now=now, then=then
    )
    return told, is_kept
