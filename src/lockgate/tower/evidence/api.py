"""What can programs ask of the ledger? Its records, one of them, its head, and whether all of it holds."""

from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router
from typing_extensions import TypedDict

from lockgate.faces.web.page import viewer_of
from lockgate.kernel.clock import stamp
from lockgate.ledger.answers import RecordAnswer, VerifyAnswer, record_answer
from lockgate.tower.evidence import opened, stream
from lockgate.tower.evidence.proving import whole
from lockgate.tower.interface import AsOf, operation
from lockgate.tower.server import as_of, live

router = Router(tags=["evidence"])
Lines = Annotated[int, Query(ge=0, le=1000, description="How many of the last records.")]
Text = Annotated[str, Query(max_length=200)]


class HeadAnswer(TypedDict):
    """The last record of the ledger."""

    ledger: str
    records: int
    head: str
    at: str | None


@router.get("/evidence", response=list[RecordAnswer])
@operation("evidence.see")
def tail(
    request: HttpRequest,
    *,
    lines: Lines = 20,
    before: int = 2**53,
    kind: Text = "",
    scope: Text = "",
    text: Text = "",
    by: Text = "",
    verdict: Text = "",
    standing: Text = "",
    when: AsOf = "",
    evidence: bool = False,
) -> list[RecordAnswer]:
    """List the last records that you may see, the newest at the end; with `evidence`, evidence alone."""
    wanted = stream.Filter(kind, scope, text, by, verdict, standing, all=not evidence)
    found = stream.page(opened.compared(as_of(when)), viewer_of(request), wanted, before, lines)
    return [record_answer(live().place.ledger.record(row.brief.number)) for row in reversed(found.rows)]


@router.get("/evidence/{int:number}", response=RecordAnswer)
@operation("evidence.see")
def record(request: HttpRequest, number: int) -> RecordAnswer:
    """Return one record."""
    if not opened.is_seen(number, viewer_of(request)):
        raise Http404
    return record_answer(live().place.ledger.record(number))


@router.get("/ledger/head", response=HeadAnswer)
@operation("evidence.see")
def head(request: HttpRequest, when: AsOf = "") -> HeadAnswer:  # noqa: ARG001 - an operation takes one
    """Return how far the ledger goes."""
    ledger = live().place.ledger
    found = ledger.head(as_of(when))
    at = stamp(found.at) if found.at else None
    return HeadAnswer(ledger=ledger.identity(), records=found.number, head=found.hash, at=at)


@router.get("/ledger/verify", response=VerifyAnswer)
@operation("evidence.see")
def verify(request: HttpRequest) -> VerifyAnswer:  # noqa: ARG001 - as above
    """Look at every record and file of the ledger."""
    return whole(live().place)
