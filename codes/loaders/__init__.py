"""Readers of reference files, one module per layout, and the merge that brings what they read into the tables."""
