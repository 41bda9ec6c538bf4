"""How is a call sent to Odoo 19 and later? As `POST /json/2/<model>/<method>` with named arguments. (first version)"""

from typing import Any

import orjson

from lockgate.odoo.call import Call
from lockgate.odoo.credentials import ApiKey
from lockgate.odoo.http import Http
from lockgate.odoo.translate import from_json2
from lockgate.odoo.wire import to_json


class Json2:
    """Odoo's own way from version 19 on."""

    name = "json2"

    def __init__(self, http: Http, database: str, credentials: ApiKey) -> None:
        self._http = http
        self._headers = {
            "Authorization": f"bearer {credentials.key.reveal()}",
            "Content-Type": "application/json",
            "X-Odoo-Database": database,
        }

    def send(self, call: Call, *, timeout: float) -> Any:
        """Return the result of the call."""
        body: dict[str, Any] = dict(call.args)
        if call.ids is not None:
            body["ids"] = call.ids
        if call.context:
            body["context"] = call.context
        path = f"/json/2/{call.model}/{call.method}"
        answer = self._http.post(path, to_json(body), self._headers, timeout=timeout)
        if answer.status != 200:  # noqa: PLR2004
            raise from_json2(answer.status, answer.body, call)
        return orjson.loads(answer.body)

    def close(self) -> None:
        self._http.close()
