"""How are records made comparable? Each column is folded: case, accents, signs, legal forms and notation go.

S1  Letters are folded as Germans write them in plain ASCII too: `Müller`, `Mueller` and `Muller` are one.
S2  A name loses its legal form, a street's words for street are one, a phone number keeps its last eight digits,
    a tax id loses its country's letters, numbers of goods lose signs and leading zeros.
S3  What says nothing (`N/A`, `99999`, an e-mail of `x@x.x`) is missing, and missing is no evidence of anything.
S4  Everybody's mail domains (gmail.com) are nobody's own.
S5  Beside what is folded, `_originals` keeps each value as it stood, for the golden record.
"""

from collections.abc import Callable

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from lockgate.engines.matching.entity import COLUMNS, Entity, Part
from lockgate.engines.quoting import literal, quoted, table
from lockgate.engines.values.blanks import BLANK_WORDS
from lockgate.engines.values.legal_forms import FORMS, SAME
from lockgate.engines.values.territories import code_of
from lockgate.kernel.errors import UsageError

_EVERYBODYS = (
    *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "gmx.de"),
    *("gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "aol.com", "orange.fr", "free.fr"),
    *("wanadoo.fr", "laposte.net", "sfr.fr", "ziggo.nl", "kpnmail.nl", "telenet.be", "skynet.be", "proximus.be"),
)
_STREETS = r"(strasse|strase|straat|street|str)\b"
_LONGEST_PHONE = 8


def _fold(text: str) -> str:
    """Return SQL that folds letters and leaves words with single blanks between them (S1)."""
    plain = f"strip_accents(lower(replace({text}, 'ß', 'ss')))"
    for pair in ("ae", "oe", "ue"):
        plain = f"replace({plain}, '{pair}', '{pair[0]}')"
    return f"trim(regexp_replace({plain}, '[^a-z0-9]+', ' ', 'g'))"


def _signs(text: str) -> str:
    return f"ltrim(regexp_replace(upper({text}), '[^0-9A-Z]', '', 'g'), '0')"


def _forms() -> str:
    """Return a pattern of legal forms at the end of a folded name, written together and letter by letter."""
    folded = {form.casefold().replace(".", "").replace("&", " ") for form in (*FORMS, *SAME)}
    together = {" ".join(form.split()) for form in folded if form.isascii()}
    apart = {" ".join(form) for form in together if form.isalpha()}
    ways = sorted({way.replace("/", " ") for way in together | apart} | {"co", "en co"}, key=len, reverse=True)
    return f"( ({'|'.join(ways)}))+$"


_FOLDED: dict[str, Callable[[str], str]] = {
    "name": lambda text: f"regexp_replace({_fold(text)}, '{_forms()}', '')",
    "street": lambda text: f"trim(regexp_replace({_fold(text)}, '{_STREETS}', 'str', 'g'))",
    "postcode": _signs,
    "city": _fold,
    "maker": _fold,
    "vat": lambda text: f"regexp_replace(regexp_replace(upper({text}), '[^0-9A-Z]', '', 'g'), '^[A-Z][A-Z]', '')",
    "phone": lambda text: f"right(regexp_replace({text}, '[^0-9]', '', 'g'), {_LONGEST_PHONE})",
    "email": lambda text: f"lower({text})",
    "gtin": _signs,
    "maker_number": _signs,
    "code": _signs,
}
_DERIVED: dict[str, dict[str, str]] = {
    "name": {
        "name_sorted": "array_to_string(list_sort(string_split(name, ' ')), ' ')",
        "numbers": "array_to_string(list_sort(regexp_extract_all(name, '[0-9]+')), ' ')",
    },
    "street": {"house": "regexp_extract(street, '[0-9]+')"},
    "email": {
        "domain": f"case when split_part(email, '@', 2) not in {_EVERYBODYS} then split_part(email, '@', 2) end",
    },
}  # S4
_ANYBODY = (
    *("info", "office", "contact", "kontakt", "mail", "post", "sales", "service", "verkauf", "vertrieb", "einkauf"),
    *("admin", "hello", "zentrale", "bestellung", "order", "orders", "invoice", "rechnung", "buchhaltung", "accueil"),
    *("commercial", "compta", "facturation", "verkoop", "inkoop", "administratie", "boekhouding", "support"),
)
"""Mailboxes that every company has."""
_DOMAIN = "split_part(email, '@', 2)"
_AS_NAMED = (
    "coalesce(list_bool_or(list_transform(list_filter(string_split(name, ' '), lambda word: length(word) > 3), "
    f"lambda word: contains({_fold(_DOMAIN)}, word))), false)"
)
"""Does the domain hold a word of the name?"""
_SHORTEST = {"phone": 6, "vat": 5, "gtin": 7, "maker_number": 3, "name": 2}


