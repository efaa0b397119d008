"""Coming to an end well: hand over work, leave, get a lost address back, see what is stored."""
