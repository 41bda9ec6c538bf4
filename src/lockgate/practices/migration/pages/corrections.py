"""What has a data owner mended in a work list? Looked at first, and taken when they say so."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lockgate.faces.web.handed_in import keep, kept
from lockgate.faces.web.page import page, viewer_of
from lockgate.kernel.errors import LockgateError, UsageError
from lockgate.practices.migration.perform.bench import Bench
from lockgate.practices.migration.perform.declared import migration_of
from lockgate.practices.migration.perform.mending.taking_back import look_at, take_back
from lockgate.practices.migration.perform.rounds import round_of
from lockgate.programme.server import live

_COMMAND: Final = "lockgate migrate corrections"


@require_http_methods(["GET", "POST"])
@page("migration.work")
def give_back(request: HttpRequest) -> HttpResponse:
    """Take a work list, and show what of it would be kept."""
    told: dict[str, Any] = {}
    file = request.FILES.get("file")
    if request.method == "POST" and file is None:
        told["error"] = UsageError(_("There is no file."), do=_("Choose a work list, CSV or XLSX."))
    elif file is not None:
        try:
            told = _looked_at(request, str(file.name), file.read())
        except LockgateError as error:
            told["error"] = error
    return render(request, "migration/corrections.html", told, status=409 if "error" in told else 200)


@require_POST
@page("migration.work")
def give_back_kept(request: HttpRequest) -> HttpResponse:
    """Keep what was mended in the list that was looked at."""
    try:
        name, content = kept(request.POST.get("token", ""), viewer_of(request).person)
        with _bench(request) as here, _laid_down(name, content) as file:
            done = take_back(here, file)
    except LockgateError as error:
        return render(request, "migration/corrections.html", {"error": error}, status=409)
    said = _("Kept: {kept}. Refused: {refused}. They are made when the data is put right again.")
    messages.success(request, said.format(kept=done["kept"], refused=len(done["refused"])))
    return redirect("migration-rules")


def _looked_at(request: HttpRequest, name: str, content: bytes) -> dict[str, Any]:
    token = keep(content, name, viewer_of(request).person, command=_COMMAND)
    with _bench(request) as here, _laid_down(name, content) as file:
        return {"found": look_at(here, file), "token": token, "name": name}


@contextmanager
def _bench(request: HttpRequest) -> Iterator[Bench]:
    """Open the newest round for as long as a list is compared with it; stop where somebody is at work in it."""
    there = live()
    migration = migration_of(there.workspace())
    with round_of(there.root) as store:
        yield Bench(migration, store, there.place, viewer_of(request).person)


@contextmanager
def _laid_down(name: str, content: bytes) -> Iterator[Path]:
    """Lay a file down where it can be read, by its name alone."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / Path(name.replace("\\", "/")).name
        file.write_bytes(content)
        yield file


urlpatterns = [
    path("migration/corrections/", give_back, name="migration-corrections"),
    path("migration/corrections/now/", give_back_kept, name="migration-corrections-now"),
]
