"""Pages of a long list: counted once a minute, and the last ones read from the end."""

from datetime import datetime
from functools import cached_property

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator

from jobboard.postings.kept import kept
from jobboard.postings.models import PostingQuerySet


class Pages(Paginator):
    """Pages of postings in the order of the queryset.

    The rows of a page are read every time; only how many there are in all is kept, where they are many.
    """

    object_list: PostingQuerySet

    @cached_property
    def count(self) -> int:
        """How many postings there are, whichever moment was asked for in the last minute."""
        unordered = self.object_list.order_by()
        try:
            sql, values = unordered.values("pk").query.sql_with_params()
        except EmptyResultSet:
            return 0
        shows = (sql, [value for value in values if not isinstance(value, datetime)])
        return kept(shows, unordered.count, int)

    def page(self, number: int | str) -> Page:
        """A page. In the second half it is read backwards from the end, so that the last costs what the first does."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        if first * 2 < self.count:
            return super().page(number)
        size = min(self.per_page, self.count - first)
        after = self.count - first - size  # how many follow this page
        backwards = self.object_list.reverse()[after : after + size]
        return Page([*reversed(backwards)], number, self)
