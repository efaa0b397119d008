"""All that key-holders and their keys bring along by being read: pages, rights and sentences."""

from buurthuis.roster.holders import models as holder_models
from buurthuis.roster.holders import rights as holder_rights
from buurthuis.roster.holders import routes as holder_routes
from buurthuis.roster.holders import sentences as holder_sentences
from buurthuis.roster.keys import desk as key_desk
from buurthuis.roster.keys import models as key_models
from buurthuis.roster.keys import rights as key_rights
from buurthuis.roster.keys import routes as key_routes
from buurthuis.roster.keys import sentences as key_sentences
from buurthuis.roster.when import routes as when_routes
from buurthuis.roster.when import sentences as when_sentences

READ = (
    *(holder_models, holder_rights, holder_routes, holder_sentences),
    *(key_desk, key_models, key_rights, key_routes, key_sentences),
    *(when_routes, when_sentences),
)
