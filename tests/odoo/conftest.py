"""The fixtures of the tests of all that speaks to Odoo."""

from support.labs import fresh, lab

__all__ = ["fresh", "lab"]
