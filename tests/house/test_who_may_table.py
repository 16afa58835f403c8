"""The table of who may do what says nothing that breaks a rule of the house.

What the product answers is held in tests/access.
"""

import pytest

from tests.access import table

TABLED = table.read()
ADDRESSES = table.addresses()
STRANGERS = ("nora", "coder", "member", "rival", "staff")  # to Harbor Coding, whose things the addresses name
OTHERS = ("coder", "member", "owner", "recr", "viewer", "rival", "staff", "susp")  # than Nora
NORAS = {"folder", "credential", "work", "alert", "resume", "application", "request", "block"}
VIEWERS_MAY = {"team_leave", "hiring_export"}  # their own affair, and what they may read, as a file


def named(path: str) -> list[table.Line]:
    """The lines whose address begins so."""
    return [line for line in TABLED.values() if ADDRESSES.get(line.name, "").startswith(path)]


def answers(line: table.Line, *who: str) -> set[str]:
    """What some people are answered to either method."""
    return {line.get[each] for each in who} | {line.post[each] for each in who}


@pytest.mark.parametrize("line", [each for each in named("/hiring/") if each.args], ids=lambda line: line.name)
def test_a_teams_pages_are_not_there_for_others(line: table.Line) -> None:
    if "token" in line.args:  # who holds a link from a mail may use it
        return
    assert answers(line, *STRANGERS) <= {"404", "405"}
    assert answers(line, "guest") == {table.SIGN_IN}


@pytest.mark.parametrize("line", named("/hiring/"), ids=lambda line: line.name)
def test_a_viewer_changes_nothing(line: table.Line) -> None:
    if line.name not in VIEWERS_MAY and "token" not in line.args and line.args:
        assert line.post["viewer"] in {"403", "405"}


@pytest.mark.parametrize("line", [each for each in named("/me/") if NORAS & set(each.args)], ids=lambda line: line.name)
def test_what_is_a_persons_own_is_not_there_for_others(line: table.Line) -> None:
    assert answers(line, *OTHERS) <= {"404", "405"}
    assert answers(line, "guest") == {table.SIGN_IN}


@pytest.mark.parametrize("line", named("/desk/"), ids=lambda line: line.name)
def test_the_desk_is_for_staff(line: table.Line) -> None:
    everybody_else = [who for who in line.get if who not in {"guest", "staff"}]
    assert answers(line, *everybody_else) <= {"404", "403", "405"}
    assert answers(line, "guest") <= {table.SIGN_IN, "405"}


@pytest.mark.parametrize("line", TABLED.values(), ids=lambda line: line.name)
def test_what_is_only_posted_is_not_gotten(line: table.Line) -> None:
    if "405" in line.get.values():
        assert set(line.get.values()) <= {"405", "404", table.SIGN_IN}
