"""How is shown on a terminal what the standard can do? As a table of what may be meant, the best first."""

from collections.abc import Iterator

from lockgate.faces.output import Table, View
from lockgate.practices.fit.perform.choices import ConfirmAnswer, FoundAnswer, SearchAnswer

_WIDEST = 60


def search_views(answer: SearchAnswer) -> Iterator[View]:
    """Yield what was found."""
    rows = [(one["score"], one["choice"], one["label"], one["capability"], _about(one)) for one in answer["found"]]
    nothing = f"None of {answer['entries']:,} entries of {answer['instance']} has these words."
    yield Table(("Fit", "Choice", "Label", "Area", "About"), rows, nothing)
    if rows:
        yield "Confirm one: lockgate fit confirm REQUIREMENT CHOICE."


def confirm_line(answer: ConfirmAnswer) -> str:
    """Say what the requirement names now."""
    return f"{answer['requirement']} is carried by {', '.join(answer['standard'])}."


def _about(one: FoundAnswer) -> str:
    text = " ".join((one["help"] or one["about"]).split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
