"""What of the template can't be in this Odoo? Every fault where it stands, all of them at once.

F1  A model, field, value, company, language or reference that this Odoo can't have is a fault.
F2  A record belongs to one resource. Where `find` names several records, both are told and none is chosen.
F3  What an Odoo lacks is no fault while a module or language is still to be installed: it may come with it.
F4  What has `{KEY}` in its name comes with the record of that resource, and is no fault before it is as it should be.
"""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lockgate.practices.template.decide.facts import (
    INSTALLABLE,
    INSTALLED,
    LANGUAGE,
    MODULE,
    SETTINGS,
    Declared,
    FieldFact,
    Live,
    Part,
    Said,
    Target,
)
from lockgate.practices.template.decide.known import record_of, target_of
from lockgate.practices.template.decide.names import LINES, TO_MANY, keys_in, names_in
from lockgate.practices.template.decide.naturals import found_by
from lockgate.practices.template.decide.values import oddities

_COMPANY: Final = FieldFact("company", "many2one", relation="res.company")
_OF_EACH_COMPANY: Final = frozenset({("account.account", "code")})
"""Fields that hold something else in each company, although Odoo does not say so of them."""


@dataclass(frozen=True, order=True)
class Fault:
    """Why something can't be done, and the place that says it."""

    path: str
    steps: tuple[str | int, ...]
    code: str
    what: str
    hint: str = ""
    of: str = field(default="", compare=False)
    """The key of the resource."""


@dataclass(frozen=True)
class Checked:
    """A template, looked at beside an Odoo."""

    by_key: Mapping[str, Declared]
    live: Live
    lacking: tuple[Part, ...]
    """Modules and languages that are to be installed."""


def lacking(parts: Iterable[Part], live: Live) -> tuple[Part, ...]:
    """Return the modules and languages that this Odoo has and are not installed."""
    states = ((part, live.parts.get((part.model, part.name))) for part in parts)
    return tuple(part for part, state in states if state not in {None, INSTALLED})


def faults_of_parts(parts: Iterable[Part], live: Live) -> Iterator[Fault]:
    """Yield a fault for each module and language that this Odoo does not know, or can't install."""
    there = sorted(name for model, name in live.parts if model == MODULE)
    for part in parts:
        if (part.model, part.name) not in live.parts:
            kind = "module" if part.model == MODULE else "language"
            near = _near(part.name, there) if part.model == MODULE else ""
            what = f"this Odoo has no {kind} `{part.name}`{near}"
            yield Fault(part.path, part.steps, f"unknown-{kind}", what, "Put it where Odoo finds its add-ons.")
        elif (state := live.parts[part.model, part.name]) not in INSTALLABLE:
            what = f"the module `{part.name}` can't be installed in this Odoo: it is {state}"
            yield Fault(part.path, part.steps, "not-installable", what, "Put a version there that fits this Odoo.")


def faults_of(one: Declared, known: Checked) -> Iterator[Fault]:
    """Yield all that is wrong with a resource (F1 to F3)."""
    resource, live = one.resource, known.live
    fields = live.models.get(resource.model)
    found = list(_faults_of_home(one, known)) if fields else []
    if fields is None and not known.lacking:
        what = f"this Odoo has no model `{resource.model}`{_near(resource.model, live.models)}"
        found.append(_fault(one, ("model",), "unknown-model", what, "Install the module that brings it."))
    for said in one.said() if fields else ():
        found += _faults_of_view(one, said, known)
        for name, value in said.values.items():
            found += _faults_of_value(one, (*said.way, name), value, (fields or {}, known, said))
    yield from found


def _fault(one: Declared, way: Sequence[str | int], code: str, what: str, hint: str = "") -> Fault:
    return Fault(*one.place(*way), code, what, hint, one.resource.key)


def _faults_of_home(one: Declared, known: Checked) -> Iterator[Fault]:
    resource, live = one.resource, known.live
    fields = live.models[resource.model]
    for name in resource.find:
        if name not in resource.values:
            yield _fault(one, ("find",), "unknown-field", f"`{name}` is to be found by, and the values don't say it")
        elif name in fields and fields[name].type in {TO_MANY, LINES}:
            what = f"`{name}` holds several, and a record can't be found by that"
            yield _fault(one, ("find",), "wrong-value", what, "Find it by other fields.")
    if resource.made_by_odoo and not found_by(resource):
        what = "what Odoo makes has to be found, and nothing says by which fields"
        yield _fault(one, ("made_by_odoo",), "wrong-value", what, "Add `find`.")
    managed = live.managed.get(resource.key)
    if managed is not None and managed.model != resource.model:
        what = f"`{resource.key}` is a record of {managed.model} in this Odoo"
        yield _fault(one, ("model",), "other-model", what, "Give the resource another key.")
    found = live.found.get(resource.key, ())
    if managed is None and len(found) > 1:  # F2
        ids = " and ".join(str(each) for each in found)
        what = f"more than one {resource.model} has these values: {ids}"
        yield _fault(one, ("find",), "ambiguous", what, "Merge them in Odoo, or find by more fields.")


