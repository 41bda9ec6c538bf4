"""Which of the records does Odoo have already? Those with our external id, and those that are taken for them.

I1  A mapping may name a field by which a record of Odoo is found that was not loaded: the template set it up, or people
    did. It gets the external id and stays as it is.
I2  Found is one record exactly. Where there are several nobody can tell which is meant: the record is kept back, and
    all of them are named (nothing is guessed).
I3  What was taken over is marked in Odoo itself, by an external id that no update touches: another round sees it too.
"""

from collections import defaultdict
from typing import Any, Final

from lockgate.kernel.external_id import MODULE
from lockgate.odoo.client import Client
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.perform.rounds import Round
from lockgate.practices.migration.perform.sending.targets import Target

_AT_ONCE: Final = 2_000


def identify(client: Client, store: Round, target: Target, *, take_over: bool) -> int:
    """Note which records of a mapping Odoo has, return how many, and take over what is found (I1 to I3)."""
    mapping = target.mapping
    owner = mapping.same_as or mapping.key
    store.connection.execute("delete from identified where mapping = ?", [owner])
    store.connection.execute("delete from taken_over where mapping = ?", [owner])
    known = our_ids(client, owner, mapping.model)
    _note(store, "identified", owner, {f"{MODULE}.{row['name']}": row["res_id"] for row in known})
    _note(store, "taken_over", owner, {f"{MODULE}.{row['name']}": row["res_id"] for row in known if row["noupdate"]})
    if take_over and mapping.find is not None and mapping.same_as is None:
        found = _found(client, store, target, mapping.find)
        about = {"module": MODULE, "model": mapping.model, "noupdate": True}
        names = [{**about, "name": name.partition(".")[2], "res_id": record} for name, record in found.items()]
        for start in range(0, len(names), _AT_ONCE):
            client.create("ir.model.data", names[start : start + _AT_ONCE])
        _note(store, "identified", owner, found)
        _note(store, "taken_over", owner, found)
    return len(known)


def our_ids(client: Client, owner: str, model: str) -> list[dict[str, Any]]:
    """Return the external ids of a mapping that Odoo has, with the records that they stand for."""
    fields = ["name", "res_id", "noupdate"]
    return client.search_read("ir.model.data", ours(f"{owner}_", model), fields, order="id", load="")


def ours(prefix: str, model: str) -> list[Any]:
    """Return the domain of the external ids of ours that begin so."""
    like = prefix.replace("_", "\\_") + "%"
    return [["module", "=", MODULE], ["model", "=", model], ["name", "=like", like]]


def _found(client: Client, store: Round, target: Target, field: str) -> dict[str, int]:
    """Return the records of Odoo that are taken for ours, by our external ids (I2)."""
    table, header = sql.table("target", target.mapping.key), sql.name(field)
    unknown = f"id not in (select id from identified where mapping = {sql.text(target.mapping.key)})"
    query = f"select id, cast({header} as varchar) from {table} where {header} is not null and {unknown} order by id"
    wanted = [(str(name), str(value)) for name, value in store.connection.execute(query).fetchall()]
    there = _by_value(client, target.mapping.model, field, sorted({value for _, value in wanted}))
    ambiguous = [(name, value) for name, value in wanted if len(there.get(value, ())) > 1]
    for name, value in ambiguous:
        ids = ", ".join(map(str, there[value]))
        because = f"{field}: Odoo has several records with {value}: {ids}"
        store.connection.execute(
            f"insert into kept_back select _dataset, _row, _key, ?, 'ambiguous', ? from {table} where id = ?",
            [target.mapping.key, because, name],
        )
        store.connection.execute(f"delete from {table} where id = ?", [name])
    return {name: there[value][0] for name, value in wanted if len(there.get(value, ())) == 1}


def _by_value(client: Client, model: str, field: str, values: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    everything = client.within(active_test=False)
    for start in range(0, len(values), _AT_ONCE):
        domain = [[field, "in", values[start : start + _AT_ONCE]]]
        for row in everything.search_read(model, domain, [field], order="id", load=""):
            found[str(row[field])].append(row["id"])
    return found


def _note(store: Round, table: str, mapping: str, found: dict[str, int]) -> None:
    names, records = list(found), list(found.values())
    store.connection.execute(
        f"insert into {table} select ?, unnest(?::varchar[]), unnest(?::bigint[])", [mapping, names, records]
    )
