"""Is a text one harmless SQL condition? Parsed by DuckDB itself, then looked through part by part; nothing is run.

S1  The text is one expression: it parses alone and within brackets, so that no bracket, comment or `;` leads out of it.
S2  It uses functions of the list in `functions.py` only, and asks tables that the caller names only.
S3  What gives another answer tomorrow, or to somebody else, is refused: the clock, chance, samples, windows, users.
S4  Every refusal says where it stands in the text.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from lockgate.engines.judging.functions import ALLOWED, CHANCE, CLOCK, SESSION
from lockgate.kernel.errors import UsageError

_VALUES = {"CAST", "COLLATE", "COLUMN_REF", "CONSTANT", "FUNCTION", "LAMBDA", "OPERATOR", "STAR", "SUBQUERY", "TYPE"}
_CLASSES = {*_VALUES, "BETWEEN", "CASE", "COMPARISON", "CONJUNCTION"}
_REFUSED = {
    "WINDOW": "looks at other rows by their order",
    "PARAMETER": "has a gap for a value",
    "POSITIONAL_REFERENCE": "names a column by its number",
}
_RELATIONS = frozenset({"BASE_TABLE", "EMPTY", "JOIN", "SUBQUERY", "EXPRESSION_LIST"})
_BEFORE = "SELECT\n"
_FROM = "FROM s\n"
_BLANK = " " * (len(_BEFORE) - 1) + "\n"
"""As long as what stands before an expression, so that places are the same."""


@dataclass(frozen=True)
class Condition:
    """A text that was found to be one harmless condition, and the tables that it asks besides its own."""

    text: str
    tables: frozenset[str]

    @property
    def sql(self) -> str:
        """The condition as a part of other SQL; a comment in it ends with its line."""
        return f"(\n{self.text}\n)"


def parse_condition(connection: duckdb.DuckDBPyConnection, text: str, *, tables: Collection[str] = ()) -> Condition:
    """Return the condition that the text says, or refuse it; `tables` are the others that it may ask."""
    alone = _tree(connection, text, f"{_BEFORE}{text}\n")
    items = alone["select_list"] if alone["type"] == "SELECT_NODE" else []
    if len(items) != 1:
        raise _refused(text, "It is more than one expression.")
    _tree(connection, text, f"{_BEFORE}(\n{text}\n)", shift=2)  # S1
    known = {name.lower() for name in tables}
    asked = set()
    for node, inner in _parts(items[0], inner=False):
        _judge(text, node, inner=inner)
        if node.get("type") == "BASE_TABLE":
            asked.add(_table(text, node, known))
    return Condition(text, frozenset(asked))


def parse_join(connection: duckdb.DuckDBPyConnection, text: str, *, tables: Collection[str] = ()) -> Condition:
    """Return the tables that a text joins to `s`, or refuse it: what follows FROM, and nothing that follows that."""
    tree = _tree(connection, text, f"{_FROM}{text}\n")
    more = [name for name in ("where_clause", "group_expressions", "having", "qualify", "modifiers") if tree.get(name)]
    joined = tree.get("from_table") or {}
    if tree["type"] != "SELECT_NODE" or more or joined.get("type") != "JOIN":
        raise _refused(
            text, "It is more or less than a join.", do="Write it like `left join terms t on t.code = s.terms`."
        )
    known = {"s", *(name.lower() for name in tables)}
    asked = set()
    for node, _ in _parts(joined, inner=True):
        _judge(text, node, inner=True)
        if node.get("type") == "BASE_TABLE":
            asked.add(_table(text, node, known))
    return Condition(text, frozenset(asked - {"s"}))


def parse_query(connection: duckdb.DuckDBPyConnection, text: str, *, tables: Collection[str] = ()) -> Condition:
    """Return the tables that one harmless query asks, or refuse the text; it may group and join, and nothing else."""
    known = {name.lower() for name in tables}
    asked = set()
    try:
        for node, _ in _parts(_tree(connection, text, f"{_BLANK}{text}\n"), inner=True):
            _judge(text, node, inner=True)
            if node.get("type") == "BASE_TABLE":
                asked.add(_table(text, node, known))
    except UsageError as refused:
        what = refused.what.replace("condition", "query", 1)
        raise UsageError(what, why=refused.why, do="Write one query: `select … from …`.") from None
    return Condition(text, frozenset(asked))


def tables_of(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the names of all tables and views of people in the database, with and without their schema."""
    rows = connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal"
        " UNION SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    return frozenset(name for schema, name in rows if schema == "main") | {f"{schema}.{name}" for schema, name in rows}


