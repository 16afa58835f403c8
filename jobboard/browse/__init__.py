"""Pages that people search for: jobs by credential, by specialty, and for apprentices, each by state or remote."""
