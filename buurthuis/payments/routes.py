"""All pages of money: importing this opens them."""

from buurthuis.payments import rights as rights
from buurthuis.payments import sentences as sentences
from buurthuis.payments import stripe_gateway as stripe_gateway
from buurthuis.payments import tables as tables
from buurthuis.payments.checkout import routes as checkout_pages
from buurthuis.payments.checkout import webhook as webhook
from buurthuis.payments.deposits import sentences as deposit_sentences
from buurthuis.payments.door import blueprint
from buurthuis.payments.papers import pictures as kept_pictures
from buurthuis.payments.papers import rights as paper_rights
from buurthuis.payments.papers import routes as papers
from buurthuis.payments.papers import sentences as paper_sentences
from buurthuis.payments.refunds import sentences as refund_sentences

blueprint.record(stripe_gateway.make_ready)

__all__ = [
    "blueprint",
    "checkout_pages",
    "deposit_sentences",
    "kept_pictures",
    "paper_rights",
    "paper_sentences",
    "papers",
    "refund_sentences",
    "rights",
    "webhook",
]
