"""How often postings are read and applied to, counted by day and source, without keeping who read."""
