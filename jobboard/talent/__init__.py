"""Employers look for coders whose profiles are open to them, and ask to be in touch; the coders decide."""
