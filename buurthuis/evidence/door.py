"""The blueprint on which all pages about what figures need hang."""

from flask import Blueprint

blueprint = Blueprint("evidence", __name__)
