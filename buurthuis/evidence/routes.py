"""All pages about what figures need, on one blueprint."""

from buurthuis.evidence.door import blueprint
from buurthuis.evidence.tags import models as tag_models
from buurthuis.evidence.work import models as work_models
from buurthuis.evidence.year import models as year_models
from buurthuis.evidence.year import told_models

__all__ = ["blueprint"]

READ = (tag_models, work_models, year_models, told_models)
"""Each of these brings its tables, pages, rights or sentences along by being read."""
