"""Job postings: writing, moderation, search, and the ways they reach the public."""
