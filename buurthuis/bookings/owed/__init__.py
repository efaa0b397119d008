"""What a group owes for a booking that it cancelled late or did not use."""
