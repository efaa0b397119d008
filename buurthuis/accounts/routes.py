"""All pages about people, gathered on one blueprint."""

from buurthuis.accounts import (
    initiative_routes,
    invitation_routes,
    profile_routes,
    rights,
    sentences,
    sign_in_routes,
    token_routes,
)
from buurthuis.accounts.door import blueprint

__all__ = ["blueprint"]

# Each of these hangs its pages, rights or sentences up by being read.
READ = (
    *(sign_in_routes, profile_routes, initiative_routes, invitation_routes, token_routes),
    *(rights, sentences),
)
