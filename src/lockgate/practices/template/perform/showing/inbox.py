"""What differs from the template, where, by whom and since when? All fields of the last looks for drift, as a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode

from typing_extensions import TypedDict

from lockgate.faces.web.lines import address
from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.secret import MASK
from lockgate.ledger import AsOf
from lockgate.practices.template.perform.showing.looks import Run, drifts
from lockgate.practices.template.perform.showing.steps import asking, site_of
from lockgate.practices.template.perform.telling.answers import DriftedAnswer
from lockgate.practices.template.perform.telling.kept import KeptDrift

COLUMNS: Final = ("where", "key", "field", "by", "at")
"""By what the list can be sorted."""
HEADINGS: Final = (
    *("instance", "scope", "model", "resource", "field", "company", "language"),
    *("template", "odoo", "by", "at_utc", "declared_at", "looked_at", "evidence", "stale"),
)
"""Of the list as a file."""


class LookAnswer(TypedDict):
    """One look for drift: the keys of `lockgate drift --json`, and when, where and by whom it was looked."""

    evidence: int
    instance: str
    scope: str
    looked_at: str
    looked_by: str
    stale: bool
    kept: str
    resources: int
    in_sync: int
    drifted: int
    unapproved: int
    adherence: float
    left_out: dict[str, int]
    changes: list[DriftedAnswer]


@dataclass(frozen=True)
class Difference:
    """One field that differs."""

    look: LookAnswer
    change: DriftedAnswer

    @property
    def site(self) -> str:
        """The site that was looked at, empty for the whole programme."""
        return site_of(self.look["scope"])

    @property
    def path(self) -> str:
        """The file that declares it, empty where it is declared no more."""
        return _path(self.change)

    @property
    def line(self) -> int:
        """The line of that file."""
        return int(self.change["declared_at"].split(":")[1]) if self.path else 0

    @property
    def url(self) -> str:
        """Where that line is shown."""
        return address(self.path, self.line)

    @property
    def moment(self) -> datetime | None:
        """When the record was written last; Odoo tells it in UTC."""
        said = self.change["at"]
        return datetime.fromisoformat(said).replace(tzinfo=UTC) if said else None

    @property
    def deviation(self) -> str:
        """The query of the form that raises a deviation for it."""
        change = self.change
        said = {"title": f"{change['key']}: {change['field']}", "site": self.site}
        return urlencode({**said, "resource": f"{change['kind']}:{change['key']}"})

    @property
    def accepting(self) -> str:
        """What is asked of a worker to write it into the template, empty where that can't be done."""
        change = self.change
        if not (change["field"] and self.path) or MASK in {change["live"], change["declared"]}:
            return ""
        what = f"{change['key']}:{change['field']}"
        return asking("template.adopt", self.look["instance"], self.look["scope"], what=what)

    @property
    def taking_back(self) -> str:
        """What is asked of a worker to make it as the template says, empty where it is declared no more."""
        look = self.look
        return asking("template.apply", look["instance"], look["scope"], only=self.change["key"]) if self.path else ""


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: only these, in this order."""

    instance: str = ""
    scope: str = ""
    model: str = ""
    by: str = ""
    q: str = ""
    sort: str = ""

    @property
    def narrows(self) -> bool:
        """True when it leaves something out."""
        return bool(self.instance or self.scope or self.model or self.by or self.q)


def looks(viewer: Viewer, when: AsOf | None) -> list[LookAnswer]:
    """Return the last looks for drift, with what differs as far as the viewer may see who declares it."""
    return [_told(run, viewer) for run in drifts(viewer, when)]


def differences(found: Iterable[LookAnswer], wanted: Wanted) -> list[Difference]:
    """Return what differs, narrowed and ordered as it is wanted."""
    every = (Difference(look, change) for look in found for change in look["changes"])
    kept = [one for one in every if _fits(one, wanted)]
    return _ordered(kept, wanted.sort)


def table(found: Iterable[Difference]) -> list[list[str | int]]:
    """Return the rows as a file has them, under `HEADINGS`."""
    return [
        [
            *(one.look["instance"], one.look["scope"], one.change["kind"], one.change["key"], one.change["field"]),
            *(one.change["company"], one.change["language"], str(one.change["declared"]), str(one.change["live"])),
            *(one.change["by"] or "", one.change["at"] or "", one.change["declared_at"]),
            *(one.look["looked_at"], one.look["evidence"], "yes" if one.look["stale"] else "no"),
        ]
        for one in found
    ]


def _told(run: Run[KeptDrift], viewer: Viewer) -> LookAnswer:
    resources, in_sync = int(run.measure("resources")), int(run.measure("in_sync"))
    changes = run.kept["drift"]["changes"] if run.kept else []
    return LookAnswer(
        evidence=run.number,
        instance=run.instance,
        scope=str(run.scope),
        looked_at=run.at,
        looked_by=run.by,
        stale=run.stale,
        kept=str(run.standing),
        resources=resources,
        in_sync=in_sync,
        drifted=int(run.measure("drifted")),
        unapproved=int(run.measure("unapproved")),
        adherence=percent(in_sync, resources),
        left_out=run.kept["about"]["left_out"] if run.kept else {},
        changes=[one for one in changes if not _path(one) or viewer.sees_file(_path(one))],
    )


def percent(in_sync: float, resources: float) -> float:
    """Return which part is as the template says, in percent; all of nothing is as it says."""
    return round(100 * in_sync / resources, 2) if resources else 100.0


def _path(change: DriftedAnswer) -> str:
    return change["declared_at"].split(":")[0]


def _fits(one: Difference, wanted: Wanted) -> bool:
    change, look = one.change, one.look
    said = (change["key"], change["field"], change["kind"], str(change["declared"]), str(change["live"]))
    words = wanted.q.casefold().split()
    return (
        wanted.instance in {"", look["instance"]}
        and wanted.scope in {"", look["scope"]}
        and wanted.model in {"", change["kind"]}
        and wanted.by in {"", change["by"] or ""}
        and all(word in " ".join(said).casefold() for word in words)
    )


def _ordered(found: list[Difference], sort: str) -> list[Difference]:
    column = sort.removeprefix("-")
    if column not in COLUMNS:
        return found
    keys = {
        "where": lambda one: (one.look["instance"], one.look["scope"]),
        "key": lambda one: one.change["key"],
        "field": lambda one: one.change["field"],
        "by": lambda one: one.change["by"] or "",
        "at": lambda one: one.change["at"] or "",
    }
    return sorted(found, key=keys[column], reverse=sort.startswith("-"))


def choices(found: Sequence[LookAnswer]) -> dict[str, list[str]]:
    """Return by what the list can be narrowed."""
    changes = [change for look in found for change in look["changes"]]
    return {
        "instances": sorted({look["instance"] for look in found}),
        "scopes": sorted({look["scope"] for look in found}),
        "models": sorted({change["kind"] for change in changes}),
        "people": sorted({change["by"] for change in changes if change["by"]}),
    }
