"""How does a password stay out of logs, pages, evidence and tracebacks?

A `Secret` never shows itself; `scrub` removes every secret still in use from a text that is about to leave the process.
"""

import json
import weakref
from urllib.parse import quote, quote_plus

MASK = "•••"
SHORT = 8
"""A secret with fewer characters could be a word, and so could one of letters alone."""


class Secret:
    """A text that prints as a mask; `reveal()` is the one way to its value."""

    __slots__ = ("__weakref__", "_value", "forms")

    def __init__(self, value: str) -> None:
        self._value = value
        self.forms = _forms(value)
        _IN_USE.add(self)

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


_IN_USE: weakref.WeakSet[Secret] = weakref.WeakSet()


def scrub(text: str, *, words: bool = True) -> str:
    """Return the text with the value of every secret in use masked; without `words`, of those that can be no word."""
    for form in forms(words=words):
        text = text.replace(form, MASK)
    return text


def forms(*, words: bool = True) -> list[str]:
    """Return all ways in which the secrets in use may be written, the longest first."""
    chosen = [secret for secret in list(_IN_USE) if words or not _could_be_a_word(secret.reveal())]
    return sorted({form for secret in chosen for form in secret.forms if form}, key=lambda form: (-len(form), form))


def _could_be_a_word(value: str) -> bool:
    return len(value) < SHORT or value.isalpha()


def _forms(value: str) -> tuple[str, ...]:
    """Return how a value looks as it is, in a Python repr, in JSON and in an address."""
    return (
        value,
        repr(value)[1:-1],
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        quote(value, safe=""),
        quote(value),
        quote_plus(value),
    )