def _tree(connection: duckdb.DuckDBPyConnection, text: str, query: str, *, shift: int = 0) -> dict[str, Any]:
    if "\0" in text:
        raise _refused(text, "It holds a NUL character.", at=text.index("\0"))
    answer = json.loads(connection.execute("SELECT json_serialize_sql(?)", [query]).fetchall()[0][0])
    if answer["error"]:
        at = int(answer["position"]) - len(_BEFORE) - shift if answer.get("position") else None
        why = answer["error_message"] if at is not None else "It is no expression."
        raise _refused(text, f"{why[0].upper()}{why[1:].rstrip('.')}.", at=at)
    if len(answer["statements"]) != 1:
        raise _refused(text, "It is more than one statement.")
    tree: dict[str, Any] = answer["statements"][0]["node"]
    return tree


def _parts(node: Any, *, inner: bool) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield every part of the tree, and whether it stands in a subquery."""
    if isinstance(node, list):
        for one in node:
            yield from _parts(one, inner=inner)
    elif isinstance(node, dict):
        if "type" in node or "cte_map" in node:
            yield node, inner
        for value in node.values():
            yield from _parts(value, inner=inner or node.get("class") == "SUBQUERY")


def _judge(text: str, node: dict[str, Any], *, inner: bool) -> None:
    kind, at = node.get("class"), _place(node)
    if node.get("cte_map", {}).get("map"):
        raise _refused(text, "WITH is not known here.", do="Write the subquery where it is used.")
    if node.get("sample"):
        raise _refused(text, "A sample gives another answer each time.", at=at)  # S3
    if kind is None:
        known = str(node["type"])
        if "query_location" in node and "select_list" not in node and known not in _RELATIONS:
            raise _refused(text, f"{known.replace('_', ' ').lower()} is not known here.", at=at)
    elif kind not in _CLASSES:
        raise _refused(text, f"It {_REFUSED.get(kind, f'holds {kind.lower()}, which is not known here')}.", at=at)
    elif kind == "STAR" and not inner:
        raise _refused(text, "It names all columns at once.", at=at)
    elif kind == "COLUMN_REF" and len(node["column_names"]) == 1:
        _judge_word(text, str(node["column_names"][0]).lower(), at)
    elif kind == "FUNCTION":
        _judge_function(text, str(node["function_name"]).lower(), at)


def _judge_function(text: str, name: str, at: int | None) -> None:
    _judge_word(text, name, at)
    if name not in ALLOWED:  # S2
        raise _refused(text, f"{name} may not be used here.", at=at)


def _judge_word(text: str, name: str, at: int | None) -> None:
    """Refuse what is not told by the record alone, with brackets or without (S3)."""
    if name in CLOCK:
        raise _refused(text, f"{name} asks the clock.", at=at, do="Write the day that counts.")
    if name in CHANCE | SESSION:
        raise _refused(text, f"{name} gives another answer each time or to somebody else.", at=at)


def _table(text: str, node: dict[str, Any], known: Collection[str]) -> str:
    name = ".".join(part for part in (node["catalog_name"], node["schema_name"], node["table_name"]) if part)
    if name.lower() not in known:
        raise _refused(text, f"There is no table {name} that it may ask.", at=_place(node))
    return name


def _place(node: dict[str, Any]) -> int | None:
    at = int(node.get("query_location", 2**64 - 1))
    return at - len(_BEFORE) if at < 2**63 else None


def _refused(text: str, why: str, *, at: int | None = None, do: str = "Write one condition on a record.") -> UsageError:
    """Return the refusal, with the line and the column (S4)."""
    if at is None:
        return UsageError(f"This is no condition: {text.strip()[:200] or 'nothing'}", why=why, do=do)
    before = text.encode()[: max(at, 0)].decode(errors="ignore")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return UsageError(f"This is no condition: {text.strip()[:200]}", why=f"Line {line}, column {column}: {why}", do=do)
