"""The blueprint on which the pages of booking hang, and how often one person may send a form."""

from flask import Blueprint
from werkzeug.wrappers import Response

from buurthuis.foundation.security import limiter

Page = str | Response | tuple[str, int]

blueprint = Blueprint("bookings", __name__)

per_person = limiter.limit("60 per minute; 400 per hour", methods=["POST"])
