"""How do the records of another Odoo come as an extract? By its own API, page by page, in the order of their ids.

N1  The Odoo is an instance of the workspace, with the key of that. What might change something is never sent there.
N2  `_row` is the id of the record. `country_id` is the id of what a field refers to, `country_id/id` its external id;
    of several there are commas between them. A record without one is told by its model and id, `res.country,42`:
    nothing would say that there is no reference. `external_id` is that of the record itself.
N3  What this Odoo does not have, or does not give, is told where the dataset declares it, and nothing of it is staged.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache

import pyarrow as pa  # type: ignore[import-untyped]  # it has no types

from lockgate.engines.sources import Hand, Handed, Refusal, Refused
from lockgate.odoo.catalogue import Catalogue, Field
from lockgate.odoo.client import Client
from lockgate.odoo.errors import AccessDenied, BadCall, NotFound, OdooError, ServerFault
from lockgate.odoo.errors import Refused as RefusedByOdoo
from lockgate.odoo.external_ids import external_ids_of
from lockgate.odoo.reading import EXTERNAL_ID, stream
from lockgate.practices.migration.definition import Dataset
from lockgate.practices.migration.perform.declared import Migration
from lockgate.programme.reaching import reach
from lockgate.workspace import Workspace
from lockgate.workspace.text.document import Steps
from lockgate.workspace.words import advice

_OF_ANOTHER = "/id"
_SEVERAL = ("many2many", "one2many")
_REFERS = ("many2one", *_SEVERAL)
_TEXTS = frozenset({"char", "text", "html", "selection", "reference", "json", "properties", "properties_definition"})
_ANSWERS = (AccessDenied, BadCall, NotFound, RefusedByOdoo, ServerFault)
"""What is wrong with the question, as Odoo sees it. All else is wrong with the connection, and ends the verb."""

Clients = Callable[[str], Client]
"""Gives the client of an instance."""


@contextmanager
def clients(workspace: Workspace) -> Iterator[Clients]:
    """Give clients that only read, each connected when it is first asked for (N1)."""
    with ExitStack() as connected:

        @cache
        def client(instance: str) -> Client:
            return connected.enter_context(reach(workspace, instance, read_only=True))

        yield client


def hand_of(migration: Migration, dataset: Dataset, given: Clients) -> Hand | None:
    """Return what hands over the records of a dataset, None where its source is no Odoo."""
    source = migration.sources[dataset.source]
    if source.instance is None or dataset.model is None:
        return None
    asked = _Asked(migration, dataset, dataset.model, source.instance)
    return lambda: _handed(asked, given(asked.instance).within(lang=source.language))


@dataclass(frozen=True)
class _Asked:
    """What is asked of which Odoo, and where that is declared."""

    migration: Migration
    dataset: Dataset
    model: str
    instance: str

    def refusal(self, steps: Steps, code: str, what: str, do: str) -> Refusal:
        """Return a fault of what the dataset declares (N3)."""
        return Refusal(str(self.migration.position(self.dataset.key, steps)), code, what, do)

    @contextmanager
    def answered(self) -> Iterator[None]:
        """Tell what Odoo answers to a question that it does not take."""
        try:
            yield
        except _ANSWERS as error:
            why = next(iter(error.why.splitlines()), "")
            raise Refused(self.refusal(("model",), _code(error), f"{error.what} {why}".strip(), error.do)) from None


def _code(error: OdooError) -> str:
    return "no-model" if isinstance(error, NotFound) else "no-right" if isinstance(error, AccessDenied) else "odoo"


def _handed(asked: _Asked, client: Client) -> Handed:
    catalogue = Catalogue(client)
    with asked.answered():
        known = catalogue.fields(asked.model)
    wrong = [*_fields(asked, known), *_where(asked, known)]
    if wrong:
        raise Refused(*wrong)
    columns = asked.dataset.columns_read
    typed = {name for name in columns if name in known and known[name].type not in (*_TEXTS, *_SEVERAL)}
    return Handed(columns, typed, _batches(asked, client, catalogue, columns))


def _fields(asked: _Asked, known: Mapping[str, Field]) -> Iterator[Refusal]:
    """Yield the fields that can't be read."""
    for number, name in enumerate(asked.dataset.fields):
        own = name.removesuffix(_OF_ANOTHER)
        steps: Steps = ("fields", number)
        if own not in known and name != EXTERNAL_ID:
            what = f"{asked.model} of {asked.instance} has no field {own!r}, or its user may not see it."
            yield asked.refusal(steps, "unknown-field", what, advice(own, known))
        elif own != name and known[own].type not in _REFERS:
            what = f"{own!r} of {asked.model} refers to no record: it is of the type {known[own].type}."
            yield asked.refusal(steps, "no-reference", what, f"Leave `{_OF_ANOTHER}` out.")
        elif name in known and known[name].type == "binary":
            yield asked.refusal(steps, "binary", f"The field {name!r} of {asked.model} is no text.", "Leave it out.")


def _where(asked: _Asked, known: Mapping[str, Field]) -> Iterator[Refusal]:
    """Yield the terms about fields that there are not."""
    for number, term in enumerate(asked.dataset.where):
        name = str(term[0]).partition(".")[0] if isinstance(term, list | tuple) else ""
        if name and name not in known:
            what = f"{asked.model} of {asked.instance} has no field {name!r}, or its user may not see it."
            yield asked.refusal(("where", number, 0), "unknown-field", what, advice(name, known))


def _batches(asked: _Asked, client: Client, catalogue: Catalogue, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    known = catalogue.fields(asked.model)
    fields = tuple(dict.fromkeys(name.removesuffix(_OF_ANOTHER) for name in columns if name != EXTERNAL_ID))
    ids = _ExternalIds(client)
    with asked.answered():
        for batch in stream(
            client,
            asked.model,
            fields,
            asked.dataset.where,
            archived=asked.dataset.archived,
            catalogue=catalogue,
            with_external_ids=EXTERNAL_ID in columns and EXTERNAL_ID not in known,
        ):
            yield pa.RecordBatch.from_arrays([_text(batch, name, known, ids) for name in columns], list(columns))


def _text(batch: pa.RecordBatch, name: str, known: Mapping[str, Field], ids: "_ExternalIds") -> pa.Array:
    """Return a column as text (N2)."""
    own = name.removesuffix(_OF_ANOTHER)
    column = batch.column(own)
    if name != own:
        return pa.array(ids.of(str(known[own].relation), column.to_pylist()), pa.string())
    if pa.types.is_list(column.type):
        return pa.array([_listed(map(str, sorted(each))) if each else None for each in column.to_pylist()], pa.string())
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us")).cast(pa.timestamp("s"))
    return column.cast(pa.string())


def _listed(texts: "Iterator[str] | map[str]") -> str:
    return ",".join(texts)


class _ExternalIds:
    """The external ids of records that others refer to, each asked for once."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.known: dict[tuple[str, int], str] = {}

    def of(self, model: str, values: Sequence[int | list[int] | None]) -> list[str | None]:
        """Return them for a column that refers to one record or to several."""
        several = [[] if one is None else sorted(one) if isinstance(one, list) else [one] for one in values]
        new = {each for one in several for each in one if (model, each) not in self.known}
        found = external_ids_of(self.client, model, new)
        self.known |= {(model, each): found.get(each) or f"{model},{each}" for each in new}
        return [_listed(self.known[model, each] for each in one) or None for one in several]
