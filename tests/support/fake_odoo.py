"""An Odoo in memory that answers what loading asks: `load`, external ids, fields; whole calls or nothing."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from lockgate.odoo.errors import OdooError
from lockgate.odoo.external_ids import qualified

FIELDS: dict[str, dict[str, dict[str, Any]]] = {
    "res.partner": {
        "id": {"type": "integer", "string": "ID"},
        "name": {"type": "char", "string": "Name", "required": True},
        "ref": {"type": "char", "string": "Reference"},
        "color": {"type": "integer", "string": "Color"},
        "credit_limit": {"type": "float", "string": "Limit", "digits": [16, 2]},
        "active": {"type": "boolean", "string": "Active"},
        "date": {"type": "date", "string": "Date"},
        "type": {"type": "selection", "string": "Type", "selection": [["contact", "Contact"], ["other", "Other"]]},
        "country_id": {"type": "many2one", "string": "Country", "relation": "res.country"},
        "parent_id": {"type": "many2one", "string": "Parent", "relation": "res.partner"},
        "category_id": {"type": "many2many", "string": "Tags", "relation": "res.partner.category"},
        "child_ids": {"type": "one2many", "string": "Children", "relation": "res.partner"},
        "comment": {"type": "html", "string": "Notes"},
    },
    "res.country": {"name": {"type": "char", "string": "Name"}, "code": {"type": "char", "string": "Code"}},
}
COUNTRY, TAG, OTHER_TAG = 21, 31, 32


@dataclass
class FakeOdoo:
    """Records by external id; what is wrong with a row is told by `fault`, what happens on the way by `on_load`."""

    fault: Callable[[Mapping[str, str]], str | None] = lambda row: None
    on_load: Callable[[int, str], None] = lambda number, moment: None
    """Called with the number of the `load` and `before` or `after`; an error it raises is what the client sees."""
    names_rows: bool = True
    server: Any = field(
        default_factory=lambda: SimpleNamespace(url="http://odoo", database="d", version=(19, 0), transport="json2")
    )
    login: str = "admin"
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    loads: list[list[str]] = field(default_factory=list)
    lookups: int = 0
    writes: int = 0
    contexts: list[Mapping[str, Any]] = field(default_factory=list)
    others: dict[str, tuple[str, int]] = field(
        default_factory=lambda: {
            "base.be": ("res.country", COUNTRY),
            "base.tag": ("res.partner.category", TAG),
            "base.other_tag": ("res.partner.category", OTHER_TAG),
        }
    )
    _lock: Any = field(default_factory=threading.RLock)

    def call(self, model: str, method: str, /, ids: Any = None, context: Any = None, **args: Any) -> Any:
        with self._lock:
            if method == "get_param":
                return "uuid-of-the-fake"
            if method == "fields_get":
                return FIELDS[model]
            if method == "search_count":
                return self._count(args["domain"])
            if model == "ir.model.data":
                self.lookups += 1
                found = self._external_ids(args["domain"])
                return [{one: [row[one.split(":")[0]] for row in found] for one in args["aggregates"]}]
            if method == "load":
                return self._load(context, args["fields"], args["data"])
            if method == "read":
                by_id = {record["id"]: record for record in self.records.values()}
                return [by_id[one] for one in ids]
        raise AssertionError(f"{model}.{method} is not known here")

    def _external_ids(self, domain: Sequence[Any]) -> list[dict[str, Any]]:
        wanted: set[str] = set()
        module = ""
        for term in domain:
            if term[0] == "module":
                module = term[2]
            elif term[0] == "name":
                wanted |= {f"{module}.{name}" for name in term[2]}
        have = {
            **self.others,
            **{external_id: ("res.partner", record["id"]) for external_id, record in self.records.items()},
        }
        return [
            {
                "module": name.split(".", 1)[0],
                "name": name.split(".", 1)[1],
                "model": have[name][0],
                "res_id": have[name][1],
            }
            for name in sorted(wanted & have.keys())
        ]

    def _count(self, domain: Sequence[Any]) -> int:
        """Answer how many partners have an external id of a module."""
        named = {key: value for key, _, value in domain}
        assert named["model"] == "res.partner"
        return sum(name.startswith(f"{named['module']}.") for name in self.records)

    def _load(self, context: Mapping[str, Any], fields: Sequence[str], data: Sequence[Sequence[str]]) -> Any:
        self.contexts.append(context)
        rows = [dict(zip(fields, row, strict=True)) for row in data]
        self.loads.append([row["id"] for row in rows])
        number = len(self.loads)
        self.on_load(number, "before")
        messages = [
            {"type": "error", "message": text, "rows": {"from": at, "to": at}, "record": at, "field": "name"}
            for at, row in enumerate(rows)
            if (text := self._fault(row, rows[:at]))
        ]
        if messages:
            return {"ids": False, "messages": messages if self.names_rows else [{"type": "error", "message": "No."}]}
        answer = {"ids": [self._save(row) for row in rows], "messages": []}
        self.on_load(number, "after")
        return answer

    def _fault(self, row: Mapping[str, str], before: Sequence[Mapping[str, str]]) -> str | None:
        known = {*self.records, *self.others, *(one["id"] for one in before)}
        for column in ("country_id/id", "parent_id/id"):
            if row.get(column) and qualified(row[column]) not in known:
                return f"No matching record found for external id {row[column]!r}"
        return self.fault(row)

    def _save(self, row: Mapping[str, str]) -> int:
        self.writes += 1
        kept = self.records.setdefault(row["id"], {"id": 1000 + len(self.records)})
        kept.update({key: value for key, value in row.items() if key != "id"})
        return int(kept["id"])


def fail_once(number: int, moment: str, error: OdooError) -> Callable[[int, str], None]:
    """Return an `on_load` that raises the error at one moment of one load."""

    def on_load(now: int, at: str) -> None:
        if (now, at) == (number, moment):
            raise error

    return on_load
