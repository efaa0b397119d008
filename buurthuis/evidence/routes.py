"""All pages about what figures need, on one blueprint."""

from buurthuis.evidence.door import blueprint
from buurthuis.evidence.tags import models as tag_models
from buurthuis.evidence.tags import routes as tag_routes
from buurthuis.evidence.tags import sentences as tag_sentences
from buurthuis.evidence.tags import taps
from buurthuis.evidence.work import models as work_models
from buurthuis.evidence.work import rights as work_rights
from buurthuis.evidence.work import routes as work_routes
from buurthuis.evidence.work import sentences as work_sentences
from buurthuis.evidence.year import models as year_models
from buurthuis.evidence.year import rights as year_rights
from buurthuis.evidence.year import sentences as year_sentences
from buurthuis.evidence.year import told_models

__all__ = ["blueprint"]

READ = (
    tag_models,
    tag_routes,
    tag_sentences,
    taps,
    work_models,
    work_rights,
    work_routes,
    work_sentences,
    year_models,
    told_models,
    year_rights,
    year_sentences,
)
"""Each of these brings its tables, pages, rights or sentences along by being read."""
