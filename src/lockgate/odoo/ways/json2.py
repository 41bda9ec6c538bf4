"""How is a call sent to Odoo 19 and later? As `POST /json/2/<model>/<method>` with named arguments.

R1  Odoo binds the arguments before it runs the method. When an override names one differently, the answer says so,
    nothing has happened, and the call is sent again with that name, which is remembered.
R2  Some overrides of `create` can't be called by any name. One record is then made by `web_save`, several by position
    over JSON-RPC, because one `web_save` after another would not be all or nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lockgate.kernel.secret import Secret
from lockgate.odoo.calls.call import Call
from lockgate.odoo.calls.standard import under_another_name
from lockgate.odoo.credentials import ApiKey
from lockgate.odoo.errors import BadCall, OdooError
from lockgate.odoo.ways.http import Headers, Http
from lockgate.odoo.ways.jsonrpc import JsonRpc
from lockgate.odoo.ways.translate import from_json2, missing_argument
from lockgate.odoo.ways.wire import from_json, to_json

_OK = 200
_Way = Callable[[Call, float], Any]


class Json2:
    """Odoo's own way from version 19 on."""

    name = "json2"

    def __init__(self, http: Http, database: str, credentials: ApiKey) -> None:
        self._http = http
        self._database = database
        self._credentials = credentials
        self._ways: dict[tuple[str, str], _Way] = {}
        """How to send the methods that can't be called by their standard names."""

    def send(self, call: Call, *, timeout: float) -> Any:
        """Return the result of the call."""
        way = self._ways.get((call.model, call.method))
        if way is not None:
            return way(call, timeout)
        try:
            return self._post(call, timeout)
        except BadCall as error:
            missing = missing_argument(error)
            names = under_another_name(call.method, call.args, missing) if missing else None
            if names is None:
                raise
            return self._renamed(call, names, timeout)

    def _renamed(self, call: Call, names: dict[str, str], timeout: float) -> Any:
        def way(call: Call, timeout: float) -> Any:
            return self._post(replace(call, args={names.get(key, key): arg for key, arg in call.args.items()}), timeout)

        try:
            result = way(call, timeout)
        except OdooError as error:
            if call.method != "create" or "unexpected keyword argument" not in error.why:
                raise
            way = self._create_unnamed
            result = way(call, timeout)
        self._ways[call.model, call.method] = way  # R1
        return result

    def _create_unnamed(self, call: Call, timeout: float) -> Any:
        """Make records of a model whose `create` has no name for its argument (R2)."""
        records = call.args["vals_list"]
        if len(records) == 1:
            made = Call(call.model, "web_save", (), {"vals": records[0], "specification": {}}, call.context)
            return [record["id"] for record in self._post(made, timeout)]
        uid = self._post(Call("res.users", "context_get"), timeout)["uid"]
        return JsonRpc(self._http, self._database, uid, self._credentials.key).send(call, timeout=timeout)

    def _post(self, call: Call, timeout: float) -> Any:
        body: dict[str, Any] = dict(call.args)
        if call.ids is not None:
            body["ids"] = call.ids
        if call.context:
            body["context"] = call.context
        headers: Headers = {
            "Authorization": Secret(f"bearer {self._credentials.key.reveal()}"),
            "Content-Type": "application/json",
            "X-Odoo-Database": self._database,
        }
        path = f"/json/2/{call.model}/{call.method}"
        answer = self._http.post(path, to_json(body), headers, timeout=timeout)
        if answer.status != _OK or answer.kind != "application/json":
            raise from_json2(answer, call)
        return from_json(answer.body)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()
