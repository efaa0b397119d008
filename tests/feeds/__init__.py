"""Calendar feeds, asked for over HTTP."""
