"""The present head of the ledger as signed text and as a QR code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lockgate.faces.web.page import page
from lockgate.ledger.proving.checkpoints import Checkpoint
from lockgate.tower.checkpoint.signing import notary_of
from lockgate.tower.checkpoint.square import square
from lockgate.tower.server import live


@page("evidence.see")
def show(request: HttpRequest) -> HttpResponse:
    """Show the signed head."""
    made = _made()
    wide, dark = square(made.note)
    said = {"made": made, "wide": wide, "dark": dark, "name": _name(made)}
    return render(request, "tower/checkpoint.html", said)


@page("evidence.see")
def note(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes one
    """Hand the signed head out as a file."""
    made = _made()
    answer = HttpResponse(made.note, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(made)}"'
    return answer


def _made() -> Checkpoint:
    place = live().place
    return notary_of(place.ledger).checkpoint(place)


def _name(made: Checkpoint) -> str:
    return f"checkpoint-{made.number}.txt"


urlpatterns = [path("checkpoint/", show, name="checkpoint"), path("checkpoint/note/", note, name="checkpoint-note")]
