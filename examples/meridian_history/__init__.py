"""What would ten months of the sample programme have left on record? A story, told through Lockgate's own engine."""

from .filling import fill

__all__ = ["fill"]
