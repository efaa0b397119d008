"""The pages where a board writes a year down: importing this opens them all."""

from buurthuis.pages.year import (
    house_routes,
    outcome_routes,
    overview_routes,
    rate_routes,
    story_routes,
)
from buurthuis.pages.year.blueprint import blueprint

__all__ = ["blueprint"]

READ = (overview_routes, house_routes, story_routes, rate_routes, outcome_routes)
"""Each of these opens pages by being read."""
