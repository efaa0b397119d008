"""Things that go with a room as long as there are some: beamers, chairs, coffee, the cleaning."""
