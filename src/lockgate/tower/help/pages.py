"""The documents of the project, as pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lockgate.faces.web.page import page
from lockgate.faces.web.places import Place, enter
from lockgate.tower.help.library import FIRST, PICTURES, documents, groups, pictures, rendered

enter(Place(95, _("Help"), "/help/", "help", "help.see"))


@page("help.see")
def show(request: HttpRequest, name: str = FIRST) -> HttpResponse:
    """Show one document, with all others beside it."""
    name = name.rstrip("/")
    if name not in documents():
        raise Http404
    said = {"document": documents()[name], "html": rendered(name).html, "shelves": groups(), "first": FIRST}
    return render(request, "tower/help.html", said)


@page("help.see")
def picture(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001
    """Give out a picture of a document."""
    if name not in pictures():
        raise Http404
    return HttpResponse(pictures()[name].read_bytes(), content_type="image/png")


urlpatterns = [
    path("help/", show, name="help"),
    path(f"help/{PICTURES}/<str:name>", picture, name="help-picture"),
    path("help/<path:name>", show, name="help-page"),
]
