"""Pages of the code reference: browse, one code, search."""
