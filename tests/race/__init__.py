"""Many people at one moment, on a real server with several processes."""
