"""What do programs learn of what the standard can do? The keys of `lockgate fit search`, `suggest` and `confirm`."""

from typing_extensions import TypedDict

from lockgate.practices.fit.perform.suggesting import Searched


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
