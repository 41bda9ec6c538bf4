"""The fixtures of the tests of practices on a live Odoo."""

from support.labs import fresh, lab

__all__ = ["fresh", "lab"]
