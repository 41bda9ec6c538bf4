"""How the program is run in these tests."""

from support.running import _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]
