"""Where does each value of a site come from? Template, region and site, with the deviations that allow what differs.

M1  Who may see the site sees what holds there. A layer that a file declares which they may not see is counted only.
M2  A deviation is told to who may see its site.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404
from typing_extensions import TypedDict

from lockgate.faces.web.lines import address
from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.errors import UsageError
from lockgate.kernel.scope import Level, Scope
from lockgate.ledger import AsOf
from lockgate.ledger.registers.entry import Entry
from lockgate.practices.template.decide.layering import Local
from lockgate.practices.template.perform.laying_out.declared import local_changes
from lockgate.practices.template.perform.laying_out.laid_out import Template, deviation_of, laid_out
from lockgate.practices.template.perform.laying_out.merging import LayerAnswer, MergeAnswer, ValueAnswer, merge_answer
from lockgate.programme.server import live, workspace_as_of


class DeviationAnswer(TypedDict):
    """A deviation, as far as it says why a site differs and until when."""

    id: str
    title: str
    state: str
    site: str
    owner: str
    reason: str
    until: str


class ShownMerge(MergeAnswer):
    """Where the values of a site come from, as pages and programs see it."""

    deviations: list[DeviationAnswer]
    findings: list[dict[str, str | int]]
    left_out: int
    """Layers that files declare which the viewer may not see."""


class SiteAnswer(TypedDict):
    """A site, and how much it has otherwise."""

    site: str
    name: str
    own: int
    """Values that its own files change."""
    above: int
    """Values that the regions above it change."""
    deviations: int


@dataclass(frozen=True)
class Wanted:
    """What the address asks for."""

    show: str = ""
    """`open`, `all`, or nothing for what is otherwise here."""
    q: str = ""


@dataclass(frozen=True)
class Row:
    """A value with its layers, each with the deviation that allows it."""

    value: ValueAnswer
    layers: tuple[tuple[LayerAnswer, str, DeviationAnswer | None], ...]
    """A layer, the page of the line that says it, and the deviation, where it names one that the viewer sees."""


def sites(viewer: Viewer, when: AsOf | None) -> list[SiteAnswer]:
    """Return the sites that the viewer sees, and how much each has otherwise."""
    workspace = workspace_as_of(when)
    changes = [one for one in local_changes(workspace) if viewer.sees_file(one.path)]
    told = []
    for key, site in workspace.sites.items():
        if viewer.sees(Scope(Level.SITE, key)):
            above = {*workspace.sites.upwards(key)} - {key}
            own = [one for one in changes if one.site == key]
            over = [one for one in changes if one.site in above]
            told.append(
                SiteAnswer(
                    site=key,
                    name=site.name,
                    own=sum(map(_count, own)),
                    above=sum(map(_count, over)),
                    deviations=len({one.change.deviation for one in (*own, *over) if one.change.deviation}),
                )
            )
    return told


def _count(local: Local) -> int:
    return sum(len(said.values) for said in local.said())


def merge(viewer: Viewer, site: str, when: AsOf | None) -> ShownMerge:
    """Return where the values of a site come from (M1, M2); where there is none to be seen, that it is not there."""
    workspace = workspace_as_of(when)
    if site not in workspace.sites or not viewer.sees(Scope(Level.SITE, site)):
        raise Http404(site)
    desk = live().desk(when)
    entries = {one.id: one for one in desk.known.entries.of("deviation")}
    deviations = {key: deviation_of(key, one.state, one.values) for key, one in entries.items()}
    try:
        template = laid_out(workspace, site, deviations, desk.moment.date().isoformat())
    except UsageError:  # nothing is declared
        return ShownMerge(site=site, values=[], deviations=[], findings=[], left_out=0)
    return _seen(template, merge_answer(template, site), entries, viewer)


def rows(merged: ShownMerge, wanted: Wanted) -> list[Row]:
    """Return the values that are asked for."""
    deviations = {one["id"]: one for one in merged["deviations"]}
    words = wanted.q.casefold().split()
    return [
        Row(one, tuple((each, _url(each["at"]), deviations.get(each["allowed_by"])) for each in one["layers"]))
        for one in merged["values"]
        if _fits(one, wanted.show) and all(word in f"{one['key']} {one['field']}".casefold() for word in words)
    ]


def _fits(one: ValueAnswer, show: str) -> bool:
    return show == "all" or (one["open"] if show == "open" else len(one["layers"]) > 1)


def _seen(template: Template, answer: MergeAnswer, entries: Mapping[str, Entry], viewer: Viewer) -> ShownMerge:
    values = [
        ValueAnswer(
            key=one["key"],
            field=one["field"],
            company=one["company"],
            language=one["language"],
            value=one["value"],
            open=one["open"],
            layers=[each for each in one["layers"] if viewer.sees_file(_path(each["at"]))],
        )
        for one in answer["values"]
    ]
    named = {each["allowed_by"] for one in values for each in one["layers"]} & entries.keys()
    told = [_told(entries[key]) for key in sorted(named) if viewer.sees_sites([entries[key].values["site"]])]
    findings = [template.finding(fault) for fault in template.faults]
    whole = sum(len(one["layers"]) for one in answer["values"])
    return ShownMerge(
        site=answer["site"],
        values=[one for one in values if one["layers"]],
        deviations=told,
        findings=[one.as_dict() for one in findings if viewer.sees_file(one.at.path)],
        left_out=whole - sum(len(one["layers"]) for one in values),
    )


def _told(entry: Entry) -> DeviationAnswer:
    said = entry.values
    return DeviationAnswer(
        id=entry.id,
        title=said["title"],
        state=entry.state,
        site=said["site"],
        owner=said.get("owner") or "",
        reason=said.get("justification") or "",
        until=str(said.get("due") or ""),
    )


def _path(at: str) -> str:
    return at.split(":", maxsplit=1)[0]


def _url(at: str) -> str:
    path, line, _ = at.split(":")
    return address(path, int(line))
