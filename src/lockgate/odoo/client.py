"""What can be asked of an Odoo? Any method of any model, with the company, language and time zone of your choice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from lockgate.kernel.instance import Role
from lockgate.odoo.call import Call
from lockgate.odoo.transport import Transport

Ids = int | Iterable[int] | None


@dataclass(frozen=True)
class Server:
    """Which Odoo a client speaks to, and how."""

    url: str
    database: str
    version: tuple[int, int]
    transport: str


class Client:
    """One user's view of one database. Safe to share between threads."""

    def __init__(
        self,
        transport: Transport,
        server: Server,
        *,
        login: str,
        role: Role,
        read_only: bool,
        timeout_seconds: float,
        context: Mapping[str, Any] | None = None,
    ) -> None:
        self._transport = transport
        self.server = server
        self.login = login
        self.role = role
        self.read_only = read_only
        self._timeout_seconds = timeout_seconds
        self._context = dict(context or {})

    def call(
        self, model: str, method: str, ids: Ids = None, /, context: Mapping[str, Any] | None = None, **args: Any
    ) -> Any:
        """Return what the method answers."""
        some = None if ids is None else (ids,) if isinstance(ids, int) else tuple(ids)
        return self.send(Call(model, method, some, args, context or {}))

    def send(self, call: Call, *, repeatable: bool | None = None, timeout: float | None = None) -> Any:
        """Return the result of the call; `repeatable=True` says that a second run would do no harm."""
        whole = Call(call.model, call.method, call.ids, call.args, {**self._context, **call.context})
        return self._transport.send(whole, timeout=timeout or self._timeout_seconds)

    def within(
        self,
        *,
        company: int | None = None,
        companies: Sequence[int] | None = None,
        lang: str | None = None,
        tz: str | None = None,
        **context: Any,
    ) -> Self:
        """Return a client on the same connection whose calls carry this context."""
        more: dict[str, Any] = dict(context)
        if company is not None:
            more["allowed_company_ids"] = [company]
        if companies is not None:
            more["allowed_company_ids"] = list(companies)
        if lang is not None:
            more["lang"] = lang
        if tz is not None:
            more["tz"] = tz
        return type(self)(
            self._transport,
            self.server,
            login=self.login,
            role=self.role,
            read_only=self.read_only,
            timeout_seconds=self._timeout_seconds,
            context={**self._context, **more},
        )

    def search_read(self, model: str, domain: Sequence[Any] = (), fields: Sequence[str] = (), **options: Any) -> Any:
        """Return the records of the domain as dictionaries."""
        return self.call(model, "search_read", domain=list(domain), fields=list(fields), **options)

    def read(self, model: str, ids: Ids, fields: Sequence[str] = ()) -> Any:
        """Return the records with these ids as dictionaries; missing ones are left out by Odoo."""
        return self.call(model, "read", ids, fields=list(fields))

    def search(self, model: str, domain: Sequence[Any] = (), **options: Any) -> Any:
        """Return the ids of the records of the domain."""
        return self.call(model, "search", domain=list(domain), **options)

    def search_count(self, model: str, domain: Sequence[Any] = ()) -> Any:
        """Return how many records the domain has."""
        return self.call(model, "search_count", domain=list(domain))

    def create(self, model: str, vals_list: Sequence[Mapping[str, Any]]) -> Any:
        """Return the ids of the new records, in the order given."""
        return self.call(model, "create", vals_list=list(vals_list))

    def write(self, model: str, ids: Ids, vals: Mapping[str, Any]) -> Any:
        """Change these records."""
        return self.call(model, "write", ids, vals=dict(vals))

    def unlink(self, model: str, ids: Ids) -> Any:
        """Delete these records."""
        return self.call(model, "unlink", ids)

    def fields_get(self, model: str, attributes: Sequence[str] = ()) -> Any:
        """Return the fields of the model with these attributes (all when none is named)."""
        return self.call(model, "fields_get", **({"attributes": list(attributes)} if attributes else {}))

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()
