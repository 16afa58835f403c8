"""Mails before a credential expires and before its CEUs are due."""
