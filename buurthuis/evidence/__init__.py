"""Evidence: what figures need besides bookings, with little work for who writes it down."""
