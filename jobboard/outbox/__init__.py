"""Mail on its way out: stored with the change it tells of, delivered once by a task."""
