"""What is a kind of resource? A model of Odoo with short names for its fields, plain words for values, and checks.

A kind is data: what a resource of it says is translated to a generic resource, and nothing else knows of kinds.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as filled
from typing import Any, NamedTuple

Way = tuple[str | int, ...]


class Flaw(NamedTuple):
    """What is wrong with what a resource of a kind says, in the words of the kind."""

    way: Way
    what: str
    hint: str
    code: str = "wrong-value"


Check = Callable[[Mapping[str, Any]], Iterator[Flaw]]
"""Yields what is wrong with the values of a resource, by their short names; the way leads into the values."""


@dataclass(frozen=True)
class Code:
    """What is written short and stands in Odoo with something around it, like `BE` for `base.be`."""

    pattern: str
    """What is short; all else is left as it is."""
    form: str
    """What it stands for, with `{}` in place of it."""
    example: str
    small: bool = False
    """True when it stands in small letters in Odoo."""
    odd: Mapping[str, str] = filled(default_factory=dict)
    """Those that stand for something else."""


@dataclass(frozen=True)
class Short:
    """A short name of a field."""

    name: str
    field: str
    means: str
    choices: Mapping[str, str] = filled(default_factory=dict)
    """Plain words for what a selection, or a relation to what Odoo brings, can hold."""
    code: Code | None = None
    sets: Mapping[str, Any] = filled(default_factory=dict)
    """What other fields hold when this one is said."""
    lines: tuple["Short", ...] = ()
    """The short names in its lines."""
    in_lines: Mapping[str, Any] = filled(default_factory=dict)
    """What each line holds that does not say otherwise."""


@dataclass(frozen=True)
class Kind:
    """A kind of resource."""

    name: str
    model: str
    about: str
    """What it is good for, in a sentence."""
    shorts: tuple[Short, ...]
    needs: tuple[str, ...] = ()
    """Short names, or fields, that a resource has to say."""
    defaults: Mapping[str, Any] = filled(default_factory=dict)
    """What fields hold that a resource does not say."""
    find: tuple[str, ...] = ()
    """The fields by which one that is there already is taken over."""
    made_by_odoo: bool = False
    of_company: str = ""
    """The field that holds the company in which it is made, where it has one."""
    checks: tuple[Check, ...] = ()

    def short(self, name: str) -> Short | None:
        """Return what a short name stands for."""
        return next((one for one in self.shorts if one.name == name), None)
