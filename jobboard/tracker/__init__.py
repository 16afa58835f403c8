"""What a coder keeps of the jobs they look at: saved, applied to, hidden, seen, followed."""
