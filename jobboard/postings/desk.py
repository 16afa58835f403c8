"""Who the desk is there for: staff. Each app that has pages there guards them with this."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpResponse

from accounts.request import PersonRequest


def staff_only[**P](view: Callable[Concatenate[PersonRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to everybody else: the desk is not there for them."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_staff:
            raise Http404("The desk is for staff.")
        return view(request, *args, **kwargs)

    return guarded
