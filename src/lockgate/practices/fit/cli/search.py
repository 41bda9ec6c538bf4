"""How is shown what the standard can do? The keys of `lockgate fit search`, `suggest` and `confirm`, and tables."""

from collections.abc import Iterator
from typing import TypedDict

from lockgate.faces.output import Table, View
from lockgate.practices.fit.perform.suggesting import Searched

_WIDEST = 60


class FoundAnswer(TypedDict):
    """Something of the standard that may be meant."""

    choice: str
    kind: str
    label: str
    help: str
    about: str
    capability: str
    score: int


class SearchAnswer(TypedDict):
    """The answer of `lockgate fit search` and `suggest`."""

    instance: str
    words: list[str]
    entries: int
    found: list[FoundAnswer]


class ConfirmAnswer(TypedDict):
    """The answer of `lockgate fit confirm`."""

    requirement: str
    standard: list[str]


def search_answer(found: Searched) -> SearchAnswer:
    """Return what was found, the best first."""
    return SearchAnswer(
        instance=found.instance,
        words=list(found.words),
        entries=found.entries,
        found=[
            FoundAnswer(
                choice=one.entry.choice,
                kind=one.entry.kind,
                label=one.entry.label,
                help=one.entry.help,
                about=one.entry.about,
                capability=one.entry.capability,
                score=one.score,
            )
            for one in found.found
        ],
    )


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
