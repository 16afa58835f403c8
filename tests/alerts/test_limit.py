"""One person keeps so many alerts and no more, also by requests that come at once."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from jobboard.alerts.models import SavedBefore, SavedSearch, TooMany
from tests.alerts.conftest import NOON
from tests.factories import make_user


@pytest.mark.django_db(transaction=True)
def test_parallel_requests_do_not_pass_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SavedSearch, "MOST", 3)
    ada, start, came = make_user(), Barrier(6), []

    def keep(number: int) -> None:
        start.wait()
        try:
            SavedSearch(user=ada, name="Spine", query=f"q={number}").keep(NOON)
            came.append("kept")
        except TooMany:
            came.append("too many")
        finally:
            connection.close()

    threads = [Thread(target=keep, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["kept"] * 3 + ["too many"] * 3
    assert SavedSearch.objects.count() == 3


def test_the_same_search_again_is_told_as_such_at_the_limit(keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SavedSearch, "MOST", 1)
    keep("q=spine")
    with pytest.raises(SavedBefore):
        keep("q=spine")
    with pytest.raises(TooMany):
        keep("q=hip")
