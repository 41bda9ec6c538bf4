"""How is a notice shown? As plain data, the same for the page and the API."""

from typing_extensions import TypedDict

from lockgate.kernel.clock import stamp
from lockgate.tower.notices.telling import Notice


class NoticeAnswer(TypedDict):
    """The keys of a notice."""

    kind: str
    title: str
    why: str
    url: str
    since: str | None


def shown(notice: Notice) -> NoticeAnswer:
    """Return a notice as programs read it."""
    return NoticeAnswer(
        kind=str(notice.kind),
        title=notice.title,
        why=notice.why,
        url=notice.url,
        since=stamp(notice.since) if notice.since else None,
    )
