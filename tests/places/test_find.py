"""Which place somebody means."""

import pytest

from jobboard.places.models import NoSuchPlace, find, locate

pytestmark = pytest.mark.usefixtures("small_map")


@pytest.mark.parametrize("text", ["Austin, TX", "austin texas", "AUSTIN", "Austin , Tx."])
def test_a_city_by_its_name_the_largest_by_far_if_no_state_is_given(text: str) -> None:
    assert str(find(text)) == "Austin, TX"


def test_a_state_that_is_asked_for_anyway_decides() -> None:
    assert str(find("Austin", "MN")) == "Austin, MN"
    assert str(find("Springfield", "IL")) == "Springfield, IL"
    assert str(find("Austin, TX", "MN")) == "Austin, TX"


def test_a_zip_code() -> None:
    assert str(find("78701-0001")) == "78701 (Austin, TX)"


def test_a_name_of_several_cities_is_asked_back() -> None:
    with pytest.raises(NoSuchPlace, match=r"There is a Springfield in MA, MO, IL\. Add the state\.") as refused:
        find("Springfield")
    assert [str(each) for each in refused.value.suggestions] == [
        *("Springfield, MA", "Springfield, MO", "Springfield, IL"),
    ]


def test_a_misspelt_name_suggests_what_looks_like_it() -> None:
    with pytest.raises(NoSuchPlace, match="No city of this name is known") as refused:
        find("Sprinfield, MO")
    assert "Springfield, MO" in [str(each) for each in refused.value.suggestions]


@pytest.mark.parametrize("text", ["00000", "99999", "", "%", "x" * 200, "'; --", "\N{SNOWMAN}"])
def test_nonsense_is_nowhere(text: str) -> None:
    with pytest.raises(NoSuchPlace):
        find(text)


def test_an_address_is_where_its_zip_code_is_or_else_its_city() -> None:
    by_code, by_city = locate("Austin", "TX", "78664"), locate("Austin", "TX")
    assert by_code is not None
    assert by_code.latitude == 30.515
    assert by_city is not None
    assert by_city.latitude == 30.267
    assert str(locate("Austin", "TX", "00000")) == "Austin, TX"
    assert locate("Nowhere", "TX") is None
    assert locate("", "") is None
