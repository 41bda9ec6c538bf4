"""What stands where, by the newest round? Domain by domain what holds it up, who owns it and what is done next.

It is told in the words and by the rules of the overview, which has all rounds; this one answers yes or no.
"""

from lockgate.practices.migration.perform.rehearsing.answers import StandingAnswer, StatusAnswer
from lockgate.practices.migration.perform.showing.compared import rehearsals
from lockgate.practices.migration.perform.showing.overview import DomainStandAnswer, overview
from lockgate.practices.migration.perform.showing.sight import Sight


def status(sight: Sight) -> StatusAnswer:
    """Return what stands where."""
    told = overview(sight)
    domains = [_domain(one) for one in told["domains"] if one["treatment"] == "convert"]
    return {
        "ok": all(one["state"] == "reconciled" and not one["stale"] for one in domains),
        "round": told["round"],
        "domains": domains,
        "rehearsals": rehearsals(sight),
    }


def _domain(one: DomainStandAnswer) -> StandingAnswer:
    newest = one["rounds"][-1] if one["rounds"] else None
    return {
        "domain": one["domain"],
        "title": one["title"],
        "owner": one["owner"],
        "state": newest["state"] if newest else "not-begun",
        "stale": bool(newest and newest["stale"]),
        "ready": newest["ready"] if newest else None,
        "held_up": one["held_up"],
        "next": one["next"],
    }
