"""Which rules do records break, and does Odoo hold what it should? As the pages tell it."""

from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router

from lockgate.faces.web.operation import AsOf, operation
from lockgate.faces.web.page import viewer_of
from lockgate.practices.migration.api.overview import Number
from lockgate.practices.migration.perform.showing.listing import RowsAnswer, Wanted
from lockgate.practices.migration.perform.showing.reconciliation import (
    ReconciliationAnswer,
    differences,
    names_of,
    reconciliation,
)
from lockgate.practices.migration.perform.showing.rules import RulesAnswer, changes, failing, rules
from lockgate.practices.migration.perform.showing.sight import sight_of
from lockgate.programme.server import as_of

router = Router()
Text = Annotated[str, Query(max_length=200)]
Limit = Annotated[int, Query(ge=1, le=1_000, description="How many rows.")]
Offset = Annotated[int, Query(ge=0, le=100_000_000, description="After how many rows.")]


@router.get("/migration/rules", response=RulesAnswer)
@operation("migration.see")
def list_all(request: HttpRequest, number: Number = None, when: AsOf = "") -> RulesAnswer:
    """Return all rules and how many records break each, with the keys of `lockgate migrate show --rules --json`."""
    return rules(sight_of(viewer_of(request), as_of(when)), number)


@router.get("/migration/rules/{key}/records", response=RowsAnswer)
@operation("migration.work")
def records(
    request: HttpRequest,
    key: str,
    *,
    dataset: Text = "",
    q: Text = "",
    number: Number = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> RowsAnswer:
    """Return the records that break a rule."""
    with sight_of(viewer_of(request), None).round(number) as shown:
        if shown is None:
            raise Http404
        return failing(shown, key, Wanted(q=q, dataset=dataset)).part(limit, offset)


@router.get("/migration/changes", response=RowsAnswer)
@operation("migration.work")
def mended(
    request: HttpRequest,
    *,
    rule: Text = "",
    dataset: Text = "",
    q: Text = "",
    number: Number = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> RowsAnswer:
    """Return what cleansing put right, before and after."""
    with sight_of(viewer_of(request), None).round(number) as shown:
        if shown is None:
            raise Http404
        return changes(shown, Wanted(q=q, rule=rule, dataset=dataset)).part(limit, offset)


@router.get("/migration/reconciliation", response=ReconciliationAnswer)
@operation("migration.see")
def compared(request: HttpRequest, number: Number = None, when: AsOf = "") -> ReconciliationAnswer:
    """Return how all domains compare, with the keys of `lockgate migrate show --reconciliation --json`."""
    return reconciliation(sight_of(viewer_of(request), as_of(when)), number)


@router.get("/migration/reconciliation/{key}/records", response=RowsAnswer)
@operation("migration.work")
def differing(
    request: HttpRequest,
    key: str,
    *,
    of: Text = "",
    field: Text = "",
    kind: Text = "",
    number: Number = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> RowsAnswer:
    """Return the rows of a domain that differ."""
    sight = sight_of(viewer_of(request), None)
    with sight.round(number) as shown:
        found = differences(shown, names_of(sight, key), Wanted(of=of, field=field, kind=kind)) if shown else None
        if found is None:
            raise Http404
        return found.part(limit, offset)
