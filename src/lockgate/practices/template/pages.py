"""The template as it is declared, in which order it is built, and what every Odoo that was looked at has otherwise."""

from dataclasses import fields

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.files import table_file
from lockgate.faces.web.page import page, page_of, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.faces.web.policy import may
from lockgate.kernel.errors import UsageError
from lockgate.practices.template.decide.browsing import capability_of
from lockgate.practices.template.decide.drawing import BOX_HEIGHT, BOX_WIDTH, picture
from lockgate.practices.template.perform.showing import inbox, layers, planned
from lockgate.practices.template.perform.showing.adherence import HEIGHT, WIDTH, rows
from lockgate.practices.template.perform.showing.adherence import adherence as adherence_of
from lockgate.practices.template.perform.showing.shelf import Shelf, found, link, shelf
from lockgate.practices.template.perform.showing.steps import asking, groups, places
from lockgate.programme.server import as_of, live

enter(Place(52, _("Template"), "/template/", "template", "template.see"))


@page("template.see")
def resources(request: HttpRequest) -> HttpResponse:
    """Show the resources, by model, capability and words."""
    there = _shelf(request)
    wanted = {name: request.GET.get(name, "") for name in ("q", "model", "capability")}
    keys = page_of(found(there, **wanted), request)
    models = sorted({one.resource.model for one in there.book.by_key.values()})
    said = {
        "page": keys,
        "rows": [there.told(key) for key in keys],
        "wanted": wanted,
        "models": models,
        "capabilities": sorted({capability_of(model) or "shared" for model in models}),
        "files": sorted({one.path for one in there.book.by_key.values()}),
        "there": there,
    }
    return render(request, "template/resources.html", said)


@page("template.see")
def resource(request: HttpRequest, key: str) -> HttpResponse:
    """Show one resource: its values, where each is declared, what refers to it and what it refers to."""
    there = _shelf(request)
    if key not in there.book.by_key:
        raise Http404(key)
    told = there.told(key)
    said = [(one, link(one["declared_at"])) for one in told["values"]]
    about = {"one": told, "said": said, "url": link(told["declared_at"]), "book": there.book.by_key}
    return render(request, "template/resource.html", about)


@page("template.see")
def order(request: HttpRequest) -> HttpResponse:
    """Show in which order the template is built."""
    there = _shelf(request)
    drawn = picture(there.book)
    said = {"book": there.book, "drawn": drawn, "box_width": BOX_WIDTH, "box_height": BOX_HEIGHT}
    return render(request, "template/order.html", said)


@page("template.see")
def plan(request: HttpRequest) -> HttpResponse:
    """Show what would change in an Odoo, resource by resource, as it was planned last."""
    wanted = planned.Wanted(**{one.name: request.GET.get(one.name, "") for one in fields(planned.Wanted)})
    there = planned.plans(viewer_of(request), as_of(request.GET.get("as-of")))
    one = planned.chosen(there, wanted)
    found = page_of(planned.steps(one, wanted) if one else [], request)
    said = {
        "plans": there,
        "one": one,
        "page": found,
        "kinds": groups(list(found)),
        "wanted": wanted,
        "models": planned.models(one) if one else [],
        "lacking": planned.lacking(one) if one and not one["evidence"] else [],
        "applying": asking("template.apply", one["instance"], one["scope"], plan=one["digest"]) if one else "",
        "where": places(viewer_of(request)),
    }
    return render(request, "template/plan.html", said | _rights(request))


@page("template.see")
def drift(request: HttpRequest) -> HttpResponse:
    """Show every field that differed when it was looked last."""
    looks, wanted = _looks(request), _wanted(request)
    said = {
        "looks": looks,
        "page": page_of(inbox.differences(looks, wanted), request),
        "wanted": wanted,
        "choices": inbox.choices(looks),
        "deviate": _deviate(request),
        "total": sum(len(look["changes"]) for look in looks),
        "where": places(viewer_of(request)),
    }
    return render(request, "template/drift.html", said | _rights(request))


@page("template.see")
def adherence(request: HttpRequest) -> HttpResponse:
    """Show how far each site is as the template says."""
    told = adherence_of(viewer_of(request), as_of(request.GET.get("as-of")))
    said = {"rows": rows(told), "never": sum(one["evidence"] is None for one in told), "width": WIDTH, "height": HEIGHT}
    return render(request, "template/adherence.html", said)


@page("template.see")
def drift_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Give every field that differed as a table."""
    differing = inbox.differences(_looks(request), _wanted(request))
    return table_file("drift", inbox.HEADINGS, inbox.table(differing), ending)


@page("template.see")
def merges(request: HttpRequest) -> HttpResponse:
    """Show how much each site has otherwise."""
    told = layers.sites(viewer_of(request), as_of(request.GET.get("as-of")))
    return render(request, "template/merge.html", {"sites": told})


@page("template.see")
def merge(request: HttpRequest, site: str) -> HttpResponse:
    """Show where each value of a site comes from."""
    wanted = layers.Wanted(request.GET.get("show", ""), request.GET.get("q", ""))
    merged = layers.merge(viewer_of(request), site, as_of(request.GET.get("as-of")))
    found = page_of(layers.rows(merged, wanted), request)
    return render(request, "template/merge.html", {"merged": merged, "page": found, "wanted": wanted})


def _shelf(request: HttpRequest) -> Shelf:
    return shelf(viewer_of(request), as_of(request.GET.get("as-of")))


def _looks(request: HttpRequest) -> list[inbox.LookAnswer]:
    return inbox.looks(viewer_of(request), as_of(request.GET.get("as-of")))


def _wanted(request: HttpRequest) -> inbox.Wanted:
    names = ("instance", "scope", "model", "by", "q", "sort")
    return inbox.Wanted(**{name: request.GET.get(name, "") for name in names})


def _deviate(request: HttpRequest) -> bool:
    """Return whether a deviation can be raised: there is a register of them, and it is now."""
    if request.GET.get("as-of"):
        return False
    try:
        return "deviation" in live().desk().known.registers
    except UsageError:
        return False


def _rights(request: HttpRequest) -> dict[str, bool]:
    """Return what the viewer may ask for; nothing is done as of the past."""
    viewer, now = viewer_of(request), not request.GET.get("as-of")
    runs = now and may(viewer, "run.start")
    wanted = {"may_apply": "template.apply", "may_adopt": "template.adopt"}
    return {"may_run": runs, **{name: runs and may(viewer, right) for name, right in wanted.items()}}


urlpatterns = [
    path("template/", resources, name="template"),
    path("template/plan/", plan, name="template-plan"),
    path("template/order/", order, name="template-order"),
    path("template/adherence/", adherence, name="template-adherence"),
    path("template/drift/", drift, name="template-drift"),
    path("template/drift/export.<slug:ending>", drift_file, name="template-drift-export"),
    path("template/merge/", merges, name="template-merge"),
    path("template/merge/<slug:site>/", merge, name="template-merge-site"),
    path("template/resource/<slug:key>/", resource, name="template-resource"),
]
