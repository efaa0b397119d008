"""What every feature stands on: database, clock, forms, access, errors, letters, logbook."""
