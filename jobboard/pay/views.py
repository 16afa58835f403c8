"""The page about what coding jobs pay."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jobboard.pay.charts import WIDTH, Scale
from jobboard.pay.figures import KINDS, LEAST, figures
from jobboard.pay.forms import UNITS, PayForm

TITLES = {
    "credential": "By credential",
    "specialty": "By specialty",
    "workplace": "By workplace",
    "state": "By state",
}


@login_not_required
@require_safe
def pay(request: HttpRequest) -> HttpResponse:
    """Quartiles over the postings that the address asks for. A part that cannot be read is named and left out (400)."""
    form = PayForm(request.GET)
    asked = form.asked
    found = figures(timezone.now(), form.where)
    shown = {kind: found.groups[kind] for kind in KINDS if kind not in asked}
    everything = [*([found.overall] if found.overall else []), *(each for group in shown.values() for each in group)]
    scale = Scale(everything, asked.get("per", "hour"))
    context = {
        "form": form,
        "found": found,
        "overall": found.overall and scale.bar("", found.overall),
        "groups": [
            (kind, TITLES[kind], [(scale.bar(kind, each), _query(asked, kind, each.value)) for each in group])
            for kind, group in shown.items()
        ],
        "scale": scale,
        "width": WIDTH,
        "least": LEAST,
        "per": asked.get("per", "hour"),
        "units": [(unit, words.lower(), _query(asked, "per", unit)) for unit, words in UNITS],
        "narrowed": [(name, form[name].label, _query(asked, name, "")) for name in form.NARROWING if name in asked],
        "jobs_query": _query({name: asked[name] for name in form.NARROWING if name in asked}),
    }
    return render(request, "pay/pay.html", context, status=400 if form.errors else 200)


def _query(asked: dict[str, str], name: str = "", value: str = "") -> str:
    """The query string of what is asked, with one part put differently or, where `value` is empty, left out."""
    query = QueryDict(mutable=True)
    changed = asked | ({name: value} if name else {})
    query.update({key: each for key, each in sorted(changed.items()) if each and (key, each) != ("per", "hour")})
    return query.urlencode()
