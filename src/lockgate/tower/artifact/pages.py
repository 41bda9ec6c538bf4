"""One file that goes with records: what it is, which records name it, and its content."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.clickjacking import xframe_options_sameorigin

from lockgate.faces.web.page import page, viewer_of
from lockgate.ledger.artifacts import EXPUNGED, State
from lockgate.tower.artifact.view import SEALED, Form, view_of
from lockgate.tower.evidence.opened import briefs
from lockgate.tower.evidence.seeing import file_is_seen, visible
from lockgate.tower.seeing.sight import sight
from lockgate.tower.server import live

MOST_SHOWN_BYTES = 20 * 2**20


@page("evidence.see")
def show(request: HttpRequest, digest: str) -> HttpResponse:
    """Show a file, or say why it is not there."""
    known, artifacts, viewer = briefs(), live().place.artifacts, viewer_of(request)
    _require(request, digest)
    naming = [known.of(number) for number in known.naming(digest)]
    records = [brief for brief in naming if brief.kind != EXPUNGED and visible(brief, viewer, known)]
    gone = [live().place.ledger.record(brief.number) for brief in naming if brief.kind == EXPUNGED]
    state = artifacts.state(digest)
    size = artifacts.path_of(digest).stat().st_size if state is State.PRESENT else 0
    view = view_of(artifacts.read(digest)) if state is State.PRESENT and size <= MOST_SHOWN_BYTES else None
    facts = {"digest": digest, "names": _names(request, digest), "state": str(state), "size": size}
    return render(request, "tower/artifact.html", {**facts, "view": view, "records": records, "gone": gone})


@page("evidence.see")
def content(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Hand a file out as a download, whatever it is."""
    _require(request, digest, present=True)
    file = live().place.artifacts.path_of(digest).open("rb")
    name = next(iter(_names(request, digest).values()), digest[:12])
    answer = FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")
    answer["Content-Security-Policy"] = SEALED
    return answer


@page("evidence.see")
@xframe_options_sameorigin
def sealed(request: HttpRequest, digest: str) -> HttpResponse:
    """Hand a picture or a page out to be looked at, in a frame that it can't leave."""
    _require(request, digest, present=True)
    found = live().place.artifacts.read(digest)
    view = view_of(found[:MOST_SHOWN_BYTES])
    if view.form not in {Form.PICTURE, Form.PAGE}:
        raise Http404
    answer = HttpResponse(found, content_type=f"{view.type}; charset=utf-8" if view.form is Form.PAGE else view.type)
    answer["Content-Security-Policy"] = SEALED
    return answer


def _names(request: HttpRequest, digest: str) -> dict[str, str]:
    """Return how the file is called, by each record that the viewer sees."""
    seen = sight(viewer_of(request)).known.entries.by_id
    return {record: name for record, name in live().place.artifacts.names.all_of(digest).items() if record in seen}


def _require(request: HttpRequest, digest: str, *, present: bool = False) -> None:
    """Go on when the viewer sees the file."""
    if not file_is_seen(digest, viewer_of(request), briefs()):
        raise Http404
    if present and live().place.artifacts.state(digest) is not State.PRESENT:
        raise Http404


_FILE = "artifact/<str:digest>/"
urlpatterns = [
    path(_FILE, show, name="artifact"),
    path(f"{_FILE}content/", content, name="artifact-content"),
    path(f"{_FILE}sealed/", sealed, name="artifact-sealed"),
]
