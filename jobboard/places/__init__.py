"""Places in the United States: ZIP codes and cities with their coordinates, and how far it is between them."""
