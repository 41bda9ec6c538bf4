"""What holds at a site? What the template says for all, changed by the region and the site as far as they may.

L1  A site changes what the resource leaves open. Anything else takes an approved deviation, of this site or one above
    it, that names the resource and has not ended.
L2  The nearer layer wins. `has` and `lacks` add to a list of names and take from it; other values are replaced.
L3  Sites that are set up together, in one Odoo, can't want different things of one record.
L4  What holds in one company or one language is changed by itself, under the same rules.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lockgate.practices.template.decide.checking import Fault
from lockgate.practices.template.decide.facts import HERE, Declared, Place, Said, View, Way, said_by
from lockgate.practices.template.decide.names import HAS, LACKS
from lockgate.practices.template.definition import LocalChange

_APPROVED = "approved"


@dataclass(frozen=True)
class Local:
    """A change that a site makes, and where it is declared."""

    change: LocalChange
    site: str
    above: tuple[str, ...]
    """The site and all those above it."""
    path: str
    number: int
    origins: Mapping[Way, Way] = field(default_factory=dict)
    """By the way to a value, the way to what the file says, where it says it by a short name."""
    flaws: tuple[Fault, ...] = ()
    """What can't be of the kind of its resource."""

    def place(self, *way: str | int) -> Place:
        """Return the place of it, or of a part of it."""
        return self.path, ("changes", self.number, *self.origins.get(way, way))

    def said(self, home: View = HERE) -> Iterator[Said]:
        """Yield all that is otherwise (L4)."""
        return said_by(self.change, home)


@dataclass(frozen=True)
class Deviation:
    """A record of the register of deviations."""

    id: str
    state: str
    site: str
    resource: str
    """The part of the template: a key, or the model and the key with a colon between."""
    until: str = ""
    """The day on which it ends."""


@dataclass(frozen=True)
class Layer:
    """What one layer says of a field."""

    key: str
    field: str
    site: str
    """Empty for what the template says for all."""
    value: Any
    place: Place
    allowed_by: str = ""
    """`open`, or the deviation."""
    way: tuple[str, ...] = ("values",)
    """Of which of its values: those for all, of a company, or in a language (L4)."""


@dataclass(frozen=True)
class Merged:
    """The template as it holds."""

    declared: tuple[Declared, ...]
    layers: tuple[Layer, ...]
    """What is said of each field, from the template for all to the nearest site; the last one holds."""
    faults: tuple[Fault, ...] = ()


def merged(
    declared: Sequence[Declared], local: Sequence[Local], deviations: Mapping[str, Deviation], today: str
) -> Merged:
    """Return what holds when these changes are made (L1 to L3)."""
    by_key = {one.resource.key: one for one in declared}
    layers = [
        Layer(one.resource.key, name, "", value, one.place(*said.way, name), way=said.way)
        for one in declared
        for said in one.said()
        for name, value in said.values.items()
    ]
    faults: list[Fault] = []
    for each in sorted(local, key=lambda one: len(one.above)):
        one = by_key.get(each.change.resource)
        if one is None:
            continue  # it is declared for a site that is not set up here
        faults += (*each.flaws, *_refused(each, one, deviations, today))
        faults += _contradicted(each, layers)
        for said in each.said():
            for name, value in said.values.items():
                by = "open" if name in one.resource.open else each.change.deviation or ""
                place = each.place(*said.way, name)
                layers.append(Layer(one.resource.key, name, each.site, value, place, by, said.way))
        by_key[one.resource.key] = _changed(one, each)
    order = {one.resource.key: number for number, one in enumerate(declared)}
    layers.sort(key=lambda layer: (order[layer.key], layer.field, layer.way))
    return Merged(tuple(by_key.values()), tuple(layers), tuple(sorted(faults)))


def _changed(one: Declared, local: Local) -> Declared:
    said = {each.way: dict(each.values) for each in one.said()}
    places = dict(one.places)
    for each in local.said():
        there = said.setdefault(each.way, {})
        for name, value in each.values.items():
            there[name] = _over(there.get(name), value)
            way = (*each.way, name)
            places = {known: place for known, place in places.items() if known[: len(way)] != way}
            places[way] = local.place(*way)
    told = {
        "values": said["values",],
        "by_company": {way[1]: values for way, values in said.items() if way[0] == "by_company"},
        "translations": {way[1]: values for way, values in said.items() if way[0] == "translations"},
    }
    return replace(one, resource=one.resource.model_copy(update=told), places=places)


def _over(above: Any, value: Any) -> Any:
    """Return what holds when a layer says a value over another one (L2)."""
    if not (isinstance(above, list) and isinstance(value, Mapping) and value.keys() <= {HAS, LACKS}):
        return value
    kept = [name for name in above if name not in value.get(LACKS, ())]
    return [*kept, *(name for name in value.get(HAS, ()) if name not in kept)]


def _refused(local: Local, one: Declared, deviations: Mapping[str, Deviation], today: str) -> Iterator[Fault]:
    """Yield a fault for each field that the site may not change (L1)."""
    closed = [(*said.way, name) for said in local.said() for name in said.values if name not in one.resource.open]
    if not closed:
        return
    lacking = _lacking(local, one, deviations, today)
    for way in closed if lacking else ():
        what = f"`{way[-1]}` of `{one.resource.key}` is not left open, and {lacking}"
        hint = "Have a deviation approved and name it, or mark the field as `open` in the template."
        yield Fault(*local.place(*way), "closed-value", what, hint, one.resource.key)


def _lacking(local: Local, one: Declared, deviations: Mapping[str, Deviation], today: str) -> str:
    """Return why no deviation allows a change, nothing when one does."""
    named = local.change.deviation
    found = deviations.get(named or "")
    if found is None:
        return f"there is no deviation {named}" if named else "no deviation is named"
    about = {one.resource.key, f"{one.resource.model}:{one.resource.key}"}
    lacking = (
        (found.state != _APPROVED, f"{named} is {found.state}, not approved"),
        (found.site not in local.above, f"{named} is for {found.site}"),
        (found.resource not in about, f"{named} is about `{found.resource}`"),
        (bool(found.until) and found.until < today, f"{named} ended on {found.until}"),
    )
    return next((why for is_so, why in lacking if is_so), "")


def _contradicted(local: Local, layers: Sequence[Layer]) -> Iterator[Fault]:
    """Yield a fault for each field of which a site beside this one says something else (L3)."""
    for said in local.said():
        for name, value in said.values.items():
            for layer in layers:
                beside = layer.site and layer.site not in local.above
                here = (layer.key, layer.field, layer.way) == (local.change.resource, name, said.way)
                if beside and here and layer.value != value:
                    what = f"{layer.site} wants something else of `{name}` of `{layer.key}`"
                    hint = "Set up one site at a time with `--site`, each in an Odoo of its own."
                    yield Fault(*local.place(*said.way, name), "contradiction", what, hint, layer.key)
