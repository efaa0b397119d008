"""The pages of activities: reading about one, reserving seats, and what its organiser sees."""

from flask import Blueprint

from buurthuis.activities import models

blueprint = Blueprint("activities", __name__)
__all__ = ["blueprint", "models"]
