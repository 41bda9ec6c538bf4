"""Lockgate runs an Odoo rollout programme on evidence."""

from importlib.metadata import version

__version__ = version("lockgate")
