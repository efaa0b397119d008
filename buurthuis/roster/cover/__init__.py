"""Who drops out asks for cover: whom the house asks, and in which order."""
