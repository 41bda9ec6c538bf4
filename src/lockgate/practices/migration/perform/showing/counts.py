"""What did counts of stock find, site by site? What `counts` told last, for who sees the site."""

from collections.abc import Iterable
from typing import Any

from lockgate.kernel.scope import Level, Scope
from lockgate.ledger.evidence import Recorded
from lockgate.practices.migration.perform.showing.history import kept
from lockgate.practices.migration.perform.showing.sight import Sight
from lockgate.practices.migration.perform.tying.answers import CountedSiteAnswer, CountsAnswer, State


def counted(sight: Sight) -> CountsAnswer:
    """Return the newest count of each site, in the form of `lockgate migrate counts --json`."""
    current = sight.place.ledger.current_evidence(("stock.counted",), upto=sight.when)
    found = [one for one in current if one.evidence.scope.level is Level.SITE]
    seen = [one for one in found if sight.viewer.sees(one.evidence.scope)]
    sites = [_site(sight, one) for one in sorted(seen, key=lambda one: str(one.evidence.scope))]
    rounds = [int(one.evidence.measures["round"]) for one in seen if "round" in one.evidence.measures]
    missing = _missing(sight, found)
    return {
        "ok": bool(sites) and not missing and all(one["state"] == "met" for one in sites),
        "round": max(rounds, default=None),
        "sites": sites,
        "missing": missing,
    }


def titles(sight: Sight) -> dict[str, str]:
    """Return what the sites that the viewer sees are called."""
    keys = sight.workspace.keys("site")
    return {key: sight.workspace.sites[key].name for key in keys if sight.viewer.sees(Scope(Level.SITE, key))}


def _missing(sight: Sight, found: Iterable[Recorded]) -> list[str]:
    """Return the counts of which no site has a line, as far as what was kept of all sites still tells."""
    sheets = [kept(sight, one) for one in found]
    there = {each["count"] for sheet in sheets for each in sheet.get("counts", [])}
    return [key for key in sight.migration.counts if key not in there] if all(sheets) else []


def _site(sight: Sight, one: Recorded) -> CountedSiteAnswer:
    sheet: dict[str, Any] = kept(sight, one)
    measures: Any = one.evidence.measures
    return {
        "site": one.evidence.scope.key,
        "places": int(measures["places"]),
        "counted": int(measures["counted"]),
        "accuracy": float(measures["accuracy"]),
        "variance_value": float(measures["variance_value"]),
        "unapproved": int(measures["unapproved"]),
        "blind": bool(measures["blind"]),
        "counts": sheet.get("counts", []),
        "apart": sheet.get("apart", []),
        "apart_in_all": int(sheet.get("apart_in_all", 0)),
        "state": _state(sight, one),
        "evidence": one.number,
    }


def _state(sight: Sight, one: Recorded) -> State:
    if sight.stale(one):
        return "stale"
    return "met" if one.evidence.verdict == "passed" else "unmet"
