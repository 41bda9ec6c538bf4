"""What can programs ask of notices? Those of the person whose key they use."""

from django.http import HttpRequest
from ninja import Router

from lockgate.faces.web.page import viewer_of
from lockgate.tower.interface import operation
from lockgate.tower.notices.current import for_viewer
from lockgate.tower.notices.showing import NoticeAnswer, shown
from lockgate.tower.server import live

router = Router(tags=["notice"])


@router.get("/notice", response=list[NoticeAnswer])
@operation("notice.see")
def notices(request: HttpRequest) -> list[NoticeAnswer]:
    """List what you should hear of now."""
    return [shown(one) for one in for_viewer(live(), viewer_of(request))]
