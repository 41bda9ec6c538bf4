"""What can programs ask of instances? How each is declared, when it was last seen, and whether its lock is closed."""

from django.http import HttpRequest
from ninja import Router

from lockgate.faces.web.page import viewer_of
from lockgate.tower.instance.listing import InstanceAnswer
from lockgate.tower.instance.pages import found
from lockgate.tower.interface import AsOf, operation

router = Router(tags=["instance"])


@router.get("/instance", response=list[InstanceAnswer])
@operation("instance.see")
def instances(request: HttpRequest, when: AsOf = "") -> list[InstanceAnswer]:
    """List the instances that you see."""
    return found(viewer_of(request), when)
