"""What holds at a site? What the template says for all, changed by the region and the site as far as they may.

L1  A site changes what the resource leaves open. Anything else takes an approved deviation, of this site or one above
    it, that names the resource and has not ended.
L2  The nearer layer wins. `has` and `lacks` add to a list of names and take from it; other values are replaced.
L3  Sites that are set up together, in one Odoo, can't want different things of one record.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lockgate.practices.template.decide.checking import Fault
from lockgate.practices.template.decide.facts import Declared, Place
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

    def place(self, *way: str | int) -> Place:
        """Return the place of it, or of a part of it."""
        return self.path, ("changes", self.number, *way)


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
        Layer(one.resource.key, name, "", value, one.place("values", name))
        for one in declared
        for name, value in one.resource.values.items()
    ]
    faults: list[Fault] = []
    for each in sorted(local, key=lambda one: len(one.above)):
        one = by_key.get(each.change.resource)
        if one is None:
            continue  # it is declared for a site that is not set up here
        faults += _refused(each, one, deviations, today)
        faults += _contradicted(each, layers)
        for name, value in each.change.values.items():
            by = "open" if name in one.resource.open else each.change.deviation or ""
            layers.append(Layer(one.resource.key, name, each.site, value, each.place("values", name), by))
        by_key[one.resource.key] = _changed(one, each)
    order = {one.resource.key: number for number, one in enumerate(declared)}
    layers.sort(key=lambda layer: (order[layer.key], layer.field))
    return Merged(tuple(by_key.values()), tuple(layers), tuple(sorted(faults)))


def _changed(one: Declared, local: Local) -> Declared:
    values = {name: _over(one.resource.values.get(name), value) for name, value in local.change.values.items()}
    places = {name: local.place("values", name) for name in values}
    resource = one.resource.model_copy(update={"values": {**one.resource.values, **values}})
    return replace(one, resource=resource, elsewhere={**one.elsewhere, **places})


def _over(above: Any, value: Any) -> Any:
    """Return what holds when a layer says a value over another one (L2)."""
    if not (isinstance(above, list) and isinstance(value, Mapping) and value.keys() <= {HAS, LACKS}):
        return value
    kept = [name for name in above if name not in value.get(LACKS, ())]
    return [*kept, *(name for name in value.get(HAS, ()) if name not in kept)]


def _refused(local: Local, one: Declared, deviations: Mapping[str, Deviation], today: str) -> Iterator[Fault]:
    """Yield a fault for each field that the site may not change (L1)."""
    closed = [name for name in local.change.values if name not in one.resource.open]
    if not closed:
        return
    lacking = _lacking(local, one, deviations, today)
    for name in closed if lacking else ():
        what = f"`{name}` of `{one.resource.key}` is not left open, and {lacking}"
        hint = "Have a deviation approved and name it, or mark the field as `open` in the template."
        yield Fault(*local.place("values", name), "closed-value", what, hint, one.resource.key)


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
    for name, value in local.change.values.items():
        for layer in layers:
            beside = layer.site and layer.site not in local.above
            if beside and (layer.key, layer.field) == (local.change.resource, name) and layer.value != value:
                what = f"{layer.site} wants something else of `{name}` of `{layer.key}`"
                hint = "Set up one site at a time with `--site`, each in an Odoo of its own."
                yield Fault(*local.place("values", name), "contradiction", what, hint, layer.key)
