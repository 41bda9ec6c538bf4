"""What is this instance? Its modules, what was changed in it by hand, its companies and languages, and one digest.

R1  Two databases of equal make have equal digests of make: neither ids nor dates nor the order of an answer count.
R2  What the user may not read is named in `unknown`. A part that is not known whole is never taken for empty, and the
    digest of a partial look differs from that of a whole one.
R3  A module is OCA's if its author says so, then Odoo's if its author says so (Enterprise by its licence), else custom.
    Odoo itself puts its own name where a manifest has no author: such a module is taken for Odoo's.
R4  Custom is what no installed module brought: models, fields, server actions and views; every automation; and views
    that were edited although a module brought them.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from lockgate.kernel.capability import Edition, Recognised, recognise
from lockgate.odoo.client import Client
from lockgate.odoo.errors import AccessDenied, NotAuthenticated

Row = dict[str, Any]
Rows = list[Row]


class Owner(StrEnum):
    """Whose a module is."""

    CORE = "core"
    ENTERPRISE = "enterprise"
    OCA = "oca"
    CUSTOM = "custom"


@dataclass(frozen=True, order=True)
class Module:
    """One installed module."""

    name: str
    version: str
    owner: Owner


@dataclass(frozen=True, order=True)
class CustomObject:
    """Something made or changed by hand or by Studio."""

    kind: str
    """`model`, `field`, `code`, `action` (one without code), `automation` or `view`."""
    name: str
    content: str
    """A digest of what it does: another one when that was changed. Empty for a model, which is its fields."""


@dataclass(frozen=True, order=True)
class Company:
    """One company; `country` is a code of two letters, empty where none is set."""

    name: str
    country: str
    currency: str


@dataclass(frozen=True)
class Fingerprint:
    """What an instance is made of."""

    uuid: str | None
    version: str
    modules: tuple[Module, ...]
    custom: tuple[CustomObject, ...]
    companies: tuple[Company, ...]
    languages: tuple[str, ...]
    unknown: tuple[str, ...]
    """The parts that the user may not read, or not whole (R2)."""

    @property
    def edition(self) -> Edition | None:
        """Enterprise where its web client is installed; None where the modules are unknown."""
        if "modules" in self.unknown:
            return None
        names = {module.name for module in self.modules}
        return Edition.ENTERPRISE if "web_enterprise" in names else Edition.COMMUNITY

    @property
    def capabilities(self) -> dict[str, Recognised] | None:
        """Return what the modules make of each capability; None where the modules are unknown."""
        return None if "modules" in self.unknown else recognise(module.name for module in self.modules)

    @property
    def digest(self) -> str:
        """SHA-256 over everything: this very database, as it is."""
        return _digest(asdict(self))

    @property
    def digest_of_make(self) -> str:
        """SHA-256 over everything but the database's own identity: a clone has the same (R1)."""
        return _digest({**asdict(self), "uuid": None})


@dataclass(frozen=True)
class Reads:
    """What Odoo answered, part by part; None where the user may not ask."""

    version: tuple[int, int]
    uuid: Rows | None
    modules: Rows | None
    fields: Rows | None
    actions: Rows | None
    automations: Rows | None
    views: Rows | None
    companies: Rows
    countries: Rows
    languages: Rows


def fingerprint(client: Client) -> Fingerprint:
    """Return the fingerprint of the client's instance; it takes at most nine reading calls."""
    return from_reads(_read(client.within(lang="en_US")))  # R1: names and views are translated


def _read(client: Client) -> Reads:
    everything = client.within(active_test=False)
    modules = _allowed(lambda: everything.search_read("ir.module.module", _INSTALLED, _MODULE))
    companies = client.search_read("res.company", [], _COMPANY)
    countries = sorted({row["country_id"][0] for row in companies if row["country_id"]})
    return Reads(
        version=client.server.version,
        uuid=_allowed(lambda: client.search_read("ir.config_parameter", [["key", "=", "database.uuid"]], ["value"])),
        modules=modules,
        fields=_allowed(lambda: everything.search_read("ir.model.fields", _CUSTOM_FIELDS, _FIELD)),
        actions=_allowed(lambda: everything.search_read("ir.actions.server", [], _action(client.server.version))),
        automations=_automations(everything, modules),
        views=_allowed(lambda: everything.search_read("ir.ui.view", _CUSTOM_VIEWS, _VIEW)),
        companies=companies,
        countries=client.read("res.country", countries, ["code"]) if countries else [],
        languages=client.search_read("res.lang", [], ["code"]),
    )


