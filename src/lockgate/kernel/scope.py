"""For whom does a gate, a piece of evidence or a decision hold? The whole programme, a wave or a site."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Level(StrEnum):
    """How wide a scope is."""

    PROGRAMME = "programme"
    WAVE = "wave"
    SITE = "site"


@dataclass(frozen=True, order=True)
class Scope:
    """The programme, or one wave or site by its key."""

    level: Level
    key: str = ""

    def __post_init__(self) -> None:
        if (self.level is Level.PROGRAMME) == bool(self.key):
            raise ValueError("a wave and a site have a key, the programme has none")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the scope that `str` wrote: `programme`, `wave:north` or `site:ghent`."""
        level, _, key = text.partition(":")
        return cls(Level(level), key)

    def __str__(self) -> str:
        return f"{self.level}:{self.key}" if self.key else str(self.level)


PROGRAMME = Scope(Level.PROGRAMME)
