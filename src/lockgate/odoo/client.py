"""What can be asked of an Odoo? Any method of any model, with the company, language and time zone of your choice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from lockgate.kernel.instance import Role
from lockgate.odoo.calls.call import Call
from lockgate.odoo.calls.connection import Connection
from lockgate.odoo.calls.stats import Stats

Ids = int | Iterable[int] | None


@dataclass(frozen=True)
class Server:
    """Which Odoo a client speaks to, and how."""

    url: str
    database: str
    version: tuple[int, int]
    transport: str
    """`json2`, `jsonrpc` or `xmlrpc`."""


@dataclass(frozen=True)
class User:
    """Whom a client speaks for."""

    uid: int
    login: str


class Client:
    """One user's view of one database. Safe to share between threads; `within` gives other views of the same."""

    def __init__(
        self, connection: Connection, server: Server, user: User, context: Mapping[str, Any] | None = None
    ) -> None:
        self._connection = connection
        self._user = user
        self._context = dict(context or {})
        self.server = server

    def __repr__(self) -> str:
        return f"Client({self.login} at {self.server.url}, database {self.server.database})"

    @property
    def login(self) -> str:
        """The login of the user."""
        return self._user.login

    @property
    def uid(self) -> int:
        """The id of the user."""
        return self._user.uid

    @property
    def role(self) -> Role:
        """What the instance is for."""
        return self._connection.role

    @property
    def read_only(self) -> bool:
        """True when nothing but reading calls is sent."""
        return self._connection.read_only

    @property
    def stats(self) -> Stats:
        """Calls and retries so far, of all the views of this connection."""
        return self._connection.stats

    @property
    def context(self) -> Mapping[str, Any]:
        """The context that goes with every call."""
        return dict(self._context)

    def call(
        self, model: str, method: str, /, ids: Ids = None, context: Mapping[str, Any] | None = None, **args: Any
    ) -> Any:
        """Return what the method answers to these named arguments; ids are the records it is for."""
        return self.send(Call(model, method, _several(ids), args, context or {}))

    def send(self, call: Call, *, repeatable: bool | None = None, timeout: float | None = None) -> Any:
        """Return the result of the call; `repeatable=True` says that it does no harm when it is carried out twice."""
        whole = Call(call.model, call.method, call.ids, call.args, {**self._context, **call.context})
        return self._connection.send(whole, repeatable=repeatable, timeout=timeout)

    def within(
        self,
        *,
        company: int | None = None,
        companies: Sequence[int] | None = None,
        lang: str | None = None,
        tz: str | None = None,
        **context: Any,
    ) -> "Client":
        """Return a view on the same connection whose calls carry this context; the first company is the active one."""
        chosen = [company] if companies is None and company is not None else companies
        named = {"allowed_company_ids": chosen and list(chosen), "lang": lang, "tz": tz}
        given = {key: value for key, value in named.items() if value is not None}
        return Client(self._connection, self.server, self._user, {**self._context, **context, **given})

    def search_read(
        self, model: str, domain: Sequence[Any] = (), fields: Sequence[str] = (), **options: Any
    ) -> list[dict[str, Any]]:
        """Return the records of the domain with these fields; options are `offset`, `limit` and `order`."""
        records: list[dict[str, Any]] = self.call(
            model, "search_read", domain=list(domain), fields=list(fields), **options
        )
        return records

    def read(self, model: str, ids: Ids, fields: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Return the records with these ids; Odoo leaves out those that don't exist."""
        records: list[dict[str, Any]] = self.call(model, "read", ids, fields=list(fields))
        return records

    def search(self, model: str, domain: Sequence[Any] = (), **options: Any) -> list[int]:
        """Return the ids of the records of the domain; options are `offset`, `limit` and `order`."""
        found: list[int] = self.call(model, "search", domain=list(domain), **options)
        return found

    def search_count(self, model: str, domain: Sequence[Any] = ()) -> int:
        """Return how many records the domain has."""
        return int(self.call(model, "search_count", domain=list(domain)))

    def create(self, model: str, vals_list: Sequence[Mapping[str, Any]]) -> list[int]:
        """Return the ids of the new records, in the order given. All of them are made, or none."""
        made: list[int] = self.call(model, "create", vals_list=list(vals_list))
        return made

    def write(self, model: str, ids: Ids, vals: Mapping[str, Any]) -> None:
        """Change these records."""
        self.call(model, "write", ids, vals=dict(vals))

    def unlink(self, model: str, ids: Ids) -> None:
        """Delete these records."""
        self.call(model, "unlink", ids)

    def fields_get(self, model: str, attributes: Sequence[str] = ()) -> dict[str, dict[str, Any]]:
        """Return the fields of the model with these attributes (with all when none is named)."""
        fields: dict[str, dict[str, Any]] = self.call(
            model, "fields_get", allfields=[], attributes=list(attributes) or None
        )
        return fields

    def close(self) -> None:
        """Close the connection, for all the views of it."""
        self._connection.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()


def _several(ids: Ids) -> tuple[int, ...] | None:
    if ids is None:
        return None
    return (ids,) if isinstance(ids, int) else tuple(ids)
