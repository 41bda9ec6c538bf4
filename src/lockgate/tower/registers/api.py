"""What can programs ask of registers? The same as `lockgate register`, with the same keys."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Query, Router, Schema, UploadedFile
from typing_extensions import TypedDict

from lockgate.faces.web.page import viewer_of
from lockgate.ledger.registers.action import Raise
from lockgate.ledger.registers.book import Imported
from lockgate.ledger.registers.telling.changes import DoneAnswer, ImportAnswer, done_answer, import_answer
from lockgate.ledger.registers.telling.records import row
from lockgate.tower.interface import AsOf, operation
from lockgate.tower.registers.counting import counts
from lockgate.tower.registers.exporting import exported
from lockgate.tower.registers.finding import find
from lockgate.tower.registers.importing import imported, looked_at
from lockgate.tower.registers.query import Query as Asked
from lockgate.tower.registers.query import parse
from lockgate.tower.seeing.acting import act
from lockgate.tower.seeing.sight import sight

router = Router(tags=["register"])
LINES: Final = 500


class Wanted(Schema):
    """What is asked for: all of it must hold. Of a long list, a page at a time."""

    where: list[str] = Field([], description="Comparisons like `severity = high`.")
    sort: list[str] = Field([], description="Fields to sort by; `-due` from the end.")
    state: list[str] = Field([])
    owner: str = ""
    tag: str = ""
    q: str = Field("", description="Words that are looked for in all texts.")
    late: bool = False
    page: int = Field(1, ge=1, le=10**6, description="Which page; the header `Link` leads to the next one.")
    lines: int = Field(LINES, ge=1, le=1_000, description="How many records are on a page.")


class Values(Schema):
    """Fields of a record; null empties one."""

    values: dict[str, Any]


class RegisterLine(TypedDict):
    """One register of `lockgate register list --json`, with how much of it is left."""

    register: str
    records: int
    about: str
    open: int
    late: int
    mine: int


@router.get("/register", response=list[RegisterLine])
@operation("register.see")
def registers(request: HttpRequest, when: AsOf = "") -> list[RegisterLine]:
    """List the registers."""
    lines = counts(sight(viewer_of(request), when))
    return [
        RegisterLine(
            register=one.register, records=one.records, about=one.about, open=one.open, late=one.late, mine=one.mine
        )
        for one in sorted(lines, key=lambda one: one.register)
    ]


@router.get("/register/{key}", response=list[dict[str, Any]])
@operation("register.see")
def records(
    request: HttpRequest, response: HttpResponse, key: str, wanted: Query[Wanted], when: AsOf = ""
) -> list[dict[str, Any]]:
    """List the records of a register that you may see; `X-Count` says how many there are in all."""
    seen = sight(viewer_of(request), when)
    kept_as = seen.register(key)
    found = find(_query(wanted), kept_as, seen.known, seen.desk.moment)
    end = wanted.page * wanted.lines
    response["X-Count"] = str(len(found))
    if end < len(found):
        asked = request.GET.copy()
        asked["page"] = str(wanted.page + 1)
        response["Link"] = f'<{request.path}?{asked.urlencode()}>; rel="next"'
    return [row(one, seen.known, seen.desk.moment) for one in found[end - wanted.lines : end]]


@router.post("/register/{key}", response=DoneAnswer)
@operation("register.change")
def raise_(request: HttpRequest, key: str, said: Values) -> DoneAnswer:
    """Put a new record into a register."""
    seen = sight(viewer_of(request))
    done = act(seen, [Raise(seen.register(key).key, said.values)])
    return done_answer(done, seen.known, seen.desk.moment)


@router.get("/register/{key}/export.{ending}")
@operation("register.see")
def export(request: HttpRequest, key: str, ending: str, wanted: Query[Wanted], when: AsOf = "") -> HttpResponse:
    """Return records as CSV or XLSX."""
    seen = sight(viewer_of(request), when)
    kept_as = seen.register(key)
    return exported(find(_query(wanted), kept_as, seen.known, seen.desk.moment), kept_as, ending)


@router.post("/register/{key}/import", response=ImportAnswer)
@operation("register.change")
def import_(
    request: HttpRequest, key: str, file: File[UploadedFile], *, partial: bool = False, check: bool = False
) -> ImportAnswer:
    """Raise and edit records from a CSV or XLSX file: all rows or none; with `check`, say what it would do."""
    seen = sight(viewer_of(request))
    kept_as, content, name = seen.register(key), file.read(), str(file.name)
    if check:
        return import_answer(Imported(looked_at(content, name, kept_as, seen), ()))
    return import_answer(imported(content, name, kept_as, seen, partial=partial))


def _query(wanted: Wanted) -> Asked:
    said = wanted.dict(exclude={"page", "lines"})
    return parse(
        {
            key: value if isinstance(value, list) else [str(value or "").lower() if key == "late" else value]
            for key, value in said.items()
        }
    )
