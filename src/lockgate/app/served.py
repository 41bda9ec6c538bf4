"""What does `lockgate serve` call in its worker process? The application of `wsgi`, which reads ahead from here on."""

from lockgate.app.wsgi import application
from lockgate.tower import warming  # after the line above: only then does Django know its settings

__all__ = ["application"]

warming.begin()
