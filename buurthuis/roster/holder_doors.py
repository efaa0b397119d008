"""All that key-holders and their keys bring along by being read: pages, rights and sentences."""

from buurthuis.roster import (
    holder_models,
    holder_rights,
    holder_routes,
    holder_sentences,
    key_desk,
    key_models,
    key_rights,
    key_routes,
    key_sentences,
    when_routes,
    when_sentences,
)

READ = (
    *(holder_models, holder_rights, holder_routes, holder_sentences),
    *(key_desk, key_models, key_rights, key_routes, key_sentences),
    *(when_routes, when_sentences),
)
