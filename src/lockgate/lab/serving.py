"""Is the lab's Odoo serving as wished? If not, it is started on a free port."""

import http.client
import json

from lockgate.kernel.errors import RefusedError, UnreachableError, UsageError
from lockgate.lab.odoo_log import last_trouble
from lockgate.lab.odoo_program import HOST, OdooProgram, answers, free_port, port_is_free, stop, wait_until_free
from lockgate.lab.places import Places
from lockgate.lab.provider import Step
from lockgate.lab.state import State, write_state

USUAL_PORT = 8869
QUIET_SECONDS = 60
RELEASE_SECONDS = 5
LOG_END_CHARACTERS = 20_000


def serves(state: State, port: int, workers: int) -> bool:
    """Return whether the server of the record runs and answers with these settings."""
    same = (state.port, state.workers) == (port, workers)
    return same and state.server is not None and state.server.alive() and answers(port) is not None


def choose_port(state: State, wished: int | None) -> int:
    """Return the wished port, the port of last time, or the first free one."""
    ours = state.port if state.server is not None else None
    if wished is not None:
        if wished != ours and not port_is_free(wished):
            raise UsageError(
                f"Port {wished} is taken.",
                why=f"Another program listens on {HOST}:{wished}.",
                do="Stop it, or name another port: `lockgate lab up --port N`.",
            )
        return wished
    if ours is not None:
        return ours
    if state.port is not None and port_is_free(state.port):
        return state.port
    return free_port(USUAL_PORT)


def bury(state: State, places: Places) -> tuple[str, ...]:
    """Clear away a server that died without being stopped, and return what to tell of it.

    Its workers may outlive it for seconds, and the system may take a moment to give its port back.
    """
    if state.server is None or state.server.alive():
        return ()
    stop(places.config_file)
    if state.port is not None:
        wait_until_free(state.port, RELEASE_SECONDS)
    told = f"The server (process {state.server.pid}) had ended by itself and was started again."
    log = places.log_file
    said = last_trouble(log.read_text(encoding="utf-8", errors="replace")[-LOG_END_CHARACTERS:]) if log.exists() else ""
    state.server = None
    return (f"{told} Its log: {said}" if said else told,)


def serve(
    program: OdooProgram, state: State, *, port: int, workers: int, database: str, places: Places, step: Step
) -> None:
    """Have the server running with these settings."""
    if serves(state, port, workers):
        return
    stop(places.config_file)
    with step("Starting Odoo"):
        state.port, state.workers = port, workers
        state.server = program.start(port)
        write_state(places.state_file, state)
        _first_request(port, database, state.api_key.reveal())


def _first_request(port: int, database: str, key: str) -> None:
    """Make Odoo load the database, and prove that the key opens it."""
    connection = http.client.HTTPConnection(HOST, port, timeout=QUIET_SECONDS)
    headers = {"Authorization": f"bearer {key}", "X-Odoo-Database": database, "Content-Type": "application/json"}
    try:
        connection.request("POST", "/json/2/res.users/search_count", json.dumps({"domain": []}), headers)
        reply = connection.getresponse()
        body = reply.read()
    except (OSError, http.client.HTTPException) as error:
        raise UnreachableError(
            "The lab's Odoo does not answer.", why=str(error), do="See `lockgate lab logs`."
        ) from None
    finally:
        connection.close()
    if reply.status != http.client.OK:
        raise RefusedError(
            "The lab's Odoo does not take the lab's own key.",
            why=f"HTTP {reply.status}: {body[:200].decode(errors='replace')}",
            do="`lockgate lab down --purge`, then `lockgate lab up`, makes the lab anew.",
        )
