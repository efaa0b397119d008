"""Coming to an end well: hand over, leave, get an address back, see what is stored."""
