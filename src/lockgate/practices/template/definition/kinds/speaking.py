"""What does a resource of a kind say in Odoo's own words, and how is what Odoo holds said in those of the kind?

K1  A short name stands for a field; any other name is a field of the model itself. Both at once is a flaw.
K2  Plain words stand for Odoo's keys, and nothing else can stand there. A code stands for what it is short for.
K3  What goes with a name, and what a kind holds by itself, is said unless the resource says otherwise.
K4  What is made in a company belongs to it.
K5  Every value can be traced to where the file says it, so that each fault and each difference stands there.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lockgate.practices.template.definition.kinds.kind import Flaw, Kind, Short, Way

Origins = Mapping[Way, Way]
"""By the way to a value in Odoo's words, the way to what the file says of it (K5)."""


@dataclass(frozen=True)
class Sayings:
    """What a resource says, by short names or by fields."""

    values: Mapping[str, Any]
    company: str | None = None
    by_company: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Spoken:
    """The same in Odoo's words."""

    values: dict[str, Any]
    by_company: dict[str, dict[str, Any]]
    translations: dict[str, dict[str, Any]]
    origins: Origins
    flaws: tuple[Flaw, ...]


def spoken(said: Sayings, kind: Kind) -> Spoken:
    """Return what a resource of a kind says as a generic one would (K1 to K5)."""
    told = spoken_change(said, kind)
    values, origins = dict(told.values), {**told.origins, ("model",): ("kind",)}
    for name, value in {**kind.defaults, **_company(said, kind)}.items():  # K3, K4
        if name not in values:
            values[name] = value
            origins["values", name] = ("company",) if name == kind.of_company else ("kind",)
    flaws = [*told.flaws, *_lacking(said, kind)]
    for way, some in ((("values",), said.values), *_of_companies(said)):
        flaws += (flaw._replace(way=(*way, *flaw.way)) for check in kind.checks for flaw in check(some))
    return Spoken(values, told.by_company, told.translations, origins, tuple(flaws))


def spoken_change(said: Sayings, kind: Kind) -> Spoken:
    """Return what is otherwise of a resource of a kind, with nothing that it does not say (K1, K2, K5)."""
    origins: dict[Way, Way] = {}
    flaws: list[Flaw] = []

    def group(way: Way, some: Mapping[str, Any]) -> dict[str, Any]:
        return _group(way, some, kind.shorts, (origins, flaws))

    values = group(("values",), said.values)
    by_company = {one: group(("by_company", one), some) for one, some in said.by_company.items()}
    texts = {one: group(("translations", one), some) for one, some in said.translations.items()}
    return Spoken(values, by_company, texts, origins, tuple(flaws))


def fields_of(names: Iterable[str], kind: Kind) -> tuple[str, ...]:
    """Return the fields that these names stand for."""
    shorts = ((name, kind.short(name)) for name in names)
    return tuple(short.field if short else name for name, short in shorts)


def back(value: Any, name: str, shorts: Sequence[Short]) -> Any:
    """Return what Odoo holds in the words in which a resource of the kind says it by this name."""
    short = next((one for one in shorts if one.name == name), None)
    if short is None or value is None:
        return value
    if short.lines and isinstance(value, list):
        return [_line_back(line, short) for line in value]
    for plain, key in short.choices.items():
        if key == value:
            return plain
    return _decoded(value, short)


def _group(
    way: Way, said: Mapping[str, Any], shorts: Sequence[Short], noted: tuple[dict[Way, Way], list[Flaw]]
) -> dict[str, Any]:
    origins, flaws = noted
    values: dict[str, Any] = {}
    by_name = {one.name: one for one in shorts}
    for name, value in said.items():
        short = by_name.get(name)
        field = short.field if short else name
        if field in values:  # K1
            flaws.append(Flaw((*way, name), f"`{name}` says `{field}` once more", "Say it once.", "declared-twice"))
        values[field] = _value(value, short, (way, (*way, name)), noted) if short else value
        if short:
            origins[*way, field] = (*way, name)
    for name in said.keys() & by_name.keys():  # K3
        for field, value in by_name[name].sets.items():
            if field not in values:
                values[field] = value
                origins[*way, field] = (*way, name)
    return values


