"""Pages that join features: finding a room, a house and its week, my page, the desk."""
