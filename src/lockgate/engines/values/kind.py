"""What can be asked of a value? Whether it is one of its kind, and how it is written when it is.

K1  Only what is there is judged. NULL and blank words are fine: whether something must be there is a rule's business.
K2  Judged is what a value means, not how it is written: `(0221) 12 34 567` is a phone number.
K3  What is not understood stays as it is, but for blanks and certain encoding faults; nothing is guessed.
K4  What can't be judged for want of a country is a fault that says so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from lockgate.engines.values.blanks import BLANK_WORDS, collapse, is_blank
from lockgate.engines.values.mojibake import mended
from lockgate.engines.values.territories import code_of

LIKE_ENOUGH = 80
"""From this likeness on (of 100) a known term is offered in place of one that is not known."""


@dataclass(frozen=True)
class Kind:
    """One kind of value: how it is judged and how it is written."""

    name: str
    summary: str
    fault: Callable[[str, str], str | None]
    """Takes a value and the ISO code of its country (`""`: not known); says what is wrong in a sentence."""
    tidy: Callable[[str, str], str]
    """Takes the same; returns the value as it should be written, the value itself when it is not understood (K3)."""
    by_country: bool = False
    blank: frozenset[str] = BLANK_WORDS
    """Words that stand for nothing, folded."""

    def check(self, values: Sequence[str | None], country: Sequence[str | None] | None = None) -> list[str | None]:
        """Return for each value None when it is fine, else why it is not."""
        return self._each(self._fault, values, country)

    def normalise(self, values: Sequence[str | None], country: Sequence[str | None] | None = None) -> list[str | None]:
        """Return each value as it should be written, None for a blank word."""
        return self._each(self._tidy, values, country)

    def rule(self, before: str, after: str | None) -> str:
        """Return the name of the rule that made one of the other."""
        if after is None:
            return "blank word"
        return self.name if mended(before) == before else f"{self.name}, encoding mended"

    def _each(
        self,
        judge: Callable[[str, str], str | None],
        values: Sequence[str | None],
        country: Sequence[str | None] | None,
    ) -> list[str | None]:
        countries = country if country is not None else [None] * len(values)
        known: dict[tuple[str, str | None], str | None] = {}
        for value, land in zip(values, countries, strict=True):
            if value is not None and (value, land) not in known:
                known[value, land] = None if is_blank(value, self.blank) else judge(value, land or "")  # K1
        return [None if value is None else known[value, land] for value, land in zip(values, countries, strict=True)]

    def _fault(self, value: str, country: str) -> str | None:
        code = code_of(country) if self.by_country else ""
        if code is None:
            return f"it can't be judged: its country {country!r} is not known"  # K4
        return self.fault(collapse(mended(value)), code)

    def _tidy(self, value: str, country: str) -> str:
        return self.tidy(collapse(mended(value)), (code_of(country) or "") if self.by_country else "")


def lookup(name: str, terms: Mapping[str, str]) -> Kind:
    """Return the kind of values that a table translates; case and blanks don't count on its left side."""
    known = {collapse(term).casefold(): meaning for term, meaning in terms.items()}
    right = set(known.values())

    def fault(value: str, _country: str) -> str | None:
        if value in right or value.casefold() in known:
            return None
        near = process.extractOne(value.casefold(), known.keys(), score_cutoff=LIKE_ENOUGH)
        return "it is none of the terms that are known" + (f"; perhaps {near[0]!r}" if near else "")

    def tidy(value: str, _country: str) -> str:
        return known.get(value.casefold(), value)

    return Kind(name, "a term that a table translates", fault, tidy, blank=BLANK_WORDS - known.keys())
