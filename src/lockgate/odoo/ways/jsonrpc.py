"""How is a call sent as JSON to an Odoo before 22? As `execute_kw` at `/jsonrpc`, with id and password each time."""

from typing import Any

from lockgate.kernel.secret import Secret
from lockgate.odoo.calls.call import Call
from lockgate.odoo.calls.standard import by_position
from lockgate.odoo.errors import OdooError
from lockgate.odoo.ways.http import Http
from lockgate.odoo.ways.pages import from_page
from lockgate.odoo.ways.translate import from_jsonrpc, wants_records
from lockgate.odoo.ways.wire import from_json, to_json

_OK = 200


class JsonRpc:
    """Every method by position and name; a key serves as the password."""

    name = "jsonrpc"

    def __init__(self, http: Http, database: str, uid: int, password: Secret) -> None:
        self._http = http
        self._database = database
        self._uid = uid
        self._password = password

    def send(self, call: Call, *, timeout: float) -> Any:
        """Return the result of the call."""
        try:
            return self._execute(call, list(call.ids) if call.ids else None, timeout)
        except OdooError as error:
            if not call.ids and wants_records(error):
                return self._execute(call, [], timeout)
            raise

    def _execute(self, call: Call, ids: list[int] | None, timeout: float) -> Any:
        return ask(self._http, "object", "execute_kw", self._arguments(call, ids), call, timeout=timeout)

    def _arguments(self, call: Call, ids: list[int] | None) -> list[Any]:
        leading, named = by_position(call.method, call.args)
        positions = leading if ids is None else [ids, *leading]
        named["context"] = call.context
        return [self._database, self._uid, self._password, call.model, call.method, positions, named]

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


def ask(http: Http, service: str, method: str, args: list[Any], call: Call, *, timeout: float) -> Any:
    """Return the result of one of the server's services; `call` is what an error is about."""
    params = {"service": service, "method": method, "args": args}
    body = to_json({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params})
    answer = http.post("/jsonrpc", body, {"Content-Type": "application/json"}, timeout=timeout)
    if answer.status != _OK or answer.kind != "application/json":
        raise from_page(answer, call)
    content = from_json(answer.body)
    if not isinstance(content, dict):
        raise from_page(answer, call)
    if "error" in content:
        raise from_jsonrpc(content["error"], call)
    return content.get("result")