_INSTALLED = [["state", "in", ["installed", "to upgrade", "to remove"]]]
_MODULE = ["name", "latest_version", "author", "license"]  # latest_version is the one in the database, not on disk
_COMPANY = ["name", "country_id", "currency_id"]
_CUSTOM_FIELDS = ["|", ["state", "=", "manual"], ["model", "=like", r"x\_%"]]
_FIELD = ["model", "name", "state", "ttype", "relation", "required", "readonly", "store", "compute", "related"]
_AUTOMATION = ["name", "model_name", "trigger", "filter_pre_domain", "filter_domain", "active"]
_CUSTOM_VIEWS = ["|", ["arch_updated", "=", True], ["create_uid", "!=", 1]]  # modules are installed by the superuser, 1
_VIEW = ["name", "key", "xml_id", "model", "type", "mode", "active", "arch_db"]


def _action(version: tuple[int, int]) -> list[str]:
    known_to_all = ["name", "xml_id", "model_name", "usage", "state", "code"]
    return [*known_to_all, "update_path", "evaluation_type", "value"] if version >= (17, 0) else known_to_all


def _allowed(read: Callable[[], Rows]) -> Rows | None:
    try:
        return read()
    except NotAuthenticated:
        raise
    except AccessDenied:
        return None  # R2


def _automations(client: Client, modules: Rows | None) -> Rows | None:
    if modules is None:
        return None
    if "base_automation" not in {row["name"] for row in modules}:
        return []
    return _allowed(lambda: client.search_read("base.automation", [], _AUTOMATION))


def from_reads(reads: Reads) -> Fingerprint:
    """Return the fingerprint that these answers make."""
    countries = {row["id"]: row["code"] for row in reads.countries}
    return Fingerprint(
        uuid=reads.uuid[0]["value"] if reads.uuid else None,
        version=".".join(map(str, reads.version)),
        modules=tuple(sorted(_module(row) for row in reads.modules or ())),
        custom=tuple(sorted(_custom(reads))),
        companies=tuple(sorted(_company(row, countries) for row in reads.companies)),
        languages=tuple(sorted(row["code"] for row in reads.languages)),
        unknown=_unknown(reads),
    )


_MISLABELLED = {"certificate", "l10n_hr_edi", "project_hr_skills"}
"""Community 19 ships these under the licence of Enterprise."""


def _module(row: Row) -> Module:
    name, author, licence = row["name"], row["author"] or "", row["license"] or ""
    return Module(name, row["latest_version"] or "", owner(name, author, licence))


def owner(name: str, author: str, licence: str) -> Owner:
    """Return whose the module is (R3)."""
    if "Odoo Community Association" in author:
        return Owner.OCA
    if "Odoo S.A." in author or author == "odoo":  # one module of Odoo's own, html_editor, says it in small letters
        return Owner.ENTERPRISE if licence == "OEEL-1" and name not in _MISLABELLED else Owner.CORE
    return Owner.CUSTOM


def _company(row: Row, countries: Mapping[int, str]) -> Company:
    country = countries[row["country_id"][0]] if row["country_id"] else ""
    return Company(row["name"], country, row["currency_id"][1])


def _unknown(reads: Reads) -> tuple[str, ...]:
    """Return the parts not known whole; who may not read fields sees the own companies alone: one right gives both."""
    parts = {
        "uuid": reads.uuid,
        "modules": reads.modules,
        "companies": reads.fields,
        "custom models": reads.fields,
        "custom fields": reads.fields,
        "custom code": reads.actions and reads.modules,
        "custom automations": reads.automations,
        "custom views": reads.views,
    }
    return tuple(name for name, rows in parts.items() if rows is None)


def _custom(reads: Reads) -> Iterator[CustomObject]:
    """Yield what no installed module brought (R4)."""
    for name in {row["model"] for row in reads.fields or () if row["model"].startswith("x_")}:
        yield CustomObject("model", name, "")
    for row in reads.fields or ():
        if row["state"] == "manual":
            yield CustomObject("field", f"{row['model']}.{row['name']}", _digest(_content(row)))
    yield from _custom_actions(reads)
    for row in reads.automations or ():
        yield CustomObject("automation", row["name"], _digest(_content(row)))
    for row in reads.views or ():
        yield CustomObject("view", row["xml_id"] or row["key"] or row["name"], _digest(_content(row)))


def _custom_actions(reads: Reads) -> Iterator[CustomObject]:
    if reads.modules is None:
        return  # whose they are can't be told
    modules = {row["name"] for row in reads.modules}
    for row in reads.actions or ():
        if (row["xml_id"] or "").partition(".")[0] not in modules:
            kind = "code" if row["state"] == "code" else "action"
            yield CustomObject(kind, row["name"] or "", _digest(_content(row)))


def _content(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}  # R1


def _digest(value: Row) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
