"""What does somebody want to see of a register? All of it stands in the address, so that it can be kept and sent.

?state=open&owner=ada&late=yes&where=severity+in+(high,+critical)&sort=-due&columns=site,owner&group=state
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

_LISTS: Final = ("state", "where", "sort", "columns")


@dataclass(frozen=True)
class Query:
    """What is asked for."""

    state: tuple[str, ...] = ()
    owner: str = ""
    """The id of a person; `-` for records that nobody owns."""
    late: bool = False
    tag: str = ""
    text: str = ""
    where: tuple[str, ...] = ()
    """Comparisons, as on the command line."""
    sort: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    group: str = ""
    page: int = 1
    when: str = field(default="")
    """As of which moment or number; empty for now."""

    def url(self, **changes: Any) -> str:
        """Return the part of an address that asks for this, with something changed; back on the first page."""
        wanted = replace(self, **{"page": 1, **changes})
        pairs: list[tuple[str, str]] = [("state", one) for one in wanted.state]
        pairs += [("owner", wanted.owner), ("late", "yes" if wanted.late else ""), ("tag", wanted.tag)]
        pairs += [("q", wanted.text), *(("where", one) for one in wanted.where), ("sort", ",".join(wanted.sort))]
        pairs += [("columns", ",".join(wanted.columns)), ("group", wanted.group)]
        pairs += [("page", str(wanted.page) if wanted.page > 1 else ""), ("as-of", wanted.when)]
        return f"?{urlencode([pair for pair in pairs if pair[1]])}"

    @property
    def narrowed(self) -> bool:
        """True when some records may be left out."""
        return bool(self.state or self.owner or self.late or self.tag or self.text or self.where)


def parse(said: Mapping[str, Sequence[str]]) -> Query:
    """Return what the query of an address asks for; what it does not know is left alone."""
    one = {key: values[-1].strip() for key, values in said.items() if values}
    page = one.get("page", "")
    return Query(
        state=_several(said.get("state", ())),
        owner=one.get("owner", ""),
        late=one.get("late", "") in {"yes", "true", "1", "on"},
        tag=one.get("tag", ""),
        text=one.get("q", ""),
        where=(*(text for text in said.get("where", ()) if text.strip()), *_added(one)),
        sort=_several(said.get("sort", ())),
        columns=_several(said.get("columns", ())),
        group=one.get("group", ""),
        page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 and int(page) else 1,  # noqa: PLR2004 - a page that there may be
        when=one.get("as-of", ""),
    )


def _added(one: Mapping[str, str]) -> tuple[str, ...]:
    """Return the comparison that a form asks for in three fields."""
    name, how, value = (one.get(key, "") for key in ("field", "how", "value"))
    if not name or not how:
        return ()
    if how.endswith("empty"):
        return (f"{name} {how}",)
    if how.endswith("in"):
        return (f"{name} {how} ({value.strip('()')})",)
    return (f"{name} {how} {_quoted(value)}",) if value else ()


def _quoted(value: str) -> str:
    """Return a value so that a comparison reads it as it is: whole words in quotes, unless they name numbers."""
    plain = value.replace(".", "", 1).replace("-", "", 1).isdigit() or value in {"true", "false"}
    if plain or value[0] in "'\"":
        return value
    return f"'{value}'" if '"' in value else f'"{value}"'


def _several(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for value in values for part in value.split(",") if part.strip()))
