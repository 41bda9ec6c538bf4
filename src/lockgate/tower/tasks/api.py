"""What can programs ask of tasks? What waits for whoever asks."""

from django.http import HttpRequest
from ninja import Router
from typing_extensions import TypedDict

from lockgate.faces.web.page import viewer_of
from lockgate.kernel.clock import stamp
from lockgate.tower.interface import operation
from lockgate.tower.tasks.waiting import waiting

router = Router(tags=["task"])


class TaskAnswer(TypedDict):
    """One thing that waits."""

    kind: str
    about: str
    title: str
    do: str
    url: str
    due_at: str | None
    late: bool


@router.get("/task", response=list[TaskAnswer])
@operation("task.see")
def mine(request: HttpRequest) -> list[TaskAnswer]:
    """List what waits for you, what is due first first."""
    return [
        TaskAnswer(
            kind=one.kind,
            about=one.about,
            title=one.title,
            do=one.do,
            url=one.url,
            due_at=stamp(one.due) if one.due else None,
            late=one.late,
        )
        for one in waiting(viewer_of(request))
    ]
