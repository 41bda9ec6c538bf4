"""Are these two records one thing? The queue of pairs, and one pair side by side."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lockgate.faces.web.page import page, page_of, viewer_of
from lockgate.kernel.errors import LockgateError
from lockgate.practices.migration.decide.picturing import balance
from lockgate.practices.migration.pages.overview import sight_asked
from lockgate.practices.migration.perform.showing.golden import golden_of
from lockgate.practices.migration.perform.showing.reviewing import say
from lockgate.practices.migration.perform.showing.reviews import PairAnswer, pair, queue
from lockgate.programme.server import as_of, live


@page("migration.review")
def list_all(request: HttpRequest) -> HttpResponse:
    """Show the pairs, those that wait first."""
    sight = sight_asked(request)
    told = queue(sight, live().desk(sight.when), request.GET.get("entity") or None)
    names = {key: person.name for key, person in sight.workspace.people.items()}
    return render(
        request, "migration/reviews.html", {"told": told, "page": page_of(told["reviews"], request), "names": names}
    )


@page("migration.review")
def one(request: HttpRequest, record: str) -> HttpResponse:
    """Show a pair side by side."""
    return _shown(request, _pair(request, record))


@page("migration.review")
def golden(request: HttpRequest, record: str) -> HttpResponse:
    """Show what one record would come of a pair."""
    sight = sight_asked(request)
    told = golden_of(sight, live().desk(sight.when), record)
    if told is None:
        raise Http404(record)
    declared = sight.migration.entities.get(told["entity"])
    return render(request, "migration/golden.html", {"told": told, "title": declared.title if declared else ""})


@require_POST
@page("migration.review")
def decide(request: HttpRequest, record: str) -> HttpResponse:
    """Keep what somebody says of a pair, and go on with the next."""
    told = _pair(request, record)
    reason = request.POST.get("reason", "").strip()
    try:
        say(live().desk(), record, request.POST.get("said", ""), by=viewer_of(request).person, reason=reason)
    except LockgateError as error:
        messages.error(request, " ".join(error.lines()))
        return _shown(request, told, reason=reason, status=409)
    messages.success(request, _("Kept: {record}.").format(record=record))
    back = request.POST.get("said") == "take-back" or told["after"] is None
    return redirect("migration-review", record) if back else redirect("migration-review", str(told["after"]))


def _pair(request: HttpRequest, record: str) -> PairAnswer:
    found = pair(sight_asked(request), live().desk(as_of(request.GET.get("as-of"))), record)
    if found is None:
        raise Http404(record)
    return found


def _shown(request: HttpRequest, told: PairAnswer, *, reason: str = "", status: int = 200) -> HttpResponse:
    sight = sight_asked(request)
    said = {
        "told": told,
        "weights": list(zip(told["weights"], balance([one["bits"] for one in told["weights"]]), strict=True)),
        "names": {key: person.name for key, person in sight.workspace.people.items()},
        "progress": next(
            (
                each
                for each in queue(sight, live().desk(sight.when))["entities"]
                if each["entity"] == told["review"]["entity"]
            ),
            None,
        ),
        "reason": reason,
    }
    return render(request, "migration/review.html", said, status=status)


urlpatterns = [
    path("migration/reviews/", list_all, name="migration-reviews"),
    path("migration/reviews/<slug:record>/", one, name="migration-review"),
    path("migration/reviews/<slug:record>/golden/", golden, name="migration-golden"),
    path("migration/reviews/<slug:record>/decide/", decide, name="migration-review-decide"),
]
