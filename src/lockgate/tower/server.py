"""Which programme does this server show? The pages of the tower ask it like those of practices do."""

from lockgate.programme.server import as_of, live

__all__ = ["as_of", "live"]
