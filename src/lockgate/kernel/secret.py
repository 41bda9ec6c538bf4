"""How does a password stay out of logs, pages, evidence and tracebacks?

A `Secret` never shows itself; `scrub` removes every secret still in use from a text that is about to leave the process.
"""

import weakref

MASK = "•••"


class Secret:
    """A text that prints as a mask; `reveal()` is the one way to its value."""

    __slots__ = ("__weakref__", "_value")
    _live: "weakref.WeakSet[Secret]" = weakref.WeakSet()

    def __init__(self, value: str) -> None:
        self._value = value
        Secret._live.add(self)

    def reveal(self) -> str:
        """Return the value itself: only for the wire or for the person who asked to see it."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> tuple[object, ...]:
        msg = "a Secret is not to be pickled"
        raise TypeError(msg)


def scrub(text: str) -> str:
    """Return the text with the value of every secret in use masked."""
    values = {secret.reveal() for secret in list(Secret._live)}
    for value in sorted(filter(None, values), key=len, reverse=True):
        text = text.replace(value, MASK)
    return text
