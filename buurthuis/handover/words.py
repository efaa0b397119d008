"""What somebody is called once their name is gone."""

from flask_babel import force_locale
from flask_babel import gettext as _


def somebody_who_left(language: str) -> str:
    """The words that stand where a name stood."""
    with force_locale(language):
        return _("Somebody who left")
