"""The blueprint on which the public pages and my page hang."""

from flask import Blueprint
from werkzeug.wrappers import Response

Page = str | Response | tuple[str, int]

blueprint = Blueprint("pages", __name__)
