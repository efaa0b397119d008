"""What a board should look at: residents who have less of the busy hours than before."""

from flask_babel import gettext as _

from buurthuis.foundation.formatting import percent
from buurthuis.pages.board.reading import Reading
from buurthuis.rules.figures.displacement import displacement
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
