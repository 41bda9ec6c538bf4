"""The fixtures of the tests of practices on a live Odoo."""

from support.labs import fresh, lab
from support.meridian_lab import meridian_lab

__all__ = ["fresh", "lab", "meridian_lab"]