def standardise(connection: duckdb.DuckDBPyConnection, entity: Entity) -> int:
    """Make the temporary tables `_originals` and `_records`, as it stood and folded; return how many there are."""
    read(connection, entity)
    _fold_all(connection, entity)
    (count,) = connection.execute("select count(*) from _records").fetchall()[0]
    return int(count)


def read(connection: duckdb.DuckDBPyConnection, entity: Entity) -> None:
    """Make the temporary table `_originals`: all records of the parts, numbered in the order of trust and key."""
    union = " union all ".join(_select(part, place, entity.columns) for place, part in enumerate(entity.parts))
    try:
        connection.execute(f"""
            create or replace temp table _originals as
            select row_number() over (order by place, key) - 1 as n, * from ({union})
        """)  # noqa: S608  # names are quoted; expressions are their author's
    except duckdb.Error as refused:
        raise UsageError(
            f"the records of {entity.key} can't be read",
            why=str(refused).partition("\n")[0],
            do="look at the table, the key and the expressions of its parts",
        ) from refused
    _refuse_doubled(connection, entity)


def _select(part: Part, place: int, columns: tuple[str, ...]) -> str:
    values = ", ".join(
        f"nullif(trim(({part.columns[column]})::varchar), '') as {quoted(column)}"
        if column in part.columns
        else f"null::varchar as {quoted(column)}"
        for column in columns
    )
    dataset = literal(part.dataset)
    key = f"{quoted(part.key)}::varchar"
    return (
        f"select {place} as place, {dataset} as dataset, {key} as key, {dataset} || ':' || {key} as record, {values} "  # noqa: S608
        f"from {table(part.table)}"
    )


def _refuse_doubled(connection: duckdb.DuckDBPyConnection, entity: Entity) -> None:
    doubled = connection.execute(
        "select coalesce(record, dataset || ' without key') from _originals group by 1 having count(*) > 1 or "
        "bool_or(record is null) order by 1 limit 3"
    ).fetchall()
    if doubled:
        raise UsageError(
            f"records of {entity.key} can't be told apart: {', '.join(record for (record,) in doubled)}",
            why="a key is there twice, or is empty",
            do="name a key that each record has for itself",
        )


def _fold_all(connection: duckdb.DuckDBPyConnection, entity: Entity) -> None:
    if "country" in entity.columns:
        _countries(connection)
    columns = tuple(dict.fromkeys((*COLUMNS[entity.kind], *entity.columns)))
    folded = ", ".join(
        f"{_known(column) if column in entity.columns else 'null::varchar'} as {quoted(column)}" for column in columns
    )
    derived = "".join(
        f", nullif({expression}, '') as {quoted(name)}"
        for column in columns
        for name, expression in _DERIVED.get(column, {}).items()
    )
    if "email" in columns:
        derived += f", {_AS_NAMED} as domain_as_named, split_part(email, '@', 1) not in {_ANYBODY} as own_mailbox"
    connection.execute(f"""
        create or replace temp table _records as
        select *, count(*) over (partition by name) as name_bearers{derived}
        from (select n, place, dataset, key, record, {folded} from _originals)
    """)  # noqa: S608  # names are quoted, the rest is ours


def _known(column: str) -> str:
    """Return SQL for a folded column, missing where the value says nothing (S3)."""
    text = quoted(column)
    if column == "country":
        return f"coalesce((select code from _lands where land = {text}), {text})"  # noqa: S608  # quoted
    folded = _FOLDED[column](text) if column in _FOLDED else text
    longer = f" or length({folded}) < {_SHORTEST[column]}" if column in _SHORTEST else ""
    mail = f" or not regexp_matches({text}, '[^@ ]+@[^@ ]+[.][^@ .][^@ .]+')" if column == "email" else ""
    return f"case when {blank(text)}{longer}{mail} then null else nullif({folded}, '') end"


def blank(text: str) -> str:
    """Return SQL that is true when a value says nothing (S3)."""
    words = ", ".join(map(literal, sorted(BLANK_WORDS)))
    return (
        f"({text} is null or lower({text}) in ({words}) or "
        f"regexp_full_match({text}, '0{{5,}}|9{{5,}}|[-_.,;:/?!*#~ ]*'))"
    )


def _countries(connection: duckdb.DuckDBPyConnection) -> None:
    found = [land for (land,) in connection.execute("select distinct country from _originals").fetchall() if land]
    lands = pa.table(
        {"land": pa.array(found, pa.string()), "code": pa.array([code_of(land) for land in found], pa.string())}
    )
    connection.register("_batch", lands)
    connection.execute("create or replace temp table _lands as select * from _batch")
    connection.unregister("_batch")
