"""Who opens tonight: open sessions and shifts that follow from bookings, and who has promised them."""
