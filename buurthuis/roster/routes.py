"""All pages of the roster, on one blueprint."""

from buurthuis.roster import cover_models, holder_models, key_models, models, rights
from buurthuis.roster.door import blueprint

__all__ = ["blueprint"]

READ = (cover_models, holder_models, key_models, models, rights)
"""Each of these brings its tables, pages, rights or sentences along by being read."""
