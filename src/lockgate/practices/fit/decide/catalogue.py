"""What of the standard may be meant by some words? Entries of a catalogue, ranked.

R1  A word is found where the entry has one that is spelt nearly like it; how many of the words are found counts most.
R2  Then how near the words are to the label; a help text counts less.
R3  Of equals, what is nearer to configuring comes first: a setting, an app or module, a report, a model, a field; and a
    module that is installed before one that is not.
R4  What belongs to the area of Odoo that is asked for comes before what does not.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

ORDER: Final = ("setting", "module", "report", "model", "field")
THERE: Final = frozenset({"installed", "app, installed"})
"""What is said about a module that is there."""
_NEAR: Final = 82
_WORD: Final = re.compile(r"[^\W_]{2,}")
_EMPTY: Final = (
    "an and are as at be by can for from has have how in is it its must no not of on or our per shall so than that the "
    "their them they this to us was we what when where which who will with you"
)
_EMPTY_WORDS: Final = frozenset(_EMPTY.split())
"""What says nothing of what is needed."""
_MOST_WORDS: Final = 24


@dataclass(frozen=True)
class Entry:
    """Something that this Odoo can do."""

    kind: str
    """One of `ORDER`."""
    name: str
    """Its technical name: `group_uom`, `stock_landed_costs`, `stock.lot.ref`."""
    label: str
    help: str = ""
    about: str = ""
    """Where it is: the app, the model, whether it is installed."""
    capability: str = ""

    @property
    def choice(self) -> str:
        """How it is named when it is confirmed."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True)
class Found:
    """An entry, and how well it fits, from 0 to 100."""

    entry: Entry
    score: int


def words_of(text: str) -> tuple[str, ...]:
    """Return the words that say something, each once."""
    words = dict.fromkeys(word for word in _WORD.findall(text.lower()) if word not in _EMPTY_WORDS)
    return tuple(words)[:_MOST_WORDS]


def ranked(words: Sequence[str], entries: Iterable[Entry], *, area: str = "", most: int = 12) -> tuple[Found, ...]:
    """Return the entries that fit best, the best first (R1 to R4)."""
    found = [Found(entry, _score(words, entry, area)) for entry in entries]
    found.sort(key=lambda one: (-one.score, ORDER.index(one.entry.kind), one.entry.label, one.entry.name))
    return tuple(one for one in found if one.score)[:most]


def _score(words: Sequence[str], entry: Entry, area: str) -> int:
    label, rest = _WORD.findall(entry.label.lower()), _WORD.findall(f"{entry.name} {entry.help} {entry.about}".lower())
    in_label = sum(any(_same(word, one) for one in label) for word in words)
    anywhere = sum(any(_same(word, one) for one in (*label, *rest)) for word in words)
    if not anywhere:
        return 0
    share = (0.6 * anywhere + 0.4 * in_label) / len(words)  # R1
    near = fuzz.token_set_ratio(" ".join(words), entry.label.lower()) / 100  # R2
    place = 1 - ORDER.index(entry.kind) / len(ORDER) + 0.1 * (entry.about in THERE)  # R3
    whole = 70 * share + 18 * near + 4 * place + (8 if area and entry.capability == area else 0)  # R4
    return min(100, round(whole))


def _same(word: str, other: str) -> bool:
    if word == other:
        return True
    return min(len(word), len(other)) > 3 and fuzz.ratio(word, other) >= _NEAR  # noqa: PLR2004 - short words differ by a letter