def _value(value: Any, short: Short, ways: tuple[Way, Way], noted: tuple[dict[Way, Way], list[Flaw]]) -> Any:
    around, here = ways
    if short.lines and isinstance(value, list):
        inside = (*around, short.field)
        told = []
        for number, line in enumerate(value):
            if not isinstance(line, Mapping):
                return value
            said = _line(line, short, (*here, number), noted)
            noted[0].update({(*inside, number, name): (*here, number, at) for name, (_, at) in said.items()})
            told.append({name: one for name, (one, _) in said.items()})
        return told
    if short.choices and value not in (None, False):  # K2
        if isinstance(value, str) and value in short.choices:
            return short.choices[value]
        near = difflib.get_close_matches(str(value), list(short.choices), n=1)
        hint = f"One of: {', '.join(short.choices)}.{f' Is it `{near[0]}`?' if near else ''}"
        noted[1].append(Flaw(here, f"`{short.name}` has no choice `{value}`", hint))
        return value
    return _coded(value, short)


def _line(
    line: Mapping[str, Any], short: Short, here: Way, noted: tuple[dict[Way, Way], list[Flaw]]
) -> dict[str, tuple[Any, str]]:
    """Return by field what a line holds, and the name by which the file says it."""
    names = {one.name: one for one in short.lines}
    found: dict[str, tuple[Any, str]] = {}
    for name, value in line.items():
        inner = names.get(name)
        field = inner.field if inner else name
        found[field] = (_value(value, inner, (here, (*here, name)), noted) if inner else value, name)
    for name in line.keys() & names.keys():
        for field, value in names[name].sets.items():
            found.setdefault(field, (value, name))
    first = next(iter(line), "")
    for field, value in short.in_lines.items():
        found.setdefault(field, (value, first))
    return found


def _line_back(line: Mapping[str, Any], short: Short) -> dict[str, Any]:
    by_field = {one.field: one for one in reversed(short.lines)}
    implied = {
        **short.in_lines,
        **{
            field: value
            for one in short.lines
            if one.field in line
            for field, value in one.sets.items()
            if line.get(field) == value
        },
    }
    return {
        (by_field[field].name if field in by_field else field): (
            back(value, by_field[field].name, short.lines) if field in by_field else value
        )
        for field, value in line.items()
        if not (field in implied and implied[field] == value) and value not in (None, False, [], "")
    }


def _coded(value: Any, short: Short) -> Any:
    code = short.code
    if code is None or isinstance(value, bool) or not re.fullmatch(code.pattern, str(value)):
        return value
    text = str(value)
    return code.odd.get(text) or code.form.replace("{}", text.lower() if code.small else text)


def _decoded(value: Any, short: Short) -> Any:
    code = short.code
    if code is None or not isinstance(value, str):
        return value
    for plain, odd in code.odd.items():
        if odd == value:
            return plain
    before, _, after = code.form.partition("{}")
    inner = value.removeprefix(before).removesuffix(after)
    text = inner.upper() if code.small else inner
    if f"{before}{inner}{after}" != value or not re.fullmatch(code.pattern, text):
        return value
    return float(text) if re.fullmatch(r"\d+\.\d+", text) else int(text) if text.isdigit() else text


def _company(said: Sayings, kind: Kind) -> dict[str, Any]:
    return {kind.of_company: said.company} if kind.of_company and said.company else {}


def _of_companies(said: Sayings) -> Iterator[tuple[Way, Mapping[str, Any]]]:
    """Yield what holds in other companies, with what is said for all: a check needs both."""
    for company, some in said.by_company.items():
        yield ("by_company", company), {**said.values, **some}


def _lacking(said: Sayings, kind: Kind) -> Iterator[Flaw]:
    for name in kind.needs:
        short = kind.short(name)
        if name == "company":
            if said.company is None:
                yield Flaw(("key",), f"a resource of the kind {kind.name} needs a company", "Add `company`.")
        elif name not in said.values and (short is None or short.field not in said.values):
            hint = f"It is {short.means[0].lower()}{short.means[1:]}" if short else f"Add `{name}`."
            yield Flaw(("values",), f"a resource of the kind {kind.name} needs `{name}`", hint)
