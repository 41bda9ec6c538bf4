"""What came of a question? A status with its reason, down to the evidence numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """How a criterion stands."""

    MET = "met"
    UNMET = "unmet"
    MISSING = "missing"
    STALE = "stale"
    UNDECIDABLE = "undecidable"
    WAIVED = "waived"


SEVEREST = (Status.UNMET, Status.MISSING, Status.STALE, Status.UNDECIDABLE, Status.MET)
"""A sure no comes first: of several that all must be met, the first of these speaks for all."""

NEAREST = (Status.MET, Status.UNDECIDABLE, Status.STALE, Status.MISSING, Status.UNMET)
"""Of several of which one is enough, the first of these speaks for all."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """What was measured from an input that has changed since."""

    input: str
    old: str
    new: str | None
    """None when the input is gone."""

    def __str__(self) -> str:
        now = f"is now {short(self.new)}" if self.new else "is gone"
        return f"measured on {self.input} {short(self.old)}, which {now}"


@dataclass(frozen=True, slots=True)
class Part:
    """What came of one thing that was asked about."""

    status: Status
    because: str = ""
    """Empty when it is met."""
    label: Mapping[str, str] = field(default_factory=dict)
    """What it is about, by dimension."""
    title: str = ""
    evidence: tuple[int, ...] = ()
    parts: tuple["Part", ...] = ()
    changed: Renewal | None = None
    kind: str = ""
    """The kind of evidence that was asked for."""

    @property
    def name(self) -> str:
        """Return what it is about, in words."""
        return self.title or ", ".join(f"{dimension} {key}" for dimension, key in self.label.items())

    def about(self, label: Mapping[str, str]) -> "Part":
        """Return the part with what is known of where it is."""
        if not label:
            return self
        both = {**label, **self.label} if self.label else label
        return Part(self.status, self.because, both, self.title, self.evidence, self.parts, self.changed, self.kind)


def together(parts: Sequence[Part], order: Sequence[Status] = SEVEREST) -> Part:
    """Return one part for several, of which all must be met, or with the order `NEAREST` one."""
    if len(parts) == 1 and not parts[0].label and not parts[0].title:
        return parts[0]
    there = {part.status for part in parts}
    status = next(status for status in order if status in there)
    numbers = tuple(dict.fromkeys(number for part in parts for number in part.evidence))
    return Part(status, _because(status, parts), evidence=numbers, parts=tuple(parts))


def _because(status: Status, parts: Sequence[Part]) -> str:
    if status is Status.MET:
        return ""
    lacking = [part for part in parts if part.status is not Status.MET]
    first = next(part for part in lacking if part.status is status)
    said = f"{first.name}: {first.because}" if first.name else first.because
    return said if len(parts) == 1 else f"{len(lacking)} of {len(parts)} lack: {said}"


def short(digest: str) -> str:
    """Return as much of a digest as a person compares."""
    return digest[:4]
