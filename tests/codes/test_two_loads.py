"""A load and its readers, and two loads at once, on connections of their own."""

import dataclasses
import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection

from codes.loaders import icd10cm_package
from codes.loaders import merge as merging
from codes.loaders.merge import merge
from codes.models import Code, Release
from tests.codes.conftest import AT, LISTING, TABULAR

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_thread(work: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    answers: list[object] = []

    def run() -> None:
        try:
            answers.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, answers


def test_readers_see_the_old_release_until_the_new_one_is_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    staged = icd10cm_package.read(TABULAR, LISTING)
    merge(staged, AT)
    later = icd10cm_package.read(TABULAR, LISTING)
    later = dataclasses.replace(later, checksum="later", effective=date(2026, 10, 1))
    later.codes[1].title = "Gull fever, renamed"
    almost_done, go_on = threading.Event(), threading.Event()
    settle = merging.settle

    def settle_slowly(*arguments: object) -> None:
        settle(*arguments)
        almost_done.set()
        go_on.wait(20)

    monkeypatch.setattr(merging, "settle", settle_slowly)
    thread, _ = in_a_thread(lambda: merge(later, AT + timedelta(days=1)))
    assert almost_done.wait(20)
    assert Code.objects.get(code="A00.0").title == "Gull fever with itching"
    assert Release.objects.count() == 1
    go_on.set()
    thread.join(20)
    assert Code.objects.get(code="A00.0").title == "Gull fever, renamed"
    assert Release.objects.count() == 2


def test_of_two_loads_at_once_one_waits_and_finds_it_done() -> None:
    staged = icd10cm_package.read(TABULAR, LISTING)
    both = [in_a_thread(lambda: merge(staged, AT)) for _ in range(2)]
    for thread, _ in both:
        thread.join(20)
    assert sorted(answer.fresh for _, answers in both for answer in answers) == [False, True]
    assert Release.objects.count() == 1
    assert Code.objects.count() == 8
