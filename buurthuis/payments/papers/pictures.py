"""Pictures that stand on invoices: they are kept as long as an invoice shows them."""

from sqlalchemy import exists

from buurthuis.payments.invoices.models import Invoice
from buurthuis.venues.photos import Picture, is_used_where

is_used_where(exists().where(Invoice.seller["picture"].as_string() == Picture.name))
