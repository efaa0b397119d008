"""What everybody may know: the figures of a year as they are published, without small numbers."""
