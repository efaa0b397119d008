"""All pages of the roster, on one blueprint."""

from buurthuis.roster import models, rights
from buurthuis.roster.cover import after as cover_after
from buurthuis.roster.cover import models as cover_models
from buurthuis.roster.cover import routes as cover_routes
from buurthuis.roster.door import blueprint
from buurthuis.roster.duties import mine_routes
from buurthuis.roster.duties import rights as duty_rights
from buurthuis.roster.duties import sentences as duty_sentences
from buurthuis.roster.holders import doors as holder_doors
from buurthuis.roster.hours import desk_routes as hours_desk
from buurthuis.roster.hours import rights as hours_rights
from buurthuis.roster.hours import routes as hours_routes
from buurthuis.roster.hours import sentences as hours_sentences
from buurthuis.roster.proposing import replan_routes
from buurthuis.roster.proposing import routes as proposing_routes
from buurthuis.roster.proposing import sentences as proposing_sentences
from buurthuis.roster.swaps import routes as swap_routes
from buurthuis.roster.tonight import desk_routes as tonight_desk
from buurthuis.roster.tonight import rights as tonight_rights
from buurthuis.roster.tonight import routes as tonight_routes
from buurthuis.roster.tonight import sentences as tonight_sentences
from buurthuis.roster.week import routes as week_routes

__all__ = ["blueprint"]

READ = (
    *(cover_after, cover_routes, duty_rights, duty_sentences, mine_routes, swap_routes),
    week_routes,
    *(cover_models, holder_doors, models, rights),
    *(proposing_routes, proposing_sentences, replan_routes),
    *(tonight_desk, tonight_rights, tonight_routes, tonight_sentences),
    *(hours_desk, hours_rights, hours_routes, hours_sentences),
)
"""Each of these brings its tables, pages, rights or sentences along by being read."""
