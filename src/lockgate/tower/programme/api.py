"""What can programs ask of the programme? Its dates of a month."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from lockgate.faces.web.page import viewer_of
from lockgate.tower.interface import AsOf, operation
from lockgate.tower.programme.month import DateAnswer, month, told

router = Router(tags=["programme"])
AMonth = Annotated[str, Query(alias="month", description="Like 2026-11; the month of the moment when left out.")]


@router.get("/programme/calendar", response=list[DateAnswer])
@operation("programme.see")
def calendar(request: HttpRequest, when: AsOf = "", of: AMonth = "") -> list[DateAnswer]:
    """List periods, holidays, go-lives and what is due in a month, as far as you see it."""
    return [told(one) for one in month(viewer_of(request), of, when).found]
