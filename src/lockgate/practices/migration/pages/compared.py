"""How do the rounds compare, and does the last load fit its window?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lockgate.faces.web.page import page
from lockgate.practices.migration.pages.overview import sight_asked
from lockgate.practices.migration.perform.showing.compared import bars, compared, rehearsals, tried


@page("migration.see")
def show(request: HttpRequest) -> HttpResponse:
    """Show the rounds side by side, the forecast against the window, and what stands still."""
    sight = sight_asked(request)
    told = compared(sight)
    names = {key: person.name for key, person in sight.workspace.people.items()}
    titles = {key: domain.title for key, domain in sight.migration.domains.items()}
    rows = [(each["round"], titles[one["domain"]], one) for each in told["rounds"] for one in each["domains"]]
    said = {"told": told, "rows": rows, "bars": bars(told), "rehearsals": rehearsals(sight), "names": names}
    said["tried"] = tried(sight)
    return render(request, "migration/compared.html", said)


urlpatterns = [path("migration/rounds/", show, name="migration-rounds")]
