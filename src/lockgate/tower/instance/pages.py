"""The Odoo databases of the programme, and whether production is locked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.page import page, viewer_of
from lockgate.faces.web.places import Place, enter
from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.errors import UsageError
from lockgate.programme.permit import refusal
from lockgate.tower.evidence import opened
from lockgate.tower.instance.listing import InstanceAnswer, instances
from lockgate.tower.server import as_of, live

enter(Place(55, _("Instances"), "/instance/", "instance", "instance.see"))


@page("instance.see")
def show(request: HttpRequest) -> HttpResponse:
    """Show the instances with their locks."""
    return render(request, "tower/instance.html", {"instances": found(viewer_of(request), request.GET.get("as-of"))})


def found(viewer: Viewer, when: str | None) -> list[InstanceAnswer]:
    """Return the instances that somebody sees, as of now or of a moment."""
    asked = as_of(when)
    compared = opened.compared(asked)
    try:
        room = None if compared.workspace.findings else live().room(asked)
    except UsageError:
        room = None  # the gates have findings
    return instances(compared, viewer, None if room is None else lambda key: refusal(room, key))


urlpatterns = [path("instance/", show, name="instances")]