def _faults_of_view(one: Declared, said: Said, known: Checked) -> Iterator[Fault]:
    company, language = said.view.company, said.view.language
    if company:
        way = ("company",) if said.way == ("values",) else said.way
        if said.way[0] != "translations":
            yield from _faults_of_name(one, way, company, (_COMPANY, known))
    if language and known.live.parts.get((LANGUAGE, language)) != INSTALLED and not known.lacking:
        what = f"the language `{language}` is not active in this Odoo"
        yield _fault(one, said.way, "unknown-language", what, "Name it in `languages`.")


def _faults_of_value(
    one: Declared, way: Sequence[str | int], value: object, about: tuple[Mapping[str, FieldFact], Checked, Said]
) -> Iterator[Fault]:
    fields, known, said = about
    name, model = str(way[-1]), one.resource.model
    fact = fields.get(name)
    if fact is None:
        if not known.lacking:
            yield _fault(one, way, "unknown-field", f"{model} has no field `{name}`{_near(name, fields)}")
        return
    odds = oddities(value, fact, known.live.models)
    wrong = [odd for odd in odds if odd.code == "wrong-value" or not known.lacking]
    for odd in wrong:
        what = f"`{name}` of {model} {odd.what}" if not odd.way or odd.code == "wrong-value" else odd.what
        yield _fault(one, (*way, *odd.way), odd.code, what, odd.hint)
    if said.way[0] == "translations" and not fact.translated:
        yield _fault(one, way, "wrong-value", f"`{name}` of {model} is the same in every language", "Leave it out.")
    if said.way[0] == "by_company" and not fact.by_company and (model, name) not in _OF_EACH_COMPANY:
        yield _fault(
            one, way, "wrong-value", f"`{name}` of {model} is the same in every company", "Write it in `values`."
        )
    if not wrong:
        for each, inner, inside in names_in(value, fact, known.live.models):
            yield from _faults_of_name(one, (*way, *inside), each, (inner, known))


def _faults_of_name(
    one: Declared, way: Sequence[str | int], name: str, about: tuple[FieldFact, Checked]
) -> Iterator[Fault]:
    fact, known = about
    unknown = [key for key in keys_in(name) if key not in known.by_key]
    if unknown:
        what = f"no resource `{unknown[0]}` is declared{_near(unknown[0], known.by_key)}"
        yield _fault(one, way, "unknown-reference", what)
    elif "." in name:
        target = target_of(name, known.live)
        if target is not None and target.model != fact.relation:
            yield _fault(one, way, "wrong-value", _takes(fact, name, target.model))
        elif target is None and not known.lacking and not keys_in(name):
            yield _fault(one, way, "unknown-reference", f"this Odoo has no record `{name}`")
    elif known.by_key[name].resource.model != fact.relation:
        yield _fault(one, way, "wrong-value", _takes(fact, name, known.by_key[name].resource.model))


def _takes(fact: FieldFact, name: str, model: str) -> str:
    return f"`{fact.name}` takes a {fact.relation}, and `{name}` is a {model}"


def faults_of_sharing(declared: Sequence[Declared], live: Live) -> Iterator[Fault]:
    """Yield a fault for each resource whose record, or setting, another one has or would take over, too (F2)."""
    owners = {target: key for key, target in live.managed.items()}
    settings: dict[tuple[str, str], str] = {}
    for one in declared:
        key, record = one.resource.key, record_of(one.resource.key, live)
        if one.resource.model == SETTINGS:
            for name in one.resource.values:
                other = settings.setdefault((one.home.company, name), key)
                if other != key:
                    yield _fault(
                        one, ("values", name), "declared-twice", f"`{other}` says this setting, too", "Say it once."
                    )
        elif record is not None:
            other = owners.setdefault(Target(one.resource.model, record), key)
            if other != key:
                what = f"the {one.resource.model} {record} that it finds belongs to `{other}`"
                yield _fault(one, ("find",), "ambiguous", what, "Declare it once, or find by more fields.")


def absent(one: Declared, live: Live, settled: Collection[str]) -> Iterator[Fault]:
    """Yield a fault for each name with `{KEY}` that is not there although the record of KEY is as it should be (F4)."""
    fields = live.models[one.resource.model]
    for said in one.said():
        for name, value in said.values.items():
            for each, _, inside in names_in(value, fields[name], live.models):
                keys = keys_in(each)
                if "." in each and keys and set(keys) <= set(settled) and target_of(each, live) is None:
                    what = f"this Odoo has no record `{each}`"
                    yield _fault(one, (*said.way, name, *inside), "unknown-reference", what)


def _near(name: str, there: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(there), n=1)
    return f"; is it `{close[0]}`?" if close else ""
