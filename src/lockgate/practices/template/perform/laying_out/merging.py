"""Where does each value of a template come from? Layer by layer: the keys of `lockgate plan --explain-merge --json`."""

from itertools import groupby
from typing import Any

from typing_extensions import TypedDict

from lockgate.practices.template.decide.layering import Layer
from lockgate.practices.template.perform.laying_out.laid_out import Template


class LayerAnswer(TypedDict):
    """What one layer says."""

    site: str | None
    value: Any
    at: str
    allowed_by: str


class ValueAnswer(TypedDict):
    """A value, and the layers that say it; the last one holds."""

    key: str
    field: str
    company: str
    """The company in which it holds, empty for what holds where the resource is made."""
    language: str
    """The language in which it is, empty for English."""
    value: Any
    open: bool
    """Whether a region or a site may set it otherwise without a deviation."""
    layers: list[LayerAnswer]


class MergeAnswer(TypedDict):
    """The answer of `lockgate plan --explain-merge`."""

    site: str | None
    values: list[ValueAnswer]


def merge_answer(template: Template, site: str | None) -> MergeAnswer:
    """Return where each value comes from."""
    by_key = {one.resource.key: one for one in template.merged.declared}
    held = {(key, said.way): said.values for key, one in by_key.items() for said in one.said()}
    told = groupby(template.merged.layers, key=lambda layer: (layer.key, layer.field, layer.way))
    return MergeAnswer(
        site=site,
        values=[
            ValueAnswer(
                key=key,
                field=field,
                company=way[1] if way[0] == "by_company" else "",
                language=way[1] if way[0] == "translations" else "",
                value=held[key, way][field],
                open=field in by_key[key].resource.open,
                layers=[_layer(template, layer) for layer in layers],
            )
            for (key, field, way), layers in told
        ],
    )


def _layer(template: Template, layer: Layer) -> LayerAnswer:
    path, steps = layer.place
    at = str(template.workspace.documents[path].at(steps, key=True))
    return LayerAnswer(site=layer.site or None, value=layer.value, at=at, allowed_by=layer.allowed_by)
