"""What was built beside the standard, how large is it, and who approved it? Plain data in, the list and its sums out.

C1  A piece is approved by a gap that is decided and names it, in *What it puts into Odoo* or in *Module or Studio
    object*: by its name, by its kind and name, or by a pattern with `*`.
C2  A gap that is not decided, or was decided once and is open again, approves nothing; it is named all the same.
C3  What brings several pieces is listed once: the fields of a model made by hand belong to the model.
C4  A sum that rests on something that nobody could look at is no sum, and is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Final

DECIDED: Final = "decided"
STUDIO: Final = "studio"


@dataclass(frozen=True, order=True)
class Piece:
    """Something in an Odoo that neither Odoo nor OCA brought."""

    kind: str
    """`module`, `model`, `field`, `code`, `action`, `automation`, `view`, `report`, or `studio` and what it is."""
    name: str
    about: str = ""
    """What it is of, in a few words."""
    lines: int | None = None
    """Lines of code; None where it has none, or where they can't be counted."""
    overrides: int = 0
    """Standard views or methods that it replaces."""


@dataclass(frozen=True)
class Gap:
    """A gap, as far as it says what is built for it."""

    id: str
    title: str
    state: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """A piece, and the gap that stands for it."""

    piece: Piece
    gap: Gap | None = None

    @property
    def approved(self) -> bool:
        """True when a decided gap names it (C1, C2)."""
        return self.gap is not None and self.gap.state == DECIDED


@dataclass(frozen=True)
class Inventory:
    """All that was built, and what could not be looked at."""

    listed: tuple[Listed, ...]
    unread: tuple[str, ...] = ()
    """Parts that the user may not read."""
    uncounted: tuple[str, ...] = ()
    """Own modules whose source is not declared, so that nobody can count their lines."""
    core_edits: int | None = None
    """Files of Odoo that differ from what was released; None where nobody could compare."""

    @property
    def unapproved(self) -> tuple[Piece, ...]:
        """What no decided gap names."""
        return tuple(one.piece for one in self.listed if not one.approved)

    def measures(self) -> dict[str, int]:
        """Return the sums that can be told (C4)."""
        pieces = [one.piece for one in self.listed]
        found: dict[str, int] = {}
        if not self.unread:
            found["modules"] = sum(1 for one in pieces if one.kind == "module")
            found["unapproved"] = len(self.unapproved)
            found["studio"] = sum(1 for one in pieces if one.kind not in {"module", "code", "report"})
        if not self.unread and not self.uncounted:
            found["lines"] = sum(one.lines or 0 for one in pieces)
            found["overrides"] = sum(one.overrides for one in pieces)
        if self.core_edits is not None:
            found["core_edits"] = self.core_edits
        return found


def listed(pieces: Iterable[Piece], gaps: Sequence[Gap]) -> tuple[Listed, ...]:
    """Return each piece with the gap that stands for it, a decided one before any other (C1 to C3)."""
    ranked = sorted(gaps, key=lambda gap: gap.state != DECIDED)
    return tuple(
        Listed(piece, next((gap for gap in ranked if _names(gap, piece)), None)) for piece in sorted(_whole(pieces))
    )


@dataclass(frozen=True)
class Over:
    """A sum that is above what was agreed, or that nobody can tell."""

    measure: str
    value: int | None
    most: int


def over(measures: Mapping[str, int], most: Mapping[str, int]) -> tuple[Over, ...]:
    """Return the sums that are above what was agreed; one that can't be told is not below it."""
    return tuple(
        Over(name, measures.get(name), limit)
        for name, limit in most.items()
        if name not in measures or measures[name] > limit
    )


def lines_of(code: str) -> int:
    """Return how many lines of code there are, without empty ones and comments."""
    return sum(1 for line in code.splitlines() if line.strip() and not line.strip().startswith("#"))


def stale_names(gaps: Iterable[Gap], pieces: Iterable[Piece]) -> tuple[tuple[Gap, str], ...]:
    """Return what gaps name and nobody built, or what was taken out since."""
    there = tuple(pieces)
    return tuple((gap, name) for gap in gaps for name in gap.names if not any(_matches(name, piece) for piece in there))


def with_source(pieces: Iterable[Piece], counted: Mapping[str, tuple[int, int]]) -> list[Piece]:
    """Return the pieces, each module with the lines and overrides of its source."""
    return [
        replace(piece, lines=counted[piece.name][0], overrides=counted[piece.name][1])
        if piece.kind == "module" and piece.name in counted
        else piece
        for piece in pieces
    ]


def _whole(pieces: Iterable[Piece]) -> list[Piece]:
    """Leave out the fields of models that are listed themselves (C3)."""
    there = list(pieces)
    models = {one.name for one in there if one.kind == "model"}
    return [one for one in there if one.kind != "field" or one.name.rpartition(".")[0] not in models]


def _names(gap: Gap, piece: Piece) -> bool:
    return any(_matches(name, piece) for name in gap.names)


def _matches(name: str, piece: Piece) -> bool:
    return any(fnmatchcase(each, name) for each in (piece.name, f"{piece.kind} {piece.name}"))
