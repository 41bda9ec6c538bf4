"""What can programs search? What people can."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from typing_extensions import TypedDict

from lockgate.faces.web.page import viewer_of
from lockgate.tower.interface import operation
from lockgate.tower.search.pages import LONGEST, ON_PAGE, found_by

router = Router(tags=["search"])


class HitAnswer(TypedDict):
    """One thing that was found."""

    group: str
    title: str
    about: str
    url: str


@router.get("/search", response=list[HitAnswer])
@operation("search.use")
def search(request: HttpRequest, q: Annotated[str, Query(max_length=LONGEST)]) -> list[HitAnswer]:
    """Find whatever you may see; `/`, `@`, `#` and `?` in front narrow it to places, people, records and help."""
    found = found_by(q, viewer_of(request), ON_PAGE)
    return [HitAnswer(group=item.group, title=item.title, about=item.about, url=item.url) for item in found]
