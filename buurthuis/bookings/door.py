"""The blueprint on which the pages of booking hang, and how often one person may send a form."""

from flask import Blueprint
from werkzeug.wrappers import Response

from buurthuis.foundation.security import limiter

Page = str | Response | tuple[str, int]

blueprint = Blueprint("bookings", __name__)

TOLD = "told"
"""In the session: what the inbox of a house tells next, and which answer can be taken back there."""

per_person = limiter.limit("60 per minute; 400 per hour", methods=["POST"])
