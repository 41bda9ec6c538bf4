"""What does a playbook say? Its files, read, checked against their models and put together with those it builds on."""

from lockgate.workspace.playbook.catalogue import Catalogue, catalogue
from lockgate.workspace.playbook.composing import Playbook, compose
from lockgate.workspace.playbook.folders import folders, gate_files

__all__ = ["Catalogue", "Playbook", "catalogue", "compose", "folders", "gate_files"]
