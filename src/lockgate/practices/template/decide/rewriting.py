"""How does a file of the template take another value? In its place in the text; all else stays as somebody wrote it."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from lockgate.practices.template.decide.facts import Place
from lockgate.workspace.text.scalars import resolve

_WIDE = 1_000_000


class _Dumper(yaml.SafeDumper):
    """Writes texts so that a workspace reads them as texts: its numbers are not quite those of PyYAML."""


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if _reads_as_text(text) else "'")


def _reads_as_text(text: str) -> bool:
    try:
        return isinstance(resolve(text), str)
    except ValueError:
        return False


_Dumper.add_representer(str, _text_node)


def rewritten(text: str, values: Sequence[tuple[Place, Any]]) -> str:
    """Return the text with these values at these places of it."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    spans = [(*_span(_node(root, steps)), value) for (_, steps), value in values]
    for start, end, value in sorted(spans, key=lambda span: span[0], reverse=True):
        text = text[:start] + inline(value) + text[end:]
    return text


def inline(value: Any) -> str:
    """Return a value as it is written in one line."""
    return written(plain(value), in_one_line=True, width=_WIDE).removesuffix("\n").removesuffix("\n...")


def written(value: Any, *, in_one_line: bool = False, width: int) -> str:
    """Return a value as YAML."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=in_one_line, allow_unicode=True, width=width, sort_keys=False
    )
    return text


def plain(value: Any) -> Any:
    """Return a value without what only Odoo writes: whole numbers with a point."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    return value


def _node(node: yaml.Node | None, steps: Sequence[str | int]) -> yaml.Node:
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        elif isinstance(node, yaml.SequenceNode):
            node = node.value[step]
    if node is None:
        raise LookupError(steps)
    return node


def _span(node: yaml.Node) -> tuple[int, int]:
    """Return where a value begins and ends; a block ends with the last of what it holds, comments after it stay."""
    last = node
    while isinstance(last, yaml.CollectionNode) and not last.flow_style and last.value:
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
    return node.start_mark.index, last.end_mark.index
