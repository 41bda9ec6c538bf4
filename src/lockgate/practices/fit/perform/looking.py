"""What does an Odoo show of what probes ask? A few calls for all of them, and one for each that looks at records.

K1  Looking calls no method that writes.
K2  A part that the user may not read is told, and all others are read.
K3  A question of a probe that Odoo does not understand is told with Odoo's words, and all others are asked.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from lockgate.odoo.client import Client
from lockgate.odoo.errors import AccessDenied, BadCall, NotAuthenticated, NotFound, Refused, ServerFault
from lockgate.odoo.external_ids import targets_of
from lockgate.practices.fit.decide.facts import FieldSeen, Part, RightSeen, Rows, Seen, Target
from lockgate.practices.fit.decide.wanted import SETTINGS, Wanted, company_field, group_names, wanted
from lockgate.workspace.frame.probes import CountCheck, Probe, ValueCheck

WORKERS: Final = 2
_MOST_ROWS: Final = 10_000
_RIGHTS: Final = ("read", "write", "create", "unlink")
_ALL_IMPLIED_SINCE: Final = (19, 0)
INSTALLED: Final = frozenset({"installed", "to upgrade", "to remove"})
_Read = TypeVar("_Read")


def look(client: Client, probes: Sequence[Probe]) -> Seen:
    """Return what this Odoo shows of what the probes ask."""
    there = client.within(lang="en_US", active_test=False)
    return _Look(there, probes).seen()


class _Look:
    """One look, and what could not be read."""

    def __init__(self, client: Client, probes: Sequence[Probe]) -> None:
        self.client = client
        self.probes = probes
        self.wanted: Wanted = wanted(probes)
        self.unread: dict[Part, str] = {}

    def seen(self) -> Seen:
        """Return what is seen."""
        modules = self._part(Part.MODULES, self._modules) or []
        models = self._part(Part.MODELS, self._models) or frozenset()
        fields = self._part(Part.FIELDS, lambda: self._fields(models)) or {}
        names = self._part(Part.NAMES, lambda: self._names(fields)) or {}
        return Seen(
            modules={row["name"]: row["state"] for row in modules},
            versions={row["name"]: row["latest_version"] or "" for row in modules if row["state"] in INSTALLED},
            models=models,
            fields=fields,
            names=names,
            implied=self._part(Part.GROUPS, lambda: self._implied(names)) or {},
            companies=self._part(Part.COMPANIES, lambda: self._companies(fields)) or (),
            parameters=self._part(Part.PARAMETERS, self._parameters) or {},
            rights=self._part(Part.RIGHTS, self._rights) or (),
            rows=self._rows(models, fields),
            unread=self.unread,
        )

    def _part(self, part: Part, read: Callable[[], _Read]) -> _Read | None:
        try:
            return read()
        except NotAuthenticated:
            raise
        except AccessDenied as denied:  # K2
            self.unread[part] = denied.why or denied.what
            return None

    def _modules(self) -> list[dict[str, Any]]:
        return self.client.search_read("ir.module.module", [], ["name", "state", "latest_version"])

    def _models(self) -> frozenset[str]:
        if not self.wanted.models:
            return frozenset()
        rows = self.client.search_read("ir.model", [["model", "in", list(self.wanted.models)]], ["model"])
        return frozenset(row["model"] for row in rows)

    def _fields(self, models: frozenset[str]) -> dict[tuple[str, str], FieldSeen]:
        if not self.wanted.fields:
            return {}
        asked = ["model", "name", "ttype", "relation", "related", "modules"]
        domain = [
            ["model", "in", sorted({model for model, _ in self.wanted.fields})],
            ["name", "in", sorted({name for _, name in self.wanted.fields})],
        ]
        rows = self.client.search_read("ir.model.fields", domain, asked, load="")
        choices = self._choices(models)
        return {(row["model"], row["name"]): _field(row, choices) for row in rows}

    def _choices(self, models: frozenset[str]) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return the choices of the fields of which one is asked for, as Odoo computes them; a call for each model."""
        by_model: dict[str, list[str]] = {}
        for model, name in self.wanted.choices:
            if model in models:
                by_model.setdefault(model, []).append(name)
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for model, names in by_model.items():
            told = self.client.call(model, "fields_get", allfields=names, attributes=["selection"])
            for name, about in told.items():
                found[model, name] = tuple(str(key) for key, _ in about.get("selection") or ())
        return found

    def _names(self, fields: Mapping[tuple[str, str], FieldSeen]) -> dict[str, Target]:
        found = {name: Target(one.model, one.id) for name, one in targets_of(self.client, self.wanted.names).items()}
        guessed: set[str] = set()
        for probe in self.probes:
            setting = probe.check.setting
            if setting and not setting.group and not setting.parameter:
                guessed.update(group_names(setting, fields.get((SETTINGS, setting.name))))
        if guessed:
            domain = [["model", "=", "res.groups"], ["name", "in", sorted(guessed)]]
            for row in self.client.search_read("ir.model.data", domain, ["module", "name", "res_id"], load=""):
                found[f"{row['module']}.{row['name']}"] = Target("res.groups", row["res_id"])
        return found

    def _implied(self, names: Mapping[str, Target]) -> dict[int, frozenset[int]]:
        groups = sorted({one.id for one in names.values() if one.model == "res.groups"})
        if not groups:
            return {}
        name = "all_implied_ids" if self.client.server.version >= _ALL_IMPLIED_SINCE else "trans_implied_ids"
        return {row["id"]: frozenset(row[name]) for row in self.client.read("res.groups", groups, [name])}

    def _companies(self, fields: Mapping[tuple[str, str], FieldSeen]) -> list[dict[str, Any]]:
        settings = [probe.check.setting for probe in self.probes if probe.check.setting]
        own = {company_field(one, fields.get((SETTINGS, one.name))) for one in settings if not one.parameter}
        asked = sorted(name for name in own if name)
        return self.client.search_read("res.company", [], ["name", *asked]) if asked else []

    def _parameters(self) -> dict[str, str]:
        if not self.wanted.parameters:
            return {}
        domain = [["key", "in", list(self.wanted.parameters)]]
        rows = self.client.search_read("ir.config_parameter", domain, ["key", "value"])
        return {row["key"]: row["value"] or "" for row in rows}

    def _rights(self) -> tuple[RightSeen, ...]:
        if not self.wanted.rights:
            return ()
        domain = [["model_id.model", "in", list(self.wanted.rights)], ["active", "=", True]]
        models = self.client.search_read("ir.model", [["model", "in", list(self.wanted.rights)]], ["model"])
        by_id = {row["id"]: row["model"] for row in models}
        asked = ["model_id", "group_id", *(f"perm_{right}" for right in _RIGHTS)]
        return tuple(_right(row, by_id) for row in self.client.search_read("ir.model.access", domain, asked, load=""))

    def _rows(self, models: frozenset[str], fields: Mapping[tuple[str, str], FieldSeen]) -> dict[str, Rows]:
        """Ask what looks at records, where there is something to look at."""
        asked: list[tuple[str, ValueCheck | CountCheck]] = []
        for probe in self.probes:
            check = probe.check.value or probe.check.count
            there = check is not None and check.of in models
            known = not isinstance(check, ValueCheck) or (check.of, check.field) in fields
            if check is not None and there and known:
                asked.append((probe.key, check))
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="lockgate-probe") as pool:
            return dict(
                zip((key for key, _ in asked), pool.map(self._asked, (check for _, check in asked)), strict=True)
            )

    def _asked(self, check: ValueCheck | CountCheck) -> Rows:
        client = self.client.within(active_test=True)
        try:
            if isinstance(check, CountCheck):
                return Rows(count=client.search_count(check.of, check.where))
            rows = client.search_read(check.of, check.where, [check.field], limit=_MOST_ROWS + 1, order="id")
            if len(rows) > _MOST_ROWS:
                return Rows(why_not=f"there are more than {_MOST_ROWS:,} of {check.of}: narrow `where`")
            return Rows(count=len(rows), values=[row[check.field] for row in rows])
        except NotAuthenticated:
            raise
        except (AccessDenied, BadCall, NotFound, Refused, ServerFault) as error:  # K2, K3
            return Rows(why_not=f"{check.of} can't be looked at: {error.why or error.what}")


def _field(row: Mapping[str, Any], choices: Mapping[tuple[str, str], tuple[str, ...]]) -> FieldSeen:
    return FieldSeen(
        type=row["ttype"],
        relation=row["relation"] or "",
        related=row["related"] or "",
        modules=tuple(name.strip() for name in (row["modules"] or "").split(",") if name.strip()),
        choices=choices.get((row["model"], row["name"]), ()),
    )


def _right(row: Mapping[str, Any], models: Mapping[int, str]) -> RightSeen:
    given = frozenset(right for right in _RIGHTS if row[f"perm_{right}"])
    return RightSeen(models.get(row["model_id"], ""), row["group_id"] or None, given)
