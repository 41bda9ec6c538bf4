"""How far is each requirement, what was built beside the standard, and what can the standard do?"""

from dataclasses import fields, replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lockgate.faces.web.files import table_file
from lockgate.faces.web.page import page, page_of, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.faces.web.policy import may
from lockgate.practices.fit.decide.drawing import funnel
from lockgate.practices.fit.perform.showing import customs, traces, workbench
from lockgate.practices.fit.perform.threads import HEADINGS, trace_rows
from lockgate.programme.server import as_of, live

enter(Place(51, gettext_lazy("Fit"), "/fit/", "seal", "fit.see"))


@page("fit.see")
def fit(request: HttpRequest) -> HttpResponse:
    """Show requirements with what of the standard may carry them, and what there is of it."""
    wanted = workbench.Wanted(**{one.name: request.GET.get(one.name, "") for one in fields(workbench.Wanted)})
    instances = list(live().workspace().instances)
    if wanted.instance not in instances:
        wanted = replace(wanted, instance=instances[0] if instances else "")
    viewer, when = viewer_of(request), as_of(request.GET.get("as-of"))
    needs = workbench.needs(viewer, when)
    said = {
        "needs": needs,
        "page": page_of(needs, request),
        "answer": workbench.search(viewer, wanted),
        "areas": workbench.areas(wanted.instance),
        "read_at": workbench.read_at(wanted.instance),
        "instances": instances,
        "wanted": wanted,
        "may_run": _may_run(request),
        "may_confirm": when is None and may(viewer, "fit.confirm"),
    }
    return render(request, "fit/workbench.html", said)


@require_POST
@page("fit.confirm")
def confirm(request: HttpRequest) -> HttpResponse:
    """Write into a requirement what of the standard carries it."""
    said = {name: request.POST.get(name, "") for name in ("instance", "requirement", "choice")}
    named = workbench.confirm(viewer_of(request), **said)
    carried = _("{requirement} is carried by {named}.")
    messages.success(request, carried.format(requirement=said["requirement"], named=", ".join(named)))
    return redirect(f"/fit/?{urlencode({name: said[name] for name in ('instance', 'requirement')})}")


@page("fit.see")
def trace(request: HttpRequest) -> HttpResponse:
    """Show the thread of each requirement, and how far each area and site is."""
    told, wanted = traces.trace(viewer_of(request), as_of(request.GET.get("as-of"))), _wanted(request)
    said = {
        "told": told,
        "drawn": funnel(traces.stages(told)),
        "page": page_of(traces.threads(told, wanted), request),
        "wanted": wanted,
        "lacking": traces.lacking(told),
        "may_run": _may_run(request),
    }
    return render(request, "fit/trace.html", said)


@page("fit.see")
def trace_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the threads as a table."""
    told = traces.trace(viewer_of(request), as_of(request.GET.get("as-of")))
    rows = trace_rows(traces.threads(told, _wanted(request)))
    return table_file("traceability", HEADINGS, rows, ending)


@page("fit.see")
def custom(request: HttpRequest) -> HttpResponse:
    """Show what was built beside the standard of each Odoo."""
    told = customs.customs(viewer_of(request), as_of(request.GET.get("as-of")))
    said = {
        "counted": [(one, customs.trends(one)) for one in told],
        "instances": list(live().workspace().instances),
        "width": customs.WIDTH,
        "height": customs.HEIGHT,
        "may_run": _may_run(request),
    }
    return render(request, "fit/custom.html", said)


def _wanted(request: HttpRequest) -> traces.Wanted:
    return traces.Wanted(**{one.name: request.GET.get(one.name, "") for one in fields(traces.Wanted)})


def _may_run(request: HttpRequest) -> bool:
    """Return whether the viewer may ask a worker for something; nothing is asked as of the past."""
    return not request.GET.get("as-of") and may(viewer_of(request), "run.start")


urlpatterns = [
    path("fit/", fit, name="fit"),
    path("fit/confirm/", confirm, name="fit-confirm"),
    path("fit/custom/", custom, name="fit-custom"),
    path("fit/trace/", trace, name="fit-trace"),
    path("fit/trace/export.<slug:ending>", trace_file, name="fit-trace-export"),
]
