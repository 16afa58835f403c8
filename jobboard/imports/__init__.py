"""Getting many postings in: files with a dry run, and the API with its keys."""
