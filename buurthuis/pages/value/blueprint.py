"""The blueprint on which the pages of public figures hang."""

from flask import Blueprint

blueprint = Blueprint("value", __name__)
