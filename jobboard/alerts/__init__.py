"""Saved searches and the mails that answer them."""
