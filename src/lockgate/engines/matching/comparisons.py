"""What is asked of a pair of records? Of each column how alike they are, in levels that can be said in words.

X1  Level 0 is missing on either side: it counts neither for nor against.
X2  The levels of a comparison are asked in turn, the first that is true is the answer; the last one is always true.
X3  An e-mail address says nothing new when its domain only repeats the name, and its mailbox is `info` or the like: all
    that bear the name have such a domain. A mailbox of a person is evidence.
X4  A name that many bear says less than a rare one. Names of goods have to agree in their numbers: `M8 x 40` is not
    `M8 x 60`, however alike they are.
"""

from dataclasses import dataclass

from lockgate.engines.matching.entity import EntityKind

FEW = 5
"""A name with no more bearers is rare."""


@dataclass(frozen=True)
class Level:
    """One answer: in words, as SQL over `l` and `r`, and how often it is expected of two that are the same."""

    said: str
    sql: str
    expected: float


@dataclass(frozen=True)
class Comparison:
    """One question to a pair."""

    column: str
    """How it is called in words; the columns that it needs are in `columns`."""
    columns: tuple[str, ...]
    levels: tuple[Level, ...]
    nothing: str = "false"
    """SQL that is true of pairs of which the answer says nothing."""

    @property
    def sql(self) -> str:
        """Return the level of a pair as SQL."""
        missing = " and ".join(f"(l.{column} is null or r.{column} is null)" for column in self.columns)
        asked = " ".join(f"when {level.sql} then {place}" for place, level in enumerate(self.levels[:-1], 1))
        return f"case when ({missing}) or {self.nothing} then 0 {asked} else {len(self.levels)} end"


def _same(column: str) -> str:
    return f"l.{column} = r.{column}"


def _alike(column: str, least: float) -> str:
    return f"jaro_winkler_similarity(l.{column}, r.{column}) >= {least}"


def _slip(column: str) -> str:
    """Return SQL that is true of two that are one slip apart; asked only of those that are alike, since it is slow."""
    return f"{_alike(column, 0.8)} and damerau_levenshtein(l.{column}, r.{column}) <= 1"


_WITHIN = "least(length(l.name), length(r.name)) >= 5 and (contains(l.name, r.name) or contains(r.name, l.name))"

_NAME = Comparison(
    "name",
    ("name",),
    (
        Level("the same, and rare", f"{_same('name')} and l.name_bearers <= {FEW}", 0.45),
        Level("the same, but borne by many", _same("name"), 0.1),
        Level("the same words in another order", _same("name_sorted"), 0.05),
        Level("nearly the same", f"{_alike('name', 0.94)} and damerau_levenshtein(l.name, r.name) <= 3", 0.2),
        Level("one within the other", _WITHIN, 0.07),
        Level("alike", f"{_alike('name', 0.88)} or {_alike('name_sorted', 0.9)}", 0.08),
        Level("different", "true", 0.05),
    ),
)
_STREET = Comparison(
    "street",
    ("street",),
    (
        Level("the same", _same("street"), 0.7),
        Level("nearly the same, with the same number", f"{_alike('street', 0.88)} and {_same('house')}", 0.12),
        Level("alike, with another number", _alike("street", 0.92), 0.03),
        Level("different", "true", 0.15),
    ),
)
_TOWN = Comparison(
    "town",
    ("postcode", "city"),
    (
        Level("the same postcode and town", f"{_same('postcode')} and {_same('city')}", 0.75),
        Level("the same postcode", _same("postcode"), 0.08),
        Level("the same town", f"{_same('city')} or {_alike('city', 0.93)}", 0.07),
        Level("different", "true", 0.1),
    ),
)
_PHONE = Comparison(
    "phone",
    ("phone",),
    (
        Level("the same", _same("phone"), 0.8),
        Level("one digit apart", _slip("phone"), 0.05),
        Level("different", "true", 0.15),
    ),
)
_MAIL = Comparison(
    "email",
    ("email",),
    (
        Level("the same", _same("email"), 0.7),
        Level("another mailbox of the same domain", _same("domain"), 0.1),
        Level("nearly the same", _alike("email", 0.94), 0.05),
        Level("different", "true", 0.15),
    ),
    nothing=(
        f"({_same('domain')} and l.domain_as_named and r.domain_as_named and not (l.own_mailbox and {_same('email')}))"
    ),
)

_VAT = Comparison(
    "vat",
    ("vat",),
    (
        Level("the same", _same("vat"), 0.9),
        Level("one character apart", _slip("vat"), 0.04),
        Level("different", "true", 0.06),
    ),
)
_BORN = Comparison("born", ("born",), (Level("the same", _same("born"), 0.95), Level("different", "true", 0.05)))
_NUMBERS = "l.numbers is not distinct from r.numbers"
_GOODS = Comparison(
    "name",
    ("name",),
    (
        Level("the same", _same("name"), 0.5),
        Level("the same words in another order", _same("name_sorted"), 0.1),
        Level("nearly the same, with the same numbers", f"{_NUMBERS} and {_alike('name', 0.92)}", 0.2),
        Level("alike, with the same numbers", f"{_NUMBERS} and {_alike('name_sorted', 0.8)}", 0.1),
        Level("different, or with other numbers", "true", 0.1),
    ),
)
_GTIN = Comparison(
    "gtin",
    ("gtin",),
    (
        Level("the same", _same("gtin"), 0.93),
        Level("one digit apart", _slip("gtin"), 0.03),
        Level("different", "true", 0.04),
    ),
)
_MAKER_NUMBER = Comparison(
    "maker's number",
    ("maker_number",),
    (
        Level("the same", _same("maker_number"), 0.9),
        Level("different", "true", 0.1),
    ),
)
_MAKER = Comparison("maker", ("maker",), (Level("the same", _same("maker"), 0.9), Level("different", "true", 0.1)))
_CODE = Comparison("code", ("code",), (Level("the same", _same("code"), 0.3), Level("different", "true", 0.7)))

_BY_KIND: dict[EntityKind, tuple[Comparison, ...]] = {
    "organisation": (_NAME, _STREET, _TOWN, _VAT, _PHONE, _MAIL, _CODE),
    "person": (_NAME, _STREET, _TOWN, _BORN, _PHONE, _MAIL, _CODE),
    "item": (_GOODS, _GTIN, _MAKER_NUMBER, _MAKER, _CODE),
}


def comparisons(kind: EntityKind, columns: tuple[str, ...]) -> tuple[Comparison, ...]:
    """Return the comparisons of a kind for which there are columns."""
    return tuple(asked for asked in _BY_KIND[kind] if set(asked.columns) & set(columns))
