"""What somebody should hear of now, and what they wish to have by mail."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from lockgate.faces.web.page import page, viewer_of
from lockgate.tower.notices.current import for_viewer
from lockgate.tower.notices.telling import TITLES
from lockgate.tower.notices.wishes import WishesForm
from lockgate.tower.server import live

if TYPE_CHECKING:
    from lockgate.tower.people.models import Account


@page("notice.see")
def notices(request: HttpRequest) -> HttpResponse:
    """Show what the viewer should hear of, by kinds, each with why."""
    found = for_viewer(live(), viewer_of(request))
    groups = [(title, [one for one in found if one.kind is kind]) for kind, title in TITLES.items()]
    told = {"kinds": [(title, of_kind) for title, of_kind in groups if of_kind], "count": len(found)}
    return render(request, "tower/notices/list.html", told)


@page("notice.see")
def count(request: HttpRequest) -> HttpResponse:
    """Show how many there are, as a part of the frame."""
    found = len(for_viewer(live(), viewer_of(request)))
    return render(request, "tower/notices/count.html", {"count": found})


@page("account.keep")
def wished(request: HttpRequest) -> HttpResponse:
    """Show and keep what goes out by mail."""
    account = cast("Account", request.user)
    form = WishesForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept."))
        return redirect("notice-wishes")
    return render(request, "tower/notices/wishes.html", {"form": form, "email": account.email})


urlpatterns = [
    path("notice/", notices, name="notices"),
    path("notice/count/", count, name="notice-count"),
    path("account/notice/", wished, name="notice-wishes"),
]
