"""What can programs ask of the server's settings? All that the page shows; no secret."""

from django.http import HttpRequest
from ninja import Router

from lockgate.tower.interface import operation
from lockgate.tower.settings.answer import SettingAnswer
from lockgate.tower.settings.listing import all_settings

router = Router(tags=["settings"])


@router.get("/settings", response=list[SettingAnswer])
@operation("settings.see")
def settings_now(request: HttpRequest) -> list[SettingAnswer]:  # noqa: ARG001 - an operation takes one
    """List with what this tower runs, and where each is set."""
    return all_settings()
