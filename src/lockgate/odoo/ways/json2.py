"""How is a call sent to Odoo 19 and later? As `POST /json/2/<model>/<method>` with named arguments.

R1  Odoo binds the arguments before it runs the method. When an override names one differently, the answer says so,
    nothing has happened, and the call is sent again with that name, which is remembered.
R2  Some overrides of `create` can't be called by any name. One record is then made by `web_save`, several by position
    over JSON-RPC, because one `web_save` after another would not be all or nothing.
R3  The workers of one server can disagree about a name: where a module was installed while they ran, its override lies
    elsewhere in the one that installed it than in the others. What neither name fits is sent as R2 says.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from lockgate.kernel.secret import Secret
from lockgate.odoo.calls.call import Call
from lockgate.odoo.calls.standard import by_position, under_another_name
from lockgate.odoo.credentials import ApiKey
from lockgate.odoo.errors import BadCall
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
        way = self._ways.get((call.model, call.method), self._post)
        while True:
            try:
                return way(call, timeout)
            except BadCall as error:
                other = self._other_way(way, call, error)
                if other is None:
                    raise
                way = self._ways[call.model, call.method] = other

    def _other_way(self, way: _Way, call: Call, error: BadCall) -> _Way | None:
        """Return how else to send a call whose arguments Odoo does not know by their names, None when it may not."""
        missing = missing_argument(error)
        if way == self._post:
            names = under_another_name(call.method, call.args, missing) if missing else None
            return partial(self._renamed, names) if names else None
        if not isinstance(way, partial) or not by_position(call.method, call.args)[0]:
            return None
        return self._unnamed if missing or "unexpected keyword argument" in error.why else None

    def _renamed(self, names: dict[str, str], call: Call, timeout: float) -> Any:
        return self._post(replace(call, args={names.get(key, key): arg for key, arg in call.args.items()}), timeout)

    def _unnamed(self, call: Call, timeout: float) -> Any:
        """Send a call whose arguments have no name that is sure (R2)."""
        if call.method == "create" and len(records := call.args["vals_list"]) == 1:
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
