"""What does the programme declare? The files of its workspace, read, checked against their models and put together."""

from lockgate.kernel.practice import Dimension, FileKind
from lockgate.workspace.loading import load
from lockgate.workspace.models.model import Declares, Definition, Key, Reference, Text, fault
from lockgate.workspace.models.parsing import parse
from lockgate.workspace.text.document import Document
from lockgate.workspace.text.reading import read
from lockgate.workspace.workspace import Workspace

__all__ = [
    "Declares",
    "Definition",
    "Dimension",
    "Document",
    "FileKind",
    "Key",
    "Reference",
    "Text",
    "Workspace",
    "fault",
    "load",
    "parse",
    "read",
]
