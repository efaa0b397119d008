"""The blueprint on which all pages about people hang, and how often one address may knock."""

from flask import Blueprint
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response

from buurthuis.foundation.security import limiter

Page = str | Response | tuple[str, int]

blueprint = Blueprint("accounts", __name__)

# One address can be a whole neighbourhood house on one wifi; one mailbox has a limit of its own.
per_address = limiter.limit(
    "60 per minute; 400 per hour", key_func=get_remote_address, methods=["POST"]
)

per_person = limiter.limit("30 per hour", methods=["POST"])
