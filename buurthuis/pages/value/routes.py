"""The pages of public figures: importing this opens them all."""

import buurthuis.statistics.public.rights
import buurthuis.statistics.public.sentences  # noqa: F401
from buurthuis.pages.value import files, meanings, opening, years
from buurthuis.pages.value.blueprint import blueprint

__all__ = ["blueprint", "files", "meanings", "opening", "years"]
