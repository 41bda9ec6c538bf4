"""The fixtures of tests that have the server for themselves: they build, stop and kill it, or count its seconds."""

from support.labs import fresh, lab

__all__ = ["fresh", "lab"]
