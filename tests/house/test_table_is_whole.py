"""The table of who may do what is whole."""

from tests.access import table

ADMIN = ("admin:", "/admin/")  # pages that follow one rule, which tests/access/test_who_may.py holds


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    tabled = table.read().keys()
    known = {name for name in table.addresses() if not name.startswith(ADMIN)}
    assert sorted(known - tabled) == [], "write into tests/access/who_may.txt who may do what there"
    assert sorted(tabled - known) == [], "there is no such address"
