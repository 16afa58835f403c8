"""See tests/teams.py for who is who."""

from tests.teams import *  # noqa: F403 - fixtures are found by name
