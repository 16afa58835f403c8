"""Employers, their teams, and their public pages."""
