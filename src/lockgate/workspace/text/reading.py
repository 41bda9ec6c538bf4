"""How is a file read? By its name as TOML or YAML; what is wrong comes back as findings, never as an error."""

from importlib.resources.abc import Traversable
from pathlib import Path

from lockgate.workspace.text.document import Document
from lockgate.workspace.text.source import Source, checked, open_source
from lockgate.workspace.text.toml_reader import read_toml
from lockgate.workspace.text.yaml_reader import read_yaml


def read(source: Path | Traversable | str, *, path: str = "") -> Document:
    """Return what a file, or a text, holds; `path` is how findings name it."""
    if isinstance(source, str):
        return _read(checked(source, path or "text.yaml"))
    return _read(open_source(source, path or str(source)))


def _read(source: Source) -> Document:
    if source.fault is not None:
        return Document(source.path, source.text, None, (source.fault,), readable=False)
    reader = read_toml if source.path.endswith(".toml") else read_yaml
    return reader(source.text, source.path)
